//! `users`: the chosen users are in the call center.

mod adopt;
mod check;
mod other_call_centers;
mod plan;
mod removal;
mod snapshot;

pub use plan::goes_back;

use crate::checklist::call_center::{is_connectors, recorded_call_center};
use crate::checklist::{
    About, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId, Kept, Lookup,
    Noticed, Nouns, Now, SnapshotCase, Verdict, Word,
};
use crate::model::{Draft, Look, OrgState, Recipe, Target, Value, Wave, Way};

/// The item.
pub(super) struct Users;

impl ItemId {
    /// Call center users.
    pub const USERS: Self = Self::new("users");
}

static ABOUT: About = About {
    id: ItemId::USERS,
    title: "Call center users",
    needs: &[ItemId::CALL_CENTER],
    wave: Some(Wave::Records),
    of_fields: false,
    noticed: Noticed::SalesforceLogin,
    word: Word::NotAsked,
};

impl Item for Users {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        let mut looks = vec![Look::CallCenters, Look::Users];
        let users = &intent.desired.users;
        if intent.way == Way::Build && !users.profiles.is_empty() {
            looks.push(Look::Profiles);
        }
        if intent.way == Way::Build && !users.permission_sets.is_empty() {
            looks.push(Look::PermissionSets);
        }
        looks
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired, case.state, case.baseline)
    }

    fn removal(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn nouns(&self, change: &ChangeRow) -> Nouns {
        match change.known_after() {
            Some(None) => Nouns::new("user", "users", "to lose their call center"),
            _ if change.before.is_some() => {
                Nouns::new("user", "users", "to move to another call center")
            }
            _ => Nouns::new("user", "users", "to add to the call center"),
        }
    }

    fn kept(&self, case: Case<'_>) -> Vec<Kept> {
        plan::already(case.desired, case.state)
    }

    fn is_connectors(&self, value: &Value, recipe: &Recipe) -> bool {
        matches!(value, Value::CallCenter(there) if is_connectors(recipe, &there.name))
    }

    fn checks(&self, checkup: &Checkup<'_>) -> Vec<Check> {
        vec![check::check(checkup), other_call_centers::check(checkup)]
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        plan::now(org, target)
    }

    fn recorded(&self, state: &OrgState, value: &Value) -> Option<Value> {
        let there = recorded_call_center(state, plan::call_center_of(Some(value))?);
        there.id.is_some().then_some(Value::CallCenter(there))
    }

    fn names_people(&self) -> bool {
        true
    }

    fn holds(&self, case: &SnapshotCase<'_>, into: &mut Holdings) {
        snapshot::holds(case, into);
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
