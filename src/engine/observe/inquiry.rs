//! What an observation is about.

use std::collections::BTreeSet;

use jiff::Timestamp;
use secrecy::SecretString;

use super::looks::permission_sets;
use crate::checklist::rules;
use crate::engine::check_user::CheckUser;
use crate::model::Way;
use crate::model::{Baseline, ConnectorWish, ProfileId, Recipe, Ref, UserId};

/// What is asked about: the parts of it that only some looks need are empty for the others.
#[derive(Debug)]
pub(in crate::engine) struct Inquiry<'a> {
    /// When it began: whoever asks has the clock.
    pub(super) now: Timestamp,
    /// Whose connector it is, and what for.
    pub(super) purpose: Purpose,
    /// The generation of the connector; none where only the org itself is of interest.
    pub(super) recipe: Option<&'a Recipe>,
    /// Other generations, which a survey looks for as well.
    pub(super) others: Vec<&'a Recipe>,
    /// What is wanted, where there is a configuration.
    pub(super) desired: Option<&'a ConnectorWish>,
    /// Key of the package, where it needs one.
    pub(super) installation_key: Option<&'a SecretString>,
    /// Internal name of the call center whose values are read.
    pub(super) call_center: String,
    /// What was there before us; the connector's call centers are known by it.
    pub(super) baseline: Baseline,
    /// Objects that mappings write to.
    pub(super) objects: BTreeSet<String>,
    /// API names and labels of permission sets whose assignments are asked for.
    pub(super) permission_sets: BTreeSet<String>,
    /// Ids of profiles that the configuration names by API name, where they are known already.
    pub(super) profile_ids: Vec<String>,
    /// Profiles of which one user is looked for who is not in the call center.
    pub(super) outsiders_of: Vec<ProfileId>,
    /// Users who are looked at whether anybody chooses them or not.
    pub(super) users_besides: Vec<Ref<UserId>>,
    /// User names whose namesakes are looked for.
    pub(super) namesakes_of: BTreeSet<String>,
    /// The user who is asked about.
    pub(super) user: Option<&'a str>,
    /// Logins of users whose softphone layouts are looked at, where the configuration names them.
    pub(super) check_users: &'a [CheckUser],
    /// Ids of jobs that were waited for long enough. Of those the org tells nothing else of, none runs.
    pub(super) given_up: BTreeSet<String>,
}

/// What an observation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A configuration is to be brought about, or taken out.
    Run(Way),
    /// Whatever of the connector is there is of interest.
    Survey,
}

impl<'a> Inquiry<'a> {
    /// The org itself, and nothing of the connector.
    pub(super) fn org(now: Timestamp) -> Self {
        Self {
            now,
            purpose: Purpose::Run(Way::Build),
            recipe: None,
            others: Vec::new(),
            desired: None,
            installation_key: None,
            call_center: String::new(),
            baseline: Baseline::default(),
            objects: BTreeSet::new(),
            permission_sets: BTreeSet::new(),
            profile_ids: Vec::new(),
            outsiders_of: Vec::new(),
            users_besides: Vec::new(),
            namesakes_of: BTreeSet::new(),
            user: None,
            check_users: &[],
            given_up: BTreeSet::new(),
        }
    }

    /// What a run needs to see.
    pub(super) fn of_run(
        desired: &'a ConnectorWish,
        installation_key: Option<&'a SecretString>,
        order: Way,
        now: Timestamp,
    ) -> Self {
        Self {
            purpose: Purpose::Run(order),
            recipe: Some(&desired.recipe),
            desired: Some(desired),
            installation_key,
            call_center: desired.call_center.definition.call_center.internal_name.clone(),
            objects: match order {
                Way::Build => rules::objects_needed(&desired.call_center),
                // Nothing is written by mappings any more.
                Way::Remove => BTreeSet::new(),
            },
            permission_sets: permission_sets::wanted(desired, &Baseline::default()),
            ..Self::org(now)
        }
    }

    /// Whatever could be the connector's.
    pub(in crate::engine) fn of_survey(recipe: &'a Recipe, now: Timestamp) -> Self {
        Self { purpose: Purpose::Survey, recipe: Some(recipe), ..Self::org(now) }
    }

    /// The same, and other generations of the connector.
    pub(in crate::engine) fn beside(self, others: Vec<&'a Recipe>) -> Self {
        Self { others, ..self }
    }

    /// The same, and what a configuration adds to it.
    pub(in crate::engine) fn wanting(
        mut self,
        desired: Option<&'a ConnectorWish>,
        installation_key: Option<&'a SecretString>,
    ) -> Self {
        let objects = desired.map(|desired| rules::objects_needed(&desired.call_center));
        self.objects = objects.unwrap_or_default();
        Self { desired, installation_key, ..self }
    }

    /// The same, and the values of that call center.
    pub(in crate::engine) fn reading(self, call_center: &str) -> Self {
        Self { call_center: call_center.to_owned(), ..self }
    }

    /// From now on, one call center is read, and of each of these profiles one user is looked for
    /// who is not in it.
    pub(in crate::engine) fn look_closer(&mut self, call_center: &str, profiles: &[ProfileId]) {
        call_center.clone_into(&mut self.call_center);
        self.outsiders_of = profiles.to_vec();
    }

    /// From now on, it is about the connector of that generation, and about that call center of it.
    pub(in crate::engine) fn becomes(&mut self, recipe: &'a Recipe, call_center: &str) {
        self.recipe = Some(recipe);
        call_center.clone_into(&mut self.call_center);
    }

    /// The same, and who has these permission sets.
    pub(in crate::engine) fn with_sets(self, permission_sets: BTreeSet<String>) -> Self {
        Self { permission_sets, ..self }
    }

    /// The same, and a user who is asked about.
    pub(in crate::engine) fn asking_about(self, user: Option<&'a str>) -> Self {
        Self { user, ..self }
    }

    /// The same, which takes these jobs to be of the past.
    pub(in crate::engine) fn without_jobs(self, given_up: &BTreeSet<String>) -> Self {
        Self { given_up: given_up.clone(), ..self }
    }

    /// The same, and with these logins.
    pub(in crate::engine) fn with_check_users(self, check_users: &'a [CheckUser]) -> Self {
        Self { check_users, ..self }
    }

    /// Whether the connector is to go.
    pub(super) fn is_removal(&self) -> bool {
        self.purpose == Purpose::Run(Way::Remove)
    }
}
