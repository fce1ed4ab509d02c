//! A look at an org for whoever wants to know what is wrong: whatever it refuses is written down,
//! and the rest is looked at all the same.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::rest::{Allowance, UserInfo};
use salesforce_client::{Answers, ApiError, Batch, Client, Composite, Error, Soql, metadata};
use secrecy::SecretString;

use super::examined_agent::{AGENT, agent, look_at_agent, search};
use super::examined_rows::{AppRow, BarRow, EditionRow, LicenceRow};
use super::queries::{chosen_users, contents, name, permissions};
use super::survey::{OWN_ASSIGNMENTS, data, take_own_assignments, tooling};
use super::utility_bars::{bars_query, look_into};
use super::{Sight, convert, regional};
use crate::checklist::rules;
use crate::engine::trouble;
use crate::failure::Failure;
use crate::model::{
    AgentFound, App, CallCenter, Caller, Calls, Desired, OfferedVersion, OrgState, PackageLicence,
    Part, Recipe, Refused, Told, UtilityBar,
};

const CALLS: &str = "calls";
const LICENCES: &str = "licences";
const UTILITY_APPS: &str = "utility_apps";

/// What is to be examined.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Subject<'a> {
    /// The generation of the connector.
    pub(in crate::engine) recipe: &'a Recipe,
    /// What is wanted, where there is a configuration.
    pub(in crate::engine) desired: Option<&'a Desired>,
    /// Internal name of the call center whose values are read.
    pub(in crate::engine) call_center: &'a str,
    /// The user who is asked about.
    pub(in crate::engine) user: Option<&'a str>,
    /// Key of the package, where it needs one.
    pub(in crate::engine) installation_key: Option<&'a SecretString>,
}

/// What was seen.
#[derive(Debug)]
pub(in crate::engine) struct Examined {
    pub(in crate::engine) state: Option<OrgState>,
    pub(in crate::engine) caller: Told<Caller>,
    pub(in crate::engine) edition: Told<String>,
    pub(in crate::engine) calls: Told<Calls>,
    pub(in crate::engine) licences: Told<Vec<PackageLicence>>,
    pub(in crate::engine) apps: Told<Vec<App>>,
    pub(in crate::engine) utility_bars: Told<Vec<UtilityBar>>,
    pub(in crate::engine) refused: BTreeMap<Part, Refused>,
    pub(in crate::engine) agent: Option<AgentFound>,
}

/// Looks at everything in one burst, and then into what the burst has named: utility bars, the user
/// who is asked about, the package version where none is installed.
pub(in crate::engine) async fn examine(
    client: &Client,
    about: Subject<'_>,
) -> Result<Examined, Failure> {
    let (batch, composite) = (questions(about), with_deploys());
    let names = [about.call_center];
    let metadata = client.metadata();
    let (data, tooling, bars, softphone, records, values, caller) = tokio::join!(
        client.batch(&batch),
        async { client.tooling().composite(&composite).await },
        async { client.tooling().query::<BarRow>(&bars_query()).await },
        client.softphone_layout(),
        regional::read(metadata, &about.recipe.namespace),
        metadata.read_call_centers(&names),
        client.userinfo(),
    );
    let mut answers = data?;
    let mut seen = Seeing::default();
    let edition = match answers.records::<EditionRow>(name::ORGANIZATION) {
        Ok(rows) => rows.into_iter().next().and_then(|row| row.organization_type),
        Err(_) => None,
    };
    for (name, error) in answers.take_refusals(is_beside_the_point) {
        seen.refused(part(&name), &error);
    }
    seen.sight.take_data(&answers, client.session().instance_url.as_str())?;
    if answers.contains(OWN_ASSIGNMENTS) {
        take_own_assignments(&mut seen.sight, answers.records(OWN_ASSIGNMENTS)?);
    }
    match tooling {
        Ok(mut answers) => {
            for (name, error) in answers.take_refusals(|_, _| true) {
                seen.refused(part(&name), &error);
            }
            seen.sight.take_tooling(&answers)?;
        }
        Err(error) => {
            for part in [Part::Packages, Part::Layouts, Part::Jobs] {
                seen.lost(part, &error);
            }
        }
    }
    match softphone {
        Err(error) => seen.lost(Part::Softphone, &error),
        found => seen.sight.softphone = convert::softphone(found)?,
    }
    match records {
        Ok(records) => regional::take_everything(&mut seen.sight.custom_metadata, records),
        Err(failure) => {
            let refused = Refused { words: failure.message, missing: false };
            seen.refused.insert(Part::CustomMetadata, refused);
        }
    }
    match values {
        Ok(found) => {
            seen.sight.call_center = found.into_iter().map(CallCenter::from).next();
        }
        Err(error) => seen.lost(Part::CallCenterValues, &error),
    }
    let apps = told(&answers, UTILITY_APPS, |answers| {
        Ok(answers.records::<AppRow>(UTILITY_APPS)?.into_iter().map(App::from).collect())
    });
    let bars = bars.map_err(|error| words(&error));
    let found = agent(about.user.unwrap_or_default(), &answers);
    let (bars, found, offered) = tokio::join!(
        look_into(client, bars, &apps),
        look_at_agent(client, found),
        offered(client, about, &seen.sight),
    );
    seen.sight.offered = offered;
    Ok(Examined {
        state: seen.sight.state(),
        caller: match caller {
            Ok(UserInfo { preferred_username: Some(username), name, .. }) => {
                Told::This(Caller { username, name })
            }
            Ok(_) => Told::Unasked,
            Err(error) => Told::Refused(words(&error)),
        },
        edition: edition.map_or(Told::Unasked, Told::This),
        calls: told(&answers, CALLS, |answers| {
            let found: BTreeMap<String, Allowance> = answers.value(CALLS)?;
            let daily = found.get("DailyApiRequests").ok_or_else(no_calls)?;
            let number = |of: i64| u64::try_from(of).unwrap_or(0);
            Ok(Calls { left: number(daily.remaining), max: number(daily.max) })
        }),
        licences: told(&answers, LICENCES, |answers| {
            Ok(answers.records::<LicenceRow>(LICENCES)?.into_iter().map(Into::into).collect())
        }),
        apps,
        utility_bars: bars,
        refused: seen.refused,
        agent: about.user.and(found),
    })
}

