//! The first look at an envelope: who asks for which operation.

use roxmltree::Document;

/// What an envelope says before its operation is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// `SessionHeader/sessionId`
    pub(crate) session: Option<String>,
    /// Local name of the body's element, e.g. `readMetadata`.
    pub(crate) operation: String,
}

/// Reads an envelope; an error says what is wrong with it.
pub(crate) fn read(body: &[u8]) -> Result<Envelope, String> {
    let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    let part = |name: &str| {
        root.children().find(|node| node.is_element() && node.tag_name().name() == name)
    };
    let session = part("Header").and_then(|header| {
        header
            .descendants()
            .find(|node| node.tag_name().name() == "sessionId")
            .and_then(|node| node.text())
            .map(|text| text.trim().to_owned())
    });
    let operation = part("Body")
        .and_then(|body| body.first_element_child())
        .map(|node| node.tag_name().name().to_owned())
        .ok_or("the envelope has no body")?;
    Ok(Envelope { session, operation })
}
