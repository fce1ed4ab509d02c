//! What opens for a call: the softphone layout, and what the call center adds to it.

use crate::checklist::{Check, Checkup, Group, ItemId, Topic};
use crate::model::{CallKind, Look, ScreenPop};

const TOPIC: Topic<'static> = Topic::new(Group::Connector, 50, "screen-pop", "Screen pop");

/// Nobody else's layout can be asked for.
const ONLY_YOURS: &str = "Salesforce shows only your own softphone layout; other profiles may \
        have a different one (Setup > Softphone Layouts > Softphone Layout Assignment).";

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::Softphone]) {
        return Check::hidden(TOPIC, words).step(ONLY_YOURS);
    }
    let Some(layout) = checkup.state.softphone.found() else {
        return Check::warning(TOPIC, "You have no softphone layout: no call opens a record.")
            .step("Create one in Setup > Softphone Layouts > New, and tick Is Default Layout.");
    };
    let name = &layout.name;
    let by_call_center = checkup.setting("no_match.enabled").as_deref() == Some("true");
    if let (true, Some(pop)) = (by_call_center, layout.inbound_no_match()) {
        return Check::problem(
            TOPIC,
            format!(
                "Unknown callers open two pages: one by the call center, one by the softphone \
                 layout \"{name}\" ({pop})."
            ),
        )
        .step(format!(
            "Setup > Softphone Layouts > {name} > Edit > Inbound > No matching records: Don't pop \
             any screen."
        ))
        .step(ONLY_YOURS);
    }
    let inbound = layout.of(CallKind::Inbound);
    if inbound.is_none_or(|inbound| inbound.pops[1] == ScreenPop::Nothing) {
        return Check::problem(
            TOPIC,
            format!("The softphone layout \"{name}\" opens nothing for a known caller."),
        )
        .step(format!(
            "Setup > Softphone Layouts > {name} > Edit > Inbound > Single-matching record: Pop \
             detail page."
        ))
        .step(ONLY_YOURS);
    }
    let steps = checkup.steps(ItemId::SOFTPHONE_LAYOUT);
    if !steps.is_empty() {
        return Check::warning(
            TOPIC,
            format!("The softphone layout \"{name}\" is not as configured; no API can change it."),
        )
        .steps(steps);
    }
    Check::ok(TOPIC, format!("The softphone layout \"{name}\" opens the matching record."))
}
