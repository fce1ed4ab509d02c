//! Writes the format that Setup imports, for orgs where a person imports the file by hand.

use std::fmt::Write as _;

use crate::model::{CallCenter, GENERAL_SECTION, Item};

/// Writes a call center as a file that Setup imports.
///
/// Which section held the two names is not part of a call center: they are written first into the
/// general section, where every file of Cisco's has them.
pub fn write_setup_file(call_center: &CallCenter) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<callCenter>\n");
    let general = call_center
        .sections
        .iter()
        .position(|section| section.name == GENERAL_SECTION)
        .unwrap_or(0);
    for (number, section) in call_center.sections.iter().enumerate() {
        let tag = format!(
            "  <section sortOrder=\"{number}\" name=\"{}\" label=\"{}\">\n",
            escape(&section.name),
            escape(&section.label)
        );
        text.push_str(&tag);
        let names = [
            Item {
                name: "reqInternalName".to_owned(),
                label: call_center.internal_name_label.clone(),
                value: call_center.internal_name.clone(),
            },
            Item {
                name: "reqDisplayName".to_owned(),
                label: call_center.display_name_label.clone(),
                value: call_center.display_name.clone(),
            },
        ];
        let names = names.iter().filter(|_| number == general);
        for (number, item) in names.chain(&section.items).enumerate() {
            writeln!(
                text,
                "    <item sortOrder=\"{number}\" name=\"{}\" label=\"{}\">{}</item>",
                escape(&item.name),
                escape(&item.label),
                escape(&item.value)
            )
            .expect("writing to a String cannot fail");
        }
        text.push_str("  </section>\n");
    }
    text.push_str("</callCenter>\n");
    text
}

/// Escapes text for both elements and attributes; line breaks survive as references.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            other => escaped.push(other),
        }
    }
    escaped
}
