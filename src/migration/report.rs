//! What a person reads before anything moves.

use serde::Serialize;

use super::unknown_callers::opened_twice;
use super::{Conversion, Movers, OtherCallCenter, Teams};
use crate::model::{Baseline, ConnectorWish};

/// Whether an org is ready to move, and what moving means for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// The recipe that is moved to.
    pub to: &'static str,
    /// Where the settings of its call center come from.
    #[serde(flatten)]
    pub settings: Settings,
    /// Other call centers of Version 1 whose users move.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<OtherCallCenter>,
    /// Who moves.
    pub users: Movers,
    /// What becomes of the desktop layouts of teams; `None` where nobody has looked at the Webex
    /// organization, or there is nothing of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teams: Option<Teams>,
    /// What else is to be known.
    pub notes: Vec<String>,
}

/// Where the settings of the call center that is moved to come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "settings", content = "conversion", rename_all = "kebab-case")]
pub enum Settings {
    /// From the call center of Version 1, with this becoming of them.
    Converted(Conversion),
    /// From the configuration, which is one for Version 2; this is what Version 1 has and it cannot say.
    Configured(Conversion),
    /// The call center is there already, and nothing of it changes.
    Kept,
}

impl Readiness {
    /// What moving to Version 2 means. `has_layout` says whether a softphone layout is configured, and
    /// `has_domain` whether there will be a WebRTC domain.
    pub fn forth(settings: Settings, users: Movers, has_layout: bool, has_domain: bool) -> Self {
        let mut notes = Vec::new();
        if let Settings::Converted(conversion) = &settings {
            notes.extend(of_conversion(conversion, has_layout));
        }
        if !has_domain {
            notes.push(missing_domain(&settings));
        }
        notes.push(
            "Version 1 stays as it is: its package, its activities with their fields, its reports and \
             its call center. Uninstalling it removes them. Until then, the same command with \
             --to webex-v1 moves users back."
                .to_owned(),
        );
        notes.push(
            "Version 2 brings no app: agents who have the phone in Version 1's app lose it when Version 1 is \
             uninstalled. First give them an app of your own with the phone in its utility bar: set \
             app = \"NAME\" and manage = true under [agent_access]."
                .to_owned(),
        );
        notes.push(
            "Agents must log out of Salesforce and in again after they are moved.".to_owned(),
        );
        let (others, teams) = (Vec::new(), None);
        Self { to: super::convert::TO, settings, others, users, teams, notes }
    }

    /// What moving back to Version 1 means, by the configuration and by what runs have done.
    pub fn back(users: Movers, wish: &ConnectorWish, baseline: &Baseline) -> Self {
        let mut notes = vec![
            "Version 2 stays installed. Its permission set is taken back from those who move."
                .to_owned(),
        ];
        notes.extend(opened_twice(wish, baseline));
        notes.push(
            "Agents must log out of Salesforce and in again after they are moved.".to_owned(),
        );
        let (settings, others, teams) = (Settings::Kept, Vec::new(), None);
        Self { to: super::convert::FROM, settings, others, users, teams, notes }
    }

    /// The same with the other call centers of Version 1 whose users move.
    #[must_use]
    pub fn beside(mut self, others: Vec<OtherCallCenter>) -> Self {
        if others.iter().any(|other| !other.differences.is_empty()) {
            self.notes.insert(
                0,
                "To carry over the settings of another call center, name it with --from. Where both are \
                 to stay as they are, move the users of one with a configuration for Version 2 whose \
                 `internal_name` is another."
                    .to_owned(),
            );
        }
        Self { others, ..self }
    }

    /// The same with what becomes of the desktop layouts of teams, or why nobody knows.
    #[must_use]
    pub fn with_teams(mut self, teams: Result<Teams, Option<String>>) -> Self {
        match teams {
            Ok(teams) => self.teams = Some(teams),
            Err(why) if self.is_back() => self.notes.extend(why.map(|why| {
                format!(
                    "Desktop layouts of teams stay. {why} Agents who move back need the connector's: apply \
                     the configuration of Version 1 to give it to their team."
                )
            })),
            Err(why) => {
                let why = why.map(|why| format!(" {why}")).unwrap_or_default();
                self.notes.push(format!(
                    "Desktop layouts of teams stay.{why} Version 2 shows none of them; give a team its \
                     former one back once its last agent has moved."
                ));
            }
        }
        self
    }

    /// Whether it is the way back.
    pub fn is_back(&self) -> bool {
        self.to == super::convert::FROM
    }
}

fn of_conversion(conversion: &Conversion, has_layout: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(object) = &conversion.no_match {
        notes.push(if has_layout {
            format!(
                "Unknown callers: the softphone layout opens a new {object} from now on, which is a \
                 step for a person. Until everybody has moved, agents of Version 1 get two pages."
            )
        } else {
            format!(
                "Unknown callers: no softphone layout is configured, so that nobody sees whether it \
                 opens a new {object}. Set \"No matching records\" to \"Pop to new {object}\" for \
                 inbound calls in Setup > Softphone Layouts."
            )
        });
    }
    if conversion.settings.iter().any(|setting| setting.value.contains("phoneNumber")) {
        notes.push(
            "Mappings of the variable `phoneNumber` are kept as they are. Cisco's examples of Version \
             2 name the caller's number `ani`: try one with a call."
                .to_owned(),
        );
    }
    notes
}

fn missing_domain(settings: &Settings) -> String {
    let how = match settings {
        Settings::Configured(_) => "Write it as `webrtc_domain` under [call_center]",
        Settings::Converted(_) | Settings::Kept => "Name it with --webrtc-domain",
    };
    format!(
        "The WebRTC domain of the data centre is not known: agents who choose Desktop as their station \
         will read \"WebRTC domain is not configured\". {how}, or have them choose Extension or Dial \
         Number."
    )
}
