//! The managed package: there, or ready to be installed.

use super::PackageInUse;
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
    let Some(package) = own.first() else {
        return absent(checkup, &others);
    };
    let version = package.version.as_deref().unwrap_or("of unknown version");
    let text = format!("{} {version} is installed.", package.name);
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

fn absent(checkup: &Checkup<'_>, others: &[&str]) -> Check {
    let beside = match others {
        [] => String::new(),
        names => format!(" The org has {}, another version of it.", names.join(", ")),
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
