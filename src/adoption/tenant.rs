//! What of the connector is in a Webex organization, as `[webex]` would have it.

use std::collections::BTreeSet;

use crate::checklist::{DesktopLayoutInUse, TenantInventory};
use crate::model::tenant::field::{OUTDIAL_ANI, OUTDIAL_ENTRY_POINT, allowed_idle_code};
use crate::model::{
    Baseline, Draft, DraftFile, DraftValue, SettingKind, Target, TenantRecord, TenantState, Value,
};

/// The file beside the configuration that holds the layout.
const FILE: &str = "desktop_layout.json";

/// How much of an organization is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TenantTeams {
    /// Every team with the connector on its desktop.
    All,
    /// Those that have the layout that most teams have.
    OfOneLayout,
    /// None; only what keeps them out is told.
    None,
}

/// A Webex organization that is to be written down.
#[derive(Debug, Clone, Copy)]
pub struct TenantSeen<'a> {
    /// What was seen of it.
    pub state: &'a TenantState,
    /// What runs have set in it: a configuration that leaves that out would give it back.
    pub past: &'a Baseline,
    /// How much of it is written down.
    pub teams: TenantTeams,
}

/// Drafts it; `None` where no team has a layout with the connector.
pub(super) fn draft(tenant: TenantSeen<'_>) -> Option<(Draft, Option<DraftFile>)> {
    let TenantSeen { state, past, teams } = tenant;
    let inventory = TenantInventory::take(state);
    let with_teams = |it: &&DesktopLayoutInUse| !it.global && !it.teams.is_empty();
    let own = || inventory.desktop_layouts.iter().filter(with_teams);
    // Of several that as many teams have, the first by its name.
    let chosen = own().rev().max_by_key(|it| it.teams.len())?;
    let content = state
        .layouts
        .iter()
        .find(|row| row.name == chosen.name)
        .and_then(|row| state.content(&row.id))?;
    let named: BTreeSet<&String> = match teams {
        TenantTeams::All => own().flat_map(|it| &it.teams).collect(),
        TenantTeams::OfOneLayout => chosen.teams.iter().collect(),
        TenantTeams::None => BTreeSet::new(),
    };
    let mut draft = Draft::default();
    if named.is_empty() {
        draft.beside("webex");
        draft.left_out(format!(
            "Teams of the Webex organization \"{}\" ({}) have desktop layouts with the connector. What a \
             configuration would make of them is not what they have; docs/webex.md tells how [webex] is \
             written by hand.",
            inventory.name, inventory.id
        ));
        return Some((draft, None));
    }
    draft.table("webex");
    draft.comment(format!("The Webex organization \"{}\".", inventory.name));
    draft.text("org_id", &inventory.id);
    draft.texts("teams", &named.iter().collect::<Vec<_>>());
    draft.table("webex.desktop_layout");
    draft.comment("The layout as the organization has it.");
    draft.text("name", &chosen.name);
    draft.text("file", FILE);
    write_what_was_set(&mut draft, past);
    for other in own().filter(|it| it.teams.iter().any(|team| !named.contains(team))) {
        draft.left_out(format!(
            "The layout \"{}\" has the connector in it, too; these teams have it: {}.",
            other.name,
            other.teams.join(", ")
        ));
    }
    Some((draft, Some(DraftFile { name: FILE.to_owned(), text: content.to_owned() })))
}

/// Writes down what runs have set beside the layouts, so that it stays.
fn write_what_was_set(draft: &mut Draft, past: &Baseline) {
    let (mut codes, mut variables) = (BTreeSet::new(), BTreeSet::new());
    let (mut entry_point, mut ani) = (None, None);
    for entry in past.entries.iter().filter(|entry| !entry.is_given_back()) {
        let Target::Tenant { kind, record, field } = &entry.target else { continue };
        let ours = match &entry.ours {
            Some(Value::TenantRecord(ours)) => Some(&ours.name),
            _ => None,
        };
        match (kind, field.as_deref()) {
            (TenantRecord::AuxiliaryCode, _) => drop(codes.insert(record.name.as_str())),
            (TenantRecord::CadVariable, _) => drop(variables.insert(&record.name)),
            (_, Some(OUTDIAL_ENTRY_POINT)) => entry_point = ours.or(entry_point),
            (_, Some(OUTDIAL_ANI)) => ani = ours.or(ani),
            (kind, Some(field)) => codes.extend(allowed_idle_code(*kind, field)),
            _ => {}
        }
    }
    let lists = [
        ("webex.idle_codes", codes.into_iter().collect::<Vec<_>>()),
        ("webex.variables", variables.into_iter().map(String::as_str).collect()),
    ];
    for (table, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        draft.table(table);
        draft.texts("names", &names);
        draft.key("manage", managed());
    }
    if let Some(entry_point) = entry_point {
        draft.table("webex.outdial");
        draft.text("entry_point", entry_point);
        if let Some(ani) = ani {
            draft.text("ani", ani);
        }
        draft.key("manage", managed());
    }
}

