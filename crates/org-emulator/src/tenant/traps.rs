//! What the service does against its own description.

use serde::{Deserialize, Serialize};

/// Behaviour that administrators and other programs have met; each is off unless it is switched on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Traps {
    /// A replaced desktop layout is answered with 200 and keeps its old content, unless the portal has
    /// saved it once (`validated`).
    pub silent_put: bool,
    /// A team that is in another custom layout is refused with 400; else it moves.
    pub team_taken: bool,
    /// Ids of records that something outside refers to: deleting them is refused with 412, and the references
    /// are named.
    pub held: Vec<String>,
    /// A refusal to delete what others refer to (412) tells their kinds alone (`referencedEntities`); else each of
    /// them too.
    pub unnamed_references: bool,
    /// More requests than this in a minute are refused with 429 and `Retry-After`.
    pub requests_a_minute: Option<u32>,
    /// The seconds of that `Retry-After`; by default until the minute is over.
    pub retry_after: Option<u64>,
    /// Fields that only the live service asks for: `manuallyAssignable` of a multimedia profile.
    pub mandatory_fields: bool,
    /// Conflicts that are none: a new team without `teamStatus`, a new agent profile whose
    /// `viewableStatistics` have an id, a new number in a replaced ANI list are refused with 409.
    pub wrong_conflict: bool,
    /// Multimedia profiles come with a `workItem` that is refused on the way back.
    pub work_item: bool,
    /// A JSON Patch breaks the service (500); else it is refused with 400.
    pub json_patch_500: bool,
    /// Every answer takes so many milliseconds longer, as over a long line.
    pub latency: u64,
    /// So many reads of a record that was changed still show what there was.
    pub read_lag: u32,
    /// A guess, the other way round: a team that is replaced without `desktopLayoutId` keeps its layout; else it
    /// gets the global one.
    pub team_keeps_layout: bool,
    /// A guess, the other way round: lists of desktop layouts come without `teamIds`, whatever `attributes` asks
    /// for; else with them.
    pub lists_without_teams: bool,
    /// A guess, the other way round: lists of users come without `teamIds`; else with them.
    pub users_without_teams: bool,
    /// A guess, the other way round: nobody answers who the organization is (404); else its name is told.
    pub nameless_organization: bool,
}
