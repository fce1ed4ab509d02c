//! What of a contact center is left to a person where the configuration does not say `manage`.

use crate::checklist::{By, Change, Human, Link, Sight, Step, TenantCase, Verdict};
use crate::model::tenant::field::{
    OUTDIAL_ANI, OUTDIAL_ENABLED, OUTDIAL_ENTRY_POINT, VARIABLE_LABEL, allowed_idle_code, label,
};
use crate::model::{AgentRow, Ref, Target, TenantRecord, TenantRecordId, in_a_row};

/// So many agents are named in short.
const SHOWN: usize = 10;

/// Leaves the verdict's changes to a person, unless they are ours to make.
pub(in crate::checklist) fn leave_to_person(
    verdict: &mut Verdict,
    manage: bool,
    table: &str,
    page: &str,
) {
    if manage || verdict.changes.is_empty() {
        return;
    }
    let mut steps = vec![open(page)];
    for change in &mut verdict.changes {
        steps.push(step(change));
        change.by = By::Person;
    }
    verdict.human = Some(Human {
        why: format!("provision changes it only with `manage = true` in [{table}]."),
        steps,
        sight: Sight::Nothing,
        unseen: None,
        confirmed: None,
    });
}

/// What a person does instead of a change, in the words of the pages.
fn step(change: &Change) -> Step {
    let Target::Tenant { kind, record, field } = change.target() else { return Step::default() };
    let name = &record.name;
    let (_, to) = change.operation.texts();
    let to = to.unwrap_or_default();
    let profile = format!("In the desktop profile \"{name}\", ");
    match (kind, field.as_deref()) {
        (TenantRecord::AuxiliaryCode, _) => Step::new(format!(
            "Create the idle code \"{name}\" with exactly this spelling and case."
        )),
        (TenantRecord::AgentProfile, Some(OUTDIAL_ENABLED)) => {
            Step::new(format!("{profile}switch outdial on."))
        }
        (TenantRecord::AgentProfile, Some(OUTDIAL_ENTRY_POINT)) => {
            Step::new(profile).set("the outdial entry point", to)
        }
        (TenantRecord::AgentProfile, Some(OUTDIAL_ANI)) => {
            Step::new(profile).set("the outdial ANI", to)
        }
        (TenantRecord::AgentProfile, Some(field)) => {
            let code = allowed_idle_code(*kind, field).unwrap_or(field);
            Step::new(format!("{profile}allow the idle code \"{code}\"."))
        }
        (TenantRecord::CadVariable, Some(VARIABLE_LABEL)) => {
            Step::new(format!("In the global variable \"{name}\", ")).set("the desktop label", to)
        }
        (TenantRecord::CadVariable, Some(field)) => {
            let what = label(*kind, field).unwrap_or(field);
            Step::new(format!("In the global variable \"{name}\", switch on {what}."))
        }
        (kind, field) => {
            let field = field.unwrap_or_default();
            Step::new(format!("In {kind:?} \"{name}\", ")).set(field, to)
        }
    }
}

/// The way to a page of Control Hub.
pub(in crate::checklist) fn open(page: &str) -> Step {
    Step::new("Open ").link(Link::control_hub()).words(format!(", {page}."))
}

/// Adds steps to what a person has to do already.
pub(in crate::checklist) fn add_steps(verdict: &mut Verdict, why: &str, steps: Vec<Step>) {
    match &mut verdict.human {
        Some(human) => {
            human.why = format!("{} {why}", human.why);
            human.steps.extend(steps);
        }
        None => {
            verdict.human = Some(Human {
                why: why.to_owned(),
                steps,
                sight: Sight::Nothing,
                unseen: None,
                confirmed: None,
            });
        }
    }
}

/// The agents whom a change of a desktop profile concerns, as a note: all of them by name, in whatever
/// team they are, for it reaches each.
pub(in crate::checklist) fn tell_agents(
    verdict: &mut Verdict,
    case: &TenantCase<'_>,
    profile: &Ref<TenantRecordId>,
) {
    let name = &profile.name;
    let text = match case.state.agents.seen() {
        Some(agents) => {
            let of_profile = agents.iter().filter(|it| it.active && it.profile == profile.id);
            let all: Vec<&AgentRow> = of_profile.collect();
            if all.is_empty() {
                return;
            }
            let names = |agents: &[&AgentRow]| {
                let names: Vec<&str> = agents.iter().map(|agent| agent.name.as_str()).collect();
                in_a_row(&names, SHOWN)
            };
            let mut text = format!(
                "The change to the desktop profile \"{name}\" takes effect at the next sign-in of {}.",
                names(&all)
            );
            let chosen = case.agents();
            let is_other = |agent: &&AgentRow| !chosen.iter().any(|it| it.email == agent.email);
            let others: Vec<&AgentRow> = all.iter().copied().filter(is_other).collect();
            let names_teams = !case.wish.teams.is_empty();
            if names_teams && case.state.teams.seen().is_some() && !others.is_empty() {
                let are = if others.len() == 1 { "is" } else { "are" };
                let others = names(&others);
                text = format!(
                    "{text} Of these, {others} {are} not in any team listed in `webex.teams`."
                );
            }
            text
        }
        None => format!(
            "The change to the desktop profile \"{name}\" takes effect at its agents' next sign-in. Webex \
             did not show who they are."
        ),
    };
    // Several changes of one profile are noticed once.
    if verdict.notes.iter().all(|note| note.text() != text) {
        verdict.note(text);
    }
}