fn managed() -> DraftValue {
    DraftValue::Setting { kind: SettingKind::Boolean, text: "true".to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{
        DraftLine, DraftValue, LayoutRow, Observed, TeamRow, Tenant, TenantRecordId,
    };

    /// An organization whose teams have these layouts; those with `+` have the connector in them.
    fn organization(teams: &[(&str, &str)]) -> TenantState {
        let id = |text: &str| TenantRecordId::new(text);
        let mut state = TenantState::new(Tenant {
            id: "an id".to_owned(),
            name: "Northwind".to_owned(),
            api_url: "https://api.wxcc-us1.cisco.com".to_owned(),
        });
        let layouts: BTreeSet<&str> = teams.iter().map(|(_, layout)| *layout).collect();
        let row = |name: &&str| LayoutRow {
            id: id(name),
            name: (*name).to_owned(),
            untouchable: false,
            active: true,
            teams: Vec::new(),
        };
        state.layouts = Observed::Seen(layouts.iter().map(row).collect());
        for name in layouts {
            let bridge = json!({ "comp1": { "comp": "agentx-custom-desktop" } });
            let widgets = if name.contains('+') { bridge } else { json!({}) };
            let text = json!({ "agent": { "area": { "headless": { "widgets": widgets } } } });
            state.contents.insert(id(name), Observed::Seen(text.to_string()));
        }
        let team = |(name, layout): &(&str, &str)| TeamRow {
            id: id(name),
            name: (*name).to_owned(),
            layout: Some(id(layout)),
        };
        state.teams = Observed::Seen(teams.iter().map(team).collect());
        state
    }

    fn drafted(state: &TenantState, teams: TenantTeams) -> Option<(Draft, Option<DraftFile>)> {
        draft(TenantSeen { state, past: &Baseline::default(), teams })
    }

    /// The teams and the layout of a draft, and how many sentences tell what is left out.
    fn of(draft: &Draft) -> (Vec<String>, String, usize) {
        let mut found = (Vec::new(), String::new(), 0);
        for line in draft.tables.iter().flat_map(|table| &table.lines) {
            match line {
                DraftLine::Key { key, value: DraftValue::Texts(teams) } if key == "teams" => {
                    found.0.clone_from(teams);
                }
                DraftLine::Key { key, value: DraftValue::Text(name) } if key == "name" => {
                    found.1.clone_from(name);
                }
                DraftLine::LeftOut(_) => found.2 += 1,
                _ => {}
            }
        }
        found
    }

    #[test]
    fn the_layout_that_most_teams_have_is_written_down() {
        let teams = [("A", "own+"), ("B", "ours+"), ("C", "ours+"), ("D", "plain")];
        let state = organization(&teams);
        let (all, file) = drafted(&state, TenantTeams::All).unwrap();
        let texts = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(of(&all), (texts(&["A", "B", "C"]), "ours+".to_owned(), 0));
        assert!(file.unwrap().text.contains("agentx-custom-desktop"));
        let (some, _) = drafted(&state, TenantTeams::OfOneLayout).unwrap();
        assert_eq!(of(&some), (texts(&["B", "C"]), "ours+".to_owned(), 1));
        let (none, file) = drafted(&state, TenantTeams::None).unwrap();
        assert_eq!((of(&none), file), ((Vec::new(), String::new(), 1), None));
    }

    #[test]
    fn an_organization_without_the_connector_is_no_part_of_it() {
        assert_eq!(drafted(&organization(&[("A", "plain")]), TenantTeams::All), None);
    }
}
