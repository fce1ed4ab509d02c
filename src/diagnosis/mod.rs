//! What is wrong with an org, and what to do about it.
//!
//! Each item of the checklist has its own checks, in its folder. Here is what belongs to no item, one
//! file a subject, each a pure function of what was seen; and [`Diagnosis`] puts all of them together.
//!
//! Rules of checks, here and there:
//! - No I/O and no clock: when it was looked stands in the evidence.
//! - What the org refused to show makes a check unknown, with the org's words, and no other check.
//! - `blocks` is said of what makes `apply` refuse to begin, and of nothing else.
//! - Every trouble that people in the field have is in [`TROUBLES`]: with the checks that see it, or
//!   with the reason why no program does.

mod api_calls;
mod busy;
mod configuration;
mod edition;
mod kept_out;
mod leftovers;
mod login;
mod my_domain;
mod names;
mod open_cti;
mod permissions;
mod salesforce_voice;
mod softphone_utility;
mod troubles;
mod user;
mod webex;

#[cfg(test)]
mod tests;

pub use kept_out::kept_out;
pub use troubles::{Seen, TROUBLES, Trouble};
pub use user::{LOOKS_OF_USER, UserDiagnosis, agent_of_email, insides_of_agent};

use serde::Serialize;

use crate::checklist::{Check, Checkup, Health, ITEMS};

/// Every check, and those of the user who was asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// The checks, in the order in which things are set up.
    pub checks: Vec<Check>,
    /// Why a user has no phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserDiagnosis>,
    /// How many warnings about the org were left out, because they do not concern that user.
    #[serde(skip)]
    pub left_out: usize,
}

/// Checks of the org on which the phone of every agent depends; each other one that has something to say
/// of an agent says it among the agent's own.
const OF_EVERY_PHONE: [&str; 12] = [
    "login",
    "edition",
    "my-domain",
    "open-cti",
    "package",
    "package-licence",
    "call-center",
    "data-center",
    "settings",
    "omni-channel",
    "softphone-utility",
    "webex-login",
];

impl Diagnosis {
    /// Judges everything that was seen.
    ///
    /// Groups follow each other; within one, the checks' ranks count, and then the order of the
    /// checklist. What is left over from an earlier installation comes at the end.
    pub fn of(checkup: &Checkup<'_>) -> Self {
        let mut checks = login::checks(checkup);
        checks.extend(permissions::checks(checkup));
        checks.extend([
            api_calls::check(checkup),
            edition::check(checkup),
            my_domain::check(checkup),
            open_cti::check(checkup),
            salesforce_voice::check(checkup),
            busy::check(checkup),
            softphone_utility::check(checkup),
            configuration::check(checkup),
        ]);
        checks.extend(ITEMS.iter().flat_map(|item| item.checks(checkup)));
        checks.extend(webex::checks(checkup));
        checks.sort_by_key(|check| (check.group, check.rank));
        checks.push(leftovers::check(checkup));
        Self { checks, user: user::diagnose(checkup), left_out: 0 }
    }

    /// The same for whoever asks about a user, if anybody does: what is odd elsewhere is left out, and what
    /// is wrong is told in any case.
    #[must_use]
    pub fn about_the_user(mut self) -> Self {
        if self.user.is_none() {
            return self;
        }
        let concerns = |check: &Check| {
            matches!(check.health, Health::Ok | Health::Problem | Health::Unknown)
                || OF_EVERY_PHONE.contains(&check.id.as_str())
        };
        let warned = |it: &&Check| it.health == Health::Warning && !concerns(it);
        self.left_out = self.checks.iter().filter(warned).count();
        self.checks.retain(concerns);
        self
    }

    /// The health that speaks for all, the user's included.
    pub fn worst(&self) -> Health {
        let of_user = self.user.iter().flat_map(|user| &user.checks);
        let all = self.checks.iter().chain(of_user);
        all.map(|check| check.health).max().unwrap_or(Health::Ok)
    }

    /// Whether something keeps `apply` from beginning.
    pub fn blocks(&self) -> bool {
        self.checks.iter().any(|check| check.blocks && check.health == Health::Problem)
    }
}
