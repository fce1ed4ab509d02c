//! CSV as RFC 4180 has it, with any delimiter.

use crate::org::bulk_job::Format;

/// The rows of a text; lines may end either way, whatever was promised.
pub(super) fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = vec![String::new()];
    let mut quoted = false;
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        let last = row.len() - 1;
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                row[last].push('"');
            }
            '"' if quoted || row[last].is_empty() => quoted = !quoted,
            other if quoted => row[last].push(other),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' => rows.push(std::mem::replace(&mut row, vec![String::new()])),
            other if other == delimiter => row.push(String::new()),
            other => row[last].push(other),
        }
    }
    rows.push(row);
    // The last line may end with a line break, and lines may be empty.
    rows.retain(|row| row.iter().any(|value| !value.is_empty()) || row.len() > 1);
    rows
}

/// A line, every value in quotes.
pub(super) fn line<'v>(values: impl IntoIterator<Item = &'v str>, format: Format) -> String {
    let quoted = values.into_iter().map(|value| format!("\"{}\"", value.replace('"', "\"\"")));
    let mut line = quoted.collect::<Vec<_>>().join(&format.delimiter.to_string());
    line.push_str(if format.crlf { "\r\n" } else { "\n" });
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_delimiters_line_breaks_and_quotes() {
        let text = "a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\n\nz,\n";
        assert_eq!(rows(text, ','), [vec!["a", "b"], vec!["x, \"y\"", "1\n2"], vec!["z", ""]]);
        let format = Format { delimiter: ';', crlf: true };
        assert_eq!(line(["a;b", "c\"d"], format), "\"a;b\";\"c\"\"d\"\r\n");
        assert_eq!(rows(&line(["a;b", "c\"d"], format), ';'), [["a;b", "c\"d"]]);
        assert!(rows("", ',').is_empty());
    }
}
