//! Calls of the org's daily allowance that a plan takes.

use std::collections::BTreeSet;

use crate::checklist::{Change, Plan, Stage};
use crate::model::Wave;

/// Looking at what a wave may have changed, subrequests counted one by one.
const LOOK: u64 = 30;
/// Starting an installation and looking at it until it has ended, some minutes as a rule.
const INSTALLATION: u64 = 60;
/// Starting a deploy and looking at it until it has ended.
const DEPLOY: u64 = 30;
/// Records that one call changes.
const ROWS: usize = 200;

/// How many calls carrying out a plan takes, rather too many than too few. What an uninstall
/// exports is not among them, for nobody has counted it yet.
pub fn calls_needed(plan: &Plan) -> u64 {
    let stages: BTreeSet<Stage> = plan.changes().filter_map(Change::stage).collect();
    let of_records = |change: &&Change| change.target().wave() == Some(Wave::Records);
    let records = plan.changes().filter(of_records).count();
    stages
        .into_iter()
        .map(|stage| {
            LOOK + match stage.wave {
                Wave::Package => INSTALLATION,
                Wave::Deploy => DEPLOY,
                // Webex counts its requests by itself.
                Wave::Webex => 0,
                Wave::Records => 2 * u64::try_from(records.div_ceil(ROWS)).unwrap_or(u64::MAX / 8),
            }
        })
        .sum()
}
