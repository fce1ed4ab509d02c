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
        ("proxy http://ada:s3cr3tCanary@proxy:8080/", "proxy http://***@proxy:8080/"),
        ("http://ada:s3cr/3tCanary@proxy:8080", "http://***@proxy:8080"),
        ("https://s3cr3tCanary@proxy, then", "https://***@proxy, then"),
        (
            "force://PlatformCLI:s3cr3tCanary:5Aep861s3cr3tCanary@acme.my.salesforce.com",
            "force://***@acme.my.salesforce.com",
        ),
        ("renewed with 5Aep861.s3cr3tCanary_x-y.", "renewed with ***"),
        (r#"{"accessToken": "s3cr3tCanary"}"#, r#"{"accessToken": "***"}"#),
        (r#"{"sfdxAuthUrl":"s3cr3tCanary"}"#, r#"{"sfdxAuthUrl":"***"}"#),
        (r#"{"signature": "s3cr3t/Canary="}"#, r#"{"signature": "***"}"#),
        (r#"{\"token\":\"s3cr3tCanary\"}"#, r#"{\"token\":\"***"#),
        (r#"{"user_code":"s3cr3tCanary"}"#, r#"{"user_code":"***"}"#),
        ("device_code=s3cr3tCanary&x=1", "device_code=***&x=1"),
        (
            "http://localhost:1717/cb?code=s3cr3tCanary&state=1",
            "http://localhost:1717/cb?code=***&state=1",
        ),
        ("/cb?state=1&amp;code=s3cr3tCanary'", "/cb?state=1&amp;code=***'"),
        ("client_assertion=s3cr3tCanary", "client_assertion=***"),
        ("code_verifier=s3cr3tCanary", "code_verifier=***"),
        ("frontdoor.jsp?otp=s3cr3tCanary&cshc=1", "frontdoor.jsp?otp=***&cshc=1"),
        (
            r#""frontdoor_uri":"https://a.example/secur/frontdoor.jsp?otp=s3cr3tCanary""#,
            r#""frontdoor_uri":"https://a.example/secur/frontdoor.jsp?otp=***""#,
        ),
        ("Proxy-Authorization: Basic s3cr3tCanary==", "Proxy-Authorization: Basic ***"),
        ("Set-Cookie: a=1; b=s3cr3tCanary; Secure\nX: 1", "Set-Cookie: ***\nX: 1"),
        ("passphrase: correct s3cr3tCanary battery", "passphrase: ***"),
        (r#"{"passphrase":"correct s3cr3tCanary"}"#, r#"{"passphrase":"***"}"#),
        ("ACME_INSTALLATION_KEY=s3cr3tCanary", "ACME_INSTALLATION_KEY=***"),
        (
            "-----BEGIN RSA PRIVATE KEY-----\ns3cr3t\nCanary\n-----END RSA PRIVATE KEY----- x",
            "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY----- x",
        ),
        ("as OTk2s3cr3tCanary-x_y0000_PF84_1eb65fdf-9643-417f-9974-ad72cae0e10f,", "as ***,"),
        (r"-----BEGIN PRIVATE KEY-----\ns3cr3tCanary", "-----BEGIN PRIVATE KEY-----***"),
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
        "The token is wrong; the signature: it does not fit",
        "exit code=1, errorCode: INVALID_FIELD, statusCode=\"UNKNOWN\"",
        r#"{"code":"INVALID_FIELD","message":"x"}"#,
        "Verify this with the user_code that was shown",
        "See https://example.com:8080/@ada, https://[::1]:80/@ada and mailto:ada@example.com",
        "https://acme.my.salesforce.com/?user=ada@example.com",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "The key file holds a PRIVATE KEY----- line without its begin",
        "5Aep is how refresh tokens begin",
        "The refresh token, the passphrase and the authorization are missing",
        "trackingId ccconfig_4baa1bf1-93ea-4d3a-a0cd-e4a9d6a4b7b6, ROUTERGW_4baa1bf1-93ea-4d3a-a0cd-e4a9d6a4b7b6",
        "a sidecar, passwords, and the optimum",
    ] {
        assert_eq!(redact(text), text);
    }
}

/// A secret with everything in it that some spelling escapes.
const KEY: &str = "ké'y \"s3cr3t\\Canary\" <&> 取+%";

fn percent(text: &str, digits: fn(u8) -> String, keep: &str) -> String {
    let byte = |byte: u8| {
        let letter = char::from(byte);
        let plain = letter.is_ascii_alphanumeric() || keep.contains(letter);
        if plain { letter.to_string() } else { digits(byte) }
    };
    text.bytes().map(byte).collect()
}

#[test]
fn known_values_disappear_in_every_spelling() {
    let secrets = Secrets::of(&[SecretString::from(KEY)]);
    let json = serde_json::to_string(KEY).unwrap();
    let soql = KEY.replace('\\', "\\\\").replace('\'', "\\'");
    let big = |byte| format!("%{byte:02X}");
    let small = |byte| format!("%{byte:02x}");
    let form = percent(KEY, big, " ").replace(' ', "+");
    for spelt in [
        KEY.to_owned(),
        soql.clone(),
        json[1..json.len() - 1].to_owned(),
        json.replace('é', "\\u00e9").replace('取', "\\u53d6").trim_matches('"').to_owned(),
        KEY.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        quick_xml::escape::escape(KEY).into_owned(),
        percent(KEY, big, "-._~"),
        percent(KEY, small, ""),
        percent(&soql, big, "!()*'"),
        form,
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, KEY),
    ] {
        let text = format!("größe {spelt} 取");
        let masked = secrets.mask(&text);
        assert!(!masked.contains("anary") && masked.starts_with("größe ***"), "{masked}");
        assert!(masked.ends_with("取"), "{masked}");
    }
    assert_eq!(secrets.mask("100 % größer+"), "100 % größer+");
    assert_eq!(Secrets::of(&[SecretString::from("key")]).mask("a key"), "a key");
}

#[test]
fn base64_of_what_a_value_stands_in_is_masked_wherever_it_stands() {
    use base64::Engine as _;
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
    let token = "00Dx0000000BV7z!AR8AQAxo9UfVkh8AlV0Gomt9Czx9LjHnSSpwBMm?>~";
    let secrets = Secrets::of(&[SecretString::from(token)]);
    for before in ["", "a", "ab", "Bearer ", "client_id:", "x-y: z\r\n"] {
        for after in ["", "a", "ab", "abc"] {
            let whole = format!("{before}{token}{after}");
            let half = format!("{before}{}{after}", token.split_once('!').unwrap().1);
            for coded in [
                BASE64_STANDARD.encode(&whole),
                BASE64_URL_SAFE_NO_PAD.encode(&whole),
                BASE64_STANDARD.encode(&half),
            ] {
                let masked = secrets.mask(&format!("said {coded} of it"));
                // What is around it stays, with a letter at each side that holds a part of its bits.
                let around = BASE64_STANDARD.encode(before).len() + after.len() * 2 + 4;
                assert!(
                    masked.len() <= "said *** of it".len() + around,
                    "{before}{after}: {masked}"
                );
                assert!(masked.contains("***"), "{masked}");
            }
        }
    }
}

#[test]
fn a_percent_sign_before_a_value_takes_nothing_of_it() {
    let secrets = Secrets::of(&[SecretString::from("0as3cr3tCanary\u{9b2}")]);
    assert_eq!(secrets.mask("%0as3cr3tCanary%E0%A6%B2%"), "%***%");
}

#[test]
fn forms_show_harmless_fields_only() {
    assert_eq!(
        form("grant_type=password&username=ada&password=s3cr3tCanary&new=s3cr3tCanary&empty=&odd"),
        "grant_type=password&username=***&password=***&new=***&empty=&odd"
    );
}

proptest! {
    #[test]
    fn no_known_value_survives_among_anything(noise in "\\PC{0,20}", key in "\\PC{0,10}s3cr3tCanary\\PC{0,10}") {
        let secrets = Secrets::of(&[SecretString::from(key.as_str())]);
        let percent = percent(&key, |byte| format!("%{byte:02X}"), "-._~");
        let json = serde_json::to_string(&key).unwrap();
        for spelt in [&key, &percent, &json] {
            let text = format!("{noise}{spelt}{noise}");
            prop_assert!(!secrets.mask(&text).contains(CANARY));
        }
    }

    #[test]
    fn nothing_panics_whatever_is_read(text in "(\\PC|5Aep|://|@|%|PRIVATE KEY-----|-----BEGIN |cookie:|code=|[?&'\\\\]){0,30}") {
        let once = redact(&text);
        form(&text);
        prop_assert_eq!(redact(&once), once);
    }

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
