//! What is other in the newer version of a package than in the one that it has replaced.

use std::collections::BTreeSet;

use super::names::{counted, listed};
use super::{Note, package};
use crate::model::{ConnectorWish, OrgState, PackageParts, Recipe, Way};

/// What an org has of the connector's package; `None` where it does not have it.
pub fn package_parts(desired: &ConnectorWish, state: &OrgState) -> Option<PackageParts> {
    let found = package::installed(desired, state)?;
    let version = found.version.map(|version| version.to_string());
    Some(PackageParts::of(state, &desired.recipe.namespace, version))
}

/// What people must know of the newer version. What was not seen of either is not compared.
pub(super) fn differences(old: &PackageParts, new: &PackageParts, recipe: &Recipe) -> Vec<Note> {
    let version = |parts: &PackageParts| match &parts.version {
        Some(number) => format!("version {number} of the package"),
        None => "the package".to_owned(),
    };
    let mut notes = Vec::new();
    let (mut old, mut new) = (old.clone(), new.clone());
    if let Some((before, after)) = take_renamed(&mut old, &mut new, recipe) {
        let text = format!(
            "The Task page layout \"{before}\" is called \"{after}\" in {}.",
            version(&new)
        );
        notes.push(Note::info(text));
    }
    let (old, new) = (&old, &new);
    let come = kinds(old, new, Way::Build);
    if !come.is_empty() {
        notes.push(Note::info(format!("New with {}: {}.", version(new), come.join("; "))));
    }
    if !old.new_sites.is_empty() {
        let sites: Vec<&String> = old.new_sites.iter().collect();
        let text = format!(
            "Sites that {} calls from this org and that were not authorised before: {}.",
            version(new),
            listed(&sites)
        );
        notes.push(Note::info(text));
    }
    let gone = kinds(old, new, Way::Remove);
    if !gone.is_empty() {
        notes.push(Note::warning(format!("Gone with {}: {}.", version(old), gone.join("; "))));
    }
    let has_new_sets = added(old.permission_sets.as_ref(), new.permission_sets.as_ref());
    if !has_new_sets.is_empty() {
        let text = "Nobody has the new permission sets yet: check the package's release notes \
        for who needs them, and add them to `assign` in [permission_sets].";
        notes.push(Note::info(text));
    }
    notes
}

/// Takes the Task page layout out of both that has another name in the newer version.
fn take_renamed(
    old: &mut PackageParts,
    new: &mut PackageParts,
    recipe: &Recipe,
) -> Option<(String, String)> {
    let (old, new) = (old.task_layouts.as_mut()?, new.task_layouts.as_mut()?);
    let after = recipe.task_layout.as_ref().filter(|name| new.contains(*name))?;
    let is_renamed = |name: &&String| old.contains(*name) && !new.contains(*name);
    let before = recipe.old_task_layouts.iter().find(is_renamed)?;
    if old.contains(after) {
        return None;
    }
    old.remove(before);
    new.remove(after);
    Some((before.clone(), after.clone()))
}

/// What came, or what went, kind by kind: `2 reports ("A" and "B")`.
fn kinds(old: &PackageParts, new: &PackageParts, way: Way) -> Vec<String> {
    let all = [
        ("Lightning app", "Lightning apps", &old.apps, &new.apps),
        ("Task page layout", "Task page layouts", &old.task_layouts, &new.task_layouts),
        ("permission set", "permission sets", &old.permission_sets, &new.permission_sets),
        ("report", "reports", &old.reports, &new.reports),
        (
            "custom metadata type",
            "custom metadata types",
            &old.custom_metadata_types,
            &new.custom_metadata_types,
        ),
    ];
    let mut words = Vec::new();
    for (one, many, old, new) in all {
        let names = match way {
            Way::Build => added(old.as_ref(), new.as_ref()),
            Way::Remove => added(new.as_ref(), old.as_ref()),
        };
        if !names.is_empty() {
            words.push(format!("{} ({})", counted(names.len(), one, many), listed(&names)));
        }
    }
    words
}

fn added<'a>(
    before: Option<&'a BTreeSet<String>>,
    after: Option<&'a BTreeSet<String>>,
) -> Vec<&'a String> {
    match (before, after) {
        (Some(before), Some(after)) => after.difference(before).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::tests::fixture::desired;

    fn names(all: &[&str]) -> BTreeSet<String> {
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_came_and_what_went_is_told_and_what_was_not_seen_is_not() {
        let recipe = desired().recipe;
        let old = PackageParts {
            version: Some("1.4".to_owned()),
            task_layouts: Some(names(&["Old Page"])),
            permission_sets: Some(names(&[])),
            reports: None,
            new_sites: names(&["https://new.example"]),
            ..PackageParts::default()
        };
        let new = PackageParts {
            version: Some("1.5".to_owned()),
            task_layouts: Some(names(&["New Layout"])),
            permission_sets: Some(names(&["Agents", "Supervisors"])),
            reports: Some(names(&["Calls"])),
            ..PackageParts::default()
        };
        let texts: Vec<String> =
            differences(&old, &new, &recipe).into_iter().map(|it| it.text()).collect();
        assert_eq!(
            texts[..3],
            [
                "New with version 1.5 of the package: 1 Task page layout (\"New Layout\"); 2 permission \
                 sets (\"Agents\" and \"Supervisors\").",
                "Sites that version 1.5 of the package calls from this org and that were not \
                authorised before: \"https://new.example\".",
                "Gone with version 1.4 of the package: 1 Task page layout (\"Old Page\").",
            ]
        );
        assert!(texts[3].starts_with("Nobody has the new permission sets yet"));
        assert_eq!(differences(&new, &new, &recipe), []);
    }

    #[test]
    fn a_layout_that_the_recipe_knows_by_both_names_is_renamed() {
        let recipe = desired().recipe;
        let (before, after) = (&recipe.old_task_layouts[0], recipe.task_layout.as_ref().unwrap());
        let parts = |layouts: &[&str]| PackageParts {
            task_layouts: Some(names(layouts)),
            ..PackageParts::default()
        };
        let texts = |old: &[&str], new: &[&str]| {
            let notes = differences(&parts(old), &parts(new), &recipe);
            notes.into_iter().map(|it| it.text()).collect::<Vec<String>>()
        };
        assert_eq!(
            texts(&[before], &[after]),
            [format!("The Task page layout \"{before}\" is called \"{after}\" in the package.")]
        );
        // Both were there: one of them is gone.
        let gone = texts(&[before, after], &[after]);
        assert!(gone[0].starts_with("Gone with"), "{gone:?}");
    }
}
