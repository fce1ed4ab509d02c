//! No API takes the softphone layout away: a person does, or a browser that one watches.
//!
//! Only a layout that was made for the connector is deleted. One that was there before is somebody's: what
//! it held and which layout was the default is given back, and it stays. One that users of another
//! generation of the connector may work with stays for them, whoever made it.

use super::PAGE;
use super::plan::{fields, is_named, of};
use super::recorded::{
    Recorded, assignment_of, default_of, name_of, tell_of_others, text_before, value_of,
};
use crate::checklist::names::{counted, listed};
use crate::checklist::{
    By, Case, Change, Human, InUse, ItemId, Link, Sight, Step, Verdict, another_in_use,
};
use crate::model::{
    CallKind, SetupTask, SoftphoneField, SoftphoneLayout, SoftphoneLayoutWish, Target, Value, Way,
};

/// The layout that every org begins with.
const STANDARD: &str = "Standard Softphone Layout";

/// What the absence of the softphone layout wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let wish = case.desired.softphone_layout.as_ref();
    tell_of_others(&mut verdict, wish.map(|wish| wish.name.as_str()), case.baseline);
    let Some(wish) = wish else { return verdict };
    let recorded = Recorded::of(case.baseline, &wish.name, case.state.profiles.as_slice());
    let seen = case.state.softphone.found();
    let shown = is_named(wish, seen);
    // The calling user has the former default again. Whether the layout is gone shows nowhere.
    let is_back =
        recorded.former_default.is_some_and(|it| seen.is_some_and(|seen| seen.name == it));
    let is_open = recorded.made
        || !recorded.profiles.is_empty()
        || (recorded.former_default.is_some() && !is_back);
    let values = if recorded.made { Vec::new() } else { former_values(case, wish, seen) };
    if let Some(other) = another_in_use(case.state, &case.recipe().name) {
        // What a newer generation has changed in the layout of an older one is that one's again.
        let gives_back = other.is_older && !is_open && !values.is_empty();
        let is_known = is_open || !values.is_empty();
        if !gives_back {
            if shown || is_known {
                verdict.note(kept_for(wish, other, is_known));
            }
            return verdict;
        }
    }
    if !shown && !values.is_empty() {
        verdict.note(held_before(wish, &values));
    }
    if !shown && !is_open {
        return verdict;
    }
    let values = if shown { values } else { Vec::new() };
    if !is_open && values.is_empty() {
        verdict.note(format!(
            "The softphone layout {} is kept: there is no record that it was created for the \
            connector. If it was, make another layout the default and delete this one in Setup > \
            Softphone Layouts.",
            listed(&[&wish.name])
        ));
        return verdict;
    }
    verdict.changes = changes(wish, &recorded, is_back, &values);
    verdict.human = Some(Human {
        why: why(wish, shown, recorded.made),
        steps: steps(wish, &recorded, &values, &case.state.organization.instance_url),
        sight: if shown { Sight::Undone } else { Sight::Nothing },
        unseen: (!shown).then_some("Salesforce shows only your own softphone layout"),
        confirmed: None,
    });
    let former = recorded.former_default.map(str::to_owned);
    let standard = recorded.made.then(|| STANDARD.to_owned());
    let defaults: Vec<String> = former.into_iter().chain(standard).collect();
    let profiles = recorded.profiles.iter();
    let profiles: Vec<(String, Option<String>)> =
        profiles.map(|(profile, had)| (profile.name.clone(), had.map(str::to_owned))).collect();
    let has_work = !defaults.is_empty() || !profiles.is_empty();
    verdict.setup = has_work.then(|| SetupTask::RemoveLayout {
        name: wish.name.clone(),
        defaults,
        deletes: recorded.made,
        profiles,
        apply: wish.apply,
    });
    verdict
}

/// Why the layout stays as it is. `is_known` says whether something of what was there before is recorded.
fn kept_for(wish: &SoftphoneLayoutWish, other: InUse, is_known: bool) -> String {
    let past = if is_known {
        " The earlier values are restored when that one is uninstalled."
    } else {
        ""
    };
    format!(
        "The softphone layout {} is kept for {} of the connector, which {} with.{past}",
        listed(&[&wish.name]),
        other.data.recipe.title,
        counted(other.users, "user works", "users work"),
    )
}

/// A value that the layout had before, and still has as it was set, as far as that can be seen.
struct Former<'a> {
    kind: CallKind,
    field: SoftphoneField,
    now: String,
    before: &'a str,
}

