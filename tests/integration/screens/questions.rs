//! Questions at a terminal, and what a wrong answer leads to.

use std::fmt::Write as _;

use org_emulator::{Emulator, OrgKind};

use super::steady::{steady, without_cost};
use super::{demo, otherwise};
use crate::desk::Desk;
use crate::prompt::asked;
use crate::support::Org;

/// A terminal's text without what moves its cursor: of a line that is written anew, what stands in the end.
fn plain(seen: &str) -> String {
    let mut out = String::new();
    let mut rest = seen;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        rest = after.trim_start_matches(|it: char| !it.is_ascii_alphabetic());
        rest = rest.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
    let line = |line: &str| line.trim_end_matches('\r').rsplit('\r').next().map(str::to_owned);
    out.split('\n').filter_map(line).collect::<Vec<_>>().join("\n")
}

/// What stands from the paragraph of the first question on.
fn from_question(seen: &str, question: &str) -> String {
    let text = plain(seen);
    let at = text.find(question).expect("the question");
    let paragraph = text[..at].rfind("\n\n").map_or(0, |end| end + 2);
    without_cost(&steady(&text[paragraph..])).trim_end().to_owned()
}

#[test]
fn a_no_is_heard_whatever_was_asked() {
    let production = Org::with(Emulator::builder().kind(OrgKind::Production));
    let desk = Desk::of(&production);
    let file = provision::config::built_in_demo_file("desktop_layout.json").expect("the layout");
    desk.write("desktop_layout.json", &String::from_utf8(file).expect("UTF-8"));
    let others = "profiles = [\"Standard User\"]\non_conflict = \"move\"";
    desk.write("others.toml", &otherwise("profiles = [\"Contact Center Agent\"]", others));
    desk.write("provision.toml", &demo());
    let url = production.url.clone();
    let mut text = String::new();
    let mut show = |line: &str, answers: &[(&str, &str)], code_is_good: bool| {
        let words: Vec<&str> = line.split(' ').collect();
        let Some((seen, ended)) = asked(&desk, &words, answers) else { return };
        assert_eq!(ended, code_is_good, "{seen}");
        let shown =
            from_question(&seen, answers[0].0).replace(&production.id, "00D000000000001AAA");
        writeln!(text, "\n━━━ provision {}\n{shown}", steady(line)).expect("a text");
    };
    show("--org demo", &[("[y/N]", "not yet")], false);
    show("--org demo", &[("[y/N]", "y"), ("Wait here", "no")], true);
    show("--org demo --config others.toml", &[("Is that intended?", "n")], false);
    let demo_id = "uninstall --org demo";
    show(demo_id, &[("The org's", "Northwind Support")], false);
    show(&format!("--instance-url {url}"), &[("The org's", "yes")], false);
    if !text.is_empty() {
        insta::assert_snapshot!("questions", text);
    }
}
