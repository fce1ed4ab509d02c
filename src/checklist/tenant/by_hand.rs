//! What of a contact center is left to a person where the configuration does not say `manage`.

use crate::checklist::{By, Human, Link, Step, Verdict};

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
        let (subject, field) = change.target().place();
        let (_, to) = change.operation.texts();
        steps.push(
            Step::new(format!("In \"{}\", ", subject.name)).set(field, to.unwrap_or_default()),
        );
        change.by = By::Person;
    }
    verdict.human = Some(Human {
        why: format!(
            "It is changed only where the configuration says so: `manage = true` in [{table}]."
        ),
        steps,
        confirmed: None,
    });
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
            verdict.human = Some(Human { why: why.to_owned(), steps, confirmed: None });
        }
    }
}

/// The agents whom a change concerns, as a note: all of them by name, for it reaches each.
pub(in crate::checklist) fn tell_agents(
    verdict: &mut Verdict,
    profile: &str,
    agents: &[&crate::model::AgentRow],
) {
    let names: Vec<&str> = agents.iter().map(|agent| agent.name.as_str()).collect();
    verdict.note(format!(
        "The desktop profile \"{profile}\" is that of {}; they notice at their next sign-in.",
        names.join(", ")
    ));
}
