//! Looking at an org for whoever wants to know what is wrong with it.

use jiff::Timestamp;
use salesforce_client::{ApiVersion, Client};
use secrecy::SecretString;

use super::observe::{Examined, ExaminedSubject, examine};
use super::report::OrgReport;
use super::start;
use crate::checklist::{Past, Plan, calls_needed, plan};
use crate::failure::{Failure, Kind};
use crate::journal::{Hints, OrgStore, Store};
use crate::model::{AgentFound, Baseline, Desired, Evidence, OrgId, OrgState, Recipe, Ref, Target};

/// What to look at.
#[derive(Debug, Clone, Copy)]
pub struct Patient<'a> {
    /// What the person calls the org.
    pub alias: Option<&'a str>,
    /// The generation of the connector.
    pub recipe: &'a Recipe,
    /// What is wanted, where there is a configuration.
    pub desired: Option<&'a Desired>,
    /// Internal name of the connector's call center.
    pub call_center: &'a str,
    /// The user who is asked about.
    pub user: Option<&'a str>,
    /// Key of the package, where it needs one.
    pub installation_key: Option<&'a SecretString>,
}

/// An org that was looked at.
#[derive(Debug)]
pub struct Examination {
    /// Which org it is.
    pub org: OrgReport,
    /// What is there.
    pub state: OrgState,
    /// What was seen beside it.
    pub evidence: Evidence,
    /// What `apply` would change, where there is a configuration.
    pub plan: Option<Plan>,
}

impl Examination {
    /// Looks at an org in ten requests, three of them one after another; twelve with a user. An org
    /// that speaks another API version than the newest is looked at twice. Nothing is written.
    pub async fn take(
        client: &Client,
        store: &Store,
        patient: Patient<'_>,
    ) -> Result<Self, Failure> {
        let id = start::org_id(client).await?;
        let store = store.org(&id);
        let hints: Hints = store.hints();
        let mut client = start::remembered(client, &hints);
        let about = ExaminedSubject {
            recipe: patient.recipe,
            desired: patient.desired,
            call_center: patient.call_center,
            user: patient.user,
            installation_key: patient.installation_key,
        };
        let cold = hints.api_version.is_none();
        let (seen, offered) = tokio::join!(examine(&client, about), async {
            if cold { client.versions().await.ok() } else { None }
        });
        let spoken = match (&seen, &offered) {
            (_, Some(offered)) => ApiVersion::choose(offered),
            (Err(failure), None) if failure.kind == Kind::Failed => {
                Some(start::version(&client).await?)
            }
            _ => None,
        };
        let seen = match spoken.filter(|spoken| *spoken != client.version()) {
            Some(spoken) => {
                client = client.with_version(spoken);
                examine(&client, about).await?
            }
            None => seen?,
        };
        let newest = offered.and_then(|offered| offered.into_iter().max());
        Self::of(&client, &store, &id, patient, seen, newest)
    }

    fn of(
        client: &Client,
        store: &OrgStore,
        id: &OrgId,
        patient: Patient<'_>,
        mut seen: Examined,
        newest: Option<ApiVersion>,
    ) -> Result<Self, Failure> {
        let Some(state) = seen.state.take() else {
            return Err(Failure::new(Kind::Failed, "The org does not say which org it is."));
        };
        start::is_the_org(client, id, &state.organization)?;
        // A baseline that cannot be read is told by whoever would write it.
        let baseline = store.baseline().unwrap_or_default();
        if let Some(AgentFound::One(agent)) = &mut seen.agent {
            agent.assigned = assigned(&baseline, &agent.username);
        }
        let past = Past { baseline, ..Past::default() };
        let plan = patient.desired.map(|desired| plan(desired, &state, &past));
        let evidence = Evidence {
            at: Timestamp::now(),
            instance_url: client.session().instance_url.to_string(),
            caller: seen.caller,
            spoken: client.version().to_string(),
            newest: newest.map(|version| version.to_string()),
            newest_known: ApiVersion::NEWEST_KNOWN.to_string(),
            edition: seen.edition,
            calls: seen.calls,
            calls_needed: plan.as_ref().map(calls_needed),
            licences: seen.licences,
            apps: seen.apps,
            utility_bars: seen.utility_bars,
            refused: seen.refused,
            agent: seen.agent,
        };
        let org = OrgReport::new(&state.organization, patient.alias);
        Ok(Self { org, state, evidence, plan })
    }
}

/// When a run of ours put a user into the call center.
fn assigned(baseline: &Baseline, username: &str) -> Option<Timestamp> {
    baseline.entry(&Target::UserCallCenter(Ref::named(username)))?.at()
}
