//! What other people have begun in the org, so that somebody can wait for them.

use std::io::{Cursor, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::changes::{AuditEntry, OldInstall};
use crate::clock::{self, JobTime, Timer};
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::world::World;
use crate::world::jobs::{DeployJob, DeployStatus, InstallJob, InstallStatus};

/// A manifest that names nothing.
const MANIFEST: &str = "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">\
    <version>66.0</version></Package>";

/// What somebody else is doing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Running {
    /// The version that is being installed; nothing: it is a deploy.
    #[serde(default)]
    version: Option<String>,
    /// How long it takes: `3 polls`, `20s`. Every look at such requests is a poll.
    #[serde(deserialize_with = "job_time")]
    takes: JobTime,
    /// The beginning of a user name; the one behind the administrator where it is left out.
    #[serde(default)]
    user: Option<String>,
}

impl Running {
    /// What somebody behind the administrator is doing.
    pub(super) fn new(version: Option<&str>, takes: JobTime) -> Self {
        Self { version: version.map(str::to_owned), takes, user: None }
    }
}

/// Reads a time as people write it.
fn job_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<JobTime, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
}

/// Begins it.
pub(super) fn begin(world: &mut World, running: &Running) -> Result<(), String> {
    let time = running.takes;
    let user = match &running.user {
        Some(name) => world.users.iter().find(|user| user.username.starts_with(name)),
        None => world.users.get(1).or(world.users.first()),
    };
    let user = user.ok_or_else(|| {
        format!("the org has no user {:?}", running.user.as_deref().unwrap_or_default())
    })?;
    let user = user.id.clone();
    match &running.version {
        Some(version) => install(world, version, &user, time),
        None => deploy(world, user, time),
    }
}

fn install(world: &mut World, version: &str, user: &Id, time: JobTime) -> Result<(), String> {
    let version = Id::parse(version)
        .and_then(|version| world.package_version(&version))
        .ok_or_else(|| format!("the org has no package version {version}"))?;
    let mut fields = Map::new();
    fields.insert("SubscriberPackageVersionKey".to_owned(), version.id.as_str().into());
    let key = version.installation_key.clone();
    fields.insert("Password".to_owned(), key.into());
    // They may do it: who asks is only written down.
    let administrator = world.users.first().map_or_else(|| user.clone(), |user| user.id.clone());
    let id = world
        .request_install(&administrator, &fields, time, clock::now(), Guesses::default())
        .map_err(|refusal| refusal.to_string())?;
    for job in world.jobs.installs.iter_mut().filter(|job| job.id == id) {
        job.created_by = user.clone();
        job.foreign = true;
    }
    Ok(())
}

/// Leaves an entry in the Setup Audit Trail.
pub(super) fn note_down(world: &mut World, entry: &AuditEntry) -> Result<(), String> {
    let mut users = world.users.iter();
    let user = users.find(|user| user.username.starts_with(&entry.user));
    let user = user.ok_or_else(|| format!("the org has no user {:?}", entry.user))?.id.clone();
    let id = world.new_id("0Ym");
    let fields = json!({
        "Id": id,
        "Action": "changedSetup",
        "Section": entry.section,
        "Display": entry.display,
        "DelegateUser": null,
        "CreatedDate": clock::rest_time(clock::now()),
        "CreatedById": user,
    });
    let Value::Object(row) = fields else { return Ok(()) };
    world.records.entry("SetupAuditTrail".to_owned()).or_default().push(row.into_iter().collect());
    Ok(())
}

/// Leaves a row behind whose install ended long ago, or was never heard of again.
pub(super) fn leave_over(world: &mut World, old: &OldInstall) -> Result<(), String> {
    const DAY: u64 = 86_400_000;
    let status = match old.status.to_ascii_uppercase().as_str() {
        "IN_PROGRESS" => InstallStatus::InProgress,
        "SUCCESS" => InstallStatus::Success,
        "ERROR" => InstallStatus::Error,
        "UNKNOWN" => InstallStatus::Unknown,
        other => return Err(format!("{other:?} is no status of an install")),
    };
    let version = Id::parse(&old.version)
        .ok_or_else(|| format!("{:?} is no id of a package version", old.version))?;
    let id = world.new_id("0Hf");
    let administrator = world.users.first().map_or_else(super::unassigned, |user| user.id.clone());
    world.jobs.installs.push(InstallJob {
        id,
        created: clock::now().saturating_sub(u64::from(old.days_ago) * DAY),
        created_by: administrator,
        version,
        name_conflict_resolution: "Block".to_owned(),
        security_type: "None".to_owned(),
        package_install_source: None,
        profile_mappings: None,
        enable_rss: false,
        upgrade_type: None,
        apex_compile_type: None,
        skip_handlers: None,
        status,
        foreign: false,
        left_over: true,
        errors: Vec::new(),
        failure: None,
        finished: None,
        timer: Timer::waiting(JobTime::default()),
    });
    Ok(())
}

fn deploy(world: &mut World, user: Id, time: JobTime) -> Result<(), String> {
    let id = world.new_id("0Af");
    let options: Value = json!({"rollbackOnError": true, "singlePackage": true});
    world.jobs.deploys.push(DeployJob {
        id,
        created: clock::now(),
        created_by: user,
        archive: archive().map_err(|error| error.to_string())?,
        options,
        status: DeployStatus::Pending,
        foreign: true,
        validation: None,
        failure: None,
        outcome: None,
        finished: None,
        timer: Timer::waiting(time),
    });
    Ok(())
}

/// An archive that changes nothing.
fn archive() -> Result<String, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("package.xml", SimpleFileOptions::DEFAULT)?;
    zip.write_all(MANIFEST.as_bytes())?;
    Ok(BASE64_STANDARD.encode(zip.finish()?.into_inner()))
}
