//! Which kind a file is.

use proptest::prelude::*;

use super::*;

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF_u16).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn the_content_tells_and_the_name_only_where_that_does_not() {
    for (name, bytes, kind) in [
        ("a.toml", b"recipe = \"webex-v1\"".to_vec(), FileKind::Config),
        ("a.json", b"<callCenter/>".to_vec(), FileKind::CallCenter),
        ("a.toml", b"\xEF\xBB\xBF \n<?xml version=\"1.0\"?>".to_vec(), FileKind::CallCenter),
        ("a.toml", utf16("<callCenter/>"), FileKind::CallCenter),
        ("a.xml", b"{}".to_vec(), FileKind::DesktopLayout),
        ("a", utf16("{}"), FileKind::DesktopLayout),
        ("a.json", b"\"headless\": {".to_vec(), FileKind::DesktopLayout),
        ("a.JSON", Vec::new(), FileKind::DesktopLayout),
        ("a.xml", b"404: Not Found".to_vec(), FileKind::CallCenter),
        ("OpenCTI.callCenter-meta.xml", Vec::new(), FileKind::CallCenter),
        ("a", Vec::new(), FileKind::Config),
    ] {
        assert_eq!(FileKind::of(name, &bytes), kind, "{name} {bytes:?}");
    }
}

#[test]
fn files_in_two_bytes_a_letter_are_told_so() {
    let told = |text: &str| lines(&judged("a", utf16(text)));
    insta::assert_snapshot!(told("<callCenter/>"), @"1:1 CC080 error - The file is in UTF-16, but must be in UTF-8.");
    insta::assert_snapshot!(told("{}"), @"1:1 DL001 error - The file is in UTF-16, but must be in UTF-8.");
    insta::assert_snapshot!(told("recipe = \"webex-v1\"\n"), @"1:1 CF001 error - The file is in UTF-16, but must be in UTF-8.");
}

#[test]
fn what_needs_an_org_is_listed_once_each_with_no_place() {
    let verdict = judged("a.toml", "");
    let open: Vec<_> = verdict.findings.iter().filter(|it| it.place.is_none()).collect();
    let rules: Vec<_> = open.iter().map(|found| found.code.unwrap()).collect();
    assert_eq!(rules, ["CC020", "CC022", "CC033", "CC041", "CC060", "CC070"]);
    assert!(open.iter().all(|found| found.severity == Severity::NotChecked));
    assert_eq!(judged("a.json", "{}").count(Severity::NotChecked), 3);
}

proptest! {
    #[test]
    fn any_bytes_are_judged(
        start in prop::sample::select(vec!["", "<callCenter><section name=\"a\">", "{\"agent\":{"]),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let bytes = [start.as_bytes(), &bytes].concat();
        // Not crashing is the point, and that what is wrong can be drawn.
        let verdict = judged("any", &bytes);
        prop_assert_eq!(pictures(&verdict, Style::default()).is_empty(),
            verdict.count(Severity::NotChecked) == verdict.findings.len());
    }
}
