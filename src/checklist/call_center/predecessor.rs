//! The call center of another definition that a new one takes over from.

use super::family::{is_connectors, is_made_by_us, is_namesake};
use crate::checklist::names::{alternatives, counted, listed};
use crate::checklist::settings::carried;
use crate::checklist::{Case, Note, Unseen, Verdict};
use crate::model::{
    Baseline, CallCenterRow, Command, ConnectorWish, Hint, Look, Observed, OrgState, Refused, User,
    normalised,
};

/// The connector's other call centers: those of other versions of its definition.
pub(in crate::checklist) fn predecessors<'a>(
    desired: &'a ConnectorWish,
    baseline: &'a Baseline,
    state: &'a OrgState,
) -> impl Iterator<Item = &'a CallCenterRow> {
    let wanted = desired.call_center.definition.call_center.internal_name.as_str();
    state.call_centers.iter().filter(move |row| {
        let name = row.internal_name.as_str();
        let is_one = is_connectors(&desired.recipe, name) && !is_namesake(desired, row);
        name != wanted && (is_one || is_made_by_us(baseline, name))
    })
}

/// The one of them that a new call center takes its values from: the one that most active users are
/// in, and the newest of those.
pub fn predecessor<'a>(
    desired: &'a ConnectorWish,
    baseline: &'a Baseline,
    state: &'a OrgState,
) -> Option<&'a CallCenterRow> {
    state.busiest(predecessors(desired, baseline, state))
}

/// Who is in a call center.
pub(in crate::checklist) fn members<'a>(
    state: &'a OrgState,
    row: &'a CallCenterRow,
) -> impl Iterator<Item = &'a User> {
    state.users.iter().filter(|user| user.call_center.as_ref() == Some(&row.id))
}

/// What has to be seen before the new one can take anything over; `None`: nothing, go on.
pub(super) fn unread(case: Case<'_>, verdict: &mut Verdict) -> Option<Verdict> {
    let row = predecessor(case.desired, case.baseline, case.state)?;
    // Which of several people work with is only known where they were seen.
    let several = predecessors(case.desired, case.baseline, case.state).nth(1).is_some();
    if let (true, Observed::Refused(refused)) = (several, &case.state.users) {
        return Some(Verdict::blind(vec![Unseen::in_org(Look::Users, refused)]));
    }
    match &case.state.predecessor {
        Observed::Unasked => {
            verdict.ask(Look::Predecessor);
            None
        }
        Observed::Refused(refused) => {
            Some(Verdict::blind(vec![Unseen::in_org(Look::Predecessor, refused)]))
        }
        Observed::Seen(None) => {
            let words = format!("it lists {} and does not show its values", row.internal_name);
            let refused = Refused::new(words);
            Some(Verdict::blind(vec![Unseen::in_org(Look::Predecessor, &refused)]))
        }
        Observed::Seen(Some(_)) => None,
    }
}

/// Says what is taken over, and what is not.
pub(super) fn tell(verdict: &mut Verdict, case: Case<'_>) {
    let Case { desired, state, .. } = case;
    let (Some(from), Some(carried)) = (state.predecessor.found(), carried(desired, state)) else {
        return;
    };
    let wish = &desired.call_center;
    let definition = &wish.definition.call_center;
    let differs = carried.call_center.items().filter(|(key, item)| {
        let shipped = definition.item(key).map(|it| normalised(&it.value));
        !wish.values.contains_key(key) && shipped != Some(normalised(&item.value))
    });
    let count = counted(differs.count(), "value", "values");
    let note = Note::info(format!(
        "\"{}\" takes over from \"{}\" what the configuration does not set: {count} that differ from \
         the definition.",
        definition.internal_name, from.internal_name
    ));
    verdict.notes.push(if wish.delete_old {
        note
    } else {
        note.hint(Hint::command(
            &format!("\"{}\" stays beside it:", from.internal_name),
            Command::of_org("apply --delete-old"),
            " deletes it once nobody is in it.",
        ))
    });
    let layouts = |name: &str| desired.recipe.desktop_layouts.get(name);
    let (old, new) = (layouts(&from.internal_name), layouts(&definition.internal_name));
    if let (Some(old), Some(new)) = (old, new)
        && old != new
    {
        verdict.note(format!(
            "By their dates, \"{}\" belongs to desktop layout {}, and \"{}\" to {}: give the \
            agents' teams the newer layout together with the newer call center.",
            definition.internal_name,
            alternatives(new),
            from.internal_name,
            alternatives(old)
        ));
    }
    if !carried.dropped.is_empty() {
        let dropped: Vec<String> =
            carried.dropped.iter().map(|(key, value)| format!("{key} ({value})")).collect();
        verdict.warn(format!(
            "Settings of \"{}\" that definition {} does not have any more: {}.",
            from.internal_name,
            wish.definition.name,
            listed(&dropped)
        ));
    }
}
