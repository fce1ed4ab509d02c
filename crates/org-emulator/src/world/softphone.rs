//! Softphone layouts: only a person in Setup (or, for tests, the control route) writes them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::World;
use crate::ids::Id;

/// A softphone layout, in the shape that `describeSoftphoneLayout` answers with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) struct SoftphoneLayout {
    /// The last digits of its id; 0 before the org has it.
    #[serde(default)]
    pub(crate) number: usize,
    pub(crate) name: String,
    pub(crate) is_default: bool,
    /// Names of the profiles that have it by assignment instead of the default one.
    #[serde(default)]
    pub(crate) profiles: Vec<String>,
    pub(crate) call_types: Vec<SoftphoneCallType>,
}

/// What happens on one kind of call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) struct SoftphoneCallType {
    /// `Inbound`, `Outbound` or `Internal`.
    pub(crate) name: String,
    /// Call-related fields: `ANI`, `DNIS`, `SEGMENT`, `QUEUE`.
    pub(crate) info_fields: Vec<String>,
    /// `ExistingWindow` or `NewWindow`.
    #[serde(default)]
    pub(crate) screen_pops_open_within: Option<String>,
    #[serde(default)]
    pub(crate) screen_pop_options: Vec<ScreenPopOption>,
    #[serde(default)]
    pub(crate) sections: Vec<SoftphoneSection>,
}

/// What pops up for so many matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) struct ScreenPopOption {
    /// `NoMatch`, `SingleMatch` or `MultipleMatches`.
    pub(crate) match_type: String,
    #[serde(default)]
    pub(crate) screen_pop_data: String,
    /// `PopToEntity`, `PopToVisualforce`, `PopToSearch`, `PopToFlow`.
    pub(crate) screen_pop_type: String,
}

/// An object whose records the softphone shows, and their fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) struct SoftphoneSection {
    pub(crate) entity_api_name: String,
    pub(crate) items: Vec<String>,
}

impl World {
    /// Puts these layouts in the place of the org's: a list, or an object that holds it. At most
    /// one of them is the default.
    pub(crate) fn set_softphone_layouts(&mut self, mut value: Value) -> Result<(), String> {
        if let Some(layouts) = value.get_mut("layouts") {
            value = layouts.take();
        }
        let layouts: Vec<SoftphoneLayout> =
            serde_json::from_value(value).map_err(|error| error.to_string())?;
        if layouts.iter().filter(|layout| layout.is_default).count() > 1 {
            return Err("only one softphone layout can be the default".to_owned());
        }
        let known = |name: &String| self.profiles.iter().any(|profile| profile.name == *name);
        let mut named = layouts.iter().flat_map(|layout| &layout.profiles);
        if let Some(name) = named.find(|name| !known(name)) {
            return Err(format!("the org has no profile {name:?}"));
        }
        self.softphone_layouts.clear();
        for layout in layouts {
            self.add_softphone_layout(layout);
        }
        Ok(())
    }

    /// Adds a layout under an id that no other has.
    pub(crate) fn add_softphone_layout(&mut self, mut layout: SoftphoneLayout) {
        let numbers = self.softphone_layouts.iter().map(|layout| layout.number);
        layout.number = numbers.max().unwrap_or_default() + 1;
        self.softphone_layouts.push(layout);
    }

    /// The id of a layout, which only the pages of Setup and `describeSoftphoneLayout` show.
    pub(crate) fn softphone_layout_id(&self, layout: &SoftphoneLayout) -> String {
        let instance = &self.organization.id.short()[3..10];
        let id = Id::parse(&format!("04n{instance}{:05}", layout.number % 100_000));
        id.map(|id| id.as_str().to_owned()).unwrap_or_default()
    }

    /// The place of the layout of that id, which may be the short one.
    pub(crate) fn softphone_layout_place(&self, id: &str) -> Option<usize> {
        let wanted = Id::parse(id)?;
        let is_it = |layout: &SoftphoneLayout| self.softphone_layout_id(layout) == wanted.as_str();
        self.softphone_layouts.iter().position(is_it)
    }

    /// Makes one layout the default, which takes that from the one that was.
    pub(crate) fn make_softphone_default(&mut self, place: usize) {
        for (at, layout) in self.softphone_layouts.iter_mut().enumerate() {
            layout.is_default = at == place;
        }
    }

    /// Gives a profile a layout of its own; `None` leaves it the default one.
    pub(crate) fn assign_softphone_layout(&mut self, profile: &str, place: Option<usize>) {
        for (at, layout) in self.softphone_layouts.iter_mut().enumerate() {
            layout.profiles.retain(|name| name != profile);
            if place == Some(at) {
                layout.profiles.push(profile.to_owned());
            }
        }
    }
}
