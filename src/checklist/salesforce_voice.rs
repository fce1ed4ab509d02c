//! Salesforce Voice, which follows Open CTI: what of its needs an org has, as far as that is seen.

use serde::Serialize;

use super::{count_agents, counted};
use crate::model::{Editions, Fit, Look, OrgState, PermissionSetLicence};

/// Words of editions that Cisco names for it; Performance has all that Unlimited has.
const EDITIONS: [&str; 4] = ["Enterprise", "Unlimited", "Performance", "Developer"];

/// Namespace of Cisco's package for it.
const NAMESPACE: &str = "cisco_wxcc_scv";

/// What no API shows: a person looks at it.
const BY_HAND: [&str; 2] = [
    "Partner Telephony and Enhanced Omni-Channel in Setup",
    "Webex's add-on A-SF-VOICE in Control Hub",
];

/// What an org has of what Salesforce Voice needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoiceReadiness {
    /// What is there.
    pub there: Vec<String>,
    /// What is not.
    pub missing: Vec<String>,
    /// What the org does not show.
    pub not_seen: Vec<String>,
    /// What a person has to look at.
    pub by_hand: Vec<String>,
}

impl VoiceReadiness {
    /// What of it an org shows.
    pub fn of(state: &OrgState) -> Self {
        let (there, missing, not_seen) = (Vec::new(), Vec::new(), Vec::new());
        let by_hand = BY_HAND.map(str::to_owned).to_vec();
        let mut found = Self { there, missing, not_seen, by_hand };
        found.edition(state);
        found.omni_channel(state);
        found.licences(state);
        found.package(state);
        found
    }

    fn edition(&mut self, state: &OrgState) {
        let Some(edition) = state.edition.seen() else {
            return self.not_seen.push("the edition".to_owned());
        };
        let named = EDITIONS.map(str::to_owned).to_vec();
        match (Editions { named, excluded: Vec::new() }).fit(edition) {
            Fit::Named => self.there.push(edition.clone()),
            Fit::Unnamed | Fit::Excluded => {
                self.missing
                    .push(format!("an edition that Cisco names for it ({edition} is none)"));
            }
        }
    }

    fn omni_channel(&mut self, state: &OrgState) {
        match state.refusal(Look::PresenceStatuses) {
            Some(refused) if refused.missing => self.missing.push("Omni-Channel".to_owned()),
            Some(_) => self.not_seen.push("Omni-Channel and its presence statuses".to_owned()),
            None => {
                let number = state.presence_statuses.as_slice().len();
                let statuses = counted(number, "presence status", "presence statuses");
                if number < 2 {
                    self.missing.push("two presence statuses, one online and one busy".to_owned());
                    self.there.push("Omni-Channel".to_owned());
                } else {
                    self.there.push(format!("Omni-Channel with {statuses}"));
                }
            }
        }
    }

    /// The licence goes by two names, for Salesforce Voice was Service Cloud Voice.
    fn licences(&mut self, state: &OrgState) {
        const LICENCE: &str = "licences \"Salesforce Voice User (Partner Telephony)\"";
        let Some(licences) = state.permission_set_licences.seen() else {
            return self.not_seen.push(LICENCE.to_owned());
        };
        let is_it = |licence: &&PermissionSetLicence| {
            // Labels are in the language of the caller; the API name is nowhere documented.
            let (label, name) =
                (licence.label.to_lowercase(), licence.developer_name.to_lowercase());
            label.contains("voice") && label.contains("partner telephony")
                || name.contains("voice") && name.contains("partnertelephony")
        };
        let (total, used) = licences
            .iter()
            .filter(is_it)
            .fold((0, 0), |(total, used), it| (total + it.total, used + it.used));
        if total == 0 {
            // An org that answers in another language has another name for it.
            self.by_hand.insert(0, format!("{LICENCE} (not found under its English name)"));
            return;
        }
        let agents = count_agents(state);
        let has = usize::try_from(total).unwrap_or(usize::MAX);
        if has < agents {
            let more = agents - has;
            self.missing
                .push(format!("{more} more {LICENCE} ({agents} agents, {total} in the org)"));
        } else {
            self.there.push(format!("{total} {LICENCE}, {used} of them given"));
        }
    }

    fn package(&mut self, state: &OrgState) {
        let what = format!("Cisco's package for it ({NAMESPACE})");
        let Some(packages) = state.packages.seen() else { return self.not_seen.push(what) };
        let is_there = packages.iter().any(|it| it.namespace.as_deref() == Some(NAMESPACE));
        if is_there { self.there.push(what) } else { self.missing.push(what) }
    }
}
