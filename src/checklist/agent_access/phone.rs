//! The app in which agents have the phone.

use crate::checklist::Stop;
use crate::checklist::names::listed;
use crate::model::{App, ConnectorWish, Granted, Observed, OrgState, UtilityBar, nearest};

/// Lightning apps in which agents could have the phone.
pub(super) enum Phone<'a> {
    /// These have it in their utility bars.
    In(Vec<&'a App>),
    /// None of those that are meant has it.
    Nowhere,
    /// The org does not show what is in their utility bars.
    Unseen,
    /// The app that the configuration names is not there.
    NoApp(Box<Stop>),
}

/// Which of the apps that are meant have the phone: the configured one, or any.
pub(super) fn find<'a>(desired: &ConnectorWish, state: &'a OrgState) -> Phone<'a> {
    let (Observed::Seen(apps), Observed::Seen(bars)) = (&state.apps, &state.utility_bars) else {
        return Phone::Unseen;
    };
    let named = desired.agent_access.as_ref().and_then(|wish| wish.app.as_deref());
    let meant: Vec<&App> = apps.iter().filter(|app| is_meant(app, named)).collect();
    if let (Some(name), true) = (named, meant.is_empty()) {
        return Phone::NoApp(Box::new(no_app(name, apps)));
    }
    let (mut with, mut unseen) = (Vec::new(), false);
    for app in meant {
        let bar = bars.iter().find(|bar| app.has(bar));
        match (bar.map(UtilityBar::has_softphone), &app.utility_bar) {
            (Some(Some(true)), _) => with.push(app),
            (Some(Some(false)), _) | (None, None) => {}
            (Some(None), _) | (None, Some(_)) => unseen = true,
        }
    }
    match (with.is_empty(), unseen) {
        (false, _) => Phone::In(with),
        (true, true) => Phone::Unseen,
        (true, false) => Phone::Nowhere,
    }
}

/// Whether an app is one of those that are meant: the configured one, or any Lightning app.
pub(super) fn is_meant(app: &App, named: Option<&str>) -> bool {
    app.lightning && named.is_none_or(|name| app.label == name || app.qualified() == name)
}

/// Of several apps with the phone the one to give: the package's own, or the only one.
pub(super) fn to_give<'a>(desired: &ConnectorWish, with: &[&'a App]) -> Option<&'a App> {
    let namespace = Some(desired.recipe.namespace.as_str());
    let own = with.iter().find(|app| app.namespace.as_deref() == namespace);
    match (own, with) {
        (Some(own), _) => Some(own),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

/// Labels of apps with the phone of which none has Omni-Channel beside it, as far as the org shows that.
pub(super) fn without_omni_channel<'a>(state: &OrgState, apps: &[&'a App]) -> Vec<&'a str> {
    let lacks = |app: &&&App| {
        let bar = state.utility_bars.iter().find(|bar| app.has(bar));
        bar.is_some_and(|bar| bar.has_omni_channel() == Some(false))
    };
    let without: Vec<&str> = apps.iter().filter(lacks).map(|app| app.label.as_str()).collect();
    if without.len() == apps.len() { without } else { Vec::new() }
}

/// The access to an app.
pub(super) fn access(app: &App) -> Granted {
    Granted::App(app.qualified())
}

fn no_app(name: &str, apps: &[App]) -> Stop {
    let labels: Vec<&str> =
        apps.iter().filter(|app| app.lightning).map(|app| app.label.as_str()).collect();
    let stop = Stop::configuration(format!(
        "`agent_access.app` names \"{name}\", and this org has no Lightning app of that name."
    ))
    .at("agent_access.app");
    match nearest(name, labels.iter().copied()) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
        None => stop.hint(format!("The org has {}.", listed(&labels))),
    }
}
