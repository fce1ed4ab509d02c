use super::fixture::{VERSION, desired, id, install, offer, planned, rows, state};
use crate::checklist::package::{installed, name_by_ids};
use crate::checklist::{After, ItemId, Lookup, Now, Sight, StopKind};
use crate::model::{
    Approval, DataTable, Extent, Generation, InstalledPackage, Look, Observed, Offer,
    OfferedVersion, OrgState, PackageName, PackageRequest, PackageVersionId, Records, Refusal,
    Refused, Target, Upgrade, Version,
};

fn stop(desired: &crate::model::ConnectorWish, state: &OrgState) -> (StopKind, String) {
    let plan = planned(desired, state);
    let verdict = plan.of(ItemId::PACKAGE).unwrap();
    assert!(verdict.changes.is_empty(), "nothing is planned when something stops the item");
    let [stop] = verdict.stops.as_slice() else { panic!("{:?}", verdict.stops) };
    (stop.kind, stop.message())
}

#[test]
fn an_org_without_the_package_gets_it() {
    let plan = planned(&desired(), &state());
    let [change] = rows(plan.of(ItemId::PACKAGE).unwrap()).try_into().unwrap();
    assert_eq!(change.after, After::value(format!("1.10 ({VERSION})")));
}

#[test]
fn what_the_org_says_of_the_version_is_asked_first() {
    let mut state = state();
    state.offered = Observed::Unasked;
    assert_eq!(planned(&desired(), &state).needs(), [Look::OfferedVersion]);
}

#[test]
fn sites_must_be_approved_by_name() {
    let (mut desired, mut state) = (desired(), state());
    let mut asking = offer("1.10");
    asking.sites = vec!["https://cpc.ccone.net".to_owned(), "https://other.example".to_owned()];
    state.offered.seen_mut().unwrap().answer = Ok(asking);
    desired.package.sites = Approval::Sites(vec!["https://CPC.ccone.net/".to_owned()]);
    assert_eq!(
        stop(&desired, &state),
        (
            StopKind::Refused,
            "The package needs to call \"https://other.example\" from this org, which is not \
             approved."
                .to_owned()
        )
    );
    desired.package.sites = Approval::All;
    assert!(planned(&desired, &state).stops().next().is_none());
}

#[test]
fn an_edition_that_it_is_not_made_for_is_told_before_anything_is_installed() {
    let (desired, mut state) = (desired(), state());
    for edition in [None, Some("Enterprise Edition")] {
        state.edition = edition.map_or(Observed::Unasked, |it| Observed::Seen(it.to_owned()));
        let plan = planned(&desired, &state);
        let verdict = plan.of(ItemId::PACKAGE).unwrap();
        assert!(verdict.notes.is_empty() && verdict.changes.len() == 1, "{verdict:?}");
    }
    state.edition = Observed::Seen("Base Edition".to_owned());
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::PACKAGE).unwrap();
    assert!(verdict.notes[0].text().contains("Base Edition"), "{verdict:?}");
    assert_eq!(verdict.changes.len(), 1);
    state.edition = Observed::Seen("Team Edition".to_owned());
    let (kind, text) = stop(&desired, &state);
    assert_eq!(kind, StopKind::Refused);
    assert!(text.contains("not for this one"), "{text}");
    // Whoever has installed it all the same is not kept from anything.
    install(&desired, &mut state);
    assert!(planned(&desired, &state).stops().next().is_none());
}

