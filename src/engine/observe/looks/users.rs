//! Users: members of call centers, and those whom the configuration chooses.

use std::collections::BTreeMap;

use salesforce_client::Soql;
use salesforce_client::soql::like_prefix;
use serde::Deserialize;

use super::{Fetch, chosen_users};
use crate::engine::observe::inquiry::Purpose;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::Way;
use crate::model::{CallCenterId, Observed, ProfileId, Selector, User, UserId};

/// What every query of users begins with.
pub(super) const SELECT: &str =
    "SELECT Id, Username, Name, IsActive, ProfileId, CallCenterId FROM User WHERE ";

const MEMBERS: &str = "members";

pub(super) struct Users;

impl Fetch for Users {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let building = inquiry.purpose == Purpose::Run(Way::Build);
        let members = match inquiry.recipe.filter(|_| building) {
            Some(recipe) => Soql::new(SELECT)
                .text("CallCenterId IN (SELECT Id FROM CallCenter WHERE InternalName LIKE ")
                .value(&like_prefix(&recipe.internal_name_prefix))
                .text(")"),
            // Whoever is in any call center: in one that goes, or moved to another by somebody else.
            None => Soql::new(SELECT).text("CallCenterId != null"),
        };
        burst.query(MEMBERS, members);
        if let Some(desired) = inquiry.desired.filter(|_| !inquiry.is_removal()) {
            chosen_users::ask(burst, &desired.users, &inquiry.profile_ids);
        }
    }

    /// Users are asked for by several queries; one user may come from some of them.
    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let members = match answers.rows::<Row>(MEMBERS)? {
            Observed::Seen(members) => members,
            Observed::Unasked => return Ok(()),
            Observed::Refused(refused) => {
                taking.state.users = Observed::Refused(refused);
                return Ok(());
            }
        };
        let mut users: BTreeMap<String, User> = BTreeMap::new();
        let mut add = |row: Row, selector: Option<Selector>| {
            let user = User::from(row);
            let known = users.entry(user.id.short().to_owned()).or_insert(user);
            if let Some(selector) = selector
                && !known.chosen_by.contains(&selector)
            {
                known.chosen_by.push(selector);
            }
        };
        for row in members {
            add(row, None);
        }
        for (selector, row) in chosen_users::rows(answers)? {
            add(row, Some(selector));
        }
        let mut users: Vec<User> = users.into_values().collect();
        users.sort_by(|one, other| one.username.cmp(&other.username));
        taking.state.users = Observed::Seen(users);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Row {
    id: UserId,
    username: String,
    name: String,
    is_active: bool,
    profile_id: Option<ProfileId>,
    call_center_id: Option<CallCenterId>,
}

impl From<Row> for User {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            username: row.username,
            name: row.name,
            active: row.is_active,
            profile: row.profile_id,
            call_center: row.call_center_id,
            chosen_by: Vec::new(),
        }
    }
}
