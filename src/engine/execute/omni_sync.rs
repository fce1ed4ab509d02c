//! What state sync adds to the deploy: the class with its test, the permission set, and access of
//! profiles.

use salesforce_client::metadata::{
    AccessChange, Bundle, BundleError, DeployOptions, PermissionSetRecord, ProfileSettings,
    TestLevel,
};

use crate::checklist::{Change, Item, omni_sync_grants};
use crate::model::{Desired, Granted, OmniRecipe, OrgKind, OrgState, SubjectKind};

/// Packs classes and the permission set.
pub(super) fn pack(
    bundle: &mut Bundle,
    desired: &Desired,
    state: &OrgState,
    changes: &[Change],
) -> Result<(), BundleError> {
    let Some(recipe) = &desired.recipe.omni_sync else { return Ok(()) };
    let ours: Vec<&Change> =
        changes.iter().filter(|change| change.item == Item::OmniSync).collect();
    for source in [&recipe.class, &recipe.test] {
        let its: Vec<&&Change> = ours
            .iter()
            .filter(|change| {
                change.subject.kind == SubjectKind::ApexClass && change.subject.name == source.name
            })
            .collect();
        if !its.is_empty() {
            // Only an uninstall ever puts another status back.
            let status = its.iter().find(|change| change.field == "Status");
            let status = status.and_then(|change| change.known_after().flatten());
            bundle.apex_class(&source.name, &source.body, status.unwrap_or("Active"))?;
        }
    }
    let of_set: Vec<&Change> = ours
        .into_iter()
        .filter(|change| change.subject.kind == SubjectKind::PermissionSet)
        .collect();
    if of_set.is_empty() {
        return Ok(());
    }
    bundle.permission_set(&permission_set(recipe, desired, state, &of_set))
}

/// The whole permission set, for a deploy replaces it: everything wanted, and what is taken said
/// as taken.
fn permission_set(
    recipe: &OmniRecipe,
    desired: &Desired,
    state: &OrgState,
    changes: &[&Change],
) -> PermissionSetRecord {
    let mut settings = ProfileSettings::default();
    let taken: Vec<Granted> = changes
        .iter()
        .filter(|change| change.known_after() == Some(None))
        .filter_map(|change| Granted::of_field(&change.field))
        .collect();
    let wanted = omni_sync_grants(desired, state);
    for grant in wanted.iter().filter(|grant| !taken.contains(grant)) {
        set_access(&mut settings, state, grant, true);
    }
    for grant in &taken {
        set_access(&mut settings, state, grant, false);
    }
    PermissionSetRecord {
        full_name: recipe.permission_set.clone(),
        label: recipe.permission_set_label.clone(),
        description: "Lets agents' states in Webex and in Omni-Channel follow each other. Made by \
                      provision, which replaces what is in it."
            .to_owned(),
        classes: settings.classes,
        presence_statuses: settings.presence_statuses,
    }
}

/// Adds to a profile what a change gives or takes.
pub(super) fn add_access(settings: &mut ProfileSettings, state: &OrgState, change: &Change) {
    if let Some(grant) = Granted::of_field(&change.field) {
        set_access(settings, state, &grant, change.known_after().flatten().is_some());
    }
}

fn set_access(settings: &mut ProfileSettings, state: &OrgState, grant: &Granted, enabled: bool) {
    match grant {
        Granted::ApexClass(name) => {
            settings.classes.push(AccessChange { component: name.clone(), enabled });
        }
        Granted::PresenceStatus(label) => {
            let mut statuses = state.presence_statuses.iter().flatten();
            if let Some(status) = statuses.find(|status| &status.label == label) {
                let component = status.api_name.clone();
                settings.presence_statuses.push(AccessChange { component, enabled });
            }
        }
    }
}

/// How the bundle is deployed. Production orgs take Apex only with tests, and would run all local
/// ones by default: the class's own is enough.
pub(super) fn options(desired: &Desired, state: &OrgState, bundle: &Bundle) -> DeployOptions {
    let has_apex = bundle.members().any(|(kind, _)| kind == "ApexClass");
    let mut options = DeployOptions::default();
    if let Some(recipe) = &desired.recipe.omni_sync
        && has_apex
        && state.organization.kind == OrgKind::Production
    {
        options.test_level = Some(TestLevel::RunSpecifiedTests);
        options.run_tests = vec![recipe.test.name.clone()];
    }
    options
}
