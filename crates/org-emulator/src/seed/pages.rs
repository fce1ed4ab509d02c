//! Record types, layouts, who sees which, and the softphone layout that every org has.

use super::Random;
use super::names::{TASK_LAYOUTS, TASK_RECORD_TYPES};
use crate::ids::Id;
use crate::world::World;
use crate::world::pages::{Layout, ProfileLayout, RecordType};
use crate::world::setup_pages::{Markup, Order, SetupPages};
use crate::world::softphone::{
    ScreenPopOption, SoftphoneCallType, SoftphoneLayout, SoftphoneSection,
};

/// Layouts of other objects.
const OTHER_LAYOUTS: [(&str, &str); 5] = [
    ("Account", "Account Layout"),
    ("Case", "Case Layout"),
    ("Case", "Close Case Layout"),
    ("Contact", "Contact Layout"),
    ("Lead", "Lead Layout"),
];

/// Makes the org's own record types and layouts, and assigns them.
pub(super) fn lay_out(world: &mut World, random: &mut Random, seed: u64) {
    let skipped =
        if seed == 1 { None } else { Some(2 + random.below(TASK_RECORD_TYPES.len() - 2)) };
    for (place, (name, developer_name, active)) in TASK_RECORD_TYPES.iter().enumerate() {
        if Some(place) != skipped {
            add_record_type(world, "Task", name, developer_name, *active);
        }
    }
    add_record_type(world, "Case", "Service Case", "Service_Case", true);
    add_record_type(world, "Case", "Обращение", "Appeal", true);
    for name in TASK_LAYOUTS {
        add_layout(world, "Task", name);
    }
    for (object, name) in OTHER_LAYOUTS {
        add_layout(world, object, name);
    }
    for object in ["Task", "Account", "Case", "Contact", "Lead"] {
        assign(world, random, object);
    }
}

pub(super) fn add_record_type(
    world: &mut World,
    object: &str,
    name: &str,
    developer: &str,
    active: bool,
) {
    let id = world.new_id("012");
    world.record_types.push(RecordType {
        id,
        name: name.to_owned(),
        developer_name: developer.to_owned(),
        namespace_prefix: None,
        sobject_type: object.to_owned(),
        description: None,
        is_active: active,
    });
}

fn add_layout(world: &mut World, object: &str, name: &str) {
    let id = world.new_id("00h");
    world.layouts.push(Layout {
        id,
        name: name.to_owned(),
        namespace_prefix: None,
        table_enum_or_id: object.to_owned(),
        layout_type: "Standard".to_owned(),
        manageable_state: "unmanaged".to_owned(),
    });
}

/// Fills the assignment table of an object: every profile, hidden ones too, with the master and
/// every record type.
fn assign(world: &mut World, random: &mut Random, object: &str) {
    let layouts: Vec<Id> = world
        .layouts
        .iter()
        .filter(|layout| layout.table_enum_or_id == object && layout.namespace_prefix.is_none())
        .map(|layout| layout.id.clone())
        .collect();
    let Some(standard) = layouts.first() else {
        return;
    };
    let kinds: Vec<Option<Id>> = std::iter::once(None)
        .chain(
            world
                .record_types
                .iter()
                .filter(|kind| kind.sobject_type == object)
                .map(|kind| Some(kind.id.clone())),
        )
        .collect();
    let profiles: Vec<(Id, bool)> =
        world.profiles.iter().map(|profile| (profile.id.clone(), profile.custom)).collect();
    for (profile_id, custom) in profiles {
        for record_type_id in &kinds {
            let layout = if custom && random.percent(40) {
                random.pick(&layouts).clone()
            } else {
                standard.clone()
            };
            let id = world.new_id("01G");
            world.profile_layouts.push(ProfileLayout {
                id,
                profile_id: profile_id.clone(),
                record_type_id: record_type_id.clone(),
                layout_id: Some(layout),
                table_enum_or_id: object.to_owned(),
            });
        }
    }
}

/// Fills the cells of a profile with the first layout of the object.
pub(super) fn assign_to(world: &mut World, object: &str, profile: &Id, kinds: &[Option<Id>]) {
    let first = world.layouts.iter().find(|layout| layout.table_enum_or_id == object);
    let layout_id = first.map(|layout| layout.id.clone());
    for record_type_id in kinds {
        let id = world.new_id("01G");
        world.profile_layouts.push(ProfileLayout {
            id,
            profile_id: profile.clone(),
            record_type_id: record_type_id.clone(),
            layout_id: layout_id.clone(),
            table_enum_or_id: object.to_owned(),
        });
    }
}

/// The softphone layout that Salesforce itself makes.
pub(super) fn standard_softphone_layout() -> SoftphoneLayout {
    let call_type = |name: &str, fields: &[&str]| SoftphoneCallType {
        name: name.to_owned(),
        info_fields: fields.iter().map(|&field| field.to_owned()).collect(),
        screen_pops_open_within: (name == "Inbound").then(|| "ExistingWindow".to_owned()),
        screen_pop_options: if name == "Inbound" {
            vec![ScreenPopOption {
                match_type: "SingleMatch".to_owned(),
                screen_pop_data: String::new(),
                screen_pop_type: "PopToEntity".to_owned(),
            }]
        } else {
            Vec::new()
        },
        sections: [("Account", "Name"), ("Contact", "Name"), ("Lead", "Name")]
            .map(|(object, field)| SoftphoneSection {
                entity_api_name: object.to_owned(),
                items: vec![field.to_owned()],
            })
            .into(),
    };
    SoftphoneLayout {
        number: 0,
        name: "Standard Softphone Layout".to_owned(),
        is_default: true,
        profiles: Vec::new(),
        call_types: vec![
            call_type("Inbound", &["ANI", "DNIS"]),
            call_type("Outbound", &["DNIS"]),
            call_type("Internal", &["ANI"]),
        ],
    }
}

/// What Setup looks like: the first seed has it as on published screenshots, the others vary it.
pub(super) fn setup_pages(seed: u64) -> SetupPages {
    if seed == 1 {
        return SetupPages::default();
    }
    let mut random = Random::new(seed ^ 0x5E70);
    SetupPages {
        lightning: random.percent(60),
        markup: *random.pick(&Markup::ALL),
        order: *random.pick(&Order::ALL),
        older_words: random.percent(30),
        introduction: random.percent(50),
        reloads: random.percent(30),
        delete_page: random.percent(30),
        late: random.percent(30),
        ..SetupPages::default()
    }
}
