//! Who is in the connector's call center.

use super::case::{APPLY, counted};
use super::{Case, Check, Group};
use crate::checklist::ItemId;
use crate::model::Part;

const ABOUT: (Group, &str, &str) = (Group::People, "users", "Call center users");

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Part::CallCenters, Part::Users]) {
        return Check::unknown(ABOUT, words);
    }
    let Some(center) = case.call_center() else {
        return Check::ok(ABOUT, "Nobody can be in it before there is a call center.");
    };
    let name = &center.internal_name;
    let members = counted(center.active_users, "active user is", "active users are");
    let pending = case.pending(ItemId::USERS);
    if pending > 0 {
        return Check::warning(
            ABOUT,
            format!("{members} in {name}; {pending} more are configured to be moved."),
        )
        .fix(format!("`provision plan` shows whom. {APPLY}"));
    }
    if center.active_users == 0 {
        return Check::warning(ABOUT, format!("Nobody is in {name}: nobody has a phone.")).fix(
            "Name profiles or users under [users] of the configuration, then run `provision apply`.",
        );
    }
    if center.inactive_users > 0 {
        let gone = counted(center.inactive_users, "who is inactive", "who are inactive");
        return Check::ok(ABOUT, format!("{members} in {name}, besides {gone}."));
    }
    Check::ok(ABOUT, format!("{members} in {name}."))
}
