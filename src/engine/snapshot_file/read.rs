//! How a snapshot's file is read.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Deserialize;

use super::{Cells, FORMAT, Head, MAX_DEPTH, WHAT};
use crate::failure::Failure;
use crate::model::{
    Command, Hint, Ids, NotSeen, OrgId, OrgKind, Snapshot, SnapshotOrg, SnapshotRow, Subject,
    SubjectKind, too_deep,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "format")]
    _format: u64,
    #[serde(rename = "what")]
    _what: String,
    program: String,
    taken: Timestamp,
    values: usize,
    #[serde(default)]
    permission_sets: BTreeSet<String>,
    org: WrittenOrg,
    webex: Option<WrittenTenant>,
    #[serde(default)]
    not_seen: Vec<WrittenUnseen>,
    #[serde(default)]
    section: Vec<Section>,
    #[serde(default)]
    content: Vec<Content>,
}

/// What a value consists of that is too long to stand among others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    value: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOrg {
    id: OrgId,
    name: String,
    kind: OrgKind,
    my_domain: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTenant {
    id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenUnseen {
    item: String,
    subject: Option<String>,
    words: String,
}

/// Values with what they have in common.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    item: String,
    #[serde(rename = "type")]
    kind: SubjectKind,
    recipe: Option<String>,
    name: Option<String>,
    id: Option<String>,
    field: Option<String>,
    set_id: Option<String>,
    value: Option<String>,
    value_id: Option<String>,
    values: Vec<Cells>,
}

/// Reads a snapshot's file; `shown` is what people call the file.
pub fn read_snapshot(bytes: &[u8], shown: &str) -> Result<Snapshot, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|error| none(shown).because(error))?;
    if too_deep(text, MAX_DEPTH).is_some() {
        return Err(none(shown));
    }
    let head: Head = toml::from_str(text).map_err(|_| none(shown))?;
    if head.what != WHAT {
        return Err(none(shown));
    }
    if head.format > FORMAT {
        return Err(Failure::usage(format!(
            "`{shown}` was written by a newer version of provision: it has format {}, and this version \
             knows formats up to {FORMAT}.",
            head.format
        ))
        .hint("Update provision on this machine."));
    }
    let written: Written =
        toml::from_str(text).map_err(|error| damaged(shown, error.to_string().trim_end()))?;
    let mut rows = Vec::new();
    for section in written.section {
        rows.append(&mut section.rows().map_err(|what| damaged(shown, &what))?);
    }
    for Content { value, text } in written.content {
        let is_it = |row: &&mut SnapshotRow| {
            row.subject.kind == SubjectKind::DesktopLayout && row.value == value
        };
        rows.iter_mut().filter(is_it).for_each(|row| row.content = Some(text.clone()));
    }
    if rows.len() != written.values {
        let what =
            format!("it holds {} values, and says that it has {}", rows.len(), written.values);
        return Err(damaged(shown, &what));
    }
    if let Some(row) = twice(&rows) {
        let what = format!("it says {} of {} twice", row.field, row.subject.name);
        return Err(damaged(shown, &what));
    }
    let WrittenOrg { id, name, kind, my_domain } = written.org;
    let unseen = written.not_seen.into_iter();
    Ok(Snapshot {
        taken: written.taken,
        program: written.program,
        org: SnapshotOrg { id, name, kind, my_domain },
        webex: written.webex.map(|webex| webex.id),
        permission_sets: written.permission_sets,
        rows,
        unseen: unseen
            .map(|WrittenUnseen { item, subject, words }| NotSeen { item, subject, words })
            .collect(),
    })
}

impl Section {
    /// Its values, each with what stands above them.
    fn rows(self) -> Result<Vec<SnapshotRow>, String> {
        let above = self;
        let rows = above.values.iter().map(|own| {
            let or = |own: &Option<String>, above: &Option<String>| {
                own.clone().or_else(|| above.clone())
            };
            let needed = |own: &Option<String>, common: &Option<String>, what: &str| {
                or(own, common)
                    .ok_or_else(|| format!("a value of the section `{}` has no {what}", above.item))
            };
            Ok(SnapshotRow {
                item: above.item.clone(),
                recipe: above.recipe.clone(),
                subject: Subject {
                    kind: above.kind,
                    name: needed(&own.name, &above.name, "name")?,
                    record_type: own.record_type.clone(),
                },
                field: needed(&own.field, &above.field, "field")?,
                value: needed(&own.value, &above.value, "value")?,
                content: None,
                ids: Ids {
                    subject: or(&own.id, &above.id),
                    record_type: own.record_type_id.clone(),
                    set: or(&own.set_id, &above.set_id),
                    before: None,
                    after: or(&own.value_id, &above.value_id),
                },
            })
        });
        rows.collect()
    }
}

/// A row about a value that another row is about too.
fn twice(rows: &[SnapshotRow]) -> Option<&SnapshotRow> {
    let mut seen = BTreeSet::new();
    rows.iter().find(|row| {
        let ids = (&row.ids.subject, &row.ids.record_type, &row.ids.set);
        !seen.insert((&row.item, &row.subject, &row.field, ids))
    })
}

/// Where a sound file comes from.
fn save_one() -> Hint {
    Hint::command("Such a file is written by", Command::of_org("snapshot save FILE"), ".")
}

fn none(shown: &str) -> Failure {
    Failure::usage(format!("`{shown}` holds no snapshot.")).hint(save_one())
}

fn damaged(shown: &str, what: &str) -> Failure {
    Failure::usage(format!("`{shown}` is damaged: {what}.")).hint(save_one())
}
