//! The softphone layout was made by a person, and only a person can take it away.

use crate::checklist::{Case, Human, Verdict};

/// What the absence of the softphone layout wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let (Some(wish), Some(seen)) = (&case.desired.softphone_layout, &case.state.softphone) else {
        return verdict;
    };
    if wish.name != seen.name {
        return verdict;
    }
    verdict.human = Some(Human {
        why: format!(
            "The softphone layout \"{}\" is still in use, and no API can change that.",
            wish.name
        ),
        steps: vec![
            format!(
                "Open Setup > Softphone Layouts: {}/lightning/setup/SoftphoneLayouts/home",
                case.state.organization.instance_url
            ),
            "Beside the layout that agents used before, or \"Standard Softphone Layout\", click \
             Edit, tick Is Default Layout and save: a default layout cannot be deleted."
                .to_owned(),
            format!("Beside \"{}\", click Del.", wish.name),
        ],
        confirmed: None,
    });
    verdict
}
