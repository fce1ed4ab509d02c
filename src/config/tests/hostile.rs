//! Texts that mean harm.

use proptest::prelude::*;

use super::*;

#[test]
fn terminal_escapes_in_a_configuration_never_reach_the_terminal() {
    let text = wrong("\"\\u001b[31mred\" = 1\ndata_center = \"\\u001b]0;x\\u0007\"\n");
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let errors = load("a = 1\n", "provision.toml", None, &read).unwrap_err();
    let coloured = draw(&errors.diagnostics, Style { colour: true, width: 40, full: false });
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn bombs_are_refused() {
    let deep = format!("a = {}1{}", "{b = ".repeat(60), "}".repeat(60));
    assert!(load(&deep, "provision.toml", None, &read).is_err());
    let dotted = format!("{} = 1", vec!["a"; 100_000].join("."));
    assert!(load(&dotted, "provision.toml", None, &read).is_err());
    let both = (0..60)
        .fold("1".to_owned(), |inner, _| format!("{{ {} = {inner} }}", vec!["a"; 60].join(".")));
    assert!(load(&format!("a = {both}"), "provision.toml", None, &read).is_err());
    let just_allowed = (0..16)
        .fold("1".to_owned(), |inner, _| format!("{{ {} = {inner} }}", vec!["a"; 79].join(".")));
    assert!(load(&format!("a = {just_allowed}"), "provision.toml", None, &read).is_err());
    let large = " ".repeat(MAX_SIZE + 1);
    assert!(load(&large, "provision.toml", None, &read).is_err());
}

#[test]
fn a_file_that_is_something_else_is_told_once_and_not_in_every_line() {
    let errors = load(&"= nothing\n".repeat(5000), "provision.toml", None, &read).unwrap_err();
    assert_eq!(errors.diagnostics.len(), 101);
    insta::assert_snapshot!(errors.diagnostics[100].message(), @"14899 more mistakes were found.");
    let keys: Vec<String> = (0..300).map(|number| format!("key{number} = 1\n")).collect();
    let errors = load(&keys.concat(), "provision.toml", None, &read).unwrap_err();
    assert_eq!(errors.diagnostics.len(), 101);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        if let Err(errors) = load(&text, "any.toml", Some("a"), &read) {
            prop_assert!(!errors.diagnostics.is_empty());
            let narrow = Style { colour: false, width: 40, full: false };
            prop_assert!(!draw(&errors.diagnostics, narrow).is_empty());
        }
    }

    #[test]
    fn any_value_at_any_known_key_is_read_or_refused(
        key in prop::sample::select(vec![
            "recipe", "data_center", "package.version", "package.install_for",
            "package.approve_sites", "call_center.definition", "call_center.softphone",
            "call_center.softphone.height", "call_center.screen_pop.advanced",
            "call_center.activity.mappings", "call_center.values", "users.profiles", "users.where",
            "task_layout.record_types", "softphone_layout", "softphone_layout.inbound",
            "softphone_layout.inbound.no_match", "softphone_layout.name", "webex.org_id", "orgs",
            "orgs.a", "orgs.a.protected", "orgs.a.users",
        ]),
        value in prop::sample::select(vec![
            "1", "-1", "1.5", "true", "\"\"", "\"text\"", "[]", "[1]", "[[]]", "[\"a\"]", "{}",
            "[{}]", "{ a = 1 }", "1979-05-27", "99999999999999999999", "[{variable = 1}]", "nan",
        ]),
        rest in prop::sample::select(vec!["", HEAD]),
    ) {
        let text = format!("{key} = {value}\n{rest}");
        if let Err(errors) = load(&text, "any.toml", Some("a"), &read) {
            prop_assert!(!errors.diagnostics.is_empty());
            prop_assert!(!draw(&errors.diagnostics, Style::default()).is_empty());
        }
    }
}
