//! The managed package: there, or ready to be installed.

use super::{PackageInUse, installed};
use crate::checklist::check::init_then_apply;
use crate::checklist::inventory::Part;
use crate::checklist::{Check, Checkup, Group, ItemId, Topic, run_apply};
use crate::model::Look;

const TOPIC: Topic<'static> = Topic::new(Group::Connector, 10, "package", "Package");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::Packages]) {
        return Check::hidden(TOPIC, words);
    }
    if let Some(unseen) = checkup.inventory.unseen(Part::Packages) {
        return Check::unknown(TOPIC, &unseen.message);
    }
    let stops = checkup.stops(ItemId::PACKAGE);
    if !stops.is_empty() {
        return Check::stopped(TOPIC, &stops);
    }
    let own = Some(checkup.recipe().namespace.as_str());
    let (own, others): (Vec<&PackageInUse>, Vec<&PackageInUse>) =
        checkup.inventory.packages.iter().partition(|it| it.namespace.as_deref() == own);
    let others: Vec<&str> = others.iter().map(|package| package.name.as_str()).collect();
    let package = match (checkup.desired, own.as_slice()) {
        (Some(desired), all) => match installed(desired, checkup.state) {
            Some(found) => all.iter().find(|it| it.version_id == found.version_id),
            None if all.len() > 1 && !checkup.state.offered.is_seen() => return unclear(all),
            None => None,
        },
        (None, several @ [_, _, ..]) => return unclear(several),
        (None, one) => one.first(),
    };
    let Some(package) = package else {
        let namesakes: Vec<String> = own.iter().map(|it| named(it)).collect();
        return absent(checkup, &others, &namesakes);
    };
    let text = format!("{} is installed.", named(package));
    if !others.is_empty() {
        return Check::warning(
            TOPIC,
            format!("{text} So is {}, another version of the connector.", others.join(", ")),
        )
        .step("Agents use one version at a time: uninstall the other once nobody uses it.");
    }
    if checkup.state.contents.apps.as_slice().is_empty() && checkup.inventory.installing {
        return Check::warning(TOPIC, format!("{text} An installation is under way."));
    }
    Check::ok(TOPIC, text)
}

fn named(package: &PackageInUse) -> String {
    format!("{} {}", package.name, package.version.as_deref().unwrap_or("of unknown version"))
}

/// Which of several packages is the connector's, only a configuration tells.
fn unclear(several: &[&PackageInUse]) -> Check {
    let names: Vec<String> = several.iter().map(|it| named(it)).collect();
    let text = format!(
        "The org has several packages of the connector's namespace: {}. Which one is the connector's, the \
         org does not tell.",
        names.join(", ")
    );
    Check::warning(TOPIC, text).step(
        "Put the 04t id of the connector's version into a configuration, and run this with it.",
    )
}

fn absent(checkup: &Checkup<'_>, others: &[&str], namesakes: &[String]) -> Check {
    let others = match others {
        [] => String::new(),
        names => format!(" The org has {}, another version of it.", names.join(", ")),
    };
    let beside = match namesakes {
        [] => others,
        names => {
            let names = names.join(", ");
            format!("{others} Another package of its namespace is installed: {names}.")
        }
    };
    let check = if checkup.count_pending(ItemId::PACKAGE) > 0 {
        Check::warning(
            TOPIC,
            format!("Not installed. The org is ready for the configured version.{beside}"),
        )
    } else {
        Check::warning(TOPIC, format!("Not installed.{beside}"))
    };
    match checkup.desired {
        Some(_) => check.step(run_apply()),
        None => check.steps(init_then_apply()),
    }
}
