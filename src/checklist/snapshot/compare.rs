//! How two snapshots differ: of one org by ids, of two orgs by names.
//!
//! Only what is the connector's in one of them counts. What one of them was not shown is not compared.

use std::collections::{BTreeMap, BTreeSet};

use super::place_of;
use crate::model::{Ids, Namesake, Snapshot, SnapshotRow, SubjectKind, namesakes};

/// How two snapshots differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many values are the same in both.
    pub same: usize,
    /// The values that are not, in the order of the checklist.
    pub differences: Vec<Difference>,
    /// What could not be compared.
    pub not_compared: Vec<NotCompared>,
}

/// A value that is not the same. At least one of both is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What the first has; `None`: nothing.
    pub before: Option<SnapshotRow>,
    /// What the second has; `None`: nothing.
    pub after: Option<SnapshotRow>,
}

/// What could not be compared, because one of both was not shown it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotCompared {
    /// Id of the checklist item.
    pub item: String,
    /// Whether it is the first that was not shown it.
    pub first: bool,
    /// What was said instead.
    pub words: String,
}

impl Difference {
    /// The row that says what it is about.
    pub fn row(&self) -> Option<&SnapshotRow> {
        self.before.as_ref().or(self.after.as_ref())
    }

    /// Id of the checklist item.
    pub fn item(&self) -> &str {
        self.row().map_or("", |row| row.item.as_str())
    }

    /// The recipe of the connector whose value it is, or was.
    pub fn recipe(&self) -> Option<&str> {
        [&self.before, &self.after].into_iter().flatten().find_map(|row| row.recipe.as_deref())
    }
}

/// Compares two snapshots.
pub fn compare(one: &Snapshot, other: &Snapshot) -> Comparison {
    if one.org.id == other.org.id {
        return compare_rows(one, other, true);
    }
    compare_rows(&in_names_of(one, &other.users()), other, false)
}

/// A snapshot as another org knows its things: by names alone, those of its users being the one's namesake.
pub fn in_names_of(snapshot: &Snapshot, users_there: &BTreeSet<&str>) -> Snapshot {
    let ours = snapshot.users();
    let here: BTreeSet<String> = ours.iter().map(|name| (*name).to_owned()).collect();
    let there: BTreeSet<String> = users_there.iter().map(|name| (*name).to_owned()).collect();
    // Either of both may be the copy.
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (theirs, found) in namesakes(users_there, &here) {
        if let Namesake::One(name) = found {
            names.insert(name, theirs.to_owned());
        }
    }
    for (name, found) in namesakes(&ours, &there) {
        if let Namesake::One(theirs) = found {
            names.insert(name.to_owned(), theirs);
        }
    }
    let mut renamed = snapshot.clone();
    for row in &mut renamed.rows {
        row.ids = Ids::default();
        if let Some(name) = row.user().and_then(|name| names.get(name)).cloned() {
            row.subject.name = name;
        }
    }
    renamed
}

fn compare_rows(one: &Snapshot, other: &Snapshot, same_org: bool) -> Comparison {
    let mut result = Comparison::default();
    let index = Index::of(&one.rows, &other.rows, same_org);
    let mut ambiguous: BTreeSet<(String, String)> = BTreeSet::new();
    let mut met = vec![false; other.rows.len()];
    let mut hidden: BTreeSet<NotCompared> = BTreeSet::new();
    let mut differ = |before: Option<&SnapshotRow>, after: Option<&SnapshotRow>| {
        if ![before, after].into_iter().flatten().any(SnapshotRow::is_connectors) {
            return;
        }
        let (absent, there, first) = match (before, after) {
            (Some(before), None) => (Some(other), before, false),
            (None, Some(after)) => (Some(one), after, true),
            (Some(before), _) => (None, before, false),
            (None, None) => return,
        };
        match absent.and_then(|absent| absent.blindness(there)) {
            Some(words) => {
                hidden.insert(NotCompared { item: there.item.clone(), first, words });
            }
            None => result
                .differences
                .push(Difference { before: before.cloned(), after: after.cloned() }),
        }
    };
    let mut same = 0;
    for row in &one.rows {
        let at = match index.find(row) {
            Found::One(at) if !met[at] => at,
            Found::One(_) | Found::None => {
                differ(Some(row), None);
                continue;
            }
            Found::Several(all) => {
                for at in all {
                    met[at] = true;
                }
                ambiguous.insert((row.item.clone(), row.subject.name.clone()));
                continue;
            }
        };
        met[at] = true;
        if holds_same(row, &other.rows[at], same_org) {
            same += 1;
        } else {
            differ(Some(row), Some(&other.rows[at]));
        }
    }
    for (row, _) in other.rows.iter().zip(&met).filter(|(_, met)| !**met) {
        differ(None, Some(row));
    }
    result.same = same;
    result.differences.sort_by_key(|difference| place_of(difference.item()));
    // What neither has a row for, and one was not shown, was not compared either.
    for (snapshot, first) in [(one, true), (other, false)] {
        hidden.extend(snapshot.unseen.iter().map(|unseen| NotCompared {
            item: unseen.item.clone(),
            first,
            words: unseen.words.clone(),
        }));
    }
    hidden.extend(ambiguous.into_iter().map(|(item, name)| NotCompared {
        item,
        first: false,
        words: format!("Several have the name \"{name}\", so they cannot be told apart by name."),
    }));
    result.not_compared = hidden.into_iter().collect();
    result.not_compared.sort_by_key(|it| place_of(&it.item));
    result
}

