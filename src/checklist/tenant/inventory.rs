//! What of the connector is in a Webex organization, without a configuration.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::definitions::desktop_layout::LayoutDocument;
use crate::model::{LayoutRow, TeamRow, TenantLook, TenantRecordId, TenantState};

/// What is looked at for it.
pub const INVENTORY_LOOKS: [TenantLook; 2] = [TenantLook::DesktopLayouts, TenantLook::Teams];

/// What of the connector is in a Webex organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TenantInventory {
    /// The organization's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The desktop layouts with the connector in them that teams have.
    pub desktop_layouts: Vec<DesktopLayoutInUse>,
    /// Teams that have a desktop without it, by name.
    pub teams_without: Vec<String>,
    /// How many layouts no team has. What is in them was not looked at.
    pub unused_layouts: usize,
    /// What could not be seen, in the words of the service.
    pub not_seen: Vec<String>,
}

/// A desktop layout with the connector in it, and who works with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DesktopLayoutInUse {
    /// Its name.
    pub name: String,
    /// The version of the connector's files that it loads, where it tells one.
    pub version: Option<String>,
    /// The number that outgoing calls show, where there is one.
    pub outdial_ani: Option<String>,
    /// Whether agents get the Salesforce Actions widget.
    pub actions_widget: bool,
    /// Whether it is the layout of teams without one of their own.
    pub global: bool,
    /// The teams that have it, by name.
    pub teams: Vec<String>,
}

impl TenantInventory {
    /// Takes stock of an organization.
    pub fn take(state: &TenantState) -> Self {
        let mut not_seen: Vec<String> =
            INVENTORY_LOOKS.iter().filter_map(|look| state.refusal(*look)).collect();
        let mut desktop_layouts = Vec::new();
        let mut teams_without = Vec::new();
        let in_use = layouts_in_use(state);
        for layout in state.layouts.iter().filter(|it| in_use.contains(&it.id)) {
            let teams = teams_of(state, layout);
            let Some(content) = state.content(&layout.id) else {
                not_seen.push(format!("the content of the desktop layout \"{}\"", layout.name));
                continue;
            };
            match LayoutDocument::read_connector(content) {
                Ok(document) => desktop_layouts.push(DesktopLayoutInUse {
                    name: layout.name.clone(),
                    version: document.version().map(str::to_owned),
                    outdial_ani: document.outdial_ani().map(str::to_owned),
                    actions_widget: document.has_actions_widget(),
                    global: layout.untouchable,
                    teams,
                }),
                Err(_) => teams_without.extend(teams),
            }
        }
        teams_without.sort();
        let tenant = &state.tenant;
        Self {
            id: tenant.id.clone(),
            name: tenant.name.clone(),
            unused_layouts: state.layouts.iter().count() - in_use.len(),
            desktop_layouts,
            teams_without,
            not_seen,
        }
    }
}

/// The layouts that a team has: what is in these tells who works with the connector.
pub fn layouts_in_use(state: &TenantState) -> BTreeSet<TenantRecordId> {
    let of_team = |team: &TeamRow| Some(state.layout_of(team)?.id.clone());
    state.teams.iter().filter_map(of_team).collect()
}

fn teams_of(state: &TenantState, layout: &LayoutRow) -> Vec<String> {
    let has_it = |team: &&TeamRow| state.layout_of(team).is_some_and(|it| it.id == layout.id);
    state.teams.iter().filter(has_it).map(|team| team.name.clone()).collect()
}
