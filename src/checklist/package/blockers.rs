//! What outside the package refers to it: the org would refuse the uninstall for it.
//!
//! The org's table of references is a beta that leaves things out (reports among them) and ends at
//! 2,000 rows. What it names is told before anything is changed; that it names nothing is never
//! taken for proof.

use std::collections::BTreeMap;

use crate::checklist::names::SHOWN;
use crate::checklist::{Blockers, Case, Stop, Verdict};
use crate::model::{Added, AddedKind, Command, Hint, Observed, Reference, Refused, in_a_row};

/// Rows that the table of references gives at most.
const MOST_ROWS: usize = 2_000;

/// Where in Setup components of a type are found, and what to do there.
///
/// A type that is not here is searched for by its name.
const PLACES: [(&str, &str, &str); 14] = [
    ("ApexClass", "setup/ApexClasses/home", "remove what it uses of the package, or delete it"),
    ("ApexTrigger", "setup/ApexTriggers/home", "remove what it uses of the package, or delete it"),
    ("AuraDefinitionBundle", "setup/LightningComponentBundles/home", "delete it"),
    (
        "CustomApplication",
        "setup/NavigationMenus/home",
        "take the package's items out of the app and its utility bar",
    ),
    (
        "CustomField",
        "setup/ObjectManager/home",
        "delete it, or take the package's field out of its formula",
    ),
    (
        "EmailTemplate",
        "setup/CommunicationTemplatesEmail/home",
        "take the package's fields out of it",
    ),
    ("FlexiPage", "setup/FlexiPageList/home", "take the package's components out of the page"),
    (
        "Flow",
        "setup/Flows/home",
        "take the package's fields and actions out of it, and delete its old versions",
    ),
    (
        "Layout",
        "setup/ObjectManager/home",
        "take the package's fields and actions out of the layout",
    ),
    ("LightningComponentBundle", "setup/LightningComponentBundles/home", "delete it"),
    ("ListView", "setup/ObjectManager/home", "take the package's fields out of the list view"),
    (
        "QuickAction",
        "setup/ObjectManager/home",
        "delete it, or take the package's fields out of it",
    ),
    (
        "ValidationRule",
        "setup/ObjectManager/home",
        "delete it, or take the package's fields out of it",
    ),
    (
        "WorkflowRule",
        "setup/WorkflowRules/home",
        "delete it, or take the package's fields out of it",
    ),
];

/// Says what stands in the way, as stops or as warnings.
pub(super) fn judge(verdict: &mut Verdict, case: Case<'_>) {
    let Case { blockers, .. } = case;
    let removal = &case.state.removal;
    let mut found = Vec::new();
    match &removal.references {
        Observed::Seen(references) => {
            found.extend(of_components(case, references));
            if references.len() >= MOST_ROWS {
                verdict.warn(format!(
                    "More than {MOST_ROWS} components refer to the package; the org lists no more."
                ));
            }
        }
        Observed::Refused(Refused { words, .. }) => verdict.warn(format!(
            "The org does not show what refers to the package: {words} The uninstall itself will \
            report what blocks it."
        )),
        Observed::Unasked => {}
    }
    if let (Observed::Seen(_), Some(words)) = (&removal.added, &removal.rest_of_added) {
        verdict.warn(format!(
            "Not everything that people made in the package's folders could be looked for: {words}"
        ));
    }
    for (told, what) in [
        (&removal.added, "What people made in the package's folders"),
        (&removal.own_records, "Records of the package's custom metadata types"),
    ] {
        match told {
            Observed::Seen(added) => found.extend(of_people(case, added)),
            Observed::Refused(Refused { words, .. }) => {
                verdict.warn(format!("{what} could not be looked for: {words}"));
            }
            Observed::Unasked => {}
        }
    }
    match blockers {
        Blockers::Stop | Blockers::StopUpgrade => {
            if let Some(last) = found.pop() {
                found.push(last.hint(if_out_of_date(blockers)));
            }
            verdict.stops.extend(found);
        }
        Blockers::Tell => {
            for stop in found {
                verdict.warn(stop.message());
            }
        }
    }
}

