//! What people make of a package once they work with it: the same number, the same habits.

use super::Random;
use super::changes::{Assignment, Changes, NewClass, NewComponent, NewJob, NewRecord, NewReport};
use crate::world::World;

/// Types of components that people let refer to a package's fields.
const KINDS: [(&str, &str); 6] = [
    ("Flow", "Log_the_Call"),
    ("FlexiPage", "Agent_Desk_UtilityBar"),
    ("WorkflowRule", "Task.Rückruf nach 24 h"),
    ("ValidationRule", "Task.Caller_must_be_known"),
    ("ListView", "Task.Heutige_Anrufe"),
    ("Layout", "Task-Task Layout"),
];

/// Changes that people might have made in this org, for each of its connector's packages.
pub(super) fn changes(world: &World, number: u64) -> Changes {
    let mut random = Random::new(number ^ 0x11FE);
    let mut changes = Changes { tasks: random.below(120), ..Changes::default() };
    for namespace in [super::settings::NAMESPACE, super::webex::SECOND_NAMESPACE] {
        if world.installed_package(namespace).is_some() {
            refer(world, &mut random, namespace, &mut changes);
            work(world, &mut random, namespace, &mut changes);
        }
    }
    changes
}

/// Components that refer to the package's.
fn refer(world: &World, random: &mut Random, namespace: &str, changes: &mut Changes) {
    let is_ours = |prefix: &Option<String>| prefix.as_deref() == Some(namespace);
    let fields = world.custom_fields.iter().filter(|it| is_ours(&it.namespace_prefix));
    let fields: Vec<String> =
        fields.map(|field| format!("CustomField:{}.{}", field.object, field.api_name())).collect();
    for (kind, name) in KINDS {
        if !fields.is_empty() && random.percent(30) {
            changes.components.push(NewComponent {
                kind: kind.to_owned(),
                full_name: name.to_owned(),
                refers_to: vec![random.pick(&fields).clone()],
            });
        }
    }
    let classes = world.apex_classes.iter().filter(|it| is_ours(&it.namespace_prefix));
    for class in classes {
        let name = format!("{namespace}__{}", class.name);
        if random.percent(20) {
            let body = format!("public class CallReview {{ {namespace}.{} one; }}", class.name);
            changes.apex_classes.push(NewClass { name: "CallReview".to_owned(), body });
        }
        if random.percent(20) {
            let job = NewJob { name: "Nightly Call Clean-up".to_owned(), apex_class: name };
            changes.scheduled_jobs.push(job);
        }
    }
}

/// Reports, settings, layouts and access that people added.
fn work(world: &World, random: &mut Random, namespace: &str, changes: &mut Changes) {
    let is_ours = |prefix: &Option<String>| prefix.as_deref() == Some(namespace);
    for folder in world.report_folders.iter().filter(|it| is_ours(&it.namespace_prefix)) {
        if random.percent(40) {
            changes.reports.push(NewReport {
                name: "Anrufe je Woche (Süd)".to_owned(),
                developer_name: "Anrufe_je_Woche".to_owned(),
                folder: folder.developer_name.clone(),
            });
        }
    }
    let kinds = world.custom_metadata_types.iter();
    let kinds = kinds.filter(|it| is_ours(&it.namespace_prefix) && it.is_visible());
    for kind in kinds.take(1) {
        if random.percent(25) {
            changes.custom_metadata.push(NewRecord {
                kind: kind.api_name(),
                developer_name: "Night_Shift".to_owned(),
                values: std::collections::BTreeMap::new(),
            });
        }
    }
    let layouts = world.layouts.iter().filter(|it| is_ours(&it.namespace_prefix));
    let profiles: Vec<&str> =
        world.profiles.iter().filter(|it| !it.hidden).map(|it| it.name.as_str()).collect();
    for layout in layouts {
        while random.percent(50) {
            let kinds = world.record_types.iter();
            let kinds = kinds.filter(|it| it.sobject_type == layout.table_enum_or_id);
            let mut kinds: Vec<_> = kinds.map(|it| Some(it.developer_name.clone())).collect();
            kinds.push(None);
            changes.page_layouts.push(Assignment {
                profile: (*random.pick(&profiles)).to_owned(),
                record_type: random.pick(&kinds).clone(),
                layout: layout.full_name(),
            });
        }
    }
    for set in world.permission_sets.iter().filter(|it| is_ours(&it.namespace_prefix)) {
        let users = world.users.iter().filter(|user| user.is_active && random.percent(20));
        let users: Vec<String> = users.map(|user| user.username.clone()).collect();
        changes.permission_sets.insert(set.name.clone(), users);
    }
}
