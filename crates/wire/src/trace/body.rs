//! Bodies as a trace shows them: texts without secrets and not too long, everything else by its size.

use std::fmt::Write as _;

use super::Secrets;
use crate::redact::form;
use crate::{Body, redact};

/// How much of a text is shown, in bytes.
const SHOWN: usize = 64 * 1024;

/// How much of a text is looked at: far more than is shown, so that no secret is cut in two where
/// somebody could read its first half.
const READ: usize = 1024 * 1024;

/// Elements that hold archives, as base64.
const ARCHIVES: [&str; 2] = ["zipfile", "ziparchive"];

pub(super) fn of_request(body: &Body, secrets: &Secrets) -> String {
    match body {
        Body::Empty => String::new(),
        Body::Bytes { content_type, bytes } => shown(content_type, bytes, secrets),
        Body::Multipart(parts) => {
            let parts = parts.iter().map(|part| {
                let file = part.file_name.map(|name| format!(" ({name})")).unwrap_or_default();
                let body = shown(part.content_type, &part.bytes, secrets);
                format!("[part {}{file}]\n{body}", part.name)
            });
            parts.collect::<Vec<_>>().join("\n")
        }
    }
}

/// A body of that content type.
pub(super) fn shown(content_type: &str, bytes: &[u8], secrets: &Secrets) -> String {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_binary = essence.contains("zip")
        || essence.ends_with("octet-stream")
        || ["image/", "audio/", "video/", "font/"].iter().any(|kind| essence.starts_with(kind));
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if !is_binary && !text.contains('\0') => text,
        _ => {
            let kind = if essence.is_empty() { "an unknown type" } else { &essence };
            return format!("[{} bytes of {kind}]", bytes.len());
        }
    };
    if essence == "application/x-www-form-urlencoded" {
        return cut(&secrets.mask(&form(text)), text.len());
    }
    let text = without_archives(text);
    let read = floor(&text, READ);
    let clean = secrets.mask(&redact(read));
    let whole = read.len() == text.len();
    // What a cut has halved is not known any more by its look.
    let clean =
        if whole { clean.as_str() } else { floor(&clean, clean.len().saturating_sub(4096)) };
    if whole && clean.len() <= SHOWN { clean.to_owned() } else { cut(clean, text.len()) }
}

fn cut(text: &str, bytes: usize) -> String {
    let begin = floor(text, SHOWN);
    if begin.len() == text.len() && bytes <= READ {
        return begin.to_owned();
    }
    format!("{begin}… [cut: {bytes} bytes in all]")
}

/// The beginning of a text, of at most so many bytes.
fn floor(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A document with the sizes of archives in their place.
fn without_archives(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut look = 0;
    loop {
        let next = ARCHIVES
            .iter()
            .filter_map(|name| lower[look..].find(name).map(|at| look + at + name.len()))
            .min();
        let Some(end) = next else { break };
        look = end;
        // The name of an element that is opened: `>` follows, with attributes before it or not.
        let opened = lower[..end].rfind('<').is_some_and(|at| {
            let name = &lower[at + 1..end];
            !name.contains(['>', '/', ' '])
        });
        let Some(from) = text[end..].find('>').map(|at| end + at + 1).filter(|_| opened) else {
            continue;
        };
        let to = text[from..].find('<').map_or(text.len(), |at| from + at);
        out.push_str(&text[done..from]);
        if to > from {
            // Writing to a text cannot fail.
            write!(out, "[an archive of {} bytes as base64]", to - from).ok();
        }
        (done, look) = (to, to);
    }
    out.push_str(&text[done..]);
    out
}