fn former_values<'a>(
    case: Case<'a>,
    wish: &SoftphoneLayoutWish,
    seen: Option<&SoftphoneLayout>,
) -> Vec<Former<'a>> {
    let mut values = Vec::new();
    let shown = is_named(wish, seen);
    for (kind, call) in &wish.call_types {
        for value in fields(call, of(seen, *kind)).into_iter().filter(|it| it.same || !shown) {
            let entry = case.baseline.entry(&value_of(&wish.name, *kind, value.field));
            let is_ours =
                entry.is_some_and(|it| it.ours == Some(Value::Text(value.wanted.clone())));
            if let Some(before) = entry.filter(|_| is_ours).and_then(text_before) {
                values.push(Former { kind: *kind, field: value.field, now: value.wanted, before });
            }
        }
    }
    values
}

/// What a person may want to put back, where nobody sees what the layout holds now.
fn held_before(wish: &SoftphoneLayoutWish, values: &[Former<'_>]) -> String {
    let value =
        |it: &Former<'_>| format!("{}: {}: {}", it.kind.name(), it.field.label(), it.before);
    let values: Vec<String> = values.iter().map(value).collect();
    format!(
        "The softphone layout {} existed before the connector and is kept. Before the connector \
        it had {}.",
        listed(&[&wish.name]),
        values.join("; ")
    )
}

fn changes(
    wish: &SoftphoneLayoutWish,
    recorded: &Recorded<'_>,
    is_back: bool,
    values: &[Former<'_>],
) -> Vec<Change> {
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let change = |target: Target, from: &str, to: Option<Value>| {
        let change = Change::new(ItemId::SOFTPHONE_LAYOUT, target, text(from), to);
        Change { way: Way::Remove, ..change.by(By::Person) }
    };
    let mut changes = Vec::new();
    if let Some(former) = recorded.former_default.filter(|_| !is_back) {
        changes.push(change(default_of(&wish.name), &wish.name, text(former)));
    }
    for (profile, had) in &recorded.profiles {
        let target = assignment_of(&wish.name, profile.clone());
        changes.push(change(target, &wish.name, had.and_then(text)));
    }
    for value in values {
        let target = value_of(&wish.name, value.kind, value.field);
        changes.push(change(target, &value.now, text(value.before)));
    }
    if recorded.made {
        changes.push(change(name_of(&wish.name), &wish.name, None));
    }
    changes
}

fn why(wish: &SoftphoneLayoutWish, shown: bool, made: bool) -> String {
    let name = listed(&[&wish.name]);
    if shown {
        return format!("The softphone layout {name} is still in use, and no API can change that.");
    }
    let what = if made { "made for the connector" } else { "given to agents" };
    format!(
        "The softphone layout {name} was {what}, and no API shows whether that was undone: \
        Salesforce shows only the calling user's own layout, which is a different one or none."
    )
}

fn steps(
    wish: &SoftphoneLayoutWish,
    recorded: &Recorded<'_>,
    values: &[Former<'_>],
    instance_url: &str,
) -> Vec<Step> {
    let name = listed(&[&wish.name]);
    let page = Link::setup(instance_url, PAGE);
    let mut steps = vec![Step::new("Open Setup > Softphone Layouts: ").link(page)];
    if !recorded.profiles.is_empty() {
        let step = Step::new("Choose Softphone Layout Assignment, and restore:");
        let lines = recorded.profiles.iter();
        steps.push(lines.fold(step, |step, (profile, had)| {
            step.line(&*profile.name, had.unwrap_or("the default"))
        }));
    }
    let default = "Is Default Layout and save: a default layout cannot be deleted.";
    match recorded.former_default {
        Some(former) => steps.push(
            Step::new(format!("Beside {}, click Edit, tick ", listed(&[former])))
                .words(if recorded.made { default } else { "Is Default Layout and save." }),
        ),
        None if recorded.made => steps.push(
            Step::new(format!(
                "Beside the layout that agents used before, or {}, click Edit, tick ",
                listed(&[STANDARD])
            ))
            .words(default),
        ),
        None => {}
    }
    if !values.is_empty() {
        steps.push(Step::new(format!("Beside {name}, click Edit.")));
        let kinds = CallKind::ALL.into_iter();
        for kind in kinds.filter(|kind| values.iter().any(|value| value.kind == *kind)) {
            let step = Step::default().words("Select ").field("Call Type", kind.name());
            let of_kind = values.iter().filter(|value| value.kind == kind);
            steps.push(of_kind.fold(step, |step, it| step.line(it.field.label(), it.before)));
        }
        steps.push(Step::new("Choose Save."));
    }
    if recorded.made {
        steps.push(Step::new(format!("Beside {name}, click Del.")));
    }
    steps
}
