//! From an org to a configuration whose plan is empty, tried against that org before it is written.

use std::sync::Arc;

use super::context::Context;
use super::survey::{self, looking};
use super::webex::{self, ToLook};
use super::{run, state};
use crate::adoption::{self, Adoption, TenantSeen, TenantTeams};
use crate::checklist::inventory::Part;
use crate::checklist::{ChangeRow, Inventory, Selection};
use crate::config::{Loaded, RefusedValues};
use crate::engine::{Extent, OrgReport, Outcome, Report, TenantExamination, WhenUnseen};
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::model::{Command, Hint, OrgState, Place, TenantState};

/// A configuration, and what a plan with it says.
pub(super) struct Adopted {
    /// The org.
    pub(super) org: OrgReport,
    /// The configuration, and what it leaves out.
    pub(super) adoption: Adoption,
    /// The plan; none where the configuration still lacks something.
    pub(super) plan: Option<Report>,
}

impl Adopted {
    /// Titles of the items that a plan would still change.
    pub(super) fn differing(&self) -> Vec<&'static str> {
        let items = self.plan.iter().flat_map(|plan| &plan.items);
        items
            .filter(|item| item.changes.iter().any(ChangeRow::is_ours))
            .map(|item| item.title)
            .collect()
    }

    /// Whether it has a plan where another has one, and wants no more of it.
    fn is_as_good_as(&self, other: &Self) -> bool {
        let trouble = |it: &Self| it.plan.as_ref().map(|plan| plan.failure.is_some());
        trouble(self) == trouble(other) && self.differing() == other.differing()
    }

    /// How it ended: what keeps a plan from being empty is for a person to see to.
    pub(super) fn outcome(&self) -> Outcome {
        let is_sound = self.plan.as_ref().is_some_and(|plan| plan.failure.is_none());
        if is_sound && self.differing().is_empty() { Outcome::Done } else { Outcome::NeedsHuman }
    }
}

/// Looks at the org, writes down what is there, and plans with it. What the plan refuses of the call
/// center's values is left out, and the plan is made once more.
pub(super) fn adopt(context: &Context<'_>) -> Result<Adopted, Failure> {
    let seen = looking(context, async |connection, store| {
        let demo = connection.emulator.as_ref();
        let way = webex::connect_to_look(context, None, store, demo);
        let (survey, tenant) = tokio::join!(
            survey::take(context, connection, store, (Extent::Everything, WhenUnseen::Fails)),
            look_at_tenant(way, store)
        );
        let mut survey = survey?;
        let tenant = tenant.unwrap_or_else(|failure| {
            let text = format!("The Webex organization was not checked. {}", failure.message());
            context.terminal.note(&text);
            None
        });
        let questions = adoption::questions(&survey.state);
        if let Some(name) = &questions.call_center {
            survey = survey.look_closer(name, &questions.profiles).await?;
        }
        Ok(Seen { org: survey.org, state: survey.state, tenant })
    })?;
    let store = state::store(&context.globals, context.surroundings)?;
    let mut refused = RefusedValues::new();
    let (adoption, plan) = write(context, &seen, None, &mut refused, &store)?;
    let mut adopted = Adopted { org: seen.org.clone(), adoption, plan };
    let Some(tenant) = &seen.tenant else { return Ok(adopted) };
    let past = store.tenant(Some(&tenant.tenant.id)).baseline().unwrap_or_default();
    let of_tenant = |teams| Some(TenantSeen { state: tenant, past: &past, teams });
    let mut tried: Option<String> = None;
    for teams in [TenantTeams::All, TenantTeams::OfOneLayout] {
        let written = write(context, &seen, of_tenant(teams), &mut refused, &store);
        let (adoption, plan) = match written {
            Ok(written) => written,
            Err(failure) if failure.kind == Kind::Interrupted => return Err(failure),
            // What is known of the org is whole without it.
            Err(_) => break,
        };
        if tried.replace(adoption.text.clone()).as_ref() == Some(&adoption.text) {
            break;
        }
        let with_tenant = Adopted { org: seen.org.clone(), adoption, plan };
        if with_tenant.is_as_good_as(&adopted) {
            return Ok(with_tenant);
        }
    }
    let none = of_tenant(TenantTeams::None);
    if let Some(said) = adoption::adopt(&seen.state, none, &refused) {
        adopted.adoption = said;
    }
    Ok(adopted)
}

/// What was seen of an org, and of the Webex organization where there is a login to one.
struct Seen {
    org: OrgReport,
    state: Arc<OrgState>,
    tenant: Option<TenantState>,
}

/// What of a Webex organization is of use here; `None` where there is none to look at.
async fn look_at_tenant(
    way: Result<ToLook, Failure>,
    store: &Store,
) -> Result<Option<TenantState>, Failure> {
    let ToLook::Open(client, _) = way? else { return Ok(None) };
    let seen = TenantExamination::survey(&client, store).await?;
    Ok(Some(seen.state))
}

/// A configuration of what was seen, and the plan with it; none where it still lacks something.
fn write(
    context: &Context<'_>,
    seen: &Seen,
    tenant: Option<TenantSeen<'_>>,
    refused: &mut RefusedValues,
    store: &Store,
) -> Result<(Adoption, Option<Report>), Failure> {
    if let Some(unseen) = unseen(&seen.state) {
        return Err(unseen);
    }
    loop {
        let adoption = adoption::adopt(&seen.state, tenant, refused)
            .ok_or_else(|| nothing_there(&seen.org, &seen.state))?;
        let Ok(loaded) = adoption::read(&adoption) else { return Ok((adoption, None)) };
        let plan = run::look(context, &loaded, &Selection::All, store)?;
        let more: RefusedValues =
            refusals(&plan, &loaded).filter(|(path, _)| !refused.contains_key(path)).collect();
        if more.is_empty() {
            return Ok((adoption, Some(plan)));
        }
        refused.extend(more);
    }
}

/// Values of the call center that the plan refuses; the org keeps them where nobody names them.
fn refusals(plan: &Report, loaded: &Loaded) -> impl Iterator<Item = (String, String)> {
    let refused = plan.failure.iter().flat_map(Failure::diagnostics);
    refused.filter_map(|found| match &found.place {
        Some(Place::Key(path))
            if path.starts_with("call_center.") && loaded.places.contains_key(path) =>
        {
            Some((path.clone(), found.text()))
        }
        _ => None,
    })
}

/// A part that cannot be written down, for the org contradicts itself about it. Whether the caller is shown
/// a softphone layout, the file says.
fn unseen(state: &OrgState) -> Option<Failure> {
    let inventory = Inventory::take(state);
    let mut parts = inventory.not_seen.iter();
    let unseen = parts.find(|it| it.part != Part::SoftphoneLayout)?;
    Some(Failure::new(Kind::Failed, &unseen.message).hint(Hint::command(
        "Nothing was written. If the calling user lacks permissions,",
        Command::of_org("doctor"),
        " lists them; otherwise run this again later.",
    )))
}

fn nothing_there(org: &OrgReport, state: &OrgState) -> Failure {
    let inventory = Inventory::take(state);
    if let Some(package) = inventory.packages.first() {
        return Failure::refused(format!(
            "\"{}\" has \"{}\", which provision does not know.",
            org.name, package.name
        ))
        .hint(Hint::command("", Command::of_org("status"), " tells what is there."));
    }
    Failure::usage(format!("\"{}\" has nothing of the connector to write down.", org.name))
        .hint(Hint::command("To start with a new configuration:", Command::alone("init"), ""))
}
