//! Confirmations that the configuration states, and that count no longer, or never.

use jiff::Timestamp;

use crate::checklist::ItemId;
use crate::model::{Command, Confirmed, Desired, Diagnostic, Hint, Place, StatedConfirmation};

/// Parts of the configuration that go together do not disagree.
const RULE: &str = "CF010";

/// What can be said of them without an org.
pub fn of_confirmations(desired: &Desired, now: Timestamp) -> Vec<Diagnostic> {
    let too_early = |it: &&StatedConfirmation| it.said.at > now;
    let early = desired.confirmed.iter().filter(too_early).map(|stated| {
        let message = format!(
            "`{}.at` is {}, which is in the future: is the date right?",
            stated.place,
            stated.said.day()
        );
        Diagnostic::warning(message).code(RULE).at_key(format!("{}.at", stated.place))
    });
    early.chain(desired.confirmed.iter().filter_map(|stated| of_one(stated, desired))).collect()
}

fn of_one(stated: &StatedConfirmation, desired: &Desired) -> Option<Diagnostic> {
    let item = ItemId::parse(&stated.said.item)?.item()?;
    let wanted = desired.connectors.iter().find_map(|it| item.confirmable(it));
    let place = stated.place.clone();
    let Some((_, wanted)) = wanted else {
        let message =
            format!("`{place}` confirms something that this configuration does not include.");
        return Some(Diagnostic::warning(message).code(RULE).at_key(place));
    };
    if wanted != stated.said.wanted {
        let message = format!(
            "`{place}` no longer applies: the configuration has changed since {} confirmed it on {}.",
            stated.said.by,
            stated.said.day()
        );
        let said = Diagnostic::warning(message).code(RULE).at_key(format!("{place}.wanted"));
        return Some(said.hint(format!("Wanted now: {wanted}")).hint(Hint::command(
            "Once somebody has done that,",
            Command::of_org("confirm ITEM --print"),
            " writes the lines anew.",
        )));
    }
    match (&stated.of, desired.tenant_id()) {
        (Confirmed::Tenant(id), other) if other != Some(id.as_str()) => {
            let means = other.map_or_else(
                || "`webex.org_id` is missing".to_owned(),
                |other| format!("`webex.org_id` is {other}"),
            );
            let message = format!("`{place}` does not count: it is for {id}, and {means}.");
            let said = Diagnostic::warning(message).code(RULE);
            Some(
                said.at_key(format!("{place}.webex_org_id"))
                    .beside(Place::Key("webex.org_id".to_owned())),
            )
        }
        _ => None,
    }
}
