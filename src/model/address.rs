//! Addresses as settings hold them.

/// The host of an address, in small letters and without a port.
pub fn host(address: &str) -> Option<String> {
    let rest = address.trim().split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// Whether a text is the name of a host with its domain, and nothing more.
pub fn is_host(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.contains('.') && text.split('.').all(is_part)
}
