//! What a baseline holds of softphone layouts: what a browser has made, replaced and changed in Setup.

use super::plan::{NAME, fields, values};
use crate::checklist::names::listed;
use crate::checklist::{By, Change, ItemId, Verdict};
use crate::model::{
    Baseline, BaselineEntry, Before, CallKind, OrgState, Profile, ProfileId, Ref, SetupBefore,
    SetupTask, SoftphoneField, SoftphoneLayoutWish, Target, Value, normalised,
};

/// Whether a layout is the default: the value is the name of the one that is.
const DEFAULT: &str = "Default";
/// All values with which a browser has saved or seen a layout, whose users may be the only ones to see it.
const CONTENT: &str = "Values";
/// Stands for them from before a save until all of it was read back in Setup.
const PENDING: &str = "not read back";
/// The layout that the caller went on to get, where a browser had made another one the default: the caller's profile
/// has one of its own.
const CALLERS: &str = "The caller's own";

/// What the baseline holds of a layout that a browser is about to save, from what it found in Setup, with the
/// ids of the profiles that the org shows.
pub fn recorded_softphone_layout(
    wish: &SoftphoneLayoutWish,
    before: &SetupBefore,
    profiles: &[Profile],
) -> Vec<Change> {
    let name = &wish.name;
    let change = |target: Target, from: Option<&String>, to: &str| {
        let text = |text: &str| Value::Text(text.to_owned());
        let from = from.map(|from| text(from));
        Change::new(ItemId::SOFTPHONE_LAYOUT, target, from, Some(text(to))).by(By::Person)
    };
    let mut changes = Vec::new();
    if before.made {
        changes.push(change(name_of(name), None, name));
    }
    if let Some(former) = before.former_default.as_ref().filter(|former| *former != name) {
        changes.push(change(default_of(name), Some(former), name));
    }
    for (profile, from) in &before.profiles {
        let target = assignment_of(name, seen_profile(profile, profiles));
        changes.push(change(target, from.as_ref(), name));
    }
    changes.push(change(content_of(name), None, PENDING));
    for (kind, call) in &wish.call_types {
        for value in fields(call, None) {
            let is_it = |(of, field, _): &&(CallKind, SoftphoneField, String)| {
                of == kind && *field == value.field
            };
            if let Some((.., from)) = before.replaced.iter().find(is_it) {
                changes.push(change(value_of(name, *kind, value.field), Some(from), &value.wanted));
            }
        }
    }
    changes
}

/// What the baseline holds of a layout once a browser has read all of it back in Setup, profiles included. `own` is the
/// caller's layout, where the org shows one.
pub fn kept_softphone_layout(wish: &SoftphoneLayoutWish, own: Option<&str>) -> Vec<Change> {
    let change = |target: Target, to: &str| {
        let to = Some(Value::Text(to.to_owned()));
        Change::new(ItemId::SOFTPHONE_LAYOUT, target, None, to).by(By::Person)
    };
    let mut changes = vec![change(content_of(&wish.name), &content(wish))];
    let another = own.filter(|own| wish.default && normalised(own) != normalised(&wish.name));
    changes.extend(another.map(|own| change(callers_of(&wish.name), own)));
    changes
}

/// Takes out of a baseline what a browser has given back: it has seen that in Setup.
pub fn forget_given_back(baseline: &mut Baseline, task: &SetupTask) {
    let SetupTask::RemoveLayout { name, deletes, .. } = task else { return };
    let is_back = |target: &Target| match target {
        // With a layout goes all that it held.
        Target::SoftphoneField { layout, .. } if *deletes => layout == name,
        Target::SoftphoneField { layout, field } => {
            layout == name && [DEFAULT, CONTENT, CALLERS].contains(&field.as_str())
        }
        Target::SoftphoneAssignment { layout, .. } => layout == name,
        _ => false,
    };
    baseline.entries.retain(|entry| !is_back(&entry.target));
}

/// What is recorded of a layout.
pub(super) struct Recorded<'a> {
    /// Whether it was made for the connector.
    pub(super) made: bool,
    /// The layout that was the default before it.
    pub(super) former_default: Option<&'a str>,
    /// Profiles that have got it by assignment, and what they had before; nothing: the default.
    pub(super) profiles: Vec<(Ref<ProfileId>, Option<&'a str>)>,
}

impl<'a> Recorded<'a> {
    /// The profiles are named as the org shows them now.
    pub(super) fn of(baseline: &'a Baseline, name: &str, shown: &[Profile]) -> Self {
        let made = baseline.entry(&name_of(name));
        let profiles = baseline.entries.iter().filter_map(|entry| match &entry.target {
            Target::SoftphoneAssignment { layout, profile } if layout == name => {
                let found = profile.find(shown, |it| &it.id, |it| &it.label);
                let now = found.map(|it| Ref::seen(&it.label, &it.id));
                Some((now.unwrap_or_else(|| profile.clone()), text_before(entry)))
            }
            _ => None,
        });
        // Who had it already has nothing to give back.
        let profiles = profiles.filter(|(_, had)| *had != Some(name));
        Self {
            profiles: profiles.collect(),
            made: made.is_some_and(|entry| entry.before == Before::Known(None)),
            former_default: former_default(baseline, name),
        }
    }
}

