//! Who is in the connector's call center.

use crate::checklist::check::plan_then_apply;
use crate::checklist::names::counted;
use crate::checklist::{Check, Checkup, Group, ItemId, Topic, run_apply};
use crate::model::Look;

const TOPIC: Topic<'static> = Topic::new(Group::People, 20, "users", "Call center users");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::CallCenters, Look::Users]) {
        return Check::hidden(TOPIC, words);
    }
    let Some(center) = checkup.call_center() else {
        return Check::ok(TOPIC, "None yet: there is no call center.");
    };
    let name = &center.internal_name;
    let members = counted(center.active_users, "active user is", "active users are");
    let pending = checkup.count_pending(ItemId::USERS);
    if pending > 0 {
        return Check::warning(
            TOPIC,
            format!("{members} in {name}; {pending} more are configured to be moved."),
        )
        .steps(plan_then_apply(" shows whom."));
    }
    if center.active_users == 0 {
        return Check::warning(TOPIC, format!("{name} has no users: nobody has a phone."))
            .step("Name profiles or users under [users] of the configuration.")
            .step(run_apply());
    }
    if center.inactive_users > 0 {
        let gone = counted(center.inactive_users, "who is inactive", "who are inactive");
        return Check::ok(TOPIC, format!("{members} in {name}, besides {gone}."));
    }
    Check::ok(TOPIC, format!("{members} in {name}."))
}
