//! Salesforce Voice, which follows Open CTI: what of its needs an org has, as far as that is seen.

use serde::Serialize;

use super::{count_agents, counted};
use crate::model::{
    Editions, Fit, Look, OrgState, PermissionSetLicence, Recipe, VOICE_NAMESPACE, host,
};

/// Words of editions that Cisco names for it; Performance has all that Unlimited has.
const EDITIONS: [&str; 4] = ["Enterprise", "Unlimited", "Performance", "Developer"];

/// Label of the permission set that agents need of Cisco's package.
const PERMISSION_SET: &str = "Webex Contact Center SCV Agent";

/// What ends the hosts of an org's own services for it.
const SERVICES: &str = ".my.salesforce-scrt.com";
/// What tells the service of Cisco's package from the org's own.
const OF_PACKAGE: &str = "--cisco-wxcc-scv";
/// Webex's API.
const WEBEX: &str = "webexapis.com";

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
    pub fn of(state: &OrgState, recipe: &Recipe) -> Self {
        let (there, missing, not_seen) = (Vec::new(), Vec::new(), Vec::new());
        let by_hand = BY_HAND.map(str::to_owned).to_vec();
        let mut found = Self { there, missing, not_seen, by_hand };
        found.edition(state);
        found.omni_channel(state);
        found.licences(state, recipe);
        found.package(state);
        // Before the package is there, nothing of this is set up.
        if Self::has_package(state) {
            found.permission_set(state);
            found.sites(state);
        }
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
    fn licences(&mut self, state: &OrgState, recipe: &Recipe) {
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
        let agents = count_agents(recipe, state);
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
        let what = format!("Cisco's package for it ({VOICE_NAMESPACE})");
        if !state.packages.is_seen() {
            self.not_seen.push(what);
        } else if Self::has_package(state) {
            self.there.push(what);
        } else {
            self.missing.push(what);
        }
    }

    fn has_package(state: &OrgState) -> bool {
        state.packages.iter().any(|it| it.namespace.as_deref() == Some(VOICE_NAMESPACE))
    }

    fn permission_set(&mut self, state: &OrgState) {
        let what = format!("the permission set \"{PERMISSION_SET}\"");
        let Some(sets) = state.permission_sets.seen() else { return self.not_seen.push(what) };
        let is_there = sets.iter().any(|set| set.label == PERMISSION_SET);
        if is_there {
            self.there.push(what);
        } else {
            // An org that answers in another language may call it otherwise.
            self.by_hand.push(format!("{what} (none has this English name)"));
        }
    }

    /// Which remote sites it needs, and that it has a certificate to choose from.
    fn sites(&mut self, state: &OrgState) {
        let Some(parts) = state.voice_parts.seen() else {
            return self.not_seen.push("remote sites and certificates".to_owned());
        };
        // `acme--uat.sandbox`: another org's sites come along with a refresh, and are none of this one's.
        let own = host(&state.organization.instance_url)
            .and_then(|host| host.split_once(".my.salesforce").map(|(own, _)| own.to_owned()));
        let domain = own.as_deref().unwrap_or("MyDomain");
        let (name, kind) = domain.split_once('.').unwrap_or((domain, ""));
        let dot = if kind.is_empty() { "" } else { "." };
        let hosts: Vec<String> = parts.sites.iter().filter_map(|site| host(site)).collect();
        let is_there = |wanted: &str, of_package: bool| match own {
            Some(_) => hosts.iter().any(|host| host == wanted),
            // Which is this org's own, its address does not tell.
            None => hosts
                .iter()
                .any(|host| host.ends_with(SERVICES) && host.contains(OF_PACKAGE) == of_package),
        };
        let of_org = format!("{domain}{SERVICES}");
        let of_package = format!("{name}{OF_PACKAGE}{dot}{kind}{SERVICES}");
        let wanted = [
            (is_there(&of_org, false), of_org),
            (is_there(&of_package, true), of_package),
            (hosts.iter().any(|host| host == WEBEX), WEBEX.to_owned()),
        ];
        let lacking: Vec<&str> = wanted
            .iter()
            .filter(|(is_there, _)| !is_there)
            .map(|(_, host)| host.as_str())
            .collect();
        if lacking.is_empty() {
            self.there.push("its remote sites".to_owned());
        } else {
            let sites = if lacking.len() == 1 { "remote site" } else { "remote sites" };
            let sites = format!("{sites} https://{}", lacking.join(", https://"));
            match parts.unread_sites {
                0 => self.missing.push(sites),
                // It may be among those.
                more => self.not_seen.push(format!(
                    "{sites} ({} not looked into)",
                    counted(more, "remote site was", "remote sites were")
                )),
            }
        }
        match parts.certificates.as_slice() {
            [] => self.missing.push("a self-signed certificate".to_owned()),
            [one] => self.there.push(format!("the certificate {one}")),
            several => self.there.push(counted(several.len(), "certificate", "certificates")),
        }
    }
}
