//! What the package should have brought, and does not show in the org.

use crate::checklist::{Stop, Verdict};
use crate::model::{ConnectorWish, OrgState};

/// What the package brings is to be seen. Only the layout that profiles are to use is needed; whatever
/// else a version does not bring, or this user does not see, is worth a note.
pub(super) fn check_contents(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState) {
    let recipe = &desired.recipe;
    let mut missing = Vec::new();
    if let (Some(app), Some(apps)) = (&recipe.app, state.contents.apps.seen())
        && !apps.contains(app)
    {
        missing.push(format!("the app \"{app}\""));
    }
    let lacks = |layout: &str| {
        state.layouts.seen().is_some_and(|layouts| {
            !layouts.iter().any(|found| {
                found.name.namespace.as_deref() == Some(&recipe.namespace)
                    && found.name.name == layout
            })
        })
    };
    if let Some(layout) = recipe.task_layout.as_deref().filter(|layout| lacks(layout)) {
        let layout = format!("the Task page layout \"{layout}\"");
        if desired.task_layout.profiles.is_empty() {
            missing.push(layout);
        } else {
            verdict.problems.push(
                Stop::refused(format!(
                    "The package is installed, but this does not show in the org: {layout}."
                ))
                .hint(COMPONENTS),
            );
        }
    }
    let old = recipe.old_task_layouts.iter().filter(|layout| lacks(layout));
    missing.extend(old.map(|layout| format!("the Task page layout \"{layout}\"")));
    if recipe.report && state.contents.reports.seen().is_some_and(Vec::is_empty) {
        missing.push("the call activity report".to_owned());
    }
    if !missing.is_empty() {
        verdict.warn(format!(
            "The package is installed, but these parts of it do not show in the org: {}. {COMPONENTS}",
            missing.join(", ")
        ));
    }
    if let Some(types) = state.contents.custom_metadata_types.seen()
        && types.len() < recipe.custom_metadata_types
    {
        verdict.warn(format!(
            "{} of the package's {} custom metadata types are visible; protected ones never are.",
            types.len(),
            recipe.custom_metadata_types
        ));
    }
}

/// Where to look for what a package should have brought.
const COMPONENTS: &str = "Look at Setup > Installed Packages > View Components: an older version \
                          may not bring it, the calling user may lack access, or the version may \
                          be another product's.";
