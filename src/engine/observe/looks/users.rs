//! Users: members of call centers, and those whom the configuration chooses.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::Soql;
use salesforce_client::soql::{in_list, like_prefix};
use serde::Deserialize;

use super::{Fetch, chosen_users, present};
use crate::checklist::ItemId;
use crate::checklist::call_center::is_connectors;
use crate::engine::observe::burst::Place;
use crate::engine::observe::inquiry::Purpose;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{
    CallCenterId, Observed, ProfileId, Recipe, Ref, Selector, User, UserId, Value, Way,
};

/// What every query of users begins with.
pub(super) const SELECT: &str = "SELECT Id, Username, Name, Email, IsActive, UserType, ProfileId, CallCenterId FROM User WHERE ";

const MEMBERS: &str = "members";

/// Call centers into which earlier runs put users; into somebody else's they only gave them back.
fn recorded<'a>(inquiry: &'a Inquiry<'_>) -> impl Iterator<Item = &'a Ref<CallCenterId>> {
    let entries = inquiry.baseline.of_item(ItemId::USERS.as_str());
    entries.filter(|entry| !entry.is_given_back()).filter_map(|entry| match &entry.ours {
        Some(Value::CallCenter(call_center)) => Some(call_center),
        _ => None,
    })
}

/// Call centers that are not the connector's by their names: the configured one, and those into
/// which earlier runs put users. Whoever is in one and is no longer chosen is given back.
fn others<'a>(inquiry: &'a Inquiry<'_>, recipe: &Recipe) -> BTreeSet<&'a str> {
    let known = recorded(inquiry).map(|it| it.name.as_str());
    let all = known.chain(inquiry.desired.map(|_| inquiry.call_center.as_str()));
    all.filter(|name| !name.is_empty() && !is_connectors(recipe, name)).collect()
}

/// Ids of the call centers into which earlier runs put users.
fn recorded_ids<'a>(inquiry: &'a Inquiry<'_>) -> BTreeSet<&'a str> {
    recorded(inquiry).filter_map(|it| it.id.as_ref()).map(CallCenterId::as_str).collect()
}

pub(super) struct Users;

impl Fetch for Users {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let building = inquiry.purpose == Purpose::Run(Way::Build);
        let members = match inquiry.recipe.filter(|_| building) {
            Some(recipe) => {
                let others = others(inquiry, recipe);
                let prefix = like_prefix(&recipe.internal_name_prefix);
                let members = Soql::new(SELECT)
                    .text("CallCenterId IN (SELECT Id FROM CallCenter WHERE InternalName LIKE ")
                    .value(&prefix);
                let members = match in_list(others.iter().copied()) {
                    Some(others) => members.text(" OR InternalName IN ").value(&others),
                    None => members,
                };
                // What we put users into may be called otherwise by now.
                match in_list(recorded_ids(inquiry)) {
                    Some(ids) => members.text(" OR Id IN ").value(&ids),
                    None => members,
                }
                .text(")")
            }
            // Whoever is in any call center: in one that goes, or moved to another by somebody else.
            None => Soql::new(SELECT).text("CallCenterId != null"),
        };
        burst.query(MEMBERS, members);
        // Whoever is in any call center is more than is asked for, and nobody is missing.
        let in_any = || Soql::new(SELECT).text("CallCenterId != null");
        burst.or_plainer(MEMBERS, Place::Data, move |_| Some(in_any()));
        if let Some(desired) = inquiry.desired.filter(|_| !inquiry.is_removal()) {
            chosen_users::ask(burst, &desired.users, &inquiry.profile_ids);
        }
        chosen_users::ask_besides(burst, &inquiry.users_besides);
    }

    /// Users are asked for by several queries; one user may come from some of them.
    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.state.refused_condition = chosen_users::condition_refusal(answers);
        let members = answers.rows::<Row>(MEMBERS)?;
        let others = chosen_users::rows(answers)?.and(chosen_users::rows_besides(answers)?);
        let (members, (chosen, besides)) = match members.and(others) {
            Observed::Seen(found) => found,
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
        for row in members.into_iter().chain(besides) {
            add(row, None);
        }
        for (selector, row) in chosen {
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
    email: Option<String>,
    is_active: bool,
    // Guests and users of portals are no agents.
    user_type: String,
    #[serde(deserialize_with = "present")]
    profile_id: Option<ProfileId>,
    // A user who is not shown to be in a call center could be in another vendor's.
    #[serde(deserialize_with = "present")]
    call_center_id: Option<CallCenterId>,
}

impl From<Row> for User {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            username: row.username,
            name: row.name,
            email: row.email.unwrap_or_default(),
            active: row.is_active,
            standard: row.user_type == "Standard",
            profile: row.profile_id,
            call_center: row.call_center_id,
            chosen_by: Vec::new(),
        }
    }
}
