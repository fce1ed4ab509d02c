//! Profiles in the one deploy, with nothing but what changes of them.

use std::collections::BTreeMap;

use salesforce_client::metadata::{
    AccessChange, FileProperties, LayoutAssignment, ProfileSettings, layout_full_name,
};

use crate::checklist::Change;
use crate::engine::org_run::OrgRun;
use crate::failure::{Failure, Kind};
use crate::model::{Granted, LayoutId, OrgState, ProfileId, Ref, Target, Value};

/// The names by which deploys know page layouts, by the layouts' ids.
pub(super) type LayoutNames = BTreeMap<LayoutId, String>;

/// The names of the layouts that changes assign, as lists of components tell them.
///
/// What a query calls a layout of the org may be a translation of its name. The names of a package's
/// layouts are the recipe's. Without a list the name that the query tells is taken: a deploy refuses a
/// wrong one, and assigns nothing by it.
pub(super) async fn layout_names(run: &OrgRun<'_>, changes: &[Change]) -> LayoutNames {
    let Ok(state) = run.state() else { return LayoutNames::new() };
    let layouts = changes.iter().filter_map(|change| match &change.operation.to {
        Some(Value::Layout(layout)) => layout.id.as_ref(),
        _ => None,
    });
    let is_own = |id: &&LayoutId| {
        state.layouts.iter().any(|it| it.id == **id && it.name.namespace.is_none())
    };
    if !layouts.into_iter().any(|id| is_own(&id)) {
        return LayoutNames::new();
    }
    let listed = run.client().metadata().list("Layout").await.unwrap_or_default();
    let by_id = |file: FileProperties| {
        let id = LayoutId::parse(file.id.as_deref()?).ok()?;
        Some((id, file.deploy_name()))
    };
    listed.into_iter().filter_map(by_id).collect()
}

/// Whether a list of components has other names of the layouts that changes assign than queries have.
pub(super) fn has_other_names(state: &OrgState, changes: &[Change], names: &LayoutNames) -> bool {
    let layouts = changes.iter().filter_map(|change| match &change.operation.to {
        Some(Value::Layout(layout)) => Some(layout),
        _ => None,
    });
    layouts
        .into_iter()
        .any(|layout| full_name(state, layout, Some(names)) != full_name(state, layout, None))
}

/// One file a profile, by the API name that the org itself gave: any other would be a new profile.
pub(super) fn files(
    state: &OrgState,
    changes: &[&Change],
    names: Option<&LayoutNames>,
) -> Result<Vec<ProfileSettings>, Failure> {
    let mut by_profile: BTreeMap<String, ProfileSettings> = BTreeMap::new();
    for change in changes {
        let to = &change.operation.to;
        match (change.target(), to) {
            (Target::TaskLayout { profile, record_type }, Some(Value::Layout(layout))) => {
                let settings = by_profile.entry(api_name(state, profile)?).or_default();
                settings.assignments.push(LayoutAssignment {
                    layout: full_name(state, layout, names),
                    record_type: record_type.as_ref().map(|it| format!("Task.{}", it.name)),
                });
            }
            (Target::ProfileAccess(profile, grant), to) => {
                let settings = by_profile.entry(api_name(state, profile)?).or_default();
                set_access(settings, state, grant, to.is_some());
            }
            _ => {}
        }
    }
    let with_name = |(profile, settings)| ProfileSettings { profile, ..settings };
    Ok(by_profile.into_iter().map(with_name).collect())
}

/// The name by which the Metadata API knows a page layout of Task.
fn full_name(state: &OrgState, layout: &Ref<LayoutId>, names: Option<&LayoutNames>) -> String {
    if let Some(listed) = names.zip(layout.id.as_ref()).and_then(|(names, id)| names.get(id)) {
        return listed.clone();
    }
    let by_id = state.layouts.iter().find(|it| Some(&it.id) == layout.id.as_ref());
    let found =
        by_id.or_else(|| state.layouts.iter().find(|it| it.name.qualified() == layout.name));
    match found {
        Some(it) => layout_full_name("Task", it.name.namespace.as_deref(), &it.name.name),
        // A layout that only the package will bring is known by its name with namespace.
        None => match layout.name.split_once("__") {
            Some((namespace, name)) => layout_full_name("Task", Some(namespace), name),
            None => layout_full_name("Task", None, &layout.name),
        },
    }
}

/// The name by which the Metadata API knows a profile.
fn api_name(state: &OrgState, profile: &Ref<ProfileId>) -> Result<String, Failure> {
    let found = profile.find(&state.profiles, |it| &it.id, |it| &it.label);
    found.and_then(|found| found.api_name.clone()).ok_or_else(|| unresolved(&profile.name))
}

/// Says in the settings of a profile whether it has an access.
fn set_access(settings: &mut ProfileSettings, state: &OrgState, grant: &Granted, enabled: bool) {
    match grant {
        Granted::ApexClass(name) => {
            settings.classes.push(AccessChange { component: name.clone(), enabled });
        }
        Granted::PresenceStatus(name) => {
            if is_status(state, name) {
                let component = name.clone();
                settings.presence_statuses.push(AccessChange { component, enabled });
            }
        }
        // Permission sets alone give these.
        Granted::Object(_) | Granted::Field(_) | Granted::User(_) | Granted::App(_) => {}
    }
}

/// Whether the org has a presence status of that API name: a deploy that names another fails as a whole.
pub(super) fn is_status(state: &OrgState, api_name: &str) -> bool {
    state.presence_statuses.iter().any(|status| status.api_name == api_name)
}

fn unresolved(profile: &str) -> Failure {
    Failure::new(
        Kind::Failed,
        format!(
            "The settings of the profile \"{profile}\" cannot be deployed: the org does not show \
            the profile's API name."
        ),
    )
    .hint("Reading profiles by the Metadata API needs \"Modify Metadata Through Metadata API Functions\".")
}
