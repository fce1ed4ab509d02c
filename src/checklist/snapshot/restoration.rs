//! What brings an org back to a snapshot: single values, as a past to which they are put back.
//!
//! Components are neither made nor removed by it: what they consist of is not in a snapshot, and what
//! goes with them cannot come back. What stays is told, with what does it instead.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{Comparison, Difference, title_of};
use crate::checklist::ItemId;
use crate::checklist::names::listed;
use crate::definitions::{built_in, recipes};
use crate::model::{
    BaselineEntry, Before, CallCenterPart, ItemKey, SnapshotRow, SubjectKind, Target, TenantRecord,
    Undone,
};

/// What is meant to be brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits<'a> {
    /// Whether the snapshot is of another org than the one that is brought back to it.
    pub other_org: bool,
    /// Whether the region goes to another org too.
    pub region: bool,
    /// Whether both are of the same Webex organization.
    pub same_webex: bool,
    /// The call center whose values are read first where those of several differ.
    pub first: Option<&'a str>,
}

/// What brings an org back to a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restoration {
    /// The values: what the snapshot has before, what is there now as what was set.
    pub undone: Undone,
    /// What stays as it is, in sentences.
    pub stays: Vec<String>,
    /// What could not be compared, in sentences: whether it is to go back, nobody knows.
    pub not_compared: Vec<String>,
    /// Whether some of that is what the org does not show now: another time it may.
    pub unseen_now: bool,
    /// The call center whose values go back, by the recipe's name: one for each generation.
    pub call_centers: BTreeMap<String, String>,
}

impl Restoration {
    /// Whether nothing would be changed.
    pub fn is_empty(&self) -> bool {
        self.undone.past.entries.is_empty()
    }

    /// The generations of the connector that it is about.
    pub fn recipes(&self) -> BTreeSet<&str> {
        let of_org = self.undone.past.entries.iter().filter(|entry| !is_in_tenant(entry));
        of_org.map(BaselineEntry::recipe).collect()
    }

    /// Whether it is about the Webex organization too.
    pub fn is_in_tenant(&self) -> bool {
        self.undone.past.entries.iter().any(is_in_tenant)
    }
}

/// What is to be changed so that an org is as the first of both is, as far as that can be brought back.
/// `recipe` is the connector that is meant where nothing tells.
pub fn restoration(found: &Comparison, recipe: &str, limits: Limits<'_>) -> Restoration {
    let mut all = Restoration::default();
    let mut stays: BTreeMap<(usize, Why), Vec<String>> = BTreeMap::new();
    all.call_centers = call_centers(found, recipe, limits.first);
    for difference in &found.differences {
        let Some(row) = difference.row() else { continue };
        match judge(difference, row, recipe, limits, &all.call_centers) {
            Ok(entry) => all.undone.past.entries.push(entry),
            Err(why) => {
                let place = super::place_of(&row.item);
                stays.entry((place, why)).or_default().push(named(row));
            }
        }
    }
    all.unseen_now = found.not_compared.iter().any(|it| !it.first);
    all.not_compared = found
        .not_compared
        .iter()
        .map(|it| format!("{}: not compared. {}", title_of(&it.item), it.words))
        .collect();
    all.undone.set.clone_from(&all.undone.past.entries);
    all.stays = stays
        .into_iter()
        .map(|((place, why), names)| {
            let item = ItemId::all().nth(place).map_or_else(String::new, |it| it.to_string());
            format!("{}: {}: {}.", title_of(&item), why.words(), listed(&names))
        })
        .collect();
    all
}

/// Why a value is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Component,
    New,
    Person,
    Webex,
    NotThen,
    NotNow,
    Region,
    OnlyHere,
    Later,
}

impl Why {
    fn words(self) -> &'static str {
        match self {
            Self::Component => {
                "is left unchanged, because a snapshot does not contain all of it; `apply` with a \
                 configuration sets it up"
            }
            Self::New => {
                "did not exist when the snapshot was taken, and is left in place; `uninstall` removes \
                 the connector"
            }
            Self::Person => "is left unchanged, because it can only be changed by hand in Setup",
            Self::Webex => {
                "is left unchanged; `apply` with a configuration changes the Webex organization"
            }
            Self::NotThen => "is not in the snapshot, and is left unchanged",
            Self::NotNow => "no longer exists, so it cannot be restored",
            Self::Region => {
                "is left unchanged, because it belongs to the Webex organization that this org works \
                 with; if the snapshot's value is right here too, add --with-region"
            }
            Self::OnlyHere => "belongs to this org alone, and is left unchanged",
            Self::Later => {
                "is restored when you run this command again: only one call center is restored per run"
            }
        }
    }
}

