//! What is known of an item of the checklist stands in its folder, and an item's folder names
//! another item only where it declares that it needs it.

use std::fs;
use std::path::{Path, PathBuf};

use provision::checklist::{ITEMS, ItemId, TENANT_ITEMS};

/// The folder of an item: `task_layout`.
fn folder(item: ItemId) -> String {
    item.as_str().replace('-', "_")
}

/// Every source file of an item, in folders inside its own, too.
fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the item's folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

fn checklist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checklist")
}

#[test]
fn an_item_names_only_those_that_it_needs() {
    let mut wrong = Vec::new();
    let tenant = TENANT_ITEMS.iter().map(|item| item.about());
    for about in ITEMS.iter().map(|item| item.about()).chain(tenant) {
        let others: Vec<ItemId> = ItemId::all()
            .filter(|other| *other != about.id && !about.needs.contains(other))
            .collect();
        for file in sources_below(&checklist().join(folder(about.id))) {
            let text = fs::read_to_string(&file).expect("a source file");
            let code = code(&text);
            for other in &others {
                if names(&code, *other) {
                    wrong.push(format!("{}: {} names {other}", file.display(), about.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these items are not among `needs`:\n{}", wrong.join("\n"));
}

#[test]
fn needs_go_one_way() {
    for item in ITEMS {
        let mut seen = vec![item.about().id];
        let mut next = item.about().needs.to_vec();
        while let Some(needed) = next.pop() {
            assert_ne!(needed, item.about().id, "it needs itself by {seen:?}");
            seen.push(needed);
            next.extend(needed.item().expect("an item of the checklist").about().needs);
        }
    }
}

#[test]
fn naming_another_item_is_seen() {
    for text in [
        "verdict.changes.push(change.known_after(Some(ItemId::PACKAGE)));",
        "use crate::checklist::package::is_done;",
        "use crate::checklist::{Change, package};",
        "use super::super::{names, package};",
        "if crate::checklist::package::is_done(desired, state) {",
        "if package::is_done(desired, state) {",
    ] {
        assert!(names(&code(text), ItemId::PACKAGE), "{text}");
    }
    for text in [
        "// use crate::checklist::package;",
        "use crate::definitions::package::{self, Document};",
        "use crate::model::{PackageValue, Target};",
        "let package = \"package::none\";",
        "for package in &state.packages { package.name }",
        "ItemId::PACKAGES",
        "other_package::installed()",
    ] {
        assert!(!names(&code(text), ItemId::PACKAGE), "{text}");
    }
}

/// The words and marks of a source text, without comments and texts in quotation marks.
fn code(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default();
        let mut word = String::new();
        // What is between quotation marks is every second part. Lines of a long text have none, and
        // are words without `::`.
        for part in line.split('"').step_by(2) {
            for letter in part.chars().chain([' ']) {
                if letter.is_alphanumeric() || letter == '_' {
                    word.push(letter);
                    continue;
                }
                if !word.is_empty() {
                    tokens.push(std::mem::take(&mut word));
                }
                if !letter.is_whitespace() {
                    tokens.push(letter.to_string());
                }
            }
        }
    }
    tokens
}

/// Whether code names an item, by its id or by its folder.
fn names(code: &[String], item: ItemId) -> bool {
    let folder = folder(item);
    let constant = folder.to_uppercase();
    let is = |place: usize, words: &[&str]| {
        code.get(place..place + words.len()).is_some_and(|found| found == words)
    };
    let (mut in_use, mut elsewhere) = (false, false);
    for (place, word) in code.iter().enumerate() {
        match word.as_str() {
            "use" => {
                let rest = place + 1;
                in_use = is(rest, &["crate", ":", ":", "checklist"])
                    || is(rest, &["super", ":", ":", "super"]);
                elsewhere = is(rest, &["crate", ":", ":"]) && !in_use;
            }
            ";" => (in_use, elsewhere) = (false, false),
            _ => {}
        }
        let by_id = *word == constant && place >= 3 && is(place - 3, &["ItemId", ":", ":"]);
        let is_path = is(place + 1, &[":", ":"]);
        // Another room may have a folder of the same name: `crate::definitions::desktop_layout`.
        let by_folder = *word == folder && (in_use || is_path && !elsewhere);
        if by_id || by_folder {
            return true;
        }
    }
    false
}
