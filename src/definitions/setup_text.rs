//! From the bytes of a definition file to its text, with the most common mistakes told apart.

use std::ops::Range;

use super::{MAX_SIZE, SetupMistake};

/// What to do when something else than the definition was saved.
pub(super) const RAW_LINK: &str = "Save the definition itself: on GitHub, open the file and use \
    the button \"Raw\" or \"Download raw file\".";

/// Decodes the text of a file that may be a definition.
pub(super) fn decode(bytes: &[u8]) -> Result<String, SetupMistake> {
    if bytes.len() > MAX_SIZE {
        return Err(SetupMistake::new(
            "The file is larger than 1 MiB; call center definitions have a few kilobytes.",
        )
        .help(RAW_LINK));
    }
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err(SetupMistake::new("The file is in UTF-16, but must be in UTF-8.")
            .help("Save it again with the encoding UTF-8, or download it anew."));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.valid_up_to();
            return Err(SetupMistake::new(format!(
                "The file is not text in UTF-8: byte {offset} does not belong there."
            ))
            .help("Save it again with the encoding UTF-8, or download it anew."));
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(SetupMistake::new("The file is empty.").help(RAW_LINK));
    }
    if looks_like_html(text) {
        return Err(html_error());
    }
    Ok(text.to_owned())
}

/// The mistake that people make most.
pub(super) fn html_error() -> SetupMistake {
    SetupMistake::new("This is an HTML page, not a call center definition.").help(RAW_LINK)
}

fn looks_like_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(2048).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.contains("<html") || start.contains("<head>")
}

/// What is to be said of a text that is not well-formed XML.
pub(super) fn not_xml(text: &str, error: &roxmltree::Error) -> SetupMistake {
    use roxmltree::Error;
    let start = text.trim_start();
    if !start.starts_with('<') {
        return SetupMistake::new("This is not XML: it does not begin with `<`.").help(RAW_LINK);
    }
    match error {
        Error::DtdDetected => {
            let offset = text.find("<!DOCTYPE").unwrap_or(0);
            SetupMistake::new(
                "The file has a document type declaration, which no call center definition needs.",
            )
            .at(offset..line_end(text, offset))
            .help("Remove <!DOCTYPE …> and the entities it declares; they are never read.")
        }
        Error::NodesLimitReached | Error::AttributesLimitReached => {
            SetupMistake::new("The file has far more elements than a call center definition.")
                .help(RAW_LINK)
        }
        Error::UnknownEntityReference(name, _) => {
            let span = error_span(text, error);
            SetupMistake::new(format!("The entity `&{name};` is not known."))
                .at(span)
                .help("XML knows &amp; &lt; &gt; &quot; and &apos;; write the letter itself.")
        }
        _ => {
            let span = error_span(text, error);
            SetupMistake::new(format!("This is not well-formed XML: {error}."))
                .at(span)
                .help("Download the file anew, or mend this place.")
        }
    }
}

/// The bytes from an error's place to the end of its line.
fn error_span(text: &str, error: &roxmltree::Error) -> Range<usize> {
    let position = error.pos();
    let row = usize::try_from(position.row).unwrap_or(usize::MAX).saturating_sub(1);
    let column = usize::try_from(position.col).unwrap_or(usize::MAX).saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(row).map(str::len).sum();
    let line = &text[line_start..line_end(text, line_start)];
    let in_line = line.char_indices().nth(column).map_or(line.len(), |(index, _)| index);
    let start = line_start + in_line;
    start..line_end(text, start)
}

fn line_end(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    offset + line.len()
}
