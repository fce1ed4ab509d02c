//! How a snapshot is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Cells, FORMAT, WHAT, WITHOUT_CONTENTS};
use crate::checklist::title_of;
use crate::model::{NotSeen, Snapshot, SnapshotOrg, SnapshotRow, SubjectKind, clean, is_deceptive};

const HEAD: &str = "\
# What of Webex Contact Center for Salesforce was in an org. Compare it with `provision snapshot diff`, and
# bring the org back to it with `provision snapshot restore`. What is not in it was not there, but for what
# stands under not_seen.
";

const OTHERS: &str = "
# What follows is somebody else's. It counts where the connector comes in its place, or came.
";

const CONTENTS: &str = "
# What the desktop layouts above consist of: `provision snapshot restore` puts it back.
";

/// The text of a snapshot's file.
pub fn write_snapshot(snapshot: &Snapshot) -> String {
    let mut out = HEAD.to_owned();
    let mut line = |key: &str, value: &str| _ = writeln!(out, "{key} = {value}");
    let has_contents = snapshot.rows.iter().any(|row| row.content.is_some());
    line("format", &(if has_contents { FORMAT } else { WITHOUT_CONTENTS }).to_string());
    line("what", &quote(WHAT));
    line("program", &quote(&snapshot.program));
    line("taken", &quote(&snapshot.taken.to_string()));
    line("values", &snapshot.rows.len().to_string());
    let sets: Vec<String> = snapshot.permission_sets.iter().map(|name| quote(name)).collect();
    line("permission_sets", &format!("[{}]", sets.join(", ")));
    let SnapshotOrg { id, name, kind, my_domain } = &snapshot.org;
    let _ = write!(
        out,
        "\n[org]\nid = {}\nname = {}\nkind = {}\n",
        quote(&id.long()),
        quote(name),
        quote(kind.name())
    );
    if let Some(domain) = my_domain {
        let _ = writeln!(out, "my_domain = {}", quote(domain));
    }
    if let Some(webex) = &snapshot.webex {
        let _ = write!(out, "\n[webex]\nid = {}\n", quote(webex));
    }
    for NotSeen { item, subject, words } in &snapshot.unseen {
        let _ = write!(out, "\n[[not_seen]]\nitem = {}\n", quote(item));
        if let Some(subject) = subject {
            let _ = writeln!(out, "subject = {}", quote(subject));
        }
        let _ = writeln!(out, "words = {}", quote(words));
    }
    let (own, others): (Vec<&SnapshotRow>, Vec<&SnapshotRow>) =
        snapshot.rows.iter().partition(|row| row.is_connectors());
    for section in sections(&own) {
        write_section(&mut out, &section);
    }
    if !others.is_empty() {
        out.push_str(OTHERS);
    }
    for section in sections(&others) {
        write_section(&mut out, &section);
    }
    write_contents(&mut out, &snapshot.rows);
    out
}

/// What values stand for, at the end, where nobody has to read over it.
fn write_contents(out: &mut String, rows: &[SnapshotRow]) {
    let mut contents: BTreeMap<&str, &str> = BTreeMap::new();
    for row in rows {
        contents.extend(row.content.as_deref().map(|content| (row.value.as_str(), content)));
    }
    if !contents.is_empty() {
        out.push_str(CONTENTS);
    }
    for (value, text) in contents {
        let _ = write!(out, "\n[[content]]\nvalue = {}\ntext = {}\n", quote(value), quote(text));
    }
}

/// Rows that stand together: of one item and connector, and alike in what is said above them.
fn sections<'a>(rows: &[&'a SnapshotRow]) -> Vec<Vec<&'a SnapshotRow>> {
    let mut sections: Vec<Vec<&'a SnapshotRow>> = Vec::new();
    let mut places = BTreeMap::new();
    for &row in rows {
        let common = common(row);
        let key = (
            &row.item,
            &row.recipe,
            row.subject.kind,
            (common.name, common.id),
            (common.field, common.set_id),
            (common.value, common.value_id),
        );
        let place = *places.entry(key).or_insert(sections.len());
        if place == sections.len() {
            sections.push(Vec::new());
        }
        sections[place].push(row);
    }
    sections
}

