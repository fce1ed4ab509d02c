//! The orgs of `--org demo` and `--org demo-v2`: an emulator inside this program, its world kept in the state directory.

use std::path::PathBuf;
use std::time::Duration;

use org_emulator::{Emulator, JobTime, Seed};
use secrecy::SecretString;

use super::demos::Demo;
use crate::failure::{Failure, Kind};
use crate::journal::{Disk as _, LocalDisk, Store};
use crate::model::OrgId;
use crate::model::{Command, Hint};

/// How long the demo's jobs take: long enough to see them wait, short enough to wait for.
const PACKAGE_TIME: JobTime = JobTime::Seconds(Duration::from_millis(1500));
const DEPLOY_TIME: JobTime = JobTime::Seconds(Duration::from_millis(800));

/// The demo org's emulator; it stops when this is dropped.
#[derive(Debug)]
pub(super) struct DemoOrg(Emulator);

impl DemoOrg {
    /// The file that keeps what was done in the demo org.
    pub(super) fn world_file(store: &Store, demo: &Demo) -> PathBuf {
        folder(store, demo).join("world.json")
    }

    /// The file that keeps what was done in the Webex organization beside it.
    pub(super) fn tenant_file(store: &Store, demo: &Demo) -> PathBuf {
        Emulator::tenant_file(&Self::world_file(store, demo))
    }

    /// Starts the emulator.
    pub(super) fn start(store: &Store, demo: &Demo) -> Result<Self, Failure> {
        let folder = folder(store, demo);
        LocalDisk.create_folder(&folder).map_err(|error| {
            Failure::refused(format!("The folder {} cannot be made.", folder.display()))
                .hint("Name another state directory with --state-dir or PROVISION_STATE_DIR.")
                .because(error)
        })?;
        let builder = Emulator::builder()
            .seed(Seed::default().organization("Id", demo.id))
            .world_file(Self::world_file(store, demo))
            .package_time(PACKAGE_TIME)
            .deploy_time(DEPLOY_TIME);
        match builder.start() {
            Ok(emulator) => Ok(Self(emulator)),
            Err(error) => Err(Failure::new(Kind::Failed, "The demo org cannot be started.")
                .hint(Hint::command("", Command::of_machine("demo reset"), " starts it over."))
                .because(error)),
        }
    }

    /// The org's id, where the emulator announces a valid one.
    pub(super) fn id(&self) -> Option<OrgId> {
        OrgId::parse(self.0.org().id()).ok()
    }

    /// The Webex organization beside it: its address, its id, and a token that may do everything.
    pub(super) fn tenant(&self) -> (String, String, SecretString) {
        let tenant = self.0.tenant();
        let announced = tenant.announcement();
        let text = |key: &str| announced[key].as_str().unwrap_or_default().to_owned();
        (tenant.url().to_owned(), text("organization_id"), SecretString::from(text("access_token")))
    }

    /// The address and the administrator's token.
    pub(super) fn address(&self) -> (String, SecretString) {
        let org = self.0.org();
        (org.url().to_owned(), SecretString::from(org.access_token()))
    }
}

fn folder(store: &Store, demo: &Demo) -> PathBuf {
    store.folder().join(demo.alias)
}
