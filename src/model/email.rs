//! E-mail addresses, by which people of Salesforce and of Webex are told to be the same.

use super::OrgKind;

/// What Salesforce appends to the addresses of users when it copies an org into a sandbox.
const OF_SANDBOX: &str = ".invalid";

/// A user's address as Webex has it: in small letters, and without what a sandbox appends.
pub fn address_in_webex(email: &str, kind: OrgKind) -> String {
    let email = email.trim().to_lowercase();
    match email.strip_suffix(OF_SANDBOX) {
        Some(address) if kind == OrgKind::Sandbox => address.to_owned(),
        _ => email,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sandbox_appends_does_not_count_there_alone() {
        let of = |email: &str, kind| address_in_webex(email, kind);
        assert_eq!(of(" Ada@Example.com.invalid", OrgKind::Sandbox), "ada@example.com");
        assert_eq!(of("Ada@Example.com", OrgKind::Sandbox), "ada@example.com");
        assert_eq!(of("ada@example.com.invalid", OrgKind::Production), "ada@example.com.invalid");
    }
}