/// What stands above the rows of a section, by the kind of what they are about.
fn common(row: &SnapshotRow) -> Cells {
    let all = cells(row);
    let of_subject = || Cells { name: all.name.clone(), id: all.id.clone(), ..Cells::default() };
    let of_field = || Cells {
        field: all.field.clone(),
        set_id: all.set_id.clone(),
        value: all.value.clone(),
        value_id: all.value_id.clone(),
        ..Cells::default()
    };
    match row.subject.kind {
        SubjectKind::CallCenter if row.target().is_component() => Cells::default(),
        SubjectKind::CallCenter
        | SubjectKind::PermissionSet
        | SubjectKind::Profile
        | SubjectKind::SoftphoneLayout
        | SubjectKind::ApexClass
        | SubjectKind::FlexiPage
        | SubjectKind::CadVariable
        | SubjectKind::AgentProfile => of_subject(),
        SubjectKind::User | SubjectKind::PermissionSetAssignment => of_field(),
        SubjectKind::ProfileLayout => Cells { field: all.field.clone(), ..of_subject() },
        SubjectKind::Team => Cells { field: all.field.clone(), ..Cells::default() },
        SubjectKind::InstalledPackage
        | SubjectKind::CustomMetadata
        | SubjectKind::DesktopLayout
        | SubjectKind::AuxiliaryCode => Cells::default(),
    }
}

/// Everything of a row.
fn cells(row: &SnapshotRow) -> Cells {
    Cells {
        name: Some(row.subject.name.clone()),
        id: row.ids.subject.clone(),
        record_type: row.subject.record_type.clone(),
        record_type_id: row.ids.record_type.clone(),
        field: Some(row.field.clone()),
        set_id: row.ids.set.clone(),
        value: Some(row.value.clone()),
        value_id: row.ids.after.clone(),
    }
}

fn write_section(out: &mut String, rows: &[&SnapshotRow]) {
    let Some(first) = rows.first() else { return };
    let common = common(first);
    let _ = write!(out, "\n# {}\n[[section]]\n", heading(first, rows.len()));
    let _ = writeln!(out, "item = {}", quote(&first.item));
    let kind = serde_json::to_value(first.subject.kind).unwrap_or_default();
    let _ = writeln!(out, "type = {}", quote(kind.as_str().unwrap_or_default()));
    if let Some(recipe) = &first.recipe {
        let _ = writeln!(out, "recipe = {}", quote(recipe));
    }
    for (key, value) in common.named() {
        if let Some(value) = value {
            let _ = writeln!(out, "{key} = {}", quote(value));
        }
    }
    out.push_str("values = [\n");
    for row in rows {
        let all = cells(row);
        let above = common.named();
        let own: Vec<String> = all
            .named()
            .into_iter()
            .zip(above)
            .filter(|(_, (_, above))| above.is_none())
            .filter_map(|((key, value), _)| Some(format!("{key} = {}", quote(value.as_ref()?))))
            .collect();
        let _ = writeln!(out, "  {{ {} }},", own.join(", "));
    }
    out.push_str("]\n");
}

/// What people read above a section.
fn heading(first: &SnapshotRow, count: usize) -> String {
    let title = title_of(&first.item);
    let users = if count == 1 { "1 user".to_owned() } else { format!("{count} users") };
    let about = match first.subject.kind {
        SubjectKind::User => format!(": {users} in {}", first.value),
        SubjectKind::PermissionSetAssignment => format!(": {users} with {}", first.field),
        _ if common(first).name.is_some() => format!(" of {}", first.subject.name),
        _ => String::new(),
    };
    // A line break would end the comment.
    clean(&format!("{title}{about}"))
}

/// A text in quotation marks on one line, with whatever might make it look like another written out.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter.is_control() || is_deceptive(letter) => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
