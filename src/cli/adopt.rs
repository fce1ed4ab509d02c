//! From an org to a configuration whose plan is empty, tried against that org before it is written.

use super::context::Context;
use super::survey::survey;
use super::{run, state};
use crate::adoption::{self, Adoption};
use crate::checklist::{ChangeRow, Inventory, Selection};
use crate::config::{Loaded, RefusedValues};
use crate::engine::{OrgReport, Outcome, Report};
use crate::failure::Failure;
use crate::model::{Command, Hint, OrgState, Place};

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

    /// How it ended: what keeps a plan from being empty is for a person to see to.
    pub(super) fn outcome(&self) -> Outcome {
        let is_sound = self.plan.as_ref().is_some_and(|plan| plan.failure.is_none());
        if is_sound && self.differing().is_empty() { Outcome::Done } else { Outcome::NeedsHuman }
    }
}

/// Looks at the org, writes down what is there, and plans with it. What the plan refuses of the call
/// center's values is left out, and the plan is made once more.
pub(super) fn adopt(context: &Context<'_>) -> Result<Adopted, Failure> {
    let (org, found) = survey(context, async |mut survey| {
        let questions = adoption::questions(&survey.state);
        if let Some(name) = &questions.call_center {
            survey = survey.look_closer(name, &questions.profiles).await?;
        }
        Ok((survey.org, survey.state))
    })?;
    let store = state::store(&context.globals, context.surroundings)?;
    let mut refused = RefusedValues::new();
    loop {
        let adoption =
            adoption::adopt(&found, &refused).ok_or_else(|| nothing_there(&org, &found))?;
        let Ok(loaded) = adoption::read(&adoption) else {
            return Ok(Adopted { org, adoption, plan: None });
        };
        let plan = run::look(context, &loaded, &Selection::All, &store)?;
        let more: RefusedValues =
            refusals(&plan, &loaded).filter(|(path, _)| !refused.contains_key(path)).collect();
        if more.is_empty() {
            return Ok(Adopted { org, adoption, plan: Some(plan) });
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

fn nothing_there(org: &OrgReport, state: &OrgState) -> Failure {
    let inventory = Inventory::take(state);
    if let Some(package) = inventory.packages.first() {
        return Failure::refused(format!(
            "\"{}\" has \"{}\", which provision does not know.",
            org.name, package.name
        ))
        .hint(Hint::command("", Command::of_org("status"), " tells what is there."));
    }
    Failure::usage(format!("There is nothing of the connector in \"{}\" to write down.", org.name))
        .hint(Hint::command("A configuration to begin with:", Command::alone("init"), ""))
}