/// Whether both rows hold the same. A record is the same under another name.
fn holds_same(one: &SnapshotRow, other: &SnapshotRow, same_org: bool) -> bool {
    let (ids, others) = (&one.ids.after, &other.ids.after);
    (same_org && ids.is_some() && ids == others) || one.value == other.value
}

/// Where rows are, by what they are about.
struct Index<'a> {
    rows: &'a [SnapshotRow],
    by_id: BTreeMap<Place<'a>, usize>,
    by_name: BTreeMap<Place<'a>, Vec<usize>>,
    /// Names that several rows of the other side have.
    repeated: BTreeSet<Place<'a>>,
    same_org: bool,
}

/// Where a row is.
enum Found {
    One(usize),
    None,
    /// Names tell of several.
    Several(Vec<usize>),
}

/// Type, subject, record type and field, by name or by id.
type Place<'a> = (SubjectKind, &'a str, Option<&'a str>, &'a str);

impl<'a> Index<'a> {
    fn of(seekers: &'a [SnapshotRow], rows: &'a [SnapshotRow], same_org: bool) -> Self {
        let mut index = Self {
            rows,
            by_id: BTreeMap::new(),
            by_name: BTreeMap::new(),
            repeated: BTreeSet::new(),
            same_org,
        };
        for (at, row) in rows.iter().enumerate() {
            if let Some(place) = by_id(row) {
                index.by_id.insert(place, at);
            }
            index.by_name.entry(by_name(row)).or_default().push(at);
        }
        let mut seen = BTreeSet::new();
        let repeated = seekers.iter().map(by_name).filter(|place| !seen.insert(*place));
        index.repeated = repeated.collect();
        index
    }

    fn find(&self, row: &SnapshotRow) -> Found {
        let known = by_id(row).filter(|_| self.same_org).and_then(|place| self.by_id.get(&place));
        if let Some(at) = known {
            return Found::One(*at);
        }
        let place = by_name(row);
        let Some(all) = self.by_name.get(&place) else { return Found::None };
        let [only] = all.as_slice() else {
            // In one org, ids tell: whoever has none of these is gone.
            let ids = self.same_org && row.ids.subject.is_some();
            return if ids { Found::None } else { Found::Several(all.clone()) };
        };
        if !self.same_org && self.repeated.contains(&place) {
            return Found::Several(all.clone());
        }
        // A record of the same name and another id is another one, or one that was made anew in its place.
        let may_be = self.rows[*only].ids.is_of_same(&row.ids) || replaces(row);
        if !self.same_org || may_be { Found::One(*only) } else { Found::None }
    }
}

/// Whether one of the same name that was made anew stands in its place.
fn replaces(row: &SnapshotRow) -> bool {
    use SubjectKind::{CallCenter, PermissionSet, PermissionSetAssignment};
    matches!(row.subject.kind, CallCenter | PermissionSet | PermissionSetAssignment)
        || row.in_tenant().is_some()
}

fn by_id(row: &SnapshotRow) -> Option<Place<'_>> {
    let record_type = row.ids.record_type.as_deref().or(row.subject.record_type.as_deref());
    let field = row.ids.set.as_deref().unwrap_or(&row.field);
    Some((row.subject.kind, row.ids.subject.as_deref()?, record_type, field))
}

fn by_name(row: &SnapshotRow) -> Place<'_> {
    (row.subject.kind, &row.subject.name, row.subject.record_type.as_deref(), &row.field)
}
