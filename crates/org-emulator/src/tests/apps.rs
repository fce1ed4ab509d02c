//! Apps, their utility bars, and whether a softphone is in them.

use serde_json::{Value, json};

use super::Bench;
use crate::Emulator;
use crate::soap::METADATA;

const SOFTPHONE: &str = "<componentName>opencti:softPhone</componentName>";

impl Bench {
    fn read_metadata(&self, kind: &str, name: &str) -> String {
        let body = format!(
            "<readMetadata><type>{kind}</type><fullNames>{name}</fullNames></readMetadata>"
        );
        let (status, text) = self.soap("/services/Soap/m/68.0", METADATA, &body);
        assert_eq!(status, 200, "{text}");
        text
    }
}

#[test]
fn a_new_org_has_apps_with_and_without_a_softphone() {
    let bench = Bench::new(Emulator::builder());
    let soql =
        "SELECT DeveloperName, NamespacePrefix, UiType, NavType, UtilityBar FROM AppDefinition";
    let apps = bench.query(soql);
    let app = |name: &str| -> Value {
        let rows = apps["records"].as_array().unwrap();
        rows.iter().find(|row| row["DeveloperName"] == name).unwrap().clone()
    };
    assert_eq!(app("LightningService")["NavType"], "Console");
    assert_eq!(app("LightningService")["UtilityBar"], "LightningService_UtilityBar");
    assert_eq!(app("LightningSales")["UtilityBar"], "LightningSales_UtilityBar");
    assert_eq!(
        (&app("Service")["UiType"], &app("Service")["UtilityBar"]),
        (&json!("Aloha"), &json!(null))
    );

    let service = bench.read_metadata("FlexiPage", "LightningService_UtilityBar");
    assert!(
        service.contains(SOFTPHONE) && service.contains("<type>UtilityBar</type>"),
        "{service}"
    );
    assert!(!bench.read_metadata("FlexiPage", "LightningSales_UtilityBar").contains("softPhone"));
    let app = bench.read_metadata("CustomApplication", "standard__LightningService");
    assert!(app.contains("<navType>Console</navType><uiType>Lightning</uiType>"), "{app}");
    assert!(app.contains("<utilityBar>LightningService_UtilityBar</utilityBar>"), "{app}");
}

#[test]
fn metadata_of_a_page_is_shown_for_one_row() {
    let bench = Bench::new(Emulator::builder());
    let (status, pages) = bench.tooling("SELECT Id, DeveloperName, Type FROM FlexiPage");
    assert_eq!((status, &pages["totalSize"]), (200, &json!(2)), "{pages}");
    assert_eq!(pages["records"][0]["Type"], "UtilityBar");
    let (status, answer) = bench.tooling("SELECT Metadata FROM FlexiPage");
    assert_eq!((status, &answer[0]["errorCode"]), (400, &json!("MALFORMED_QUERY")));
    let soql = "SELECT Metadata FROM FlexiPage WHERE DeveloperName = 'LightningService_UtilityBar'";
    let (_, page) = bench.tooling(soql);
    let item =
        "/records/0/Metadata/flexiPageRegions/0/itemInstances/0/componentInstance/componentName";
    assert_eq!(page.pointer(item), Some(&json!("opencti:softPhone")), "{page}");
}

