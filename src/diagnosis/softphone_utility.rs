//! The softphone in the utility bar of apps: without it an agent sees no phone at all.

use super::names::listed;
use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::{App, Observed, Refused, UtilityBar};

const TOPIC: Topic<'static> =
    Topic::new(Group::Connector, 70, "softphone-utility", "Phone in the utility bar");

/// What to click.
pub(super) const ADD: &str = "Setup > App Manager > Edit (the app) > Utility Items (Desktop Only) > \
                              Add Utility Item > Open CTI Softphone > Save.";

/// Lightning apps by whether they have the phone.
pub(super) struct Phones<'a> {
    /// Those that have it.
    pub(super) with: Vec<&'a App>,
    /// Those that have not.
    pub(super) without: Vec<&'a App>,
    /// Those whose bar the org does not show.
    pub(super) unseen: Vec<&'a App>,
}

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let phones = match find_phones(checkup) {
        Ok(phones) => phones,
        Err(words) => return Check::hidden(TOPIC, words),
    };
    let labels = |apps: &[&App]| listed(&apps.iter().map(|app| &app.label).collect::<Vec<_>>());
    if phones.with.is_empty() && phones.without.is_empty() && phones.unseen.is_empty() {
        // Every org begins with some.
        return Check::unknown(TOPIC, "The org shows no Lightning app.").step(ADD);
    }
    if phones.with.is_empty() && !phones.unseen.is_empty() {
        let text = format!("The org does not show what is in {}.", labels(&phones.unseen));
        return Check::unknown(TOPIC, text).step(ADD);
    }
    let own = find_own(checkup, &phones.without);
    if let Some(app) = own
        && phones.with.is_empty()
    {
        return Check::problem(
            TOPIC,
            format!("No app has the phone, not even the connector's own, {}.", app.label),
        )
        .step(ADD);
    }
    if let Some(app) = own.filter(|app| app.utility_bar.is_some()) {
        return Check::warning(
            TOPIC,
            format!(
                "In {}, but not in the utility bar of the connector's own app, {}.",
                labels(&phones.with),
                app.label
            ),
        )
        .step(ADD);
    }
    if !phones.with.is_empty() {
        let without = if phones.without.is_empty() {
            String::new()
        } else {
            format!(" Not in {}.", labels(&phones.without))
        };
        return Check::ok(TOPIC, format!("In {}.{without}", labels(&phones.with)));
    }
    let before = checkup.lacks_package() && checkup.call_center().is_none();
    if before {
        return Check::ok(TOPIC, "In no app yet; the package includes one that has it.");
    }
    Check::problem(TOPIC, "No Lightning app in this org has the phone in its utility bar.")
        .step(ADD)
}

/// The app that the package brings, where it is among these.
fn find_own<'a>(checkup: &Checkup<'_>, apps: &[&'a App]) -> Option<&'a App> {
    let namespace = Some(checkup.recipe().namespace.as_str());
    apps.iter().copied().find(|app| app.namespace.as_deref() == namespace)
}

/// Which apps have the phone; the org's words where it does not tell.
pub(super) fn find_phones<'a>(checkup: &'a Checkup<'_>) -> Result<Phones<'a>, &'a str> {
    const NOBODY: &str = "nobody has asked it";
    let apps = answer_of(&checkup.state.apps).ok_or(NOBODY)??;
    let bars = answer_of(&checkup.state.utility_bars).ok_or(NOBODY)??;
    let mut found = Phones { with: Vec::new(), without: Vec::new(), unseen: Vec::new() };
    for app in apps.iter().filter(|app| app.lightning) {
        let bar: Option<&UtilityBar> = bars.iter().find(|bar| app.has(bar));
        let place = match (bar.map(UtilityBar::has_softphone), &app.utility_bar) {
            (Some(Some(true)), _) => &mut found.with,
            (Some(Some(false)), _) | (None, None) => &mut found.without,
            (Some(None), _) | (None, Some(_)) => &mut found.unseen,
        };
        place.push(app);
    }
    Ok(found)
}

/// What the org answered; `None` where nobody has asked.
fn answer_of<T>(told: &Observed<T>) -> Option<Result<&T, &str>> {
    match told {
        Observed::Seen(found) => Some(Ok(found)),
        Observed::Refused(Refused { words, .. }) => Some(Err(words)),
        Observed::Unasked => None,
    }
}