/// The layout that was the default before that one, and before all others that were made for the connector.
fn former_default<'a>(baseline: &'a Baseline, name: &str) -> Option<&'a str> {
    let before = |name: &str| baseline.entry(&default_of(name)).and_then(text_before);
    let made: Vec<&str> = made(baseline).collect();
    let mut former = before(name)?;
    // Each of them at most once, whatever a file says.
    for _ in &made {
        match before(former).filter(|_| made.contains(&former)) {
            Some(earlier) => former = earlier,
            None => break,
        }
    }
    (former != name).then_some(former)
}

/// The layouts that were made for the connector, by their names.
fn made(baseline: &Baseline) -> impl Iterator<Item = &str> {
    baseline.entries.iter().filter_map(|entry| match &entry.target {
        Target::SoftphoneField { layout, field }
            if field == NAME && entry.before == Before::Known(None) =>
        {
            Some(layout.as_str())
        }
        _ => None,
    })
}

/// Says which layouts were made for the connector under names that are no longer configured.
pub(super) fn tell_of_others(verdict: &mut Verdict, wish: Option<&str>, baseline: &Baseline) {
    for name in made(baseline).filter(|name| Some(*name) != wish) {
        let first = match former_default(baseline, name) {
            Some(former) => format!("make {} the default and ", listed(&[former])),
            None => String::new(),
        };
        verdict.warn(format!(
            "The softphone layout {} was created for the connector and is no longer configured. If nobody uses \
             it, {first}delete it in Setup > Softphone Layouts.",
            listed(&[name])
        ));
    }
}

/// The text that was there before.
pub(super) fn text_before(entry: &BaselineEntry) -> Option<&str> {
    match entry.before.value() {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The place of a layout's name: nothing before it means that there was no such layout.
pub(super) fn name_of(layout: &str) -> Target {
    Target::SoftphoneField { layout: layout.to_owned(), field: NAME.to_owned() }
}

/// Whether that is what a browser has saved or seen last.
pub(super) fn has_content(baseline: &Baseline, wish: &SoftphoneLayoutWish) -> bool {
    let wanted = Some(Value::Text(content(wish)));
    baseline.entry(&content_of(&wish.name)).is_some_and(|it| it.ours == wanted)
}

/// Whether something was sent of which nobody has read back what became of it.
pub(super) fn is_pending(baseline: &Baseline, layout: &str) -> bool {
    let pending = Some(Value::Text(PENDING.to_owned()));
    baseline.entry(&content_of(layout)).is_some_and(|it| it.ours == pending)
}

/// Whether the caller gets the layout that the caller got when the browser had made another one the default: the
/// caller's own says nothing of that one.
pub(super) fn is_callers(
    wish: &SoftphoneLayoutWish,
    state: &OrgState,
    baseline: &Baseline,
) -> bool {
    let Some(own) = state.softphone.found().filter(|_| wish.default) else { return false };
    let own = Some(Value::Text(own.name.clone()));
    baseline.entry(&callers_of(&wish.name)).is_some_and(|it| it.ours == own)
}

fn content(wish: &SoftphoneLayoutWish) -> String {
    let name = format!("{NAME}={}", wish.name);
    let default = wish.default.then(|| format!("{DEFAULT}=true"));
    std::iter::once(name).chain(default).chain(values(wish)).collect::<Vec<_>>().join("; ")
}

/// The place of what the caller gets instead.
fn callers_of(layout: &str) -> Target {
    Target::SoftphoneField { layout: layout.to_owned(), field: CALLERS.to_owned() }
}

/// The place of everything that it holds.
fn content_of(layout: &str) -> Target {
    Target::SoftphoneField { layout: layout.to_owned(), field: CONTENT.to_owned() }
}

/// The place of the default.
pub(super) fn default_of(layout: &str) -> Target {
    Target::SoftphoneField { layout: layout.to_owned(), field: DEFAULT.to_owned() }
}

/// The place of a profile's assignment.
pub(super) fn assignment_of(layout: &str, profile: Ref<ProfileId>) -> Target {
    Target::SoftphoneAssignment { layout: layout.to_owned(), profile }
}

/// The profile of that label, with its id where the org shows one.
pub(super) fn seen_profile(label: &str, profiles: &[Profile]) -> Ref<ProfileId> {
    let found = Ref::named(label).find(profiles, |it: &Profile| &it.id, |it| &it.label);
    Ref { name: label.to_owned(), id: found.map(|it| it.id) }
}

/// The place of a value for a kind of call.
pub fn value_of(layout: &str, kind: CallKind, field: SoftphoneField) -> Target {
    let label = field.label().trim_start_matches("Display these ");
    let field = format!("{}: {label}", kind.name());
    Target::SoftphoneField { layout: layout.to_owned(), field }
}
