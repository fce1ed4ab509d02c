//! How deeply brackets nest, looked at before anything recursive sees the text.
//!
//! The TOML parser bounds nested values and dotted keys each by themselves, but not their product.

/// Where brackets nest more deeply than `limit`, if they do.
pub fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => at = end_of_line(bytes, at),
            quote @ (b'"' | b'\'') => {
                at = end_of_string(bytes, at, quote);
                continue;
            }
            b'[' | b'{' => {
                depth += 1;
                if depth > limit {
                    return Some(at);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    let length = rest.iter().position(|byte| *byte == b'\n');
    from + length.unwrap_or(rest.len())
}

/// The byte after the string that begins at `from`.
fn end_of_string(bytes: &[u8], from: usize, quote: u8) -> usize {
    let triple = [quote; 3];
    let is_long = bytes[from..].starts_with(&triple);
    let mut at = from + if is_long { 3 } else { 1 };
    while at < bytes.len() {
        if bytes[at] == b'\\' && quote == b'"' {
            at += 2;
        } else if is_long && bytes[at..].starts_with(&triple) {
            return at + 3;
        } else if !is_long && bytes[at] == quote {
            return at + 1;
        } else if !is_long && bytes[at] == b'\n' {
            return at;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        for text in [
            "[[a]]\n[b]\nc = [[1], {d = 2}]",
            "a = \"[[[[\\\"[[[\" # [[[[\nb = '[[[[' ",
            "a = '''[[\n[['''\nb = \"\"\"\\\"\"\"\"",
            "a = \"[[[[\nb = 1",
        ] {
            assert_eq!(too_deep(text, 2), None, "{text}");
        }
        assert_eq!(too_deep("a = [[[1]]]", 2), Some(6));
    }
}
