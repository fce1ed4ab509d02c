//! What the item wants.

use std::collections::BTreeMap;

use crate::checklist::tenant::{add_steps, leave_to_person};
use crate::checklist::{Change, ItemId, Step, TenantCase, Verdict};
use crate::model::tenant::field::{
    VARIABLE_ACTIVE, VARIABLE_EDITABLE, VARIABLE_REPORTABLE, VARIABLE_VIEWABLE,
};
use crate::model::{Ref, SettingKind, Target, TenantRecord, Value, VariableRow};

/// The setting whose variable the desktop writes into.
const ACTIVITY_ID: &str = "activity.id_variable";

/// What the item wants.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let (Some(wish), Some(known)) = (&case.wish.variables, case.state.variables.seen()) else {
        return verdict;
    };
    for (name, written) in wanted(case) {
        let Some(variable) = known.iter().find(|it| it.name == name) else { continue };
        let needed = [
            (VARIABLE_ACTIVE, variable.active),
            (VARIABLE_VIEWABLE, variable.viewable),
            (VARIABLE_REPORTABLE, variable.reportable),
            (VARIABLE_EDITABLE, variable.editable || !written),
        ];
        let lacking = needed.into_iter().filter(|(_, is)| !is).map(|(field, _)| field);
        verdict.changes.extend(lacking.map(|field| switch_on(variable, field)));
    }
    leave_to_person(
        &mut verdict,
        wish.manage,
        "webex.variables",
        "Contact Center > Customer experience > Flows > Global variables",
    );
    if let Some(missing) = missing(case) {
        add_steps(
            &mut verdict,
            "Variables are never made by the program, for flows have to fill them.",
            vec![
                Step::new(format!(
                    "These are no global variables: {missing}. Where a flow defines them itself, \
                     or Webex does, look into the flow that they are agent-viewable."
                )),
                Step::new(
                    "Else make them under Contact Center > Customer experience > Flows > Global \
                     variables, and have the flow fill them.",
                ),
            ],
        );
    }
    verdict
}

/// What the contact center does not have among its global variables, as one text.
pub(super) fn missing(case: &TenantCase<'_>) -> Option<String> {
    let (Some(_), Some(known)) = (&case.wish.variables, case.state.variables.seen()) else {
        return None;
    };
    let is_known = |name: &String| known.iter().any(|it: &VariableRow| &it.name == name);
    let missing: Vec<String> = wanted(case).into_keys().filter(|name| !is_known(name)).collect();
    (!missing.is_empty()).then(|| missing.join(", "))
}

/// The names, each with whether the desktop writes into the variable.
fn wanted(case: &TenantCase<'_>) -> BTreeMap<String, bool> {
    let mut wanted: BTreeMap<String, bool> = BTreeMap::new();
    for name in case.wish.variables.iter().flat_map(|it| &it.names) {
        wanted.entry(name.clone()).or_default();
    }
    for (key, value) in case.settings(|kind| matches!(kind, SettingKind::CadVariable { .. })) {
        *wanted.entry(value).or_default() |= key == ACTIVITY_ID;
    }
    for name in case.mapped_variables() {
        wanted.entry(name).or_default();
    }
    wanted.remove("");
    wanted
}

fn switch_on(variable: &VariableRow, field: &str) -> Change {
    let target = Target::Tenant {
        kind: TenantRecord::CadVariable,
        record: Ref::seen(&variable.name, &variable.id),
        field: Some(field.to_owned()),
    };
    let text = |it: &str| Some(Value::Text(it.to_owned()));
    Change::new(ItemId::VARIABLES, target, text("false"), text("true"))
}
