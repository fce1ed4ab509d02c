//! Tests of the redaction, with canaries.

use proptest::prelude::*;

use super::*;

const CANARY: &str = "s3cr3tCanary";

#[test]
fn canaries_disappear_and_the_rest_stays() {
    for (text, keeps) in [
        ("Authorization: Bearer s3cr3tCanary", "Authorization: Bearer ***"),
        ("bearer s3cr3tCanary, then", "bearer ***, then"),
        ("token 00Dx0000000BV7z!s3cr3tCanary.x_y end", "token 00Dx0000000BV7z!*** end"),
        ("00Dx0000000BV7z%21s3cr3tCanary", "00Dx0000000BV7z%21***"),
        ("<urn:sessionId>s3cr3tCanary</urn:sessionId>", "<urn:sessionId>***</urn:sessionId>"),
        (
            "WHERE Id = '04t' AND InstallationKey ='s3cr3tCanary' LIMIT 1",
            "WHERE Id = '04t' AND InstallationKey ='***' LIMIT 1",
        ),
        (r"InstallationKey = 'a\'s3cr3tCanary' x", "InstallationKey = '***' x"),
        (
            "q=InstallationKey%20%3D%27a%5C%27s3cr3tCanary%27&z=1",
            "q=InstallationKey%20%3D%27***%27&z=1",
        ),
        ("q=AND%20InstallationKey%3D%27s3cr3tCanary%27", "q=AND%20InstallationKey%3D%27***%27"),
        ("AND+InstallationKey='s3cr3tCanary'", "AND+InstallationKey='***'"),
        (r#"{"Password":"a\"s3cr3tCanary","x":1}"#, r#"{"Password":"***","x":1}"#),
        (r#"{"Password" : null,"x":1}"#, r#"{"Password" : ***,"x":1}"#),
        ("<password>s3cr3tCanary</password>", "<password>***</password>"),
        ("?access_token=s3cr3tCanary&format=json", "?access_token=***&format=json"),
        ("/secur/frontdoor.jsp?sid=s3cr3tCanary&retURL=x", "/secur/frontdoor.jsp?sid=***&retURL=x"),
        ("eyJhbGci.eyJzdWIi.s3cr3tCanary!", "***!"),
    ] {
        assert_eq!(redact(text), keeps);
    }
}

#[test]
fn ordinary_texts_are_left_alone() {
    for text in [
        "Invalid username, password, security token; or user locked out.",
        "IsPasswordProtected",
        "OAuth is not approved; Bearer tokens are",
        "org 00Dx0000000BV7z is a sandbox",
        "No such column 'foo' on sobject of type Bar",
        "https://acme.my.salesforce.com/services/data/v68.0/query?q=SELECT%20Id",
        "Größe: 取引先!",
    ] {
        assert_eq!(redact(text), text);
    }
}

proptest! {
    #[test]
    fn no_key_survives_whatever_it_holds(noise in "\\PC{0,20}", key in "[ -~é取]{0,20}") {
        let key = format!("{key}{CANARY}");
        let quoted = key.replace('\\', "\\\\").replace('\'', "\\'");
        let text = format!("{noise} InstallationKey='{quoted}' {noise}");
        prop_assert!(!redact(&text).contains(CANARY));
        let json = serde_json::json!({ "Password": key, "noise": noise }).to_string();
        prop_assert!(!redact(&json).contains(CANARY));
    }

    #[test]
    fn redacting_twice_changes_nothing_more(text in "\\PC{0,80}") {
        let once = redact(&text);
        prop_assert_eq!(redact(&once), once);
    }
}
