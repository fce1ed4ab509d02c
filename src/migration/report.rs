//! What a person reads before anything moves.

use serde::Serialize;

use super::{Conversion, Movers};

/// Whether an org is ready to move, and what moving means for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// The recipe that is moved to.
    pub to: &'static str,
    /// What became of the settings; nothing on the way back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Conversion>,
    /// Who moves.
    pub users: Movers,
    /// What else is to be known.
    pub notes: Vec<String>,
}

impl Readiness {
    /// What moving to Version 2 means. `has_layout` says whether a softphone layout is configured, and
    /// `has_domain` whether the WebRTC domain is known.
    pub fn forth(
        conversion: Conversion,
        users: Movers,
        has_layout: bool,
        has_domain: bool,
    ) -> Self {
        let mut notes = Vec::new();
        if let Some(object) = &conversion.no_match {
            notes.push(if has_layout {
                format!(
                    "Unknown callers: the softphone layout opens a new {object} from now on, which is a \
                     step for a person. Until everybody has moved, agents of Version 1 get two pages."
                )
            } else {
                format!(
                    "Unknown callers: no softphone layout is configured, so that nobody sees whether \
                     it opens a new {object}. Set \"No matching records\" to \"Pop to new {object}\" \
                     for inbound calls in Setup > Softphone Layouts."
                )
            });
        }
        if !has_domain {
            notes.push(
                "The WebRTC domain of the data centre is not known: agents who choose Desktop as \
                 their station will read \"WebRTC domain is not configured\". Name it with \
                 --webrtc-domain, or have them choose Extension or Dial Number."
                    .to_owned(),
            );
        }
        if conversion.settings.iter().any(|setting| setting.value.contains("phoneNumber")) {
            notes.push(
                "Mappings of the variable `phoneNumber` are kept as they are. Cisco's examples of \
                 Version 2 name the caller's number `ani`: try one with a call."
                    .to_owned(),
            );
        }
        notes.push(
            "Version 1 stays as it is: its package, its activities with their fields, its reports and \
             its call center. They go when it is uninstalled, and until then the same command with \
             --to webex-v1 moves users back."
                .to_owned(),
        );
        notes.push(
            "Desktop layouts of teams stay. Version 2 shows none of them; give a team its former one \
             back once its last agent has moved."
                .to_owned(),
        );
        notes.push("Agents log out of Salesforce and in again when they were moved.".to_owned());
        Self { to: super::convert::TO, conversion: Some(conversion), users, notes }
    }

    /// What moving back to Version 1 means.
    pub fn back(users: Movers) -> Self {
        let notes = vec![
            "Version 2 stays installed. Its permission set is taken back from those who move."
                .to_owned(),
            "Agents log out of Salesforce and in again when they were moved.".to_owned(),
        ];
        Self { to: super::convert::FROM, conversion: None, users, notes }
    }
}
