//! The managed package is uninstalled, last of all.

use super::{blockers, plan as wanted};
use crate::checklist::names::listed;
use crate::checklist::{Case, Change, ItemId, Stop, Verdict};
use crate::model::{
    DataTable, Extent, Generation, InstalledPackage, Look, Observed, PackageValue, Records, Target,
    Value,
};

/// What the absence of the package wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let found = match leaving(case) {
        Leaving::Found(found) => found,
        Leaving::Nothing => {
            let others = wanted::others(case.desired, case.state);
            if others.is_empty() && wanted::shows_parts(case.desired, case.state) {
                return wanted::unlisted(case.desired, case.state);
            }
            if !others.is_empty() {
                verdict.warn(format!(
                    "The org has another package of the namespace {}: {}. It is kept: it is \
                    neither the configured package nor one that provision installed.",
                    case.namespace(),
                    others.join(", ")
                ));
            }
            // It may still come: nobody can tell whether it is under way.
            let (state, version) = (case.state, &case.desired.package.version);
            wanted::tell_given_up(&mut verdict, "installation", &state.installs, version);
            return verdict;
        }
        Leaving::NeedsLook(look) => {
            verdict.ask(look);
            return verdict;
        }
        Leaving::Unclear => {
            verdict.stops.push(which_one(case));
            return verdict;
        }
    };
    if case.leaving_namespace().is_none() {
        verdict.warn(format!(
            "The package with the namespace {} is kept: the recipe does not name it, and there \
            is no record that provision installed it. Uninstall it in Setup > Installed \
            Packages.",
            case.namespace()
        ));
        return verdict;
    }
    let is_named_by_namespace =
        found.generation == Generation::Unknown || found.version_id.is_none();
    if is_named_by_namespace && wanted::of_namespace(case.desired, case.state).len() > 1 {
        verdict.stops.push(unclear_deletion(case, found));
        return verdict;
    }
    let target = Target::Package(case.namespace().to_owned());
    verdict.changes.push(Change::new(ItemId::PACKAGE, target, Some(held(found)), None));
    if let Some(version) = &found.version_id {
        let requests = &case.state.removal.uninstalls;
        wanted::tell_given_up(&mut verdict, "uninstallation", requests, version);
    }
    let mut uninstalls = case.state.removal.uninstalls.iter();
    if let Some(request) = uninstalls.find(|it| it.running && it.version_id == found.version_id) {
        let by = request.by.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
        verdict.note(format!("The package is already being uninstalled{by}; waiting for that."));
    }
    if found.generation == Generation::Unknown {
        verdict.note(
            "The org does not tell which generation of packages this one is of; it is uninstalled \
             like one of the first.",
        );
    }
    match &case.state.removal.data {
        Observed::Seen(tables) => tell_of_data(&mut verdict, tables),
        // What goes cannot be told, and cannot be kept: nothing goes before it can.
        Observed::Refused(_) | Observed::Unasked => verdict.ask(Look::PackageData),
    }
    blockers::judge(&mut verdict, case);
    verdict
}

/// Which package the uninstall is about. Several may share the namespace, and what is somebody else's is never
/// uninstalled in its place.
enum Leaving<'a> {
    Found(&'a InstalledPackage),
    Nothing,
    /// Another look will tell.
    NeedsLook(Look),
    Unclear,
}

