//! Profiles: their labels, which a query tells, and their API names, which only the Metadata API
//! knows.

use std::collections::BTreeMap;

use salesforce_client::Soql;
use salesforce_client::metadata::FileProperties;
use serde::Deserialize;

use super::{Fetch, all};
use crate::engine::observe::answers::some;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Profile, ProfileId};

const NAME: &str = "profiles";

pub(super) struct Profiles;

impl Fetch for Profiles {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.query(NAME, Soql::new("SELECT Id, Name FROM Profile"));
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.state.profiles = answers.rows_of_every_org::<Row>(NAME)?.map(all);
        taking.state.name_profiles();
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: ProfileId,
    name: String,
}

impl From<Row> for Profile {
    fn from(row: Row) -> Self {
        Self { id: row.id, label: row.name, api_name: None }
    }
}

pub(super) struct ProfileNames;

impl Fetch for ProfileNames {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let client = burst.client();
        let request = async move { client.metadata().list("Profile").await };
        burst.call(request, |answer, taking| {
            let listed = taking.observed(answer)?;
            taking.state.profile_names = some(listed).map(names);
            taking.state.name_profiles();
            Ok(())
        });
    }
}

/// API names by the first 15 characters of ids.
fn names(listed: Vec<FileProperties>) -> BTreeMap<String, String> {
    listed
        .into_iter()
        .filter_map(|file| Some((file.id?.get(..15)?.to_owned(), file.full_name)))
        .collect()
}
