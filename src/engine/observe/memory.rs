//! What an observer knows from earlier runs, and leaves for later ones: it saves requests, and is
//! never believed against the org.

use std::collections::{BTreeMap, BTreeSet};

use super::Observer;
use super::looks::permission_sets;
use crate::checklist::ItemId;
use crate::journal::{CustomMetadataHints, Hints, ProfileNames};
use crate::model::{
    Baseline, BaselineEntry, CustomMetadata, CustomMetadataPlace, Look, Observed, Profile,
    RegionalValue, Target,
};

impl Observer<'_> {
    /// Looks at what is needed, and also at what earlier runs gave, for it may have to be taken back.
    pub(in crate::engine) fn expect(
        &mut self,
        needs: BTreeMap<Look, BTreeSet<ItemId>>,
        baseline: &Baseline,
    ) {
        self.need(needs);
        self.inquiry.baseline.clone_from(baseline);
        if let Some(desired) = self.inquiry.desired {
            self.inquiry.permission_sets = permission_sets::wanted(desired, baseline);
        }
    }

    /// Looks at the users of whom a past speaks, too, whether anybody chooses them or not.
    pub(in crate::engine) fn look_for_users_of(&mut self, past: &Baseline) {
        let user = |entry: &BaselineEntry| match &entry.target {
            Target::UserCallCenter(user) => Some(user.clone()),
            _ => None,
        };
        self.inquiry.users_besides = past.entries.iter().filter_map(user).collect();
    }

    /// Believes names of profiles from an earlier run, until something contradicts them.
    pub(in crate::engine) fn believe(&mut self, profiles: &BTreeMap<String, ProfileNames>) {
        if profiles.is_empty() {
            return;
        }
        let api_name = |(id, names): (&String, &ProfileNames)| (id.clone(), names.api_name.clone());
        let names: BTreeMap<String, String> = profiles.iter().map(api_name).collect();
        self.inquiry.profile_ids = self.ids_of_api_names(&names);
        self.seen.remembered.profile_names = Observed::Seen(names);
        self.believed =
            profiles.iter().map(|(id, names)| (id.clone(), names.label.clone())).collect();
    }

    /// Whether the names of profiles come from an earlier run. That is good enough to compare, but
    /// not to deploy by: a name that the org no longer knows would become a new profile.
    pub(in crate::engine) fn believes(&self) -> bool {
        !self.believed.is_empty()
    }

    /// Believes where an earlier run found the region's values, in the same version of the package,
    /// until one of them is not there. Whether it knew them all.
    pub(in crate::engine) fn believe_places(&mut self, hints: CustomMetadataHints) -> bool {
        let wanted = self.inquiry.desired.map(|desired| &desired.package.version);
        if wanted.is_some() && hints.package_version.as_ref() == wanted {
            self.seen.remembered.places = hints.places;
            self.seen.remembered.locked = hints.locked;
        }
        self.seen.remembered.places.len() == RegionalValue::ALL.len()
    }

    /// Takes in where the region's values stand.
    pub(in crate::engine) fn settle(
        &mut self,
        places: BTreeMap<RegionalValue, CustomMetadataPlace>,
    ) {
        if let Some(state) = self.seen.state_mut() {
            state.custom_metadata.remembered = places;
        }
    }

    /// Believes that these jobs are of the past, too: somebody has waited for each of them long enough.
    pub(in crate::engine) fn believe_given_up(&mut self, jobs: &BTreeSet<String>) {
        self.inquiry.given_up.extend(jobs.iter().cloned());
    }

    /// Waits no longer for a job that the org calls running without telling since when, in this run and in later
    /// ones.
    pub(in crate::engine) fn give_up(&mut self, job: &str) {
        self.inquiry.given_up.insert(job.to_owned());
    }

    /// What saves the next run some requests.
    pub(in crate::engine) fn hints(&self) -> Hints {
        let mut hints = Hints {
            api_version: Some(self.client.version().to_string()),
            given_up: self.inquiry.given_up.clone(),
            ..Hints::default()
        };
        let Some(state) = self.state() else { return hints };
        let names = state.profile_names.seen();
        let profile = |profile: &Profile| {
            let id = profile.id.short().to_owned();
            // Profiles that the Metadata API does not list would look like new ones every time.
            let api_name = names.and_then(|names| names.get(&id)).cloned().unwrap_or_default();
            (id, ProfileNames { label: profile.label.clone(), api_name })
        };
        hints.profiles = state.profiles.iter().map(profile).collect();
        hints.custom_metadata = self.hints_of(&state.custom_metadata);
        hints
    }

    fn hints_of(&self, known: &CustomMetadata) -> CustomMetadataHints {
        let locked = known.locked.clone();
        let nothing = known.remembered.is_empty() && locked.is_empty();
        let version = self.inquiry.desired.map(|desired| desired.package.version);
        CustomMetadataHints {
            package_version: version.filter(|_| !nothing),
            places: known.remembered.clone(),
            locked,
        }
    }

    /// Whether a profile has turned up that the hints do not know, or know by another label.
    pub(super) fn names_are_stale(&self) -> bool {
        let is_new =
            |profile: &Profile| self.believed.get(profile.id.short()) != Some(&profile.label);
        self.believes() && self.state().is_some_and(|state| state.profiles.iter().any(is_new))
    }

    /// The names of profiles are unknown again.
    pub(super) fn forget_names(&mut self) {
        if let Some(state) = self.seen.state_mut() {
            state.profile_names = Observed::Unasked;
        }
    }

    /// Whether the configuration names profiles by API names whose users were not asked for; they
    /// are from now on.
    pub(super) fn finds_more_profiles(&mut self) -> bool {
        let Some(names) = self.state().and_then(|state| state.profile_names.seen()) else {
            return false;
        };
        let ids = self.ids_of_api_names(names);
        let more = ids.iter().any(|id| !self.inquiry.profile_ids.contains(id));
        if more {
            self.inquiry.profile_ids = ids;
        }
        more
    }

    fn ids_of_api_names(&self, names: &BTreeMap<String, String>) -> Vec<String> {
        let Some(desired) = self.inquiry.desired else { return Vec::new() };
        let is_label = |name: &String| {
            let mut profiles = self.state().into_iter().flat_map(|state| &state.profiles);
            profiles.any(|profile: &Profile| &profile.label == name)
        };
        names
            .iter()
            .filter(|(_, name)| desired.users.profiles.contains(name) && !is_label(name))
            .map(|(id, _)| id.clone())
            .collect()
    }
}
