//! What is wrong with an org, and what to do about it: one file a subject, each a pure function of
//! what was seen.
//!
//! Rules of this room:
//! - No I/O and no clock: when it was looked stands in the evidence.
//! - What the org refused to show makes a check unknown, with the org's words, and no other check.
//! - `blocks` is said of what makes `apply` refuse to begin, and of nothing else.
//! - Every trouble that people in the field have is in [`TROUBLES`]: with the checks that see it, or
//!   with the reason why no program does.

mod api_calls;
mod busy;
mod call_center;
mod case;
mod check;
mod configuration;
mod edition;
mod leftovers;
mod licences;
mod login;
mod mappings;
mod my_domain;
mod omni_channel;
mod open_cti;
mod other_call_centers;
mod package;
mod permissions;
mod region;
mod screen_pop;
mod softphone_utility;
mod task_layout;
mod troubles;
mod user;
mod users;

#[cfg(test)]
mod tests;

pub use call_center::newest as newest_call_center;
pub use case::Case;
pub use check::{Check, Group, Verdict};
pub use login::refused as refused_login;
pub use troubles::{Seen, TROUBLES, Trouble};
pub use user::UserDiagnosis;

use serde::Serialize;

/// Every check, and those of the user who was asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// The checks, in the order in which things are set up.
    pub checks: Vec<Check>,
    /// Why a user has no phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserDiagnosis>,
}

impl Diagnosis {
    /// Judges everything that was seen.
    pub fn of(case: &Case<'_>) -> Self {
        let mut checks = login::checks(case);
        checks.extend(permissions::checks(case));
        checks.extend([
            api_calls::check(case),
            edition::check(case),
            my_domain::check(case),
            open_cti::check(case),
            busy::check(case),
            package::check(case),
            licences::check(case),
            call_center::check(case),
            region::check(case),
            mappings::check(case),
            screen_pop::check(case),
            omni_channel::check(case),
            softphone_utility::check(case),
            configuration::check(case),
            users::check(case),
            other_call_centers::check(case),
            task_layout::check(case),
            leftovers::check(case),
        ]);
        Self { checks, user: user::diagnose(case) }
    }

    /// The verdict that speaks for all, the user's included.
    pub fn worst(&self) -> Verdict {
        let of_user = self.user.iter().flat_map(|user| &user.checks);
        let all = self.checks.iter().chain(of_user);
        all.map(|check| check.verdict).max().unwrap_or(Verdict::Ok)
    }

    /// Whether something keeps `apply` from beginning.
    pub fn blocks(&self) -> bool {
        self.checks.iter().any(|check| check.blocks && check.verdict == Verdict::Problem)
    }
}
