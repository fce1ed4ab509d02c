//! Work that is under way in the org's setup: deploys, installations, uninstallations.

use salesforce_client::{metadata, packages};

use super::Fetch;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{InstallRequest, Observed, PackageVersionId, RunningDeploy, UninstallRequest};

const DEPLOYS: &str = "deploys";
const INSTALLS: &str = "installs";
const UNINSTALLS: &str = "uninstalls";

pub(super) struct Deploys;

impl Fetch for Deploys {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.setup(DEPLOYS, metadata::running_deploys_query());
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let deploy = |row: metadata::RunningDeploy| RunningDeploy {
            id: row.id.0,
            since: row.created_date,
            by: row.created_by,
        };
        let found = answers.setup_rows(DEPLOYS)?;
        taking.state.running_deploys = found.map(|rows| rows.into_iter().map(deploy).collect());
        Ok(())
    }
}

pub(super) struct Installs;

impl Fetch for Installs {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.setup(INSTALLS, packages::recent_installs_query());
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let install = |row: packages::InstallStatus| InstallRequest {
            running: !row.state.is_final(),
            version_id: row.version_id.and_then(|id| PackageVersionId::parse(&id).ok()),
            since: row.created,
            by: row.created_by,
            id: row.id,
        };
        let found = answers.setup_rows(INSTALLS)?;
        taking.state.installs = found.map(|rows| rows.into_iter().map(install).collect());
        Ok(())
    }
}

pub(super) struct Uninstalls;

impl Fetch for Uninstalls {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.more_setup(UNINSTALLS, packages::recent_uninstalls_query());
    }

    /// An org without second-generation packages may not know the object.
    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let uninstall = |row: packages::UninstallStatus| UninstallRequest {
            running: !row.state.is_final(),
            version_id: row.version_id.and_then(|id| PackageVersionId::parse(&id).ok()),
            id: row.id,
        };
        let found: Observed<Vec<_>> = answers.more_setup_if_shown(UNINSTALLS)?;
        taking.state.removal.uninstalls =
            found.map(|rows| rows.into_iter().map(uninstall).collect());
        Ok(())
    }
}
