//! The managed package: there, or ready to be installed.

use super::case::{APPLY, hints, told};
use super::{Case, Check, Group};
use crate::checklist::ItemId;
use crate::model::Part;

const ABOUT: (Group, &str, &str) = (Group::Connector, "package", "Package");

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Part::Packages]) {
        return Check::unknown(ABOUT, words);
    }
    let stops = case.stops(ItemId::PACKAGE);
    if !stops.is_empty() {
        return Check::problem(ABOUT, told(&stops)).fixes(hints(&stops)).blocking();
    }
    let others: Vec<&str> = case
        .inventory
        .packages
        .iter()
        .filter(|package| !package.supported)
        .map(|package| package.name.as_str())
        .collect();
    let Some(package) = case.inventory.packages.iter().find(|package| package.supported) else {
        return absent(case, &others);
    };
    let version = package.version.as_deref().unwrap_or("of unknown version");
    let text = format!("{} {version} is installed.", package.name);
    if !others.is_empty() {
        return Check::warning(
            ABOUT,
            format!("{text} So is {}, another generation of the connector.", others.join(", ")),
        )
        .fix("Agents use one generation at a time: take the other out once nobody uses it.");
    }
    if case.state.contents.apps.is_empty() && case.inventory.installing {
        return Check::warning(ABOUT, format!("{text} An installation is under way."));
    }
    Check::ok(ABOUT, text)
}

fn absent(case: &Case<'_>, others: &[&str]) -> Check {
    let beside = match others {
        [] => String::new(),
        names => format!(" The org has {}, another generation of it.", names.join(", ")),
    };
    let check = if case.pending(ItemId::PACKAGE) > 0 {
        Check::warning(
            ABOUT,
            format!("Not installed. The org is ready to take the configured version.{beside}"),
        )
    } else {
        Check::warning(ABOUT, format!("Not installed.{beside}"))
    };
    check.fix(if case.desired.is_some() {
        APPLY
    } else {
        "Write a configuration with `provision init`, then run `provision apply`."
    })
}
