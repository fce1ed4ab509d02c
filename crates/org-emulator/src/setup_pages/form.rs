//! The edit form as values: what it shows, and what came back.

use super::html::Html;
use super::objects::{self, CALL_FIELDS};
use super::{Visit, value};
use crate::world::World;
use crate::world::softphone::{
    ScreenPopOption, SoftphoneCallType, SoftphoneLayout, SoftphoneSection,
};

/// Kinds of calls, as the API names them.
pub(super) const CALL_TYPES: [&str; 3] = ["Inbound", "Outbound", "Internal"];
/// Outcomes of a search, and the words of their rows.
pub(super) const OUTCOMES: [(&str, &str); 3] = [
    ("NoMatch", "no_match"),
    ("SingleMatch", "single_match"),
    ("MultipleMatches", "multiple_match"),
];
/// The longest name.
const LONGEST: usize = 80;

/// A layout while it is edited.
pub(super) struct Draft {
    pub(super) layout: SoftphoneLayout,
    /// The call type that is shown.
    pub(super) shown: String,
    /// What is wrong: the field, and the word for it.
    pub(super) errors: Vec<(&'static str, &'static str)>,
}

impl Draft {
    /// A layout as it is; a new one with what Setup proposes.
    pub(super) fn of(layout: Option<&SoftphoneLayout>) -> Self {
        let layout = layout.cloned().unwrap_or_else(proposed);
        Self { layout, shown: CALL_TYPES[0].to_owned(), errors: Vec::new() }
    }

    /// What a browser sent of it.
    pub(super) fn sent(visit: &Visit<'_>, html: Html, number: usize) -> Self {
        let get = |name: &str| value(&visit.form, &html.field(name)).unwrap_or_default().to_owned();
        let name = get("name").trim().to_owned();
        let world = visit.world();
        let call_types = CALL_TYPES.map(|kind| call_type(world, kind, &get));
        let profiles = world.softphone_layouts.iter().find(|it| it.number == number);
        let layout = SoftphoneLayout {
            number,
            name,
            is_default: !get("default").is_empty(),
            profiles: profiles.map(|it| it.profiles.clone()).unwrap_or_default(),
            call_types: call_types.into(),
        };
        let shown = get("type");
        let shown = if CALL_TYPES.contains(&shown.as_str()) { shown } else { "Inbound".to_owned() };
        Self { layout, shown, errors: Vec::new() }
    }

    /// Looks for what the org would not take.
    pub(super) fn check(&mut self, world: &World) {
        let name = &self.layout.name;
        let taken = |other: &SoftphoneLayout| {
            other.number != self.layout.number && other.name.eq_ignore_ascii_case(name)
        };
        if name.is_empty() {
            self.errors.push(("name", "error_value"));
        } else if name.chars().count() > LONGEST {
            self.errors.push(("name", "error_long"));
        } else if world.softphone_layouts.iter().any(taken) {
            self.errors.push(("name", "error_taken"));
        }
        let mut pops = self.layout.call_types.iter().flat_map(|it| &it.screen_pop_options);
        let is_name = |text: &str| {
            !text.is_empty()
                && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        };
        if pops.any(|pop| {
            matches!(pop.screen_pop_type.as_str(), "PopToVisualforce" | "PopToFlow")
                && !is_name(&pop.screen_pop_data)
        }) {
            self.errors.push(("pops", "error_page"));
        }
    }
}

/// What Setup proposes for a new layout.
fn proposed() -> SoftphoneLayout {
    let call_types = CALL_TYPES.map(|name| SoftphoneCallType {
        name: name.to_owned(),
        info_fields: match name {
            "Inbound" => vec!["ANI".to_owned(), "DNIS".to_owned()],
            "Outbound" => vec!["DNIS".to_owned()],
            _ => vec!["ANI".to_owned()],
        },
        screen_pops_open_within: Some("ExistingWindow".to_owned()),
        screen_pop_options: vec![ScreenPopOption {
            match_type: "SingleMatch".to_owned(),
            screen_pop_data: String::new(),
            screen_pop_type: "PopToEntity".to_owned(),
        }],
        sections: ["Account", "Contact", "Lead"]
            .map(|object| SoftphoneSection {
                entity_api_name: object.to_owned(),
                items: vec!["Name".to_owned()],
            })
            .into(),
    });
    SoftphoneLayout {
        number: 0,
        name: String::new(),
        is_default: false,
        profiles: Vec::new(),
        call_types: call_types.into(),
    }
}

fn listed(text: &str) -> Vec<String> {
    text.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// One kind of call, as it was sent.
fn call_type(world: &World, kind: &str, get: &dyn Fn(&str) -> String) -> SoftphoneCallType {
    let offered = objects::offered(world);
    let section = |name: String| {
        let object = offered.iter().find(|object| object.name == name)?;
        let chosen = listed(&get(&format!("{kind}_{name}")));
        let known = |field: &String| object.fields.iter().any(|(name, _)| name == field);
        let mut items: Vec<String> = chosen.into_iter().filter(known).collect();
        if items.is_empty() {
            items.extend(object.fields.first().map(|(name, _)| (*name).to_owned()));
        }
        Some(SoftphoneSection { entity_api_name: name, items })
    };
    let options = OUTCOMES.iter().filter_map(|(outcome, _)| {
        let chosen = get(&format!("{kind}_{outcome}"));
        let data = |what: &str| get(&format!("{kind}_{outcome}_{what}"));
        let (kind, data) = match chosen.as_str() {
            "new" => ("PopToEntity", data("object")),
            "detail" => ("PopToEntity", String::new()),
            "search" => ("PopToSearch", String::new()),
            "page" => ("PopToVisualforce", data("page")),
            "flow" => ("PopToFlow", data("flow")),
            _ => return None,
        };
        Some(ScreenPopOption {
            match_type: (*outcome).to_owned(),
            screen_pop_data: data,
            screen_pop_type: kind.to_owned(),
        })
    });
    let window = get(&format!("{kind}_open"));
    let window = if window == "NewWindow" { window } else { "ExistingWindow".to_owned() };
    SoftphoneCallType {
        name: kind.to_owned(),
        info_fields: listed(&get(&format!("{kind}_fields")))
            .into_iter()
            .filter(|field| CALL_FIELDS.contains(&field.as_str()))
            .collect(),
        screen_pops_open_within: Some(window),
        screen_pop_options: options.collect(),
        sections: listed(&get(&format!("{kind}_objects")))
            .into_iter()
            .filter_map(section)
            .collect(),
    }
}
