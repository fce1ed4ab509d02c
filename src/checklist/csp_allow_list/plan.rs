//! What the item wants.

use crate::checklist::{Human, Link, Sight, Step, Verdict};
use crate::model::ConnectorWish;

/// The domains, as Cisco's article names them.
const DOMAINS: [&str; 4] =
    ["*.force.com", "*.salesforce.com", "*.lightning.force.com", "*.lightning.salesforce.com"];

/// What the item wants.
pub(super) fn plan(desired: &ConnectorWish) -> Verdict {
    if !desired.recipe.csp_allow_list {
        return Verdict::default();
    }
    let whose = match &desired.webex_org {
        Some(id) => format!(
            "The list belongs to the Webex organization {id}: one confirmation covers every \
            Salesforce org that uses it."
        ),
        None => "The list belongs to the Webex organization. The configuration does not say \
        which one (`[webex] org_id`), so a confirmation counts for every Salesforce org in this \
        state directory without that setting."
            .to_owned(),
    };
    Verdict {
        human: Some(Human {
            why: format!("Webex has no API for this list. {whose}"),
            steps: vec![
                Step::new("Open ").link(Link::control_hub()).words(
                    ", Services > Contact Center > Tenant settings > Security, section Content \
                     Security Policy Allowed List.",
                ),
                DOMAINS
                    .into_iter()
                    .fold(Step::new("Enter each of these domains and choose Add:"), Step::value),
                Step::new(
                    "Wait ten minutes for the change to take effect, then have agents sign in again.",
                ),
            ],
            sight: Sight::Nothing,
            unseen: None,
            confirmed: None,
        }),
        ..Verdict::default()
    }
}

/// Everything that is wanted, as one text.
pub(super) fn wanted() -> String {
    DOMAINS.join(" ")
}
