//! The connector's call center, made from a definition as new as there is.

use super::Role;
use crate::checklist::check::{init_then_apply, plan_then_apply};
use crate::checklist::names::counted;
use crate::checklist::{Check, Checkup, Group, ItemId, Topic, run_apply};
use crate::definitions::{RecipeData, templates};
use crate::model::{Look, Target};

const TOPIC: Topic<'static> = Topic::new(Group::Connector, 20, "call-center", "Call center");

/// Internal name of the call center that the newest definition of a recipe makes.
pub fn newest_call_center(recipe: &RecipeData) -> &'static str {
    // Templates are embedded, and a test makes sure that each recipe has its own.
    let own = templates().iter().find(|template| template.name == recipe.definition);
    &own.unwrap_or(&templates()[0]).call_center.internal_name
}

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::CallCenters]) {
        return Check::hidden(TOPIC, words);
    }
    // Those of its values are told by the check of the settings.
    let stops = checkup.stops(ItemId::CALL_CENTER);
    if !stops.is_empty() {
        return Check::stopped(TOPIC, &stops);
    }
    let Some(found) = checkup.call_center() else { return absent(checkup) };
    let name = &found.internal_name;
    let pending = checkup.count_pending_at(|target| {
        matches!(target, Target::CallCenter(_) | Target::CallCenterField(..))
    });
    if let Some(words) = checkup.refused(&[Look::CallCenter]) {
        return Check::unknown(
            TOPIC,
            format!("{name} is there; its values are not shown: {words}"),
        );
    }
    if pending > 0 {
        let values = counted(pending, "value is", "values are");
        return Check::warning(TOPIC, format!("{name}: {values} not as configured."))
            .steps(plan_then_apply(" shows which."));
    }
    Check::ok(TOPIC, format!("{name} is there."))
}

/// The wanted one is not there. One of an older definition keeps its old fields: they are fixed when
/// a call center is imported.
fn absent(checkup: &Checkup<'_>) -> Check {
    let fixes =
        if checkup.desired.is_some() { vec![run_apply()] } else { init_then_apply().into() };
    let of = |role: Role| checkup.inventory.call_centers.iter().find(|found| found.role == role);
    if let Some(old) = of(Role::Predecessor) {
        return Check::warning(
            TOPIC,
            format!(
                "Only {} exists, made from an older definition: it lacks what newer definitions \
                added.",
                old.internal_name
            ),
        )
        .steps(fixes);
    }
    if let Some(found) = of(Role::Connector) {
        let text = format!("{} exists, which is not the configured one.", found.internal_name);
        return Check::warning(TOPIC, text).steps(fixes);
    }
    for (role, whose) in [(Role::Version1, "Version 1"), (Role::Version2, "Version 2")] {
        if let Some(other) = of(role) {
            let text = format!("Only {} exists, which is {whose}'s.", other.internal_name);
            return Check::warning(TOPIC, text).steps(fixes);
        }
    }
    Check::warning(TOPIC, "The connector has no call center in this org yet.").steps(fixes)
}
