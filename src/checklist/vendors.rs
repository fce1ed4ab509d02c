//! Other vendors in the org: who works with a call center that is not the connector's.

use super::call_center::{generation_of, is_connectors, is_one_of_connectors};
use crate::model::{Baseline, CallCenterRow, ConnectorWish, Membership, OrgState, Ref, User};

/// Active users in other vendors' call centers, each with the call center: neither the connector's, of any
/// generation, nor a clone of it. A call center that the org does not list is nobody's, as far as anybody knows.
pub(super) fn users_of_others<'a>(
    desired: &ConnectorWish,
    state: &'a OrgState,
    baseline: &Baseline,
) -> Vec<(&'a Membership, &'a CallCenterRow)> {
    let of = |member: &'a Membership| {
        let row = state.call_centers.iter().find(|row| row.id == member.call_center)?;
        let known = Ref::seen(&row.internal_name, &row.id);
        let is_ours = generation_of(Some(&desired.recipe), row).is_some()
            || is_one_of_connectors((desired, state, baseline), &known);
        (!is_ours).then_some((member, row))
    };
    state.softphone_hints.memberships.iter().filter_map(of).collect()
}

/// Whether a user is in a call center that has one of the connector's own names.
pub(super) fn is_in_connectors(desired: &ConnectorWish, state: &OrgState, user: &User) -> bool {
    let mut rows = state.call_centers.iter();
    rows.any(|row| {
        Some(&row.id) == user.call_center.as_ref()
            && is_connectors(&desired.recipe, &row.internal_name)
    })
}
