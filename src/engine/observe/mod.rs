//! Looking at an org: everything in one burst, and afterwards only what a wave touched.

mod access_rows;
mod convert;
mod examination;
mod examined_agent;
mod examined_rows;
mod look;
mod names;
mod queries;
mod regional;
mod removal;
mod rows;
mod sight;
mod survey;
mod utility_bars;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use salesforce_client::Client;
use salesforce_client::packages::OfferedPackage;
use secrecy::SecretString;

pub(super) use access_rows::SetAssignmentRow;
pub(super) use examination::{Examined, Subject as ExaminedSubject, examine};
use look::{DATA, OPTIONAL, TOOLING};
pub(super) use look::{Look, answering};
pub(super) use names::{names, organization};
pub(super) use queries::assignments_of;
pub(super) use sight::Sight;
pub(super) use survey::{look_closer, survey};

use self::queries::Subjects;
use crate::checklist::{ItemId, omni_sync, rules};
use crate::failure::Failure;
use crate::journal::{CustomMetadataHints, Hints, ProfileNames};
use crate::model::{
    Baseline, CallCenter, CallCenterId, CustomMetadataPlace, Desired, LockedPlace, OmniAccess,
    PermissionSetId, Profile, RegionalValue, Target, UserId, Wave, Way,
};

/// Whoever looks at an org.
#[derive(Debug)]
pub(super) struct Observer<'a> {
    pub(super) client: Client,
    pub(super) desired: &'a Desired,
    pub(super) installation_key: Option<&'a SecretString>,
    pub(super) sight: Sight,
    /// Whether the connector is to be there, or to go.
    order: Way,
    /// What was there before us; the connector's call centers are known by it.
    baseline: Baseline,
    objects: BTreeSet<String>,
    /// When each look was last taken.
    taken: BTreeMap<Look, Instant>,
    /// Labels of the profiles whose API names come from an earlier run, by id.
    believed: BTreeMap<String, String>,
    /// Profiles that the configuration names by API name only; asked for by id.
    profile_ids: Vec<String>,
    /// Which of the looks that not every configuration needs are needed here.
    optional: BTreeSet<Look>,
    /// API names and labels of permission sets whose assignments are looked at.
    permission_sets: BTreeSet<String>,
}

impl<'a> Observer<'a> {
    /// An observer who has seen nothing yet.
    pub(super) fn new(
        client: Client,
        desired: &'a Desired,
        installation_key: Option<&'a SecretString>,
        order: Way,
    ) -> Self {
        let objects = match order {
            Way::Build => rules::objects_needed(&desired.call_center),
            // Nothing is written by mappings any more.
            Way::Remove => BTreeSet::new(),
        };
        let omni = omni_sync::is_asked_for(desired);
        let own = desired.recipe.omni_sync.as_ref().map(|omni| omni.permission_set.clone());
        let of_package = &desired.recipe.permission_sets;
        let assigned: Vec<String> =
            desired.permission_sets.iter().chain(of_package).cloned().collect();
        let by_set = omni && desired.omni_sync.access == OmniAccess::PermissionSet;
        let mut optional = BTreeSet::new();
        if omni {
            optional.insert(Look::OmniSync);
        }
        if by_set || !assigned.is_empty() || !desired.users.permission_sets.is_empty() {
            optional.insert(Look::PermissionSets);
        }
        if order == Way::Remove {
            optional.extend(OPTIONAL);
        }
        Self {
            client,
            desired,
            installation_key,
            sight: Sight::default(),
            order,
            baseline: Baseline::default(),
            objects,
            taken: BTreeMap::new(),
            believed: BTreeMap::new(),
            profile_ids: Vec::new(),
            optional,
            permission_sets: assigned.into_iter().chain(own).collect(),
        }
    }

    /// Looks also at what earlier runs gave, for it may have to be taken back.
    pub(super) fn expect(&mut self, baseline: &Baseline) {
        self.baseline.clone_from(baseline);
        for entry in baseline.of_item(ItemId::PERMISSION_SET.as_str()) {
            if let Target::PermissionSetAssignment { set, .. } = &entry.target {
                self.permission_sets.insert(set.name.clone());
            }
            self.optional.insert(Look::PermissionSets);
        }
    }

    /// Everything that this configuration needs to be seen.
    pub(super) fn everything(&self) -> BTreeSet<Look> {
        look::everything(self.order).into_iter().chain(self.optional.iter().copied()).collect()
    }

    /// What a wave may have changed, as far as this configuration needs it to be seen.
    pub(super) fn touched_by(&self, wave: Wave) -> BTreeSet<Look> {
        self.needed(look::touched_by(self.order, wave))
    }

    /// What a wave writes over, likewise.
    pub(super) fn written_by(&self, wave: Wave) -> BTreeSet<Look> {
        self.needed(look::written_by(self.order, wave))
    }

