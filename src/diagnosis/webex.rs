//! The Webex organization: whether it can be looked at, and each item that is wanted of it.

use crate::checklist::{
    Check, Checkup, Group, ItemId, PlannedItem, TENANT_ITEMS, TenantSight, Topic, run_apply,
    unconfigured_in_tenant,
};
use crate::model::{Command, Hint};

const LOGIN: Topic<'static> = Topic::new(Group::Webex, 0, "webex-login", "Login to Webex");

pub(super) fn checks(checkup: &Checkup<'_>) -> Vec<Check> {
    match checkup.tenant {
        TenantSight::NotAsked => Vec::new(),
        TenantSight::NoLogin => vec![
            Check::unknown(
                LOGIN,
                "The configuration includes a Webex organization, but there is no login to it: \
                nothing in it was checked.",
            )
            .step(log_in()),
        ],
        TenantSight::Refused(words) => {
            vec![Check::problem(LOGIN, format!("Webex cannot be checked. {words}")).step(log_in())]
        }
        TenantSight::Seen { state, plan, wish } => {
            let uncompared = unconfigured_in_tenant(wish);
            let tenant = &state.tenant;
            let login = Check::ok(
                LOGIN,
                format!("Logged in to \"{}\" (organization {}).", tenant.name, tenant.id),
            );
            let items = plan
                .items
                .iter()
                .map(|planned| check_item(planned, uncompared.contains(&planned.item)));
            std::iter::once(login).chain(items).collect()
        }
    }
}

fn log_in() -> Hint {
    Hint::command("Log in:", Command::of_machine("login webex").argument("ALIAS"), "")
}

/// What the plan says of an item, as a check.
fn check_item(planned: &PlannedItem, is_uncompared: bool) -> Check {
    let verdict = &planned.verdict;
    let topic = Topic::new(Group::Webex, 10, planned.item.as_str(), title(planned.item));
    if let Some(unseen) = verdict.unseen.first() {
        return Check::unknown(topic, unseen.text.clone());
    }
    if !verdict.stops.is_empty() {
        return Check::stopped(topic, &verdict.stops.iter().collect::<Vec<_>>());
    }
    if !verdict.problems.is_empty() {
        let check = Check::stopped(topic, &verdict.problems.iter().collect::<Vec<_>>());
        return Check { blocks: false, ..check };
    }
    let ours = verdict.changes.iter().filter(|change| change.is_ours()).count();
    if ours > 0 {
        let differ = if ours == 1 { "1 value differs" } else { &format!("{ours} values differ") };
        return Check::warning(topic, format!("{differ} from the configuration."))
            .step(run_apply());
    }
    if let Some(human) = &verdict.human {
        return Check::warning(topic, human.why.clone()).steps(human.texts());
    }
    match verdict.notes.iter().find(|note| note.is_warning() || is_uncompared) {
        Some(note) if is_uncompared => Check::unknown(topic, note.text()),
        Some(note) => Check::warning(topic, note.text()),
        None => Check::ok(topic, "As configured."),
    }
}

fn title(item: ItemId) -> &'static str {
    let known = TENANT_ITEMS.iter().find(|known| known.about().id == item);
    known.map_or(item.as_str(), |known| known.about().title)
}