/// What is seen, and what was refused.
#[derive(Default)]
struct Seeing {
    sight: Sight,
    refused: BTreeMap<Part, Refused>,
}

impl Seeing {
    fn refused(&mut self, part: Part, error: &ApiError) {
        let refused = Refused { words: gist(error), missing: error.is_missing() };
        self.refused.entry(part).or_insert(refused);
    }

    fn lost(&mut self, part: Part, error: &Error) {
        let missing = error.api().is_some_and(ApiError::is_missing);
        self.refused.entry(part).or_insert(Refused { words: words(error), missing });
    }
}

pub(super) fn words(error: &Error) -> String {
    error.api().map_or_else(|| error.to_string(), gist)
}

/// What the org says, without the advice to programmers that follows a type which is not there.
pub(super) fn gist(error: &ApiError) -> String {
    let text = trouble::gist(error);
    text.split_once(". If you are attempting").map_or_else(|| text.clone(), |(it, _)| it.to_owned())
}

fn no_calls() -> Failure {
    Failure::new(crate::failure::Kind::Failed, "the org does not tell its daily allowance")
}

/// Refusals that tell nothing by themselves; the others say that something is not there.
fn is_beside_the_point(answer: &str, error: &ApiError) -> bool {
    let tells = answer == name::STATUSES
        || answer == name::STATUS_ACCESS
        || answer.starts_with(name::OBJECT);
    // These are asked for one by one below, and the caller's permissions by the sight itself.
    let own = [CALLS, LICENCES, UTILITY_APPS, AGENT].contains(&answer)
        || answer.starts_with(name::PERMISSIONS);
    !(own || tells && error.is_missing())
}

fn part(answer: &str) -> Part {
    match answer {
        name::CALL_CENTERS => Part::CallCenters,
        name::PROFILES => Part::Profiles,
        name::RECORD_TYPES => Part::RecordTypes,
        name::MEMBERS => Part::Users,
        name::PERMISSION_SETS | name::SET_ASSIGNMENTS | OWN_ASSIGNMENTS => Part::PermissionSets,
        name::STATUSES => Part::PresenceStatuses,
        name::CLASSES | name::CLASS_ACCESS | name::STATUS_ACCESS => Part::StateSync,
        name::PACKAGES => Part::Packages,
        name::LAYOUTS | name::ASSIGNMENTS => Part::Layouts,
        name::DEPLOYS | name::INSTALLS => Part::Jobs,
        other if other.starts_with(name::CHOSEN) => Part::Users,
        _ => Part::Other,
    }
}

/// What an answer holds, or the org's words.
fn told<T>(
    answers: &Answers,
    name: &str,
    read: impl FnOnce(&Answers) -> Result<T, Failure>,
) -> Told<T> {
    match answers.get(name) {
        None => Told::Unasked,
        Some(Err(error)) => Told::Refused(gist(error)),
        Some(Ok(_)) => match read(answers) {
            Ok(found) => Told::This(found),
            Err(failure) => Told::Refused(failure.message),
        },
    }
}

/// The batch: what a survey asks, what the configuration adds, and what only a doctor wants.
fn questions(about: Subject<'_>) -> Batch {
    let mut batch = permissions(contents(data(about.recipe), &about.recipe.namespace))
        .limits(CALLS)
        .query(
            LICENCES,
            Soql::new(
                "SELECT Id, NamespacePrefix, Status, AllowedLicenses, UsedLicenses, ExpirationDate \
                 FROM PackageLicense",
            ),
        )
        .query(
            UTILITY_APPS,
            Soql::new(
                "SELECT Label, DeveloperName, NamespacePrefix, UiType, UtilityBar \
                 FROM AppDefinition",
            ),
        );
    if let Some(desired) = about.desired {
        batch = chosen_users(batch, &desired.users, &[]);
        let objects: BTreeSet<String> = rules::objects_needed(&desired.call_center);
        for object in objects {
            batch = batch.describe(format!("{}{object}", name::OBJECT), object);
        }
    }
    match about.user {
        Some(user) => batch.query(AGENT, search(user)),
        None => batch,
    }
}

fn with_deploys() -> Composite {
    tooling().query(name::DEPLOYS, metadata::running_deploys_query())
}

/// What the org says of the wanted version, where it is not the one that is installed.
async fn offered(client: &Client, about: Subject<'_>, sight: &Sight) -> Option<OfferedVersion> {
    let version = &about.desired?.package.version;
    if sight.packages.iter().any(|package| package.version_id.as_ref() == Some(version)) {
        return None;
    }
    let answer = client.packages().offered(version.as_str(), about.installation_key).await;
    convert::offered(version, answer).ok()
}
