//! What of the connector is in a Webex organization, as `[webex]` would have it.

use std::collections::BTreeSet;

use crate::checklist::{DesktopLayoutInUse, TenantInventory};
use crate::model::{Draft, DraftFile, TenantState};

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

/// Drafts it; `None` where no team has a layout with the connector.
pub(super) fn draft(state: &TenantState, teams: TenantTeams) -> Option<(Draft, Option<DraftFile>)> {
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
    for other in own().filter(|it| it.teams.iter().any(|team| !named.contains(team))) {
        draft.left_out(format!(
            "The layout \"{}\" has the connector in it, too; these teams have it: {}.",
            other.name,
            other.teams.join(", ")
        ));
    }
    Some((draft, Some(DraftFile { name: FILE.to_owned(), text: content.to_owned() })))
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
        let (all, file) = draft(&state, TenantTeams::All).unwrap();
        let texts = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(of(&all), (texts(&["A", "B", "C"]), "ours+".to_owned(), 0));
        assert!(file.unwrap().text.contains("agentx-custom-desktop"));
        let (some, _) = draft(&state, TenantTeams::OfOneLayout).unwrap();
        assert_eq!(of(&some), (texts(&["B", "C"]), "ours+".to_owned(), 1));
        let (none, file) = draft(&state, TenantTeams::None).unwrap();
        assert_eq!((of(&none), file), ((Vec::new(), String::new(), 1), None));
    }

    #[test]
    fn an_organization_without_the_connector_is_no_part_of_it() {
        assert_eq!(draft(&organization(&[("A", "plain")]), TenantTeams::All), None);
    }
}
