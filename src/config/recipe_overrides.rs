//! `[recipe_overrides]`: other names than those that the recipe states.
//!
//! Nobody here has seen every version of the package in every org. Where one differs from what the
//! recipe says, this is the way on without a new version of the program. What an uninstall may take
//! out never follows from it: see [`StatedNames`](crate::model::StatedNames).

use crate::model::{ApexSource, OmniCode, Recipe};

use super::scope::Scope;

/// Reads the table into the recipe that it changes.
pub(super) fn read(scope: Option<Scope<'_>>, recipe: &mut Recipe) {
    let Some(scope) = scope else { return };
    scope.only_known();
    let identifier = |key: &str| scope.identifier(key);
    if let Some(namespace) = identifier("namespace") {
        recipe.namespace = namespace;
    }
    if let Some(prefix) = identifier("internal_name_prefix") {
        recipe.internal_name_prefix = prefix;
    }
    if let Some(layout) = scope.text("task_layout", "the name of a page layout of Task") {
        recipe.task_layout = Some(layout.value);
    }
    if let Some(app) = scope.text("app", "the label of an app") {
        recipe.app = Some(app.value);
    }
    if scope.entry("old_task_layouts").is_some() {
        recipe.old_task_layouts =
            scope.texts("old_task_layouts", "a list of names of page layouts");
    }
    recipe.adapter_hosts = scope.hosts("adapter_hosts");
    if scope.entry("permission_sets").is_some() {
        recipe.permission_sets = scope.texts("permission_sets", "a list of API names");
    }
    if scope.boolean("contents") == Some(false) {
        recipe.app = None;
        recipe.old_task_layouts.clear();
        recipe.report = false;
    }
    if scope.boolean("custom_metadata") == Some(false) {
        recipe.custom_metadata_types = 0;
    }
    if let Some(set) = identifier("agent_permission_set") {
        recipe.agent_access.permission_set = set;
    }
    if scope.entry("agent_objects").is_some() {
        recipe.agent_access.objects = scope.texts("agent_objects", "a list of API names");
    }
    if scope.entry("agent_fields").is_some() {
        recipe.agent_access.fields =
            scope.texts("agent_fields", "a list of fields: `[\"Task.Subject\"]`");
    }
    if let Some(set) = identifier("permission_set") {
        recipe.omni_sync.permission_set = set;
    }
    if let Some(omni) = &mut recipe.omni_sync.code {
        let class = identifier("class");
        let test = identifier("test_class");
        rename(omni, class, test);
        if let Some(method) = identifier("method") {
            for source in [&mut omni.class, &mut omni.test] {
                source.body = source.body.replace(&omni.method, &method);
            }
            omni.method = method;
        }
    }
}

/// Gives the classes other names, in their sources too. The test's name begins with that of the
/// class, and so it is replaced first.
fn rename(omni: &mut OmniCode, class: Option<String>, test: Option<String>) {
    let class = class.unwrap_or_else(|| omni.class.name.clone());
    let test = test.unwrap_or_else(|| omni.test.name.clone());
    let renamed = |source: &ApexSource, name: &str| {
        const TEST: &str = "\u{0}";
        let body = source.body.replace(&omni.test.name, TEST);
        let body = body.replace(&omni.class.name, &class).replace(TEST, &test);
        ApexSource { name: name.to_owned(), body }
    };
    let (class, test) = (renamed(&omni.class, &class), renamed(&omni.test, &test));
    omni.class = class;
    omni.test = test;
}