#[test]
fn an_older_version_is_a_persons_to_upgrade_and_keeps_nobody_waiting() {
    let (desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    state.packages[0].version_id = Some(PackageVersionId::parse("04t000000000009").unwrap());
    state.packages[0].version = Some(Version { major: 1, minor: 9, patch: 0 });
    let plan = planned(&desired, &state);
    assert!(plan.stops().next().is_none());
    // What would go is looked for, to be told; where the org does not say it, nobody waits for that.
    assert_eq!(plan.of(ItemId::PACKAGE).unwrap().needs, [Look::PackageData]);
    let table = DataTable {
        object: "ciscocjs__Call_Segment__c".to_owned(),
        label: "Call Segment".to_owned(),
        extent: Extent::Object,
        columns: Vec::new(),
        archives: false,
        long_text: 0,
        records: Records::Exactly(1_200),
        notes: Vec::new(),
    };
    let choice = |data: Observed<Vec<DataTable>>| {
        let mut state = state.clone();
        state.removal.data = data;
        let plan = planned(&desired, &state);
        let verdict = plan.of(ItemId::PACKAGE).unwrap();
        assert!(verdict.needs.is_empty() && !verdict.is_held(), "{verdict:?}");
        verdict.human.as_ref().unwrap().texts().join("\n")
    };
    let told = choice(Observed::Seen(vec![table]));
    assert!(told.contains("it is not restored automatically: 1,200 records of "), "{told}");
    assert!(choice(Observed::Seen(Vec::new())).contains("hold no data"));
    let refused = Observed::Refused(Refused::new("INSUFFICIENT_ACCESS"));
    assert!(
        choice(refused).contains("The data in its fields and objects is exported to files first")
    );
    let human = plan.of(ItemId::PACKAGE).unwrap().human.clone().unwrap();
    assert!(
        human.sight == Sight::Undone && human.why.starts_with("The org has version 1.9 of"),
        "{}",
        human.why
    );
    let page = "/packaging/installPackage.apexp?p0=";
    // The ways are a choice, and not steps one after the other.
    let [choice] = human.texts().try_into().unwrap();
    assert!(choice.contains(page), "{choice}");
    assert_eq!(choice.lines().filter(|line| line.starts_with("- ")).count(), 4, "{choice}");
    // Agents can still be added; what only the new version brings waits for it.
    assert!(!plan.of(ItemId::USERS).unwrap().changes.is_empty());
    assert!(plan.changes().all(|change| change.known_after != Some(ItemId::PACKAGE)));
    let data_center = plan.of(ItemId::DATA_CENTER).unwrap();
    assert_eq!(data_center.unknown.as_deref(), Some("the managed package comes first"));
}

#[test]
fn a_newer_version_is_never_replaced() {
    let (desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    state.packages[0].version_id = Some(PackageVersionId::parse("04t000000000009").unwrap());
    state.packages[0].version = Some(Version { major: 1, minor: 11, patch: 0 });
    let (kind, message) = stop(&desired, &state);
    assert_eq!(kind, StopKind::Refused);
    assert!(message.starts_with("The org has version 1.11 of"), "{message}");
}

#[test]
fn another_package_of_the_namespace_does_not_count_and_is_told() {
    let (mut desired, mut state) = (desired(), state());
    state.packages.get_or_insert_default().push(InstalledPackage {
        name: "Another of the same vendor".to_owned(),
        namespace: Some("ciscocjs".to_owned()),
        package_id: Some(id("033", 7)),
        version_id: Some(PackageVersionId::parse("04t000000000007").unwrap()),
        version: None,
        generation: Generation::Unknown,
        managed: true,
    });
    desired.package.upgrade = Some(Upgrade::Clean);
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::PACKAGE).unwrap();
    assert_eq!(verdict.changes.len(), 1, "{:?}", verdict.changes);
    let warned = verdict.notes.iter().any(|note| {
        note.is_warning()
            && note
                .text()
                .contains("\"Another of the same vendor\". It is kept next to the new one")
    });
    assert!(warned, "{:?}", verdict.notes);
    // A namespace of the first generation is one package's: the installation would fail.
    state.packages[0].generation = Generation::First;
    let (kind, message) = stop(&desired, &state);
    assert_eq!(kind, StopKind::Refused);
    assert!(
        message.contains("refuses to install a second package with this namespace"),
        "{message}"
    );
}

#[test]
fn keys_and_unknown_versions_stop_the_run_in_the_orgs_words() {
    let desired = desired();
    let mut state = state();
    let mut answer = |refusal| {
        state.offered =
            Observed::Seen(OfferedVersion { id: desired.package.version, answer: Err(refusal) });
        stop(&desired, &state)
    };
    let message = "words of the org".to_owned();
    let (kind, text) = answer(Refusal::KeyRequired { message: message.clone() });
    assert!(kind == StopKind::Refused && text.ends_with("words of the org"), "{text}");
    let (kind, _) = answer(Refusal::Unknown { message });
    assert_eq!(kind, StopKind::Configuration);
}

#[test]
fn what_passes_by_itself_in_an_org_is_no_refusal() {
    let (desired, mut state) = (desired(), state());
    let told = |state: &mut OrgState, status: &str| {
        let offer = Offer { status: status.to_owned(), ..offer("1.10") };
        state.offered.seen_mut().unwrap().answer = Ok(offer);
        let plan = planned(&desired, state);
        let stop = plan.stops().next().map(|(_, stop)| stop.kind);
        (stop, plan.of(ItemId::PACKAGE).unwrap().changes.len())
    };
    for status in [
        "PACKAGE_UNAVAILABLE",
        "PACKAGE_UNAVAILABLE_ZIP",
        "ALREADY_IN_PROCESS",
        "INSTALL_IN_PROGRESS",
        "UNINSTALL_IN_PROGRESS",
    ] {
        assert_eq!(told(&mut state, status), (Some(StopKind::NotYet), 0), "{status}");
    }
    for status in ["NO_ACCESS", "BETA_INSTALL_INTO_PRODUCTION_ORG", ""] {
        assert_eq!(told(&mut state, status), (Some(StopKind::Refused), 0), "{status}");
    }
    // The installation that keeps others waiting is the one that is joined.
    state.installs = Observed::Seen(vec![PackageRequest {
        id: "0Hf000000000001".to_owned(),
        version_id: Some(PackageVersionId::parse(VERSION).unwrap()),
        running: true,
        given_up: false,
        since: None,
        by: None,
    }]);
    for status in ["INSTALL_IN_PROGRESS", "ALREADY_IN_PROCESS", "NO_ERRORS_DETECTED"] {
        assert_eq!(told(&mut state, status), (None, 1), "{status}");
    }
    assert_eq!(told(&mut state, "UNINSTALL_IN_PROGRESS").0, Some(StopKind::NotYet));
}

#[test]
fn only_the_layout_that_is_wanted_must_be_seen_of_what_the_package_brings() {
    let (desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    let sound = planned(&desired, &state);
    assert!(sound.of(ItemId::PACKAGE).unwrap().problems.is_empty());
    assert!(sound.of(ItemId::PACKAGE).unwrap().notes.is_empty());
    state.contents.apps = Observed::Seen(Vec::new());
    state.contents.reports = Observed::Seen(Vec::new());
    state.layouts.get_or_insert_default().retain(|layout| layout.name.name != "Old Layout");
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::PACKAGE).unwrap();
    assert!(verdict.problems.is_empty() && verdict.stops.is_empty(), "{verdict:?}");
    let [note] = verdict.notes.as_slice() else { panic!("{:?}", verdict.notes) };
    assert!(
        note.text().starts_with(
            "The package is installed, but these parts of it do not show in the org: the app \"Webex \
             Contact Center\", the Task page layout \"Old Layout\", the call activity report."
        ),
        "{}",
        note.text()
    );
    state.layouts.get_or_insert_default().retain(|layout| layout.name.name != "New Layout");
    let plan = planned(&desired, &state);
    let [problem] = plan.of(ItemId::PACKAGE).unwrap().problems.as_slice() else { panic!() };
    assert!(problem.message().contains("\"New Layout\""), "{}", problem.message());
}

#[test]
fn the_version_of_another_package_is_refused_before_it_is_installed() {
    let (desired, mut state) = (desired(), state());
    let mut offered = |package: Option<PackageName>| {
        state.offered.seen_mut().unwrap().answer = Ok(Offer { package, ..offer("1.10") });
        planned(&desired, &state)
    };
    let other = |namespace: Option<&str>| PackageName {
        name: Some("Sales Helper".to_owned()),
        namespace: namespace.map(str::to_owned),
    };
    for (namespace, named) in
        [(Some("helper"), "with the namespace helper"), (None, "without a namespace")]
    {
        let plan = offered(Some(other(namespace)));
        let verdict = plan.of(ItemId::PACKAGE).unwrap();
        assert!(verdict.changes.is_empty());
        let [stop] = verdict.stops.as_slice() else { panic!("{:?}", verdict.stops) };
        assert_eq!(stop.kind, StopKind::Configuration);
        assert_eq!(
            stop.message(),
            format!(
                "Package version {VERSION} belongs to \"Sales Helper\", {named}; the connector's \
                 namespace is ciscocjs."
            )
        );
    }
    let unknown = offered(None);
    assert_eq!(unknown.of(ItemId::PACKAGE).unwrap().changes.len(), 1);
}

/// A package of which several versions may be installed.
const SAME: &str = "033000000000111AAA";

#[test]
fn a_package_whose_namespace_is_not_told_is_known_by_its_ids() {
    let (desired, mut state) = (desired(), state());
    install(&desired, &mut state);
    let own = state.packages[0].clone();
    let nameless = |id: Option<&str>, version: Option<PackageVersionId>| InstalledPackage {
        namespace: None,
        package_id: id.map(str::to_owned),
        version_id: version,
        ..own.clone()
    };
    state.offered.seen_mut().unwrap().answer =
        Ok(Offer { package_id: Some(SAME.to_owned()), ..offer("1.10") });
    // By the version that is wanted; by the package of the version that is offered; not at all.
    let wanted = desired.package.version;
    for (package, known) in [
        (nameless(None, Some(wanted)), true),
        (nameless(Some(&SAME[..15]), None), true),
        (nameless(Some("033000000000999AAA"), None), false),
    ] {
        state.packages = Observed::Seen(vec![package]);
        name_by_ids(&desired, &mut state);
        let target = Target::Package(desired.recipe.namespace.clone());
        let now = ItemId::PACKAGE.item().unwrap().now(&Lookup::of(&state), &target);
        assert_eq!(matches!(now, Now::Held(Some(_))), known, "{now:?}");
        assert_eq!(installed(&desired, &state).is_some(), known);
    }
}