    fn needed(&self, looks: BTreeSet<Look>) -> BTreeSet<Look> {
        let needed = |look: &Look| !OPTIONAL.contains(look) || self.optional.contains(look);
        looks.into_iter().filter(needed).collect()
    }

    /// Believes names of profiles from an earlier run, until something contradicts them.
    pub(super) fn believe(&mut self, profiles: &BTreeMap<String, ProfileNames>) {
        if profiles.is_empty() {
            return;
        }
        let api_name = |(id, names): (&String, &ProfileNames)| (id.clone(), names.api_name.clone());
        let names = profiles.iter().map(api_name).collect();
        self.profile_ids = self.ids_of_api_names(&names);
        self.sight.profile_names = Some(names);
        self.believed =
            profiles.iter().map(|(id, names)| (id.clone(), names.label.clone())).collect();
    }

    /// Whether the names of profiles come from an earlier run. That is good enough to compare, but
    /// not to deploy by: a name that the org no longer knows would become a new profile.
    pub(super) fn believes(&self) -> bool {
        !self.believed.is_empty()
    }

    /// Believes where an earlier run found the region's values, in the same version of the package,
    /// until one of them is not there. Whether it knew them all.
    pub(super) fn believe_places(&mut self, hints: CustomMetadataHints) -> bool {
        if hints.package_version.as_ref() == Some(&self.desired.package.version) {
            self.sight.custom_metadata.remembered = hints.places;
            self.sight.custom_metadata.locked = hints.locked;
        }
        self.sight.custom_metadata.remembered.len() == RegionalValue::ALL.len()
    }

    /// Takes in where the region's values stand.
    pub(super) fn settle(&mut self, places: BTreeMap<RegionalValue, CustomMetadataPlace>) {
        self.sight.custom_metadata.remembered = places;
    }

    /// Takes in what the package does not let anybody change.
    pub(super) fn lock(&mut self, places: impl IntoIterator<Item = LockedPlace>) {
        self.sight.custom_metadata.locked.extend(places);
    }

    /// What saves the next run some requests.
    pub(super) fn hints(&self) -> Hints {
        let names = self.sight.profile_names.as_ref();
        let profile = |profile: &Profile| {
            let id = profile.id.short().to_owned();
            // Profiles that the Metadata API does not list would look like new ones every time.
            let api_name = names.and_then(|names| names.get(&id)).cloned().unwrap_or_default();
            (id, ProfileNames { label: profile.label.clone(), api_name })
        };
        Hints {
            api_version: Some(self.client.version().to_string()),
            profiles: self.sight.profiles.iter().map(profile).collect(),
            custom_metadata: regional::hints(&self.sight.custom_metadata, self.desired),
        }
    }

    /// Looks at all of that at once, however many requests it takes.
    pub(super) async fn look(&mut self, looks: &BTreeSet<Look>) -> Result<(), Failure> {
        self.optional.extend(OPTIONAL.into_iter().filter(|look| looks.contains(look)));
        self.burst(looks).await?;
        if looks.contains(&Look::Profiles) && self.names_are_stale() {
            self.sight.profile_names = None;
            self.burst(&BTreeSet::from([Look::ProfileNames])).await?;
        }
        // A user selector may name a profile by its API name, which a query cannot filter by.
        if let Some(names) = &self.sight.profile_names
            && (looks.contains(&Look::Users) || looks.contains(&Look::ProfileNames))
        {
            let ids = self.ids_of_api_names(names);
            if ids.iter().any(|id| !self.profile_ids.contains(id)) {
                self.profile_ids = ids;
                self.burst(&BTreeSet::from([Look::Users])).await?;
            }
        }
        Ok(())
    }

    /// Those of some looks that were taken longer ago than that, or never.
    pub(super) fn older_than(&self, age: Duration, looks: BTreeSet<Look>) -> BTreeSet<Look> {
        let is_old = |look: &Look| self.taken.get(look).is_none_or(|at| at.elapsed() > age);
        looks.into_iter().filter(is_old).collect()
    }

