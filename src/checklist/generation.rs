//! Which generation of the connector somebody works with.

use super::call_center::generation_of;
use crate::model::{OrgState, Ref, UserId};

/// The recipe of the call center that a user is in, where it is one of the connector's.
pub(super) fn users_generation(state: &OrgState, user: &Ref<UserId>) -> Option<&'static str> {
    let user = user.find(&state.users, |it| &it.id, |it| &it.username)?;
    let mut rows = state.call_centers.iter();
    let row = rows.find(|row| Some(&row.id) == user.call_center.as_ref())?;
    Some(&generation_of(row)?.recipe.name)
}
