//! What Cisco's layouts are known to consist of, and how another one differs from the newest.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{LayoutDocument, differ, parts};

/// The component that the connector was before it got a headless bridge.
const FIRST_COMPONENT: &str = "agentx-salesforce-desktop";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataFile {
    parts: Vec<String>,
    published: String,
    outline: Vec<String>,
}

static KNOWN: LazyLock<DataFile> = LazyLock::new(|| {
    let text = include_str!("../../../metadata/desktop_layout.toml");
    toml::from_str(text).expect("embedded data that a test loads")
});

/// How a layout differs from the newest that is known of Cisco's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutDifferences {
    /// The day on which that one was published.
    pub published: &'static str,
    /// A line each: `+ role: part`, `- role: part`, `~ role: key: "old" → "new"`.
    pub lines: Vec<String>,
}

impl LayoutDocument {
    /// Whether it is one of Cisco's layouts, of whatever version: the connector is in it, and nothing that
    /// none of Cisco's files has had. Titles and numbers do not count.
    pub fn is_ciscos(&self) -> bool {
        let mut rest = self.clone();
        let mut connected = rest.has_bridge();
        let all_known = rest.roles_mut().into_iter().all(|(_, role)| {
            parts::take_actions(role);
            let contents = differ::contents(role);
            connected |= contents.contains(FIRST_COMPONENT);
            contents.iter().all(|part| part == FIRST_COMPONENT || KNOWN.parts.contains(part))
        });
        connected && all_known
    }

    /// How it differs from the newest that is known of Cisco's.
    pub fn differences_from_newest(&self) -> LayoutDifferences {
        let DataFile { published, outline, .. } = &*KNOWN;
        LayoutDifferences { published, lines: differences(outline, &self.outline()) }
    }

    /// What is in it, a line each: of each role its parts, what it says of itself, and the attributes of the
    /// connector in it.
    fn outline(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, role) in self.roles() {
            lines.extend(differ::contents(role).into_iter().map(|part| format!("{name}: {part}")));
            let own = role.as_object().into_iter().flatten();
            let own = own.filter(|(key, _)| *key != "area");
            lines.extend(own.map(|(key, value)| format!("{name}: {key} = {value}")));
            let mut copy = role.clone();
            let actions = parts::actions_mut(&mut copy);
            for (what, widget) in [("bridge", parts::bridge(role)), ("actions", actions.as_deref())]
            {
                let Some(widget) = widget else { continue };
                let script = widget.get("script").map(|it| ("script", it));
                let attributes = widget.get("attributes").and_then(|it| it.as_object());
                let attributes = attributes.into_iter().flatten();
                let attributes = attributes.map(|(key, value)| (key.as_str(), value));
                let each = script.into_iter().chain(attributes);
                lines.extend(each.map(|(key, value)| format!("{name}: {what} {key} = {value}")));
            }
        }
        lines
    }
}

/// What the second has that the first has not, and the other way round.
fn differences(old: &[String], new: &[String]) -> Vec<String> {
    let key =
        |line: &str| line.split_once(" = ").map(|(key, value)| (key.to_owned(), value.to_owned()));
    let value = |lines: &[String], wanted: &str| {
        lines.iter().filter_map(|line| key(line)).find(|(key, _)| key == wanted).map(|(_, it)| it)
    };
    let mut lines = Vec::new();
    for line in new.iter().filter(|line| !old.contains(line)) {
        lines.push(match key(line).and_then(|(key, now)| Some((value(old, &key)?, key, now))) {
            Some((before, key, now)) => format!("~ {key}: {before} → {now}"),
            None => format!("+ {line}"),
        });
    }
    let gone = old.iter().filter(|line| {
        let is_changed = key(line).is_some_and(|(key, _)| value(new, &key).is_some());
        !new.contains(line) && !is_changed
    });
    lines.extend(gone.map(|line| format!("- {line}")));
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    fn document(title: &str, component: &str, attributes: &serde_json::Value) -> LayoutDocument {
        let bridge = json!({ "comp": "agentx-custom-desktop", "attributes": attributes });
        let root = json!({ "agent": { "appTitle": title, "area": {
            "headless": { "widgets": { "comp1": bridge } },
            "panel": { "children": [] },
            "navigation": [{ "comp": component }]
        } } });
        LayoutDocument::read(&root.to_string()).unwrap()
    }

    #[test]
    fn what_changed_has_a_line_each() {
        let attributes = json!({ "isSFDCWidgetEnabled": "false" });
        let old = document("Webex", "agentx-outdial", &attributes).outline();
        assert_eq!(differences(&old, &old), [] as [String; 0]);
        let new = document("Acme", "acme-clock", &json!({ "outDialAni": "" })).outline();
        assert_eq!(
            differences(&old, &new),
            [
                "+ agent: acme-clock",
                "~ agent: appTitle: \"Webex\" → \"Acme\"",
                "+ agent: bridge outDialAni = \"\"",
                "- agent: agentx-outdial",
                "- agent: bridge isSFDCWidgetEnabled = \"false\"",
            ]
        );
    }

    #[test]
    fn what_somebody_has_added_is_not_ciscos() {
        let attributes = json!({});
        assert!(document("Acme", "agentx-outdial", &attributes).is_ciscos());
        assert!(!document("Acme", "acme-clock", &attributes).is_ciscos());
        let first = json!({ "area": { "advancedHeader": [{ "comp": FIRST_COMPONENT }] } });
        assert!(LayoutDocument::read(&first.to_string()).unwrap().is_ciscos());
        // A layout of Cisco's without the connector is the service's own, or somebody's.
        let plain = json!({ "area": { "navigation": [{ "comp": "agentx-outdial" }] } });
        assert!(!LayoutDocument::read(&plain.to_string()).unwrap().is_ciscos());
    }

    /// Whatever Cisco has published, where that is at hand.
    #[test]
    fn ciscos_files_are_known() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples/desktop-layouts");
        let Ok(files) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        let (mut parts, mut newest) = (BTreeSet::new(), None);
        for path in &paths {
            let text = std::fs::read_to_string(path).unwrap();
            // Two of them are no JSON.
            let Ok(document) = LayoutDocument::read(&text) else { continue };
            for (_, role) in document.roles() {
                parts.extend(differ::contents(role));
            }
            assert!(document.is_ciscos(), "{}", path.display());
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            newest = Some((name.split('.').next().unwrap().to_owned(), document));
        }
        let (published, newest) = newest.unwrap();
        let wanted = written(&published, &parts, &newest.outline());
        let found = include_str!("../../../metadata/desktop_layout.toml");
        let (_, found) = found.split_once("\n\n").unwrap();
        assert_eq!(found, wanted, "metadata/desktop_layout.toml is to say this:\n{wanted}");
        assert_eq!(newest.differences_from_newest().lines, [] as [String; 0]);
    }

    fn written(published: &str, parts: &BTreeSet<String>, outline: &[String]) -> String {
        let list = |lines: &mut dyn Iterator<Item = &String>| {
            let lines: Vec<String> = lines.map(|it| format!("  {},\n", json!(it))).collect();
            format!("[\n{}]\n", lines.concat())
        };
        format!(
            "published = {}\nparts = {}outline = {}",
            json!(published),
            list(&mut parts.iter()),
            list(&mut outline.iter())
        )
    }
}
