//! Names as files and members spell them: special characters as percent codes.

/// The name behind percent codes; what is no code stays as it is.
pub(crate) fn decoded(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = name.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let code = code.filter(|code| !code.starts_with('+'));
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        plain.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(plain).unwrap_or_else(|_| name.to_owned())
}

/// Whether two spellings mean the same name.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one == other || decoded(one) == decoded(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read() {
        assert_eq!(decoded("Work%2Ecom 100%25 %+1"), "Work.com 100% %+1");
        assert_eq!(decoded("%E2%80%93%zz"), "–%zz");
        assert_eq!(decoded("%FF"), "%FF");
        assert!(same("Commercial %28S%29", "Commercial (S)"));
    }
}
