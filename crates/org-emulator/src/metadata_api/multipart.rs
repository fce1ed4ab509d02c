//! Reads `multipart/form-data` bodies, their parts in any order.

/// One part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'b> {
    /// Its name.
    pub(super) name: String,
    /// What it holds.
    pub(super) content: &'b [u8],
}

/// The parts of a body; the boundary stands in the content type.
pub(super) fn parts<'b>(content_type: &str, body: &'b [u8]) -> Result<Vec<Part<'b>>, String> {
    let (kind, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return Err(format!("Content type {kind:?} is not multipart/form-data"));
    }
    let boundary = parameter(parameters, "boundary").ok_or("The boundary is missing")?;
    let delimiter = format!("--{boundary}");
    let mut found = Vec::new();
    let start = find(body, delimiter.as_bytes()).ok_or("The first boundary is missing")?;
    let mut rest = &body[start + delimiter.len()..];
    let delimiter = format!("\r\n--{boundary}");
    while let Some(after) = rest.strip_prefix(b"\r\n") {
        let end = find(after, delimiter.as_bytes()).ok_or("The last boundary is missing")?;
        let (head, content) = split(&after[..end]).ok_or("A part has no head")?;
        let head = String::from_utf8_lossy(head);
        let disposition = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
        });
        let name = disposition.and_then(|value| parameter(value, "name"));
        found.push(Part { name: name.ok_or("A part has no name")?, content });
        rest = &after[end + delimiter.len()..];
    }
    if rest.starts_with(b"--") { Ok(found) } else { Err("The last boundary is missing".into()) }
}

/// A parameter of a header, with or without quotes.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let value = value.trim();
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_owned())
    })
}

/// Head and content of a part; a part may have no head lines at all.
fn split(part: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = find(part, b"\r\n\r\n")?;
    Some((&part[..end], &part[end + 4..]))
}

/// Where some bytes first stand in others.
fn find(body: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(next) = body.get(from..)?.iter().position(|byte| *byte == first) {
        if body[from + next..].starts_with(wanted) {
            return Some(from + next);
        }
        from += next + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_any_order() {
        let body = b"--x\r\nContent-Type: application/zip\r\ncontent-disposition: form-data; \
                     name=\"file\"; filename=\"p.zip\"\r\n\r\nPK\r\n--y\0\r\n--x\r\n\
                     Content-Disposition: form-data; name=entity_content\r\n\r\n{}\r\n--x--\r\n";
        let parts = parts("multipart/form-data; boundary=\"x\"", body).unwrap();
        assert_eq!(parts[0], Part { name: "file".into(), content: b"PK\r\n--y\0" });
        assert_eq!(parts[1], Part { name: "entity_content".into(), content: b"{}" });
    }

    #[test]
    fn broken_bodies_are_refused() {
        assert!(parts("application/json", b"{}").is_err());
        assert!(parts("multipart/form-data", b"").is_err());
        assert!(parts("multipart/form-data; boundary=x", b"").is_err());
        assert!(parts("multipart/form-data; boundary=x", b"--x\r\nA: b\r\n\r\n").is_err());
        assert!(
            parts("multipart/form-data; boundary=x", b"--x\r\nA: b\r\n\r\nc\r\n--x--").is_err()
        );
    }
}
