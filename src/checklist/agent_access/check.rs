//! What agents may do.

use crate::checklist::{Check, Checkup, Group, ItemId, Topic, run_apply};
use crate::model::{Look, Target};

const TOPIC: Topic<'static> = Topic::new(Group::People, 20, "agent-access", "Agent access");

/// Whether agents may do what the connector does on their behalf; nothing where nobody wants to know.
pub(super) fn check(checkup: &Checkup<'_>) -> Option<Check> {
    checkup.desired?.agent_access.as_ref()?;
    let stops = checkup.stops(ItemId::AGENT_ACCESS);
    if !stops.is_empty() {
        return Some(Check::stopped(TOPIC, &stops));
    }
    if let Some(words) = checkup.refused(&[Look::AgentAccess, Look::Users, Look::Profiles]) {
        return Some(Check::hidden(TOPIC, words));
    }
    if let Some(human) = checkup.human(ItemId::AGENT_ACCESS) {
        return Some(Check::problem(TOPIC, &human.why).steps(human.texts()));
    }
    if checkup.count_pending_at(|target| matches!(target, Target::UtilityItem(..))) > 0 {
        let text = "The utility bar of the configured app lacks the phone, or Omni-Channel.";
        return Some(Check::warning(TOPIC, text).step(run_apply()));
    }
    if checkup.count_pending(ItemId::AGENT_ACCESS) > 0 {
        let text = "The permission set that gives agents what they need is not as configured.";
        return Some(Check::warning(TOPIC, text).step(run_apply()));
    }
    Some(Check::ok(TOPIC, "The chosen users have every permission that the connector uses."))
}
