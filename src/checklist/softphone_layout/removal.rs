//! No API takes the softphone layout away: a person does, or a browser that one watches.

use super::PAGE;
use super::plan::default_of;
use crate::checklist::names::listed;
use crate::checklist::restore::recorded;
use crate::checklist::{By, Case, Change, Human, ItemId, Link, Step, Verdict};
use crate::model::{SetupTask, Value, Way};

/// The layout that every org begins with.
const STANDARD: &str = "Standard Softphone Layout";

/// What the absence of the softphone layout wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let (Some(wish), Some(seen)) = (&case.desired.softphone_layout, case.state.softphone.found())
    else {
        return verdict;
    };
    if wish.name != seen.name {
        return verdict;
    }
    let target = default_of(&wish.name);
    let former = match recorded(case.baseline.entry(&target)).value() {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    };
    if let Some(former) = &former {
        let text = |name: &str| Some(Value::Text(name.to_owned()));
        let change = Change::new(ItemId::SOFTPHONE_LAYOUT, target, text(&wish.name), text(former));
        verdict.changes.push(Change { way: Way::Remove, ..change.by(By::Person) });
    }
    let page = Link::setup(&case.state.organization.instance_url, PAGE);
    let before = former.as_ref().map_or_else(
        || format!("the layout that agents used before, or {}", listed(&[STANDARD])),
        |former| listed(&[former]),
    );
    verdict.human = Some(Human {
        why: format!(
            "The softphone layout \"{}\" is still in use, and no API can change that.",
            wish.name
        ),
        steps: vec![
            Step::new("Open Setup > Softphone Layouts: ").link(page),
            Step::new(format!("Beside {before}, click Edit, tick "))
                .words("Is Default Layout and save: a default layout cannot be deleted."),
            Step::new(format!("Beside \"{}\", click Del.", wish.name)),
        ],
        seen: true,
        confirmed: None,
    });
    verdict.setup = Some(SetupTask::RemoveLayout {
        name: wish.name.clone(),
        former_default: former,
        apply: wish.apply,
    });
    verdict
}
