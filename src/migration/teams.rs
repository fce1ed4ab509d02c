//! Which teams get their former desktop layout back: those whose last agent has moved.
//!
//! Version 1 shows agents the Agent Desktop, with the desktop layout of their team; Version 2 shows none.
//! An agent of the contact center and a user of the Salesforce org are the same person where their
//! e-mail addresses are the same.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Movers;
use crate::checklist::{ItemId, Now, tenant_now};
use crate::model::{
    AgentRow, Baseline, OrgState, TeamRow, TenantState, TenantWish, address_in_webex,
};

/// What becomes of the desktop layouts of teams.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Teams {
    /// Teams that get back the layout that they had before the connector's, by name.
    pub given_back: Vec<String>,
    /// Teams that keep the connector's layout, for somebody in them needs it.
    pub keeping: Vec<KeepingTeam>,
    /// Teams that get the connector's layout, for somebody in them moves back.
    pub given: Vec<String>,
}

/// A team that keeps the connector's layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeepingTeam {
    /// The team's name.
    pub team: String,
    /// Its agents who are not known to work with Version 2.
    pub agents: Vec<String>,
}

impl Teams {
    /// What becomes of them on the way to Version 2: of those that a run has given the connector's
    /// layout to.
    pub fn forth(
        state: &OrgState,
        movers: &Movers,
        tenant: &TenantState,
        baseline: &Baseline,
    ) -> Self {
        let mut found = Self::default();
        let there = emails(state, movers.arrived.iter().chain(&movers.moving));
        let in_clones = movers.in_clones.iter().map(|it| &it.user);
        let stay = movers.waiting.iter().chain(&movers.staying).chain(in_clones);
        let here = emails(state, stay);
        for entry in baseline.of_item(ItemId::TEAMS.as_str()) {
            let before = entry.before.value();
            let Now::Held(now) = tenant_now(tenant, &entry.target) else { continue };
            let is_back = entry.target.holds_same(now.as_ref(), before);
            let name = entry.target.place().0.name;
            if is_back {
                if entry.giving_back {
                    // A run that was broken off has given it back and did not come to write that down.
                    found.given_back.push(name);
                }
                continue;
            }
            let team = tenant.teams.iter().find(|team| team.name == name);
            let Some(team) = team else { continue };
            let (mut has_agents, mut left) = (false, Vec::new());
            for agent in agents_of(tenant, team) {
                has_agents = true;
                let email = agent.email.trim().to_lowercase();
                if !there.contains(&email) || here.contains(&email) {
                    left.push(agent.name.clone());
                }
            }
            match (has_agents, left.is_empty()) {
                (true, true) => found.given_back.push(name),
                (true, false) => found.keeping.push(KeepingTeam { team: name, agents: left }),
                // Nobody of it has moved.
                (false, _) => {}
            }
        }
        found
    }

    /// The same on the way back to Version 1: of those that the configuration names, and that do not have
    /// it from a run already.
    pub fn back(
        state: &OrgState,
        movers: &Movers,
        tenant: &TenantState,
        baseline: &Baseline,
        wish: &TenantWish,
    ) -> Self {
        let moving = emails(state, movers.moving.iter());
        let is_moving = |agent: &AgentRow| moving.contains(&agent.email.trim().to_lowercase());
        let has_it = |team: &TeamRow| {
            let mut given = baseline.of_item(ItemId::TEAMS.as_str());
            given.any(|entry| {
                let Now::Held(now) = tenant_now(tenant, &entry.target) else { return false };
                entry.target.place().0.name == team.name
                    && entry.ours.is_some()
                    && entry.target.holds_same(now.as_ref(), entry.ours.as_ref())
                    && !entry.target.holds_same(now.as_ref(), entry.before.value())
            })
        };
        let gets_it = |team: &&TeamRow| {
            wish.teams.contains(&team.name)
                && !has_it(team)
                && agents_of(tenant, team).any(is_moving)
        };
        let given = match wish.desktop_layout {
            Some(_) => tenant.teams.iter().filter(gets_it).map(|it| it.name.clone()).collect(),
            None => Vec::new(),
        };
        Self { given, ..Self::default() }
    }

    /// What is wanted of the contact center by that, and nothing else; `None`: nothing is.
    pub fn wish(
        &self,
        id: &str,
        data_center: &str,
        wish: Option<&TenantWish>,
    ) -> Option<TenantWish> {
        if self.given_back.is_empty() && self.given.is_empty() {
            return None;
        }
        let layout = wish.and_then(|it| it.desktop_layout.clone());
        Some(TenantWish {
            data_center: data_center.to_owned(),
            desktop_layout: layout.filter(|_| !self.given.is_empty()),
            teams: self.given.clone(),
            given_back: Some(self.given_back.clone()),
            ..TenantWish::nothing(id)
        })
    }
}

/// E-mail addresses of users by their user names, in small letters.
fn emails<'a>(state: &OrgState, usernames: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    let names: BTreeSet<&String> = usernames.collect();
    let users = state.users.iter().filter(|user| names.contains(&user.username));
    let kind = state.organization.kind;
    let emails = users.map(|user| address_in_webex(&user.email, kind));
    emails.filter(|email| !email.is_empty()).collect()
}

/// The agents of a team who may sign in.
fn agents_of<'a>(tenant: &'a TenantState, team: &'a TeamRow) -> impl Iterator<Item = &'a AgentRow> {
    tenant.agents.iter().filter(|agent| agent.active && agent.teams.contains(&team.id))
}
