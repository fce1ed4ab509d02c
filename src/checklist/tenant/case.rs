//! What an item of the Webex organization is asked about.

use std::collections::BTreeSet;

use crate::checklist::ItemId;
use crate::checklist::rules::{NamedInWebex, named_in_webex};
use crate::model::{
    AgentProfileRow, AgentRow, Baseline, ConnectorWish, LayoutRow, Ref, TeamRow, TenantRecordId,
    TenantState, TenantWish, UnnamedValues,
};

/// What is wanted of a Webex organization, what is there, and what was there before us.
#[derive(Debug, Clone, Copy)]
pub struct TenantCase<'a> {
    /// What is wanted.
    pub wish: &'a TenantWish,
    /// The connectors whose settings speak of the contact center.
    pub connectors: &'a [ConnectorWish],
    /// What is there.
    pub state: &'a TenantState,
    /// What was there before us.
    pub baseline: &'a Baseline,
}

impl<'a> TenantCase<'a> {
    /// The layout that a reference means, by its id, else by its name.
    pub(in crate::checklist) fn layout(&self, of: &Ref<TenantRecordId>) -> Option<&'a LayoutRow> {
        of.find(self.state.layouts.as_slice(), |it| &it.id, |it| &it.name)
    }

    /// Whether something of an item may have to go back that the configuration no longer asks for. While
    /// agents move from one version of the connector to the other, both versions need what is set.
    pub(in crate::checklist) fn gives_back(&self, item: ItemId) -> bool {
        // What a call center uses is wanted, and whose settings were not seen may use anything.
        let uses = [ItemId::IDLE_CODES, ItemId::VARIABLES].contains(&item);
        let is_unseen = |wish: &ConnectorWish| wish.call_center.unnamed == UnnamedValues::Stay;
        self.wish.given_back.is_none()
            && !(uses && self.connectors.iter().any(is_unseen))
            && self.baseline.of_item(item.as_str()).next().is_some()
    }

    /// The wanted teams that there are.
    pub(in crate::checklist) fn wanted_teams(&self) -> Vec<&'a TeamRow> {
        let is_wanted = |team: &&TeamRow| self.wish.teams.contains(&team.name);
        self.state.teams.iter().filter(is_wanted).collect()
    }

    /// The agents of the wanted teams who work there.
    pub(in crate::checklist) fn agents(&self) -> Vec<&'a AgentRow> {
        let teams: BTreeSet<&TenantRecordId> =
            self.wanted_teams().iter().map(|team| &team.id).collect();
        let is_meant =
            |agent: &&AgentRow| agent.active && agent.teams.iter().any(|team| teams.contains(team));
        self.state.agents.iter().filter(is_meant).collect()
    }

    /// The desktop profiles of those agents, each with them.
    pub(in crate::checklist) fn profiles(&self) -> Vec<(&'a AgentProfileRow, Vec<&'a AgentRow>)> {
        let agents = self.agents();
        let with_agents = |profile: &'a AgentProfileRow| {
            let of_profile = agents.iter().filter(|it| it.profile.as_ref() == Some(&profile.id));
            (profile, of_profile.copied().collect::<Vec<_>>())
        };
        let profiles = self.state.agent_profiles.iter().map(with_agents);
        profiles.filter(|(_, agents)| !agents.is_empty()).collect()
    }

    /// What of the contact center the connectors' call centers will use.
    pub(in crate::checklist) fn named(&self) -> NamedInWebex {
        let mut all = NamedInWebex::default();
        for connector in self.connectors {
            let named = named_in_webex(&connector.call_center, None);
            all.idle_codes.extend(named.idle_codes);
            for (name, written) in named.variables {
                *all.variables.entry(name).or_default() |= written;
            }
        }
        all
    }
}
