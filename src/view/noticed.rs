//! When agents notice what changes.

use super::Screen;
use super::counts::own;
use super::paint::{BOLD, paint};
use super::text::wrapped;
use crate::checklist::Noticed;
use crate::engine::{ItemOutcome, ItemReport};

/// Every moment with what is noticed then, in the order in which they come.
const MOMENTS: [(Noticed, &str); 6] = [
    (Noticed::AtOnce, "At once, even in the middle of a call"),
    (Noticed::NextCall, "With their next call"),
    (Noticed::SalesforceReload, "When they reload Salesforce"),
    (Noticed::SalesforceLogin, "When they log in to Salesforce again"),
    (Noticed::DesktopReload, "When they reload the Agent Desktop"),
    (Noticed::DesktopLogin, "When they sign in to the Agent Desktop again"),
];

/// When agents notice what is planned; empty where there is nothing to notice.
pub(super) fn noticed(items: &[ItemReport], screen: Screen) -> String {
    let planned = || items.iter().filter(|item| own(item).next().is_some());
    let mut out = String::new();
    for (moment, words) in MOMENTS {
        let mut titles: Vec<&str> = Vec::new();
        for item in planned().filter(|item| item.agents_notice.contains(&moment)) {
            if !titles.contains(&item.title) {
                titles.push(item.title);
            }
        }
        if !titles.is_empty() {
            let text = format!("{words}: {}", titles.join(", "));
            out.push_str(&wrapped("  ", &text, 4, screen.width));
        }
    }
    if out.is_empty() { out } else { format!("\n{}\n{out}", paint(BOLD, "Agents notice this")) }
}

/// What agents do so that they get what has been changed: one sentence for Salesforce, one for the
/// Agent Desktop.
pub(super) fn what_agents_do(items: &[ItemReport]) -> Vec<&'static str> {
    let changed = |moment: Noticed| {
        items.iter().any(|item| {
            item.outcome == ItemOutcome::Changed && item.agents_notice.contains(&moment)
        })
    };
    let salesforce = if changed(Noticed::SalesforceLogin) {
        Some(
            "Agents who are logged in to Salesforce log out and in again; until then they keep \
             the old settings.",
        )
    } else {
        changed(Noticed::SalesforceReload).then_some("Agents reload the pages of Salesforce.")
    };
    let desktop = if changed(Noticed::DesktopLogin) {
        Some("Agents who are signed in to the Agent Desktop sign out and in again.")
    } else {
        changed(Noticed::DesktopReload).then_some("Agents reload the Agent Desktop.")
    };
    salesforce.into_iter().chain(desktop).collect()
}
