//! Looking at an org for whoever wants to know what is wrong with it.

use std::sync::Arc;

use jiff::Timestamp;
use salesforce_client::{ApiVersion, Client};
use secrecy::SecretString;

use super::observe::{Inquiry, Observer, Refusals};
use super::report::OrgReport;
use super::start;
use crate::checklist::{Past, Plan, calls_needed, connector_in, plan};
use crate::failure::Failure;
use crate::journal::{Hints, OrgStore, Store};
use crate::model::{
    Agent, AgentFound, Baseline, ConnectorWish, Evidence, Look, OrgId, OrgState, Recipe, Ref,
    Target,
};

/// Whatever of the connector may be in an org, and what only matters to whom something is wrong.
const LOOKS: [Look; 28] = [
    Look::Organization,
    Look::Permissions,
    Look::CallCenters,
    Look::Profiles,
    Look::RecordTypes,
    Look::Users,
    Look::PackageContents,
    Look::PresenceStatuses,
    Look::Objects,
    Look::PermissionSets,
    Look::OmniSync,
    Look::Allowance,
    Look::Licences,
    Look::Apps,
    Look::Agent,
    Look::AgentAccess,
    Look::Packages,
    Look::Layouts,
    Look::LayoutAssignments,
    Look::Deploys,
    Look::Installs,
    Look::OfferedVersion,
    Look::CallCenter,
    Look::Softphone,
    Look::CustomMetadata,
    Look::UtilityBars,
    Look::VoiceParts,
    Look::Caller,
];

/// What of them depends on which generation of the connector is there, and on its call center.
const OF_A_CONNECTOR: [Look; 5] = [
    Look::CallCenter,
    Look::PackageContents,
    Look::CustomMetadata,
    Look::PermissionSets,
    Look::OmniSync,
];

/// What to look at.
#[derive(Debug, Clone, Copy)]
pub struct Patient<'a> {
    /// The moment of the examination.
    pub now: Timestamp,
    /// What the person calls the org.
    pub alias: Option<&'a str>,
    /// The generation of the connector.
    pub recipe: &'a Recipe,
    /// What is wanted, where there is a configuration.
    pub desired: Option<&'a ConnectorWish>,
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
    pub state: Arc<OrgState>,
    /// What was seen beside it.
    pub evidence: Evidence,
    /// What `apply` would change, where there is a configuration.
    pub plan: Option<Plan>,
}

impl Examination {
    /// Looks at an org in ten requests, three of them one after another; twelve with a user, and two more
    /// where what agents may do is to be known, or where the org has another connector than the patient's
    /// and nothing is configured. An org
    /// that speaks another API version than the newest is looked at twice. Nothing is written.
    pub async fn take(
        client: &Client,
        store: &Store,
        patient: Patient<'_>,
    ) -> Result<Self, Failure> {
        let id = start::org_id(client).await?;
        let store = store.org(&id);
        let hints: Hints = store.hints();
        let client = start::remembered(client, &hints);
        let inquiry = Inquiry::of_survey(patient.recipe, patient.now)
            .wanting(patient.desired, patient.installation_key)
            .reading(patient.call_center)
            .asking_about(patient.user)
            .without_jobs(&hints.given_up);
        let mut observer = Observer::new(client, inquiry, Refusals::WriteDownAll);
        let newest = observer.first_look(&LOOKS.into(), hints.api_version.is_none()).await?;
        if patient.desired.is_none() {
            look_at_what_is_there(&mut observer, patient).await?;
        }
        Self::of(observer, &store, &id, patient, newest)
    }

    fn of(
        observer: Observer<'_>,
        store: &OrgStore,
        id: &OrgId,
        patient: Patient<'_>,
        newest: Option<ApiVersion>,
    ) -> Result<Self, Failure> {
        let client = observer.client.clone();
        let mut seen = observer.into_observation();
        let state = seen.known()?;
        start::is_the_org(&client, id, &state.organization)?;
        // A baseline that cannot be read is told by whoever would write it.
        let baseline = store.baseline().unwrap_or_default();
        if let Some(AgentFound::One(agent)) = seen.beside.agent.seen_mut() {
            agent.assigned = assigned(&baseline, agent);
        }
        let past = Past { baseline, ..Past::default() };
        let plan = patient.desired.map(|desired| plan(desired, &state, &past));
        let evidence = Evidence {
            at: patient.now,
            instance_url: client.session().instance_url.to_string(),
            caller: seen.beside.caller,
            spoken: client.version().to_string(),
            newest: newest.map(|version| version.to_string()),
            newest_known: ApiVersion::NEWEST_KNOWN.to_string(),
            calls: seen.beside.calls,
            calls_needed: plan.as_ref().map(calls_needed),
            licences: seen.beside.licences,
            agent: seen.beside.agent,
        };
        let org = OrgReport::new(&state.organization, patient.alias);
        Ok(Self { org, state, evidence, plan })
    }
}

/// Without a configuration, the connector is the one that the org shows. Where that is another than was
/// looked for, what follows from it is looked at once more.
async fn look_at_what_is_there(
    observer: &mut Observer<'_>,
    patient: Patient<'_>,
) -> Result<(), Failure> {
    let Some(state) = observer.state() else { return Ok(()) };
    let (recipe, call_center) = connector_in(state);
    let call_center = call_center.unwrap_or_else(|| patient.call_center.to_owned());
    if recipe.name == patient.recipe.name && call_center == patient.call_center {
        return Ok(());
    }
    observer.inquiry.becomes(recipe, &call_center);
    observer.look(&OF_A_CONNECTOR.into()).await
}

/// When a run of ours put a user into the call center.
fn assigned(baseline: &Baseline, agent: &Agent) -> Option<Timestamp> {
    baseline.entry(&Target::UserCallCenter(Ref::seen(&agent.username, &agent.id)))?.at()
}