#[test]
fn people_put_the_softphone_into_a_bar_and_take_it_out() {
    let bench = Bench::seeded(
        "[changes.utility_bars]\nLightningSales_UtilityBar = [\"opencti:softPhone\"]",
        Emulator::builder(),
    );
    assert!(bench.read_metadata("FlexiPage", "LightningSales_UtilityBar").contains(SOFTPHONE));
    bench.change(&json!({"utility_bars": {"LightningSales_UtilityBar": [], "My_Bar": []}}));
    assert!(!bench.read_metadata("FlexiPage", "LightningSales_UtilityBar").contains("softPhone"));
    let app = "<createMetadata><metadata \
        xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CustomApplication\">\
        <fullName>Mine</fullName><label>Mine</label><navType>Console</navType>\
        <uiType>Lightning</uiType><utilityBar>My_Bar</utilityBar></metadata></createMetadata>";
    let (_, text) = bench.soap("/services/Soap/m/68.0", METADATA, app);
    assert!(text.contains("<success>true</success>"), "{text}");
    let soql = "SELECT UtilityBar, NavType FROM AppDefinition WHERE DeveloperName = 'Mine'";
    let row = &bench.query(soql)["records"][0];
    assert_eq!((&row["UtilityBar"], &row["NavType"]), (&json!("My_Bar"), &json!("Console")));
    // Salesforce's own apps can be changed as well.
    let app = app.replace("create", "update").replace("Mine", "standard__LightningSales");
    let (_, text) = bench.soap("/services/Soap/m/68.0", METADATA, &app);
    assert!(text.contains("<success>true</success>"), "{text}");
    let soql = "SELECT UtilityBar FROM AppDefinition WHERE DeveloperName = 'LightningSales'";
    assert_eq!(bench.query(soql)["records"][0]["UtilityBar"], "My_Bar");
}

#[test]
fn a_deployed_bar_takes_the_place_of_the_one_that_was_there() {
    let seed = "[changes.utility_bars]\nMine_UtilityBar = [\"console:history\"]\n\
                [changes.apps]\nMine = \"Mine_UtilityBar\"";
    let bench = Bench::seeded(seed, Emulator::builder());
    let soql = "SELECT UtilityBar, NamespacePrefix FROM AppDefinition WHERE DeveloperName = 'Mine'";
    let row = &bench.query(soql)["records"][0];
    assert_eq!(
        (&row["UtilityBar"], &row["NamespacePrefix"]),
        (&json!("Mine_UtilityBar"), &json!(null))
    );
    let item = |component: &str, identifier: &str| {
        format!(
            "<itemInstances><componentInstance><componentName>{component}</componentName>\
             <identifier>{identifier}</identifier></componentInstance></itemInstances>"
        )
    };
    let deploy = |bench: &Bench, items: &str, template: &str| {
        let page = format!(
            "<updateMetadata><metadata xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xsi:type=\"FlexiPage\"><fullName>Mine_UtilityBar</fullName><flexiPageRegions>{items}\
             <name>utilityItems</name><type>Region</type></flexiPageRegions>\
             <masterLabel>Mine</masterLabel>{template}<type>UtilityBar</type></metadata>\
             </updateMetadata>"
        );
        bench.soap("/services/Soap/m/68.0", METADATA, &page).1
    };
    let template = "<template><name>one:utilityBarTemplateDesktop</name></template>";
    for (items, template, refusal) in [
        (item("opencti:softPhone", "a"), "", "Required field is missing: template"),
        (item("opencti:softPhone", ""), template, "Required field is missing: identifier"),
        (item("softPhone", "a"), template, "find the component named softPhone"),
        (item("a:b", "a") + &item("c:d", "a"), template, "identifier a is already in use"),
    ] {
        let answer = deploy(&bench, &items, template);
        assert!(answer.contains(refusal), "{refusal}: {answer}");
    }
    assert!(bench.read_metadata("FlexiPage", "Mine_UtilityBar").contains("console:history"));
    deploy(&bench, &item("opencti:softPhone", "a"), template);
    let now = bench.read_metadata("FlexiPage", "Mine_UtilityBar");
    assert!(now.contains(SOFTPHONE) && !now.contains("console:history"), "{now}");

    let locked = crate::Guesses::default().with("utility_bars_deployable", false).unwrap();
    let bench = Bench::seeded(seed, Emulator::builder().guesses(locked));
    let answer = deploy(&bench, "", template);
    assert!(answer.contains("edit this utility bar"), "{answer}");
}
