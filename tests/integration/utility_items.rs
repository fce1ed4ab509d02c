//! The phone in the utility bar of an app of the org's own, against an emulated org.

use org_emulator::{Changes, Emulator, Guesses, Seed};
use provision::checklist::ItemId;
use provision::engine::{Goal, ItemReport, Outcome, Report};

use crate::desk::Desk;
use crate::support::{Org, assert_nothing_to_do, assert_settled, demo, wait};
use crate::undo::undo;
use crate::version_2::demo_of_version_2;

const BAR: &str = "Support_UtilityBar";
const PHONE: &str = "opencti:softPhone";
const OMNI: &str = "runtime_service_omnichannel:omniWidget";

/// An org whose agents work in an app of its own. The Service Console has Omni-Channel.
fn org(guesses: Guesses) -> Org {
    let changes = Changes::new()
        .utility_bar(BAR, ["console:history"])
        .utility_bar("LightningService_UtilityBar", [PHONE, OMNI])
        .app("Support", BAR);
    Org::with(Emulator::builder().seed(Seed::number(1).changes(changes)).guesses(guesses))
}

fn wanting(app: &str) -> String {
    format!("{}\n[agent_access]\nmanage = true\napp = \"{app}\"\n", demo_of_version_2())
}

fn syncing() -> String {
    wanting("Support").replace(
        "[call_center.softphone]",
        "[call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\nidle_code = \"On a \
         Salesforce call\"\n\n[call_center.softphone]",
    )
}

fn components(org: &Org) -> Vec<String> {
    let client = org.client();
    let pages = wait(client.metadata().read_flexi_pages(&[BAR])).expect("the bar");
    pages[0].components.clone()
}

fn item(report: &Report) -> &ItemReport {
    report.items.iter().find(|item| item.id == ItemId::AGENT_ACCESS).expect("the item")
}

#[test]
fn it_is_put_there_once_and_taken_out_again() {
    for (configuration, more) in [(wanting("Support"), &[PHONE][..]), (syncing(), &[PHONE, OMNI])] {
        let org = org(Guesses::default());
        let before = org.world();
        let planned = org.run(Goal::Plan, &configuration);
        assert_eq!(planned.outcome, Outcome::Changes, "{:#?}", planned.failure);
        assert_eq!(org.world(), before);
        let report = org.apply(&configuration);
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        assert_eq!(components(&org), [&["console:history"], more].concat());
        assert_nothing_to_do(&org.apply(&configuration));
        assert_settled(&org.run(Goal::Verify, &configuration));
        let report = org.uninstall(&configuration);
        assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
        assert_eq!(org.world(), before);
    }
}

/// Not every bar of a large org is looked into: that of the configured app is.
#[test]
fn it_is_found_among_many_bars() {
    let many = (0..30).fold(Changes::new(), |changes, number| {
        let bar = format!("App_{number}_UtilityBar");
        let changes = changes.utility_bar(&bar, ["console:history"]);
        changes.app(&format!("App {number}"), &bar)
    });
    let changes = many.utility_bar(BAR, ["console:history"]).app("Support", BAR);
    let org = Org::with(Emulator::builder().seed(Seed::number(1).changes(changes)));
    let before = org.world();
    assert!(org.apply(&wanting("Support")).failure.is_none());
    assert_eq!(components(&org), ["console:history", PHONE]);
    assert_nothing_to_do(&org.apply(&wanting("Support")));
    org.uninstall(&wanting("Support"));
    assert_eq!(org.world(), before);
}

#[test]
fn what_people_have_added_since_stays_and_an_undo_takes_ours_back() {
    let org = org(Guesses::default());
    let configuration = wanting("Support");
    org.apply(&configuration);
    let added = Changes::new().utility_bar(BAR, ["console:history", PHONE, "acme:notes"]);
    org.emulated.change(&added).expect("a change");
    assert_nothing_to_do(&org.apply(&configuration));
    undo(&org, None, &configuration);
    assert_eq!(components(&org), ["console:history", "acme:notes"]);
}

#[test]
fn a_bar_that_no_deploy_may_change_is_left_to_a_person_and_the_rest_is_done() {
    let locked = Guesses::default().with("utility_bars_deployable", false).expect("a switch");
    let org = org(locked);
    let configuration = wanting("Support");
    let report = org.apply(&configuration);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let found = item(&report);
    let told = format!("{}\n{}", found.message.clone().unwrap_or_default(), found.steps.join("\n"));
    assert!(told.contains("You can't edit this utility bar"), "{told}");
    assert!(told.contains("Open CTI Softphone"), "{told}");
    assert_eq!(components(&org), ["console:history"]);
    let ours = "SELECT Id FROM PermissionSet WHERE Name = 'Webex_Contact_Center_Agent_Access_V2'";
    let sets = org.query(ours);
    assert_eq!(sets.len(), 1, "the rest of the deploy was not lost");
    org.uninstall(&configuration);
}

#[test]
fn salesforces_own_apps_are_never_changed() {
    let org = org(Guesses::default());
    let configuration = wanting("Sales");
    let report = org.apply(&configuration);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let told = item(&report).steps.join("\n");
    assert!(told.contains("click Edit beside \"Sales\""), "{told}");
    assert!(item(&report).changes.iter().all(|change| change.field != PHONE));
}

/// Version 1 has put it there, and goes; agents of Version 2 work with it until that goes, too.
#[test]
fn it_stays_for_those_who_have_moved_and_goes_with_the_version_that_they_work_with() {
    let org = org(Guesses::default());
    let before = org.world();
    let desk = Desk::of(&org);
    desk.write(
        "provision.toml",
        &format!("{}\n[agent_access]\nmanage = true\napp = \"Support\"\n", demo()),
    );
    let run = |arguments: &[&str]| {
        desk.run(&[&["--instance-url", org.url.as_str(), "--yes"], arguments].concat())
    };
    let with_phone = ["console:history", PHONE];
    run(&[]).exits(0);
    assert_eq!(components(&org), with_phone);
    run(&["migrate", "--to", "webex-v2"]).exits(0);
    run(&["init", "--from-org", "--config", "v2.toml"]).exits(0);
    let written = desk.read("v2.toml");
    let in_app = written.replace("manage = true", "manage = true\napp = \"Support\"");
    assert_ne!(in_app, written);
    desk.write("v2.toml", &in_app);
    let uninstall = ["uninstall", "--yes-delete-data", &org.id, "--no-export"];
    let gone = run(&uninstall);
    assert!(gone.exits(0).out.contains("stays in the utility bar"), "{gone}");
    assert!(!gone.out.contains("and lose what"), "{gone}");
    assert_eq!(components(&org), with_phone);
    run(&["--config", "v2.toml", "verify"]).exits(0);
    // A source folder holds the bar as it is.
    run(&["--config", "v2.toml", "export", "source"]).exits(0);
    let page =
        desk.read(&format!("source/force-app/main/default/flexipages/{BAR}.flexipage-meta.xml"));
    assert!(page.contains("console:history") && page.contains(PHONE), "{page}");
    run(&[&["--config", "v2.toml"], &uninstall[..]].concat()).exits(0);
    assert_eq!(org.world(), before);
}
