//! The way through Setup, in the order and the words of its page.

use super::PAGE;
use super::plan::{NAME, fields, is_named, of};
use crate::checklist::names::listed;
use crate::checklist::{Link, Step};
use crate::model::{SoftphoneLayout, SoftphoneLayoutWish};

/// The box that makes a layout the one of everybody who has no other.
const IS_DEFAULT: &str = "Is Default Layout";

/// The steps. A layout that has the wanted name already is shown only as far as it differs.
pub(super) fn list(
    wish: &SoftphoneLayoutWish,
    seen: Option<&SoftphoneLayout>,
    unassigned: &[&str],
    instance_url: &str,
) -> Vec<Step> {
    let name = listed(&[&wish.name]);
    let named = is_named(wish, seen);
    let mut steps = vec![Step::new("Open ").link(Link::setup(instance_url, PAGE)).words(
        " (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an \
         introduction comes first, choose Continue.",
    )];
    let is_right = |(kind, wish)| fields(wish, of(seen, kind)).iter().all(|field| field.same);
    if named && wish.call_types.iter().all(|(kind, wish)| is_right((*kind, wish))) {
        steps.push(assignment(&name, unassigned));
        return steps;
    }
    if named {
        steps.push(Step::new(format!("Choose Edit beside {name}.")));
    } else {
        steps.push(Step::new(format!(
            "Choose New; where the list has {name} already, Edit beside it."
        )));
        steps.push(Step::default().field(NAME, &wish.name));
        if wish.default {
            steps.push(Step::default().tick(IS_DEFAULT).words("."));
        }
    }
    for (kind, wish) in &wish.call_types {
        let fields = fields(wish, of(seen, *kind));
        let mut left = fields.iter().filter(|field| !named || !field.same).peekable();
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

fn assignment(name: &str, unassigned: &[&str]) -> Step {
    let profiles = match unassigned {
        [] => "the agents' profiles".to_owned(),
        [profile] => format!("the profile {}", listed(&[profile])),
        profiles => format!("the profiles {}", listed(profiles)),
    };
    Step::new(format!("Choose Softphone Layout Assignment, give {name} to {profiles}, and save."))
}
