//! The way through Setup, in the order and the words of its page.

use std::collections::BTreeMap;

use super::PAGE;
use super::plan::{NAME, fields, is_named, of};
use crate::checklist::names::listed;
use crate::checklist::{Link, Step};
use crate::model::{CallTypeWish, OrgState, ScreenPop, SoftphoneLayout, SoftphoneLayoutWish};

/// The box that makes a layout the one of everybody who has no other.
const IS_DEFAULT: &str = "Is Default Layout";

/// The steps. A layout that has the wanted name already is shown only as far as it differs, and one that
/// is there as it is to be (`is_there`), whoever was seen to get another, is only assigned.
pub(super) fn list(
    wish: &SoftphoneLayoutWish,
    (seen, is_there): (Option<&SoftphoneLayout>, bool),
    unassigned: &[&str],
    state: &OrgState,
) -> Vec<Step> {
    let name = listed(&[&wish.name]);
    let named = is_named(wish, seen);
    let mut steps =
        vec![Step::new("Open ").link(Link::setup(&state.organization.instance_url, PAGE)).words(
            " (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an \
        introduction appears, choose Continue.",
        )];
    let is_right = |(kind, wish)| fields(wish, of(seen, kind)).iter().all(|field| field.same);
    if is_there || (named && wish.call_types.iter().all(|(kind, wish)| is_right((*kind, wish)))) {
        steps.push(assignment(&name, unassigned));
        return steps;
    }
    if named {
        steps.push(Step::new(format!("Choose Edit next to {name}.")));
    } else {
        steps.push(Step::new(format!(
            "Choose New, or Edit next to {name} if the list already has it."
        )));
        steps.push(Step::default().field(NAME, &wish.name));
        if wish.default {
            steps.push(Step::default().tick(IS_DEFAULT).words("."));
        }
    }
    for (kind, wish) in &wish.call_types {
        // The page has labels where the configuration has API names.
        let on_page = fields(&labelled(wish, &state.softphone_hints.object_labels), None);
        let seen = fields(wish, of(seen, *kind));
        let mut left = on_page
            .iter()
            .zip(&seen)
            .filter(|(_, seen)| !named || !seen.same)
            .map(|(field, _)| field)
            .peekable();
        if left.peek().is_some() {
            let step = Step::default().words("Select ").field("Call Type", kind.name());
            steps
                .push(left.fold(step, |step, field| step.line(field.field.label(), &field.wanted)));
        }
    }
    steps.push(Step::new("Choose Save."));
    if !unassigned.is_empty() || (!named && !wish.default && wish.profiles.is_empty()) {
        steps.push(assignment(&name, unassigned));
    }
    steps
}

/// The same with labels in the place of API names, where the org tells them.
fn labelled(wish: &CallTypeWish, labels: &BTreeMap<String, String>) -> CallTypeWish {
    let label = |name: &String| {
        let same = labels.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        same.map_or_else(|| name.clone(), |(_, label)| label.clone())
    };
    let mut wish = wish.clone();
    wish.objects = wish.objects.map(|names| names.iter().map(label).collect());
    for pop in wish.pops.iter_mut().flatten() {
        if let ScreenPop::New(object) = pop {
            *object = label(object);
        }
    }
    wish
}

fn assignment(name: &str, unassigned: &[&str]) -> Step {
    let profiles = match unassigned {
        [] => "the agents' profiles".to_owned(),
        [profile] => format!("the profile {}", listed(&[profile])),
        profiles => format!("the profiles {}", listed(profiles)),
    };
    Step::new(format!("Choose Softphone Layout Assignment, assign {name} to {profiles}, and save."))
}
