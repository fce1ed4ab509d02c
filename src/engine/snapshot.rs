//! Taking a snapshot of an org, which writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use salesforce_client::Client;

use super::observe::{Inquiry, Observer, Refusals, names};
use super::report::OrgReport;
use super::start;
use crate::checklist::{
    SnapshotCase, TenantCase, call_center, holdings, known_permission_sets,
    snapshot_looks_of_tenant, tenant_rows,
};
use crate::failure::Failure;
use crate::journal::{Hints, Store};
use crate::model::{
    Baseline, CallCenter, ConnectorWish, Insides, Look, NotSeen, Observed, OrgState, Recipe,
    Snapshot, SnapshotOrg, TenantWish,
};

use super::tenant_examination::{TenantExamination, TenantPatient};

/// Whatever of the connector may be in an org: four requests, a fifth that reads the custom metadata
/// which the fourth has listed, and one for each of the connector's call centers.
const LOOKS: [Look; 11] = [
    Look::Organization,
    Look::CallCenters,
    Look::Profiles,
    Look::RecordTypes,
    Look::Users,
    Look::PermissionSets,
    Look::OmniSync,
    Look::Packages,
    Look::Layouts,
    Look::LayoutAssignments,
    Look::Softphone,
];

/// What a snapshot is to be of.
#[derive(Debug, Clone)]
pub struct Subjects<'a> {
    /// The moment of the snapshot.
    pub now: Timestamp,
    /// A generation of the connector that may be there.
    pub recipe: &'a Recipe,
    /// The other generations.
    pub others: Vec<&'a Recipe>,
    /// Permission sets besides the connector's own, by API name or label.
    pub permission_sets: BTreeSet<String>,
}

/// Takes a snapshot of an org. What the org does not show is written down; an error is that nothing can
/// be seen at all.
pub async fn take_snapshot(
    client: &Client,
    store: &Store,
    alias: Option<&str>,
    subjects: &Subjects<'_>,
) -> Result<(OrgReport, Snapshot), Failure> {
    let id = start::org_id(client).await?;
    let hints: Hints = store.org(&id).hints();
    let client = start::remembered(client, &hints);
    let recipes: Vec<&Recipe> =
        std::iter::once(subjects.recipe).chain(subjects.others.iter().copied()).collect();
    let inquiry = Inquiry::of_survey(subjects.recipe, subjects.now)
        .beside(subjects.others.clone())
        .with_sets(subjects.permission_sets.clone())
        .without_jobs(&hints.given_up);
    let mut observer = Observer::new(client, inquiry, Refusals::WriteDown);
    let mut looks: BTreeSet<Look> = LOOKS.into();
    looks.insert(Look::CustomMetadata);
    observer.first_look(&looks, false).await?;
    let state = observer.known()?;
    start::is_the_org(&observer.client, &id, &state.organization)?;
    let call_centers = read_call_centers(&mut observer, &state, &recipes).await?;
    let recipes = recipes.into_iter();
    let permission_sets = known_permission_sets(&state, recipes.clone(), &subjects.permission_sets);
    let cases = recipes.map(|recipe| SnapshotCase {
        state: &state,
        recipe,
        call_centers: &call_centers,
        permission_sets: &permission_sets,
    });
    let held = holdings(cases);
    let snapshot = Snapshot {
        taken: to_the_second(subjects.now),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        org: SnapshotOrg::new(&state.organization),
        webex: None,
        permission_sets,
        rows: held.rows,
        unseen: held.unseen.into_iter().collect(),
    };
    Ok((OrgReport::new(&state.organization, alias), snapshot))
}

/// Adds what the Webex organization holds.
pub async fn add_tenant(
    snapshot: &mut Snapshot,
    client: &webex_client::Client,
    store: &Store,
    wish: &TenantWish,
    connectors: &[ConnectorWish],
) {
    snapshot.webex = Some(client.organization_id().as_str().to_owned());
    let patient = TenantPatient { wish, connectors, looks: snapshot_looks_of_tenant() };
    let held = match TenantExamination::take(client, store, patient).await {
        Ok(mut seen) => {
            let teams = seen.state.teams.iter().filter(|team| wish.teams.contains(&team.name));
            let layouts = teams.filter_map(|team| team.layout.clone()).collect();
            let used = seen.profiles_to_read(wish).and(Insides { layouts, ..Insides::default() });
            // A layout whose content was not seen is told as such.
            seen.read(client, &used).await.ok();
            let nothing = Baseline::default();
            let case = TenantCase { wish, connectors, state: &seen.state, baseline: &nothing };
            tenant_rows(&case)
        }
        Err(failure) => {
            hide_tenant(snapshot, &failure.message());
            return;
        }
    };
    snapshot.rows.extend(held.rows);
    snapshot.unseen.extend(held.unseen);
}

/// Nothing was seen of the Webex organization.
pub fn hide_tenant(snapshot: &mut Snapshot, words: &str) {
    let items = crate::checklist::TENANT_ITEMS.iter().map(|item| item.about().id);
    snapshot.unseen.extend(items.map(|item| NotSeen {
        item: item.as_str().to_owned(),
        subject: None,
        words: format!("Not seen: the Webex organization. {words}"),
    }));
}

/// User names of an org that are, or may be, those of these users of another org.
pub async fn namesakes_in(
    client: &Client,
    users: &BTreeSet<&str>,
    now: Timestamp,
) -> Result<BTreeSet<String>, Failure> {
    let client = client.with_version(start::version(client).await?);
    Ok(names(&client, users, now).await?.1.users)
}

/// To the second: nobody compares snapshots of one second.
fn to_the_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

/// The values of each of the connector's call centers.
async fn read_call_centers(
    observer: &mut Observer<'_>,
    state: &OrgState,
    recipes: &[&Recipe],
) -> Result<BTreeMap<String, Observed<Option<CallCenter>>>, Failure> {
    let mut found = BTreeMap::new();
    for row in &state.call_centers {
        let is_ours = |recipe: &&&Recipe| {
            call_center::is_connectors(recipe, &row.internal_name)
                || call_center::is_clone(recipe, row)
        };
        if !recipes.iter().any(|recipe| is_ours(&recipe)) {
            continue;
        }
        observer.inquiry.look_closer(&row.internal_name, &[]);
        observer.look(&BTreeSet::from([Look::CallCenter])).await?;
        found.insert(row.internal_name.clone(), observer.known()?.call_center.clone());
    }
    Ok(found)
}