/// The change of the past that takes a difference back, or why there is none.
fn judge(
    difference: &Difference,
    row: &SnapshotRow,
    recipe: &str,
    limits: Limits<'_>,
    call_centers: &BTreeMap<String, String>,
) -> Result<BaselineEntry, Why> {
    let recipe = difference.recipe().unwrap_or(recipe);
    let seen = difference.after.as_ref().unwrap_or(row);
    let target = seen.target();
    let (then, now) = (difference.before.as_ref(), difference.after.as_ref());
    match &target {
        Target::CallCenterField(..) => {
            if now.is_none() {
                return Err(Why::NotNow);
            }
            if then.is_none() {
                return Err(Why::NotThen);
            }
            if call_centers.get(recipe) != Some(&row.subject.name) {
                return Err(Why::Later);
            }
            if limits.other_org && !limits.region && is_regional(&target, row, now) {
                return Err(Why::Region);
            }
        }
        Target::UserCallCenter(_) | Target::PermissionSetAssignment { .. } => {
            if limits.other_org && then.is_none() {
                return Err(Why::OnlyHere);
            }
        }
        Target::TaskLayout { .. } | Target::CustomMetadata(_) => {
            if then.is_none() {
                return Err(Why::NotThen);
            }
            if now.is_none() {
                return Err(Why::NotNow);
            }
            let is_regional = matches!(target, Target::CustomMetadata(_));
            if is_regional && limits.other_org && !limits.region {
                return Err(Why::Region);
            }
        }
        Target::SoftphoneField { .. } | Target::SoftphoneAssignment { .. } => {
            return Err(Why::Person);
        }
        Target::Tenant { field: Some(_), .. } if limits.same_webex => {
            // Which records of the Webex organization a snapshot looked at follows from the configuration
            // of then: what it does not hold may never have been looked at.
            if then.is_none() {
                return Err(Why::NotThen);
            }
        }
        // The content of a layout that is there still: what it consists of is in the snapshot.
        Target::Tenant { kind: TenantRecord::DesktopLayout, field: None, .. }
            if limits.same_webex
                && then.is_some_and(|row| row.content.is_some())
                && now.is_some_and(|row| row.content.is_some()) => {}
        Target::Tenant { .. } => return Err(Why::Webex),
        Target::Package(_) | Target::CallCenter(_) | Target::ApexClass(_) if then.is_none() => {
            return Err(Why::New);
        }
        _ => return Err(Why::Component),
    }
    Ok(BaselineEntry {
        item: row.item.clone(),
        before: Before::Known(then.map(SnapshotRow::read)),
        ours: now.map(SnapshotRow::read),
        target,
        run: String::new(),
        recipe: Some(recipe.to_owned()),
        giving_back: false,
    })
}

fn is_in_tenant(entry: &BaselineEntry) -> bool {
    matches!(entry.target, Target::Tenant { .. })
}

/// Whether a value of a call center is an address, or the name of a data centre: of another Webex organization, it
/// leads agents astray.
fn is_regional(target: &Target, row: &SnapshotRow, now: Option<&SnapshotRow>) -> bool {
    static ITEMS: LazyLock<BTreeSet<ItemKey>> = LazyLock::new(regional_items);
    let Target::CallCenterField(_, CallCenterPart::Item(key)) = target else { return false };
    let is_address = |text: &str| text.contains("://");
    let is_named = ITEMS.contains(key);
    is_named || is_address(&row.value) || now.is_some_and(|now| is_address(&now.value))
}

/// The items that name a data centre, of every generation.
fn regional_items() -> BTreeSet<ItemKey> {
    let mut items = BTreeSet::new();
    for data in recipes() {
        let Some(definition) = built_in(&data.definition) else { continue };
        let settings = [Some(&data.region_setting), data.webrtc_setting.as_ref()];
        let known = settings.into_iter().flatten().filter_map(|it| definition.setting(it));
        items.extend(known.map(|setting| setting.item.clone()));
    }
    items
}

/// The call center of each generation whose values go back: the one that is asked for, else the first.
fn call_centers(found: &Comparison, recipe: &str, first: Option<&str>) -> BTreeMap<String, String> {
    let mut chosen: BTreeMap<String, String> = BTreeMap::new();
    for difference in &found.differences {
        let (Some(then), Some(_)) = (&difference.before, &difference.after) else { continue };
        if !matches!(then.target(), Target::CallCenterField(..)) {
            continue;
        }
        let name = &then.subject.name;
        let known = chosen
            .entry(difference.recipe().unwrap_or(recipe).to_owned())
            .or_insert_with(|| name.clone());
        if Some(name.as_str()) == first {
            known.clone_from(name);
        }
    }
    chosen
}

/// `ada@example.com` or `WebexCCAgentDesktop: reqGeneralInfo/reqSoftphoneHeight`
fn named(row: &SnapshotRow) -> String {
    let record_type =
        row.subject.record_type.as_ref().map(|name| format!(" [{name}]")).unwrap_or_default();
    match row.subject.kind {
        SubjectKind::User | SubjectKind::ProfileLayout => {
            format!("{}{record_type}", row.subject.name)
        }
        SubjectKind::InstalledPackage | SubjectKind::CallCenter if row.target().is_component() => {
            row.subject.name.clone()
        }
        _ => format!("{}: {}", row.subject.name, row.field),
    }
}
