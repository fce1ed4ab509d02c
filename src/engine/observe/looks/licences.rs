//! Licences of packages, and those that come with permission sets.

use salesforce_client::Soql;
use serde::Deserialize;

use super::{Fetch, all, present};
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{PackageLicence, PermissionSetLicence};

const NAME: &str = "licences";
const OF_SETS: &str = "permission set licences";

pub(super) struct Licences;

impl Fetch for Licences {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.query(
            NAME,
            Soql::new(
                "SELECT Id, NamespacePrefix, Status, AllowedLicenses, UsedLicenses, ExpirationDate \
                 FROM PackageLicense",
            ),
        );
        burst.query(
            OF_SETS,
            Soql::new(
                "SELECT DeveloperName, MasterLabel, Status, TotalLicenses, UsedLicenses FROM \
                 PermissionSetLicense",
            ),
        );
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.beside.licences =
            answers.told(NAME, |answers| Ok(all(answers.records::<Row>(NAME)?)));
        taking.state.permission_set_licences =
            answers.told(OF_SETS, |answers| Ok(all(answers.records::<OfSet>(OF_SETS)?)));
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OfSet {
    developer_name: Option<String>,
    master_label: Option<String>,
    status: Option<String>,
    total_licenses: Option<i64>,
    used_licenses: Option<i64>,
}

impl From<OfSet> for PermissionSetLicence {
    fn from(row: OfSet) -> Self {
        let count = |number: Option<i64>| number.and_then(|it| u64::try_from(it).ok()).unwrap_or(0);
        // Nobody can be given one that has expired.
        let is_active = row.status.as_deref().is_none_or(|status| status == "Active");
        Self {
            developer_name: row.developer_name.unwrap_or_default(),
            label: row.master_label.unwrap_or_default(),
            total: if is_active { count(row.total_licenses) } else { 0 },
            used: count(row.used_licenses),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    #[serde(deserialize_with = "present")]
    namespace_prefix: Option<String>,
    status: Option<String>,
    #[serde(deserialize_with = "present")]
    allowed_licenses: Option<i64>,
    used_licenses: Option<i64>,
    expiration_date: Option<String>,
}

impl From<Row> for PackageLicence {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            namespace: row.namespace_prefix,
            status: row.status.unwrap_or_default(),
            // A site licence says -1.
            allowed: row.allowed_licenses.and_then(|number| u64::try_from(number).ok()),
            used: row.used_licenses.and_then(|number| u64::try_from(number).ok()).unwrap_or(0),
            ends: row.expiration_date,
        }
    }
}