    async fn burst(&mut self, looks: &BTreeSet<Look>) -> Result<(), Failure> {
        // What is seen is at least as old as the moment before it was asked for.
        let now = Instant::now();
        self.taken.extend(looks.iter().map(|look| (*look, now)));
        let about = Subjects {
            desired: self.desired,
            profile_ids: &self.profile_ids,
            objects: &self.objects,
            permission_sets: &self.permission_sets,
            custom_metadata: &self.sight.custom_metadata,
            order: self.order,
        };
        let data =
            DATA.iter().any(|look| looks.contains(look)).then(|| queries::data(looks, &about));
        let tooling = TOOLING
            .iter()
            .any(|look| looks.contains(look))
            .then(|| queries::tooling(looks, self.desired, self.installation_key));
        let alone = !queries::offered_travels(looks);
        let data = data.filter(|batch| !batch.is_empty());
        let name = &self.desired.call_center.definition.call_center.internal_name;
        let names = std::slice::from_ref(name);
        let (client, packages) = (&self.client, self.client.packages());
        let version = self.desired.package.version.as_str();
        let metadata = self.client.metadata();
        let removal = asked(looks, Look::References)
            .map(|()| removal::composite(&self.desired.recipe.namespace));
        let has_settings = self.desired.recipe.custom_metadata_types > 0;
        // One burst: everything is under way at once, and the slowest answer ends it.
        let (data, tooling, removal, call_centers, softphone, profiles, offered, records) = tokio::join!(
            when(data.as_ref(), |batch| client.batch(batch)),
            when(tooling.as_ref(), |composite| async {
                client.tooling().composite(composite).await
            }),
            when(removal.as_ref(), |composite| async {
                client.tooling().composite(composite).await
            }),
            when(asked(looks, Look::CallCenter), |()| metadata.read_call_centers(names)),
            when(asked(looks, Look::Softphone), |()| client.softphone_layout()),
            when(asked(looks, Look::ProfileNames), |()| metadata.list("Profile")),
            when(asked(looks, Look::OfferedVersion).filter(|()| alone), |()| {
                packages.offered(version, self.installation_key)
            }),
            when(asked(looks, Look::CustomMetadata).filter(|()| has_settings), |()| {
                regional::read(metadata, &self.desired.recipe.namespace)
            }),
        );
        if let Some(answers) = data {
            let url = self.client.session().instance_url.to_string();
            self.sight.take_data(&answers?, &url)?;
        }
        if let Some(answers) = tooling {
            let answers = answers?;
            self.sight.take_tooling(&answers)?;
            if !alone {
                let answer = OfferedPackage::answered(&answers);
                self.sight.offered = Some(convert::offered(&self.desired.package.version, answer)?);
            }
        }
        if let Some(answers) = removal {
            removal::take(&mut self.sight, &answers?, self.desired)?;
        }
        if let Some(found) = call_centers {
            let found = found?;
            self.sight.call_center =
                found.into_iter().find(|record| &record.full_name == name).map(CallCenter::from);
        }
        if let Some(layout) = softphone {
            self.sight.softphone = convert::softphone(layout)?;
        }
        if let Some(found) = profiles {
            self.sight.profile_names = Some(convert::profile_names(found?));
            self.believed.clear();
        }
        if let Some(answer) = offered {
            self.sight.offered = Some(convert::offered(&self.desired.package.version, answer)?);
        }
        if let Some(records) = records {
            regional::take_everything(&mut self.sight.custom_metadata, records?);
        }
        self.look_at_what_goes(looks).await
    }

    /// Whether a profile has turned up that the hints do not know, or know by another label.
    fn names_are_stale(&self) -> bool {
        self.believes()
            && self
                .sight
                .profiles
                .iter()
                .any(|profile| self.believed.get(profile.id.short()) != Some(&profile.label))
    }

    fn ids_of_api_names(&self, names: &BTreeMap<String, String>) -> Vec<String> {
        let wanted = &self.desired.users.profiles;
        let is_label = |name: &String| {
            self.sight.profiles.iter().any(|profile: &Profile| &profile.label == name)
        };
        names
            .iter()
            .filter(|(_, api_name)| wanted.contains(api_name) && !is_label(api_name))
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// Takes in what the org answered about users right after they were assigned.
    pub(super) fn take_assigned(
        &mut self,
        target: &CallCenterId,
        members: &BTreeSet<UserId>,
        asked: &BTreeSet<UserId>,
    ) {
        for user in &mut self.sight.users {
            if members.contains(&user.id) {
                user.call_center = Some(target.clone());
            } else if asked.contains(&user.id) && user.call_center.as_ref() == Some(target) {
                user.call_center = None;
            }
        }
    }
}

impl Observer<'_> {
    /// Takes in who has these permission sets, as the org answered right after assigning them.
    pub(super) fn take_set_assignments(
        &mut self,
        sets: &[PermissionSetId],
        found: Vec<SetAssignmentRow>,
    ) {
        let known = &mut self.sight.permission_set_assignments;
        known.retain(|assignment| !sets.contains(&assignment.permission_set));
        known.extend(found.into_iter().map(Into::into));
    }
}

fn asked(looks: &BTreeSet<Look>, look: Look) -> Option<()> {
    looks.contains(&look).then_some(())
}

/// Runs a request where there is something to ask.
async fn when<A, F: Future>(
    argument: Option<A>,
    request: impl FnOnce(A) -> F,
) -> Option<F::Output> {
    match argument {
        Some(argument) => Some(request(argument).await),
        None => None,
    }
}