/// What to do where the org names what is gone.
fn if_out_of_date(blockers: Blockers) -> Hint {
    match blockers {
        Blockers::StopUpgrade => Hint::command(
            "If the list is out of date, take the package out with",
            Command::of_org("uninstall --try-anyway"),
            ", which lets the org decide, and apply again; or set upgrade = \"in-place\" under [package].",
        ),
        Blockers::Stop | Blockers::Tell => {
            "If the list is out of date, use --try-anyway to let the org decide; what was done before the \
             org refuses is kept."
                .into()
        }
    }
}

/// One stop a type of component.
fn of_components(case: Case<'_>, references: &[Reference]) -> Vec<Stop> {
    let mut kinds: BTreeMap<&str, Vec<&Reference>> = BTreeMap::new();
    for reference in references {
        kinds.entry(&reference.kind).or_default().push(reference);
    }
    kinds
        .into_iter()
        .map(|(kind, references)| {
            let message = match references.as_slice() {
                [only] => format!(
                    "{kind} {} uses {} {} of the package.",
                    only.name, only.to_kind, only.to_name
                ),
                many => {
                    let use_of =
                        |it: &&Reference| format!("{} ({} {})", it.name, it.to_kind, it.to_name);
                    let names: Vec<String> = many.iter().map(use_of).collect();
                    let count = names.len();
                    format!(
                        "{count} components of type {kind} use the package: {}.",
                        in_a_row(&names, SHOWN)
                    )
                }
            };
            Stop::refused(message).hint(remedy(case, kind))
        })
        .collect()
}

fn remedy(case: Case<'_>, kind: &str) -> String {
    let url = &case.state.organization.instance_url;
    match PLACES.iter().find(|(known, _, _)| *known == kind) {
        Some((_, place, remedy)) => format!("{kind}: {remedy}: {url}/lightning/{place}"),
        None => format!(
            "{kind}: look for it in Setup and take the package's components out of it: \
             {url}/lightning/setup/SetupOneHome/home"
        ),
    }
}

/// One stop a kind of what people made.
fn of_people(case: Case<'_>, added: &[Added]) -> Vec<Stop> {
    let mut kinds: BTreeMap<AddedKind, Vec<&Added>> = BTreeMap::new();
    for one in added {
        kinds.entry(one.kind).or_default().push(one);
    }
    kinds.into_iter().map(|(kind, added)| of_kind(case, kind, &added)).collect()
}

fn of_kind(case: Case<'_>, kind: AddedKind, added: &[&Added]) -> Stop {
    let names: Vec<String> =
        added.iter().map(|it| format!("\"{}\" ({})", it.name, it.place)).collect();
    let names = in_a_row(&names, SHOWN);
    let url = &case.state.organization.instance_url;
    let id = added.first().map_or("", |first| first.id.as_str());
    let (message, hint) = match kind {
        AddedKind::Report => (
            format!("The package's folders hold reports that people have made: {names}."),
            format!(
                "Move each report to another folder or delete it; the first is \
                 {url}/lightning/r/Report/{id}/view"
            ),
        ),
        AddedKind::Dashboard => (
            format!("The package's folders hold dashboards that people have made: {names}."),
            format!(
                "Move each dashboard to another folder or delete it; the first is \
                 {url}/lightning/r/Dashboard/{id}/view"
            ),
        ),
        AddedKind::ScheduledJob => (
            format!("Jobs run Apex classes of the package: {names}."),
            format!("Delete them, or wait for them: {url}/lightning/setup/ScheduledJobs/home"),
        ),
        AddedKind::CustomMetadata => (
            format!("The org has made records of the package's custom metadata types: {names}."),
            format!(
                "Delete each under Manage Records of its type: \
                 {url}/lightning/setup/CustomMetadata/home"
            ),
        ),
    };
    Stop::refused(message).hint(hint)
}
