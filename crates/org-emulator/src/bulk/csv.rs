//! Tables of Bulk jobs: CSV as RFC 4180 has it, with any of the delimiters.

use csv::{QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};

use crate::org::bulk_job::Format;

/// The rows of a text, in which lines may end either way, whatever was promised. What is no UTF-8
/// cannot be here, so that every row can be read.
pub(super) fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let rows = reader.records().map_while(Result::ok);
    let rows = rows.map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>());
    // A line with nothing but an empty value is an empty line.
    rows.filter(|row| row.iter().any(|value| !value.is_empty()) || row.len() > 1).collect()
}

/// A line, every value in quotes.
pub(super) fn line<'v>(values: impl IntoIterator<Item = &'v str>, format: Format) -> String {
    let ending = if format.crlf { Terminator::CRLF } else { Terminator::Any(b'\n') };
    let mut writer = WriterBuilder::new()
        .delimiter(format.delimiter)
        .quote_style(QuoteStyle::Always)
        .terminator(ending)
        .from_writer(Vec::new());
    // Writing to memory cannot fail, and quotes and delimiters of UTF-8 leave UTF-8.
    let _written = writer.write_record(values);
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_delimiters_line_breaks_and_quotes() {
        let text = "\u{feff}a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\n\nz,\n\"\"\n";
        assert_eq!(rows(text, b','), [vec!["a", "b"], vec!["x, \"y\"", "1\n2"], vec!["z", ""]]);
        let format = Format { delimiter: b';', crlf: true };
        assert_eq!(line(["a;b", "c\"d"], format), "\"a;b\";\"c\"\"d\"\r\n");
        assert_eq!(rows(&line(["a;b", "c\"d"], format), b';'), [["a;b", "c\"d"]]);
        assert!(rows("", b',').is_empty());
    }

    #[test]
    fn rows_may_be_shorter_or_longer_than_the_first() {
        assert_eq!(rows("a,b\n1\n1,2,3", b','), [vec!["a", "b"], vec!["1"], vec!["1", "2", "3"]]);
        let format = Format { delimiter: b'\t', crlf: false };
        assert_eq!(line([""], format), "\"\"\n");
    }
}
