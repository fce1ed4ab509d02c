//! When agents notice what changes.

use super::Screen;
use super::counts::own;
use super::paint::{BOLD, paint};
use super::text::wrapped;
use crate::checklist::{Action, ChangeRow, ItemId, Noticed};
use crate::engine::{ItemOutcome, ItemReport};

/// Every moment with what is noticed then, in the order in which they come.
const MOMENTS: [(Noticed, &str); 6] = [
    (Noticed::AtOnce, "At once, even in the middle of a call"),
    (Noticed::NextCall, "On their next call"),
    (Noticed::SalesforceReload, "When they reload Salesforce"),
    (Noticed::SalesforceLogin, "When they next log in to Salesforce"),
    (Noticed::DesktopReload, "When they reload the Agent Desktop"),
    (Noticed::DesktopLogin, "When they next sign in to the Agent Desktop"),
];

/// When agents notice what is planned; empty where there is nothing to notice.
pub(super) fn noticed(items: &[ItemReport], screen: Screen) -> String {
    let planned = || items.iter().filter(|item| own(item).next().is_some());
    // Nobody works yet with a connector that is only being installed. A clean upgrade installs a version, too,
    // after it has taken one from people who work with it.
    let of_package = |action: Action| {
        let is_it = |change: &ChangeRow| change.item == ItemId::PACKAGE && change.action == action;
        items.iter().flat_map(|item| &item.changes).any(is_it)
    };
    let installs = of_package(Action::Create) && !of_package(Action::Delete);
    let mut out = String::new();
    for (moment, words) in MOMENTS {
        if installs && moment == Noticed::AtOnce {
            continue;
        }
        let mut titles: Vec<&str> = Vec::new();
        for item in planned().filter(|item| item.agents_notice.contains(&moment)) {
            if !titles.contains(&item.title) {
                titles.push(item.title);
            }
        }
        if !titles.is_empty() {
            let text = format!("{words}: {}", titles.join(", "));
            out.push_str(&wrapped("  ", &text, 4, screen));
        }
    }
    if out.is_empty() {
        out
    } else {
        format!("\n{}\n{out}", paint(BOLD, "When agents will notice"))
    }
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
            "Tell agents to log out of Salesforce and in again; until then they keep the old \
             settings.",
        )
    } else {
        changed(Noticed::SalesforceReload).then_some("Tell agents to reload Salesforce.")
    };
    let desktop = if changed(Noticed::DesktopLogin) {
        Some("Tell agents to sign out of the Agent Desktop and in again.")
    } else {
        changed(Noticed::DesktopReload).then_some("Tell agents to reload the Agent Desktop.")
    };
    salesforce.into_iter().chain(desktop).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::checklist::{After, Aside};
    use crate::model::{Ids, Subject, SubjectKind};

    fn package(action: Action) -> ChangeRow {
        ChangeRow {
            item: ItemId::PACKAGE,
            subject: Subject::new(SubjectKind::InstalledPackage, "ciscocjs".to_owned()),
            field: "version".to_owned(),
            before: None,
            after: After::value("4.2"),
            action,
            ids: Ids::default(),
            aside: Aside::default(),
        }
    }

    #[test]
    fn only_a_first_installation_is_noticed_by_nobody_at_once() {
        let told = |actions: &[Action]| {
            let changes = actions.iter().map(|action| package(*action)).collect();
            let mut item = samples::item(ItemId::PACKAGE, ItemOutcome::Planned, changes);
            item.agents_notice = [Noticed::AtOnce].into();
            noticed(&[item], samples::settings(80).out)
        };
        assert_eq!(told(&[Action::Create]), "");
        for upgrade in [&[Action::Update][..], &[Action::Delete, Action::Create]] {
            let text = told(upgrade);
            assert!(text.contains("At once, even in the middle of a call"), "{text}");
        }
    }
}
