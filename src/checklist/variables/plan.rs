//! What the item wants.

use std::collections::BTreeMap;

use crate::checklist::tenant::{give_back, leave_to_person};
use crate::checklist::{Change, ItemId, TenantCase, Verdict};
use crate::model::tenant::field::{
    VARIABLE_ACTIVE, VARIABLE_EDITABLE, VARIABLE_LABEL, VARIABLE_REPORTABLE, VARIABLE_VIEWABLE,
};
use crate::model::{Ref, Target, TenantRecord, Value, VariableRow, VariablesWish};

/// The longest label that the service takes, in characters.
const LONGEST_LABEL: usize = 50;

/// What the item wants.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let wish = case.wish.variables.as_ref();
    let mut verdict = match (wish, case.state.variables.seen()) {
        (Some(wish), Some(known)) => lacking(case, wish, known),
        _ => Verdict::default(),
    };
    // What a call center still names is needed, whether the configuration speaks of variables or not.
    let wanted = wanted(case);
    let is_wanted = |target: &Target| wanted.contains_key(&target.place().0.name);
    let manage = wish.is_none_or(|wish| wish.manage);
    give_back(&mut verdict, case, ItemId::VARIABLES, manage, is_wanted);
    verdict
}

/// What the contact center's variables lack.
fn lacking(case: &TenantCase<'_>, wish: &VariablesWish, known: &[VariableRow]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut missing = Vec::new();
    for (name, written) in wanted(case) {
        let Some(variable) = known.iter().find(|it| it.name == name) else {
            missing.push(name);
            continue;
        };
        let needed = [
            (VARIABLE_ACTIVE, variable.active),
            (VARIABLE_VIEWABLE, variable.viewable),
            (VARIABLE_REPORTABLE, variable.reportable),
            (VARIABLE_EDITABLE, variable.editable || !written),
        ];
        for (field, _) in needed.into_iter().filter(|(_, is)| !is) {
            verdict.changes.push(change(variable, field, Some("false"), "true"));
        }
        if !variable.viewable && variable.label.is_none() {
            let label: String = name.chars().take(LONGEST_LABEL).collect();
            verdict.changes.push(change(variable, VARIABLE_LABEL, None, &label));
        }
    }
    leave_to_person(
        &mut verdict,
        wish.manage,
        "webex.variables",
        "Contact Center > Customer experience > Flows > Global variables",
    );
    if !missing.is_empty() {
        // Flows and Webex itself define variables too, and no API lists those.
        verdict.warn(format!(
            "These are not global variables: {}. That is fine if a flow or Webex defines them; \
            agents must be able to see them there.",
            missing.join(", ")
        ));
    }
    verdict
}

/// The names, each with whether the desktop writes into the variable.
fn wanted(case: &TenantCase<'_>) -> BTreeMap<String, bool> {
    let mut wanted: BTreeMap<String, bool> = BTreeMap::new();
    for name in case.wish.variables.iter().flat_map(|it| &it.names) {
        wanted.entry(name.clone()).or_default();
    }
    for (name, written) in case.named().variables {
        *wanted.entry(name).or_default() |= written;
    }
    wanted
}

fn change(variable: &VariableRow, field: &str, from: Option<&str>, to: &str) -> Change {
    let target = Target::Tenant {
        kind: TenantRecord::CadVariable,
        record: Ref::seen(&variable.name, &variable.id),
        field: Some(field.to_owned()),
    };
    let text = |it: &str| Value::Text(it.to_owned());
    Change::new(ItemId::VARIABLES, target, from.map(text), Some(text(to)))
}
