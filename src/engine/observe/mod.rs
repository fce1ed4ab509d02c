//! Looking at an org: everything in one burst, and afterwards only what a wave touched.

mod convert;
mod look;
mod queries;
mod regional;
mod rows;
mod sight;

use std::collections::{BTreeMap, BTreeSet};

use secrecy::SecretString;

pub(super) use convert::call_center_record;
use look::{DATA, TOOLING};
pub(super) use look::{Look, answering, everything, touched_by};
pub(super) use sight::Sight;

use self::queries::Subjects;
use crate::checklist::rules;
use crate::failure::Failure;
use crate::journal::{CustomMetadataHints, Hints};
use crate::model::{
    CallCenterId, CustomMetadataPlace, Desired, LockedPlace, Profile, RegionalValue, UserId,
};
use crate::salesforce::Client;

/// Whoever looks at an org.
#[derive(Debug)]
pub(super) struct Observer<'a> {
    pub(super) client: Client,
    pub(super) desired: &'a Desired,
    pub(super) installation_key: Option<&'a SecretString>,
    pub(super) sight: Sight,
    objects: BTreeSet<String>,
    /// Profiles that the configuration names by API name only; asked for by id.
    profile_ids: Vec<String>,
}

impl<'a> Observer<'a> {
    /// An observer who has seen nothing yet.
    pub(super) fn new(
        client: Client,
        desired: &'a Desired,
        installation_key: Option<&'a SecretString>,
    ) -> Self {
        let objects = rules::objects_needed(&desired.call_center);
        let sight = Sight::default();
        Self { client, desired, installation_key, sight, objects, profile_ids: Vec::new() }
    }

    /// Believes names of profiles from an earlier run, until a profile without one turns up.
    pub(super) fn believe(&mut self, profile_names: BTreeMap<String, String>) {
        if !profile_names.is_empty() {
            self.profile_ids = self.ids_of_api_names(&profile_names);
            self.sight.profile_names = Some(profile_names);
        }
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
        let mut profile_names = self.sight.profile_names.clone().unwrap_or_default();
        // Profiles that the Metadata API does not list would look like new ones every time.
        for profile in &self.sight.profiles {
            profile_names.entry(profile.id.short().to_owned()).or_default();
        }
        let custom_metadata = regional::hints(&self.sight.custom_metadata, self.desired);
        let api_version = Some(self.client.version().to_string());
        Hints { api_version, profile_names, custom_metadata }
    }

    /// Looks at all of that at once, however many requests it takes.
    pub(super) async fn look(&mut self, looks: &BTreeSet<Look>) -> Result<(), Failure> {
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

    async fn burst(&mut self, looks: &BTreeSet<Look>) -> Result<(), Failure> {
        let about = Subjects {
            desired: self.desired,
            profile_ids: &self.profile_ids,
            objects: &self.objects,
            custom_metadata: &self.sight.custom_metadata,
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
        let has_settings = self.desired.recipe.custom_metadata_types > 0;
        // One burst: everything is under way at once, and the slowest answer ends it.
        let (data, tooling, call_centers, softphone, profiles, offered, records) = tokio::join!(
            when(data.as_ref(), |batch| client.batch(batch)),
            when(tooling.as_ref(), |composite| async {
                client.tooling().composite(composite).await
            }),
            when(asked(looks, Look::CallCenter), |()| metadata.read_call_centers(names)),
            when(asked(looks, Look::Softphone), |()| client.softphone_layout()),
            when(asked(looks, Look::ProfileNames), |()| metadata.list("Profile")),
            when(asked(looks, Look::OfferedVersion).filter(|()| alone), |()| {
                packages.version(version, self.installation_key)
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
                let found = answers.records(queries::name::OFFERED);
                let answer = found.map(|rows| rows.into_iter().next());
                self.sight.offered = Some(convert::offered(&self.desired.package.version, answer)?);
            }
        }
        if let Some(found) = call_centers {
            let found = found?;
            self.sight.call_center = found
                .into_iter()
                .find(|record| &record.full_name == name)
                .map(convert::call_center);
        }
        if let Some(layout) = softphone {
            self.sight.softphone = convert::softphone(layout)?;
        }
        if let Some(found) = profiles {
            self.sight.profile_names = Some(convert::profile_names(found?));
        }
        if let Some(answer) = offered {
            self.sight.offered = Some(convert::offered(&self.desired.package.version, answer)?);
        }
        if let Some(records) = records {
            regional::take_everything(&mut self.sight.custom_metadata, records?);
        }
        Ok(())
    }

    /// Whether a profile has turned up whose API name the hints do not know.
    fn names_are_stale(&self) -> bool {
        self.sight.profile_names.as_ref().is_some_and(|names| {
            self.sight.profiles.iter().any(|profile| !names.contains_key(profile.id.short()))
        })
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