fn leaving(case: Case<'_>) -> Leaving<'_> {
    let all = wanted::of_namespace(case.desired, case.state);
    if all.is_empty() {
        return Leaving::Nothing;
    }
    let is_wanted = |it: &&&InstalledPackage| wanted::is_wanted(it, case.desired);
    let is_ours = |it: &&&InstalledPackage| is_recorded(case, it);
    if let Some(found) = all.iter().find(is_wanted).or_else(|| all.iter().find(is_ours)) {
        return Leaving::Found(found);
    }
    // A namespace of the first generation is one package's.
    if let [only] = all.as_slice()
        && only.generation == Generation::First
    {
        return Leaving::Found(only);
    }
    let Some(offered) = case.state.offered.seen() else {
        let is_refused = case.state.offered.refusal().is_some();
        return if is_refused {
            Leaving::Unclear
        } else {
            Leaving::NeedsLook(Look::OfferedVersion)
        };
    };
    let offer = offered.answer.as_ref().ok();
    let Some(wanted) = offer.and_then(|offer| offer.package_id.as_deref()) else {
        return Leaving::Unclear;
    };
    // Ids have 15 letters, or 18 with a checksum.
    let is_its = |it: &&InstalledPackage| {
        it.package_id.as_deref().is_some_and(|id| id.get(..15) == wanted.get(..15))
    };
    match all.iter().copied().find(is_its) {
        Some(found) => Leaving::Found(found),
        None if all.iter().all(|it| it.package_id.is_some()) => Leaving::Nothing,
        None => Leaving::Unclear,
    }
}

/// The package that goes, where it is clear which one that is.
pub(in crate::checklist) fn leaving_package(case: Case<'_>) -> Option<&InstalledPackage> {
    match leaving(case) {
        Leaving::Found(found) => Some(found),
        Leaving::Nothing | Leaving::NeedsLook(_) | Leaving::Unclear => None,
    }
}

/// Whether another package has the connector's namespace too, or may be the one that has it.
pub(in crate::checklist) fn has_others_of_namespace(case: Case<'_>) -> bool {
    let all = wanted::of_namespace(case.desired, case.state).len();
    match leaving(case) {
        Leaving::Found(_) => all > 1,
        Leaving::Nothing | Leaving::NeedsLook(_) | Leaving::Unclear => all > 0,
    }
}

/// Whether a run of ours has installed just that version, or found it as the connector's.
fn is_recorded(case: Case<'_>, package: &InstalledPackage) -> bool {
    let is_it = |value: Option<&Value>| match value {
        Some(Value::Package(known)) => known.id.is_some() && known.id == package.version_id,
        _ => false,
    };
    let entries = case.baseline.entries.iter();
    let mut of_package = entries
        .filter(|entry| matches!(&entry.target, Target::Package(name) if name == case.namespace()));
    of_package.any(|entry| is_it(entry.ours.as_ref()))
}

/// A package of which the org does not tell enough is deleted by its namespace, which says nothing where others
/// have it too.
fn unclear_deletion(case: Case<'_>, found: &InstalledPackage) -> Stop {
    Stop::refused(format!(
        "The org does not tell which generation of packages \"{}\" is of, so that it could only be \
         uninstalled by its namespace {}, which several packages have: {}.",
        found.name,
        case.namespace(),
        wanted::others(case.desired, case.state).join(", ")
    ))
    .hint("Uninstall it in Setup > Installed Packages, then run this again.")
}

/// Nothing is uninstalled where nobody can tell which package it is.
fn which_one(case: Case<'_>) -> Stop {
    let named: Vec<String> = wanted::of_namespace(case.desired, case.state)
        .into_iter()
        .map(|it| match &it.version_id {
            Some(version) => format!("{} ({version})", it.name),
            None => it.name.clone(),
        })
        .collect();
    let (packages, which) = match named.as_slice() {
        [only] => (format!("The package {only} has"), "it is not"),
        many => (format!("The packages {} have", listed(many)), "none of them is"),
    };
    Stop::configuration(format!(
        "{packages} the namespace {}, and {which} the configured version or one that provision has \
         installed: so it is not clear which package is the connector's.",
        case.namespace()
    ))
    .at("package.version")
    .hint("Put the 04t id of the connector's installed version into the configuration.")
}

/// What becomes of the data in the package's fields and objects where it is uninstalled, in a sentence.
pub(super) fn fate_of_data(data: &Observed<Vec<DataTable>>) -> String {
    match data.seen().map(|tables| losses(tables)) {
        Some(lost) if lost.is_empty() => "Its fields and objects hold no data.".to_owned(),
        Some(lost) => format!(
            "This data is exported to files first and then deleted with the package; it is not restored automatically: {}.",
            lost.join("; ")
        ),
        None => {
            "The data in its fields and objects is exported to files first and then deleted with \
            the package; it is not restored automatically."
                .to_owned()
        }
    }
}

fn losses(tables: &[DataTable]) -> Vec<String> {
    tables.iter().filter(|it| !it.is_empty()).map(loss).collect()
}

/// Says what is deleted for good.
fn tell_of_data(verdict: &mut Verdict, tables: &[DataTable]) {
    let lost = losses(tables);
    if !lost.is_empty() {
        verdict.warn(format!("Deleted for good with the package: {}.", lost.join("; ")));
    }
    for note in tables.iter().filter(|table| !table.is_empty()).flat_map(|table| &table.notes) {
        verdict.note(note.clone());
    }
}

/// `the values of 3 fields in 1,200 records of Task`
fn loss(table: &DataTable) -> String {
    let records = match &table.records {
        Records::Exactly(1) => "1 record".to_owned(),
        Records::Exactly(number) => format!("{} records", grouped(*number)),
        Records::AtMost(number) => format!("up to {} records", grouped(*number)),
        Records::Unknown(words) => format!("an unknown number of records ({words})"),
    };
    match &table.extent {
        Extent::Object => format!("{records} of {} ({})", table.label, table.object),
        Extent::Fields(fields) => {
            let values = match fields.len() {
                1 => "the values of 1 field".to_owned(),
                many => format!("the values of {many} fields"),
            };
            format!("{values} in {records} of {}", table.label)
        }
    }
}

/// `1,234,567`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What the org holds of it, as far as it tells.
pub(super) fn held(package: &InstalledPackage) -> Value {
    Value::Package(PackageValue {
        id: package.version_id,
        number: package.version,
        name: package.name.clone(),
        audience: None,
    })
}
