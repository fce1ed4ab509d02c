//! The softphone layout was made by a person, and only a person can take it away.

use super::PAGE;
use crate::checklist::{Case, Human, Link, Step, Verdict};

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
    let page = Link::setup(&case.state.organization.instance_url, PAGE);
    verdict.human = Some(Human {
        why: format!(
            "The softphone layout \"{}\" is still in use, and no API can change that.",
            wish.name
        ),
        steps: vec![
            Step::new("Open Setup > Softphone Layouts: ").link(page),
            Step::new(
                "Beside the layout that agents used before, or \"Standard Softphone Layout\", \
                 click Edit, tick Is Default Layout and save: a default layout cannot be deleted.",
            ),
            Step::new(format!("Beside \"{}\", click Del.", wish.name)),
        ],
        seen: true,
        confirmed: None,
    });
    verdict
}
