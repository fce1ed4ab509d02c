//! When agents notice what changes.

use super::counts::own;
use crate::checklist::{Action, ChangeRow, ItemId, Noticed};
use crate::engine::{ItemOutcome, ItemReport};

/// Every moment in words, in the order in which they come.
const MOMENTS: [(Noticed, &str); 6] = [
    (Noticed::AtOnce, "at once, even in the middle of a call"),
    (Noticed::NextCall, "on the next call"),
    (Noticed::SalesforceReload, "after reloading Salesforce"),
    (Noticed::SalesforceLogin, "at the next Salesforce login"),
    (Noticed::DesktopReload, "after reloading the Agent Desktop"),
    (Noticed::DesktopLogin, "at the next sign-in to the Agent Desktop"),
];

/// When agents notice what is planned of an item among others: `(agents notice at the next Salesforce login)`.
/// `None` where there is nothing to notice.
pub(super) fn noticed(item: &ItemReport, items: &[ItemReport]) -> Option<String> {
    own(item).next()?;
    let moments: Vec<&str> = MOMENTS
        .into_iter()
        .filter(|(moment, _)| item.agents_notice.contains(moment))
        // Nobody works yet with a connector that is only being installed.
        .filter(|(moment, _)| *moment != Noticed::AtOnce || !installs(items))
        .map(|(_, words)| words)
        .collect();
    (!moments.is_empty()).then(|| format!("(agents notice {})", moments.join(", or ")))
}

/// Whether a package comes where there was none. A clean upgrade installs a version, too, after it has taken
/// one from people who work with it.
fn installs(items: &[ItemReport]) -> bool {
    let of_package = |action: Action| {
        let is_it = |change: &ChangeRow| change.item == ItemId::PACKAGE && change.action == action;
        items.iter().flat_map(|item| &item.changes).any(is_it)
    };
    of_package(Action::Create) && !of_package(Action::Delete)
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
    use crate::checklist::After;
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
            aside: None,
        }
    }

    #[test]
    fn only_a_first_installation_is_noticed_by_nobody_at_once() {
        let told = |actions: &[Action]| {
            let changes = actions.iter().map(|action| package(*action)).collect();
            let mut item = samples::item(ItemId::PACKAGE, ItemOutcome::Planned, changes);
            item.agents_notice = [Noticed::AtOnce].into();
            noticed(&item, std::slice::from_ref(&item))
        };
        assert_eq!(told(&[Action::Create]), None);
        for upgrade in [&[Action::Update][..], &[Action::Delete, Action::Create]] {
            let text = told(upgrade).unwrap();
            assert_eq!(text, "(agents notice at once, even in the middle of a call)");
        }
    }
}
