//! Who changed a softphone layout, and when, as far as the org's audit trail tells: a hint, and no proof.

use jiff::Timestamp;

use crate::checklist::Verdict;
use crate::model::{Audited, Look, OrgState};

/// So many entries are told.
const SHOWN: usize = 3;

/// Says what the trail has of softphone layouts; has it looked at where nobody has yet.
pub(super) fn tell(verdict: &mut Verdict, state: &OrgState) {
    let Some(entries) = state.softphone_hints.audited.seen() else {
        verdict.ask(Look::AuditTrail);
        return;
    };
    let told: Vec<String> = entries.iter().take(SHOWN).map(entry).collect();
    if !told.is_empty() {
        verdict.note(format!(
            "Recent entries about softphone layouts in the Setup Audit Trail (possibly incomplete): {}.",
            told.join("; ")
        ));
    }
}

/// `2026-11-30 01:47 UTC, Ada Lovelace: "Changed softphone layout Webex"`
fn entry(entry: &Audited) -> String {
    let at = match entry.at.parse::<Timestamp>() {
        Ok(at) => at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => entry.at.clone(),
    };
    let by = entry.by.as_deref().unwrap_or("somebody");
    format!("{at}, {by}: \"{}\"", entry.what)
}
