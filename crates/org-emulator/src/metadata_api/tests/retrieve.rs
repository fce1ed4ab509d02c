//! What was deployed comes back equal in content, whatever its type.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use zip::ZipArchive;

use super::support::{ask, deploy, manifest, text, validate, world};
use super::{install, installed};
use crate::OrgKind;
use crate::clock::JobTime;
use crate::metadata::tree;
use crate::org::Org;
use crate::soap::METADATA;
use crate::soap::xml;

/// The files that a retrieve brings, and the answer that brought them.
pub(crate) fn retrieve(org: &mut Org, request: &str) -> (BTreeMap<String, Vec<u8>>, String) {
    let asked = format!("<retrieve><retrieveRequest>{request}</retrieveRequest></retrieve>");
    let answer = xml::parse(&text(&ask(org, &asked))).unwrap();
    let id = answer.children[0].children[0].children[0].value("id").unwrap().to_owned();
    let asked = format!(
        "<checkRetrieveStatus><asyncProcessId>{id}</asyncProcessId><includeZip>true</includeZip>\
         </checkRetrieveStatus>"
    );
    let answer = text(&ask(org, &asked));
    let parsed = xml::parse(&answer).unwrap();
    let zip = parsed.children[0].children[0].children[0].child("zipFile").unwrap();
    let mut files = BTreeMap::new();
    if !zip.nil {
        let bytes = STANDARD.decode(zip.text.trim()).unwrap();
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            files.insert(entry.name().unwrap().into_owned(), content);
        }
    }
    (files, answer)
}

/// The part of a retrieve request that is a manifest.
fn unpackaged(members: &[(&str, &str)]) -> String {
    let package = manifest(members);
    let inside = package.split_once('>').unwrap().1.strip_suffix("</Package>").unwrap();
    format!("<apiVersion>66.0</apiVersion><unpackaged>{inside}</unpackaged>")
}

/// A file in the service's order, whatever its own.
fn normal(content: &[u8]) -> String {
    let root = xml::parse(std::str::from_utf8(content).unwrap()).unwrap();
    tree::file(&root.name, |xml| tree::content(xml, &tree::normal(&root)))
}

/// Types and names.
type Members = [(&'static str, &'static str)];

/// Components of many types: path, content, and how the manifest names them.
const MANY: [(&str, &str, &Members); 24] = [
    (
        "applications/Desk.app",
        "<CustomApplication><label>Desk</label><uiType>Lightning</uiType></CustomApplication>",
        &[("CustomApplication", "Desk")],
    ),
    ("classes/Own.cls", "public class Own {}", &[("ApexClass", "Own")]),
    (
        "classes/Own.cls-meta.xml",
        "<ApexClass><apiVersion>66.0</apiVersion><status>Active</status></ApexClass>",
        &[],
    ),
    (
        "documents/Art-meta.xml",
        "<DocumentFolder><name>Art</name></DocumentFolder>",
        &[("Document", "Art")],
    ),
    ("documents/Art/a.txt", "any text", &[("Document", "Art/a.txt")]),
    (
        "documents/Art/a.txt-meta.xml",
        "<Document><name>a</name><public>true</public></Document>",
        &[],
    ),
    (
        "flexipages/Page.flexipage",
        "<FlexiPage><masterLabel>P</masterLabel><type>AppPage</type><flexiPageRegions><name>main</name><itemInstances><componentInstance><componentName>ciscocjs:phone</componentName></componentInstance></itemInstances></flexiPageRegions></FlexiPage>",
        &[("FlexiPage", "Page")],
    ),
    (
        "flows/Own.flow",
        "<Flow><variables><name>b</name></variables><variables><name>a</name></variables><label>Own</label></Flow>",
        &[("Flow", "Own")],
    ),
    (
        "labels/CustomLabels.labels",
        "<CustomLabels><labels><fullName>Hi</fullName><language>en_US</language><protected>false</protected><shortDescription>Hi</shortDescription><value> H &amp; i </value></labels></CustomLabels>",
        &[("CustomLabel", "Hi")],
    ),
    (
        "layouts/Task-Own %28x%29.layout",
        "<Layout><layoutSections><style>OneColumn</style><label>I</label></layoutSections></Layout>",
        &[("Layout", "Task-Own %28x%29")],
    ),
    ("lwc/own/own.js", "export default 1;", &[("LightningComponentBundle", "own")]),
    (
        "lwc/own/own.js-meta.xml",
        "<LightningComponentBundle><apiVersion>66.0</apiVersion></LightningComponentBundle>",
        &[],
    ),
    (
        "objects/Own__c.object",
        "<CustomObject><label>Own</label><fields><fullName>A__c</fullName><label>A</label><type>Text</type><length>5</length></fields><validationRules><fullName>V</fullName><active>true</active><errorConditionFormula>true</errorConditionFormula><errorMessage>x</errorMessage></validationRules></CustomObject>",
        &[("CustomObject", "Own__c")],
    ),
    (
        "objects/Task.object",
        "<CustomObject><recordTypes><fullName>Own</fullName><active>true</active><label>Own</label></recordTypes><fields><fullName>Own__c</fullName><label>Own</label><type>Checkbox</type></fields></CustomObject>",
        &[("CustomField", "Task.Own__c"), ("RecordType", "Task.Own")],
    ),
    (
        "permissionsets/Own.permissionset",
        "<PermissionSet><hasActivationRequired>false</hasActivationRequired><label>Own</label></PermissionSet>",
        &[("PermissionSet", "Own")],
    ),
    (
        "remoteSiteSettings/Own.remoteSite",
        "<RemoteSiteSetting><disableProtocolSecurity>false</disableProtocolSecurity><isActive>true</isActive><url>https://x.example</url></RemoteSiteSetting>",
        &[("RemoteSiteSetting", "Own")],
    ),
    ("reports/Own-meta.xml", "<ReportFolder><name>Own</name></ReportFolder>", &[("Report", "Own")]),
    (
        "reports/Own/One.report",
        "<Report><format>Tabular</format><name>One</name><reportType>Activity</reportType></Report>",
        &[("Report", "Own/One")],
    ),
    (
        "reports/ciscocjs__Webex_Reports/Two.report",
        "<Report><format>Tabular</format><name>Two</name><reportType>Activity</reportType></Report>",
        &[("Report", "ciscocjs__Webex_Reports/Two")],
    ),
    (
        "settings/Account.settings",
        "<AccountSettings><enableAccountTeams>true</enableAccountTeams></AccountSettings>",
        &[("Settings", "Account")],
    ),
    ("staticresources/Own.resource", "\u{1f600}", &[("StaticResource", "Own")]),
    (
        "staticresources/Own.resource-meta.xml",
        "<StaticResource><cacheControl>Public</cacheControl><contentType>text/plain</contentType></StaticResource>",
        &[],
    ),
    (
        "tabs/Own.tab",
        "<CustomTab><label>Own</label><motif>Custom1: Heart</motif></CustomTab>",
        &[("CustomTab", "Own")],
    ),
    (
        "workflows/Task.workflow",
        "<Workflow><rules><fullName>Own</fullName><active>true</active><triggerType>onAllChanges</triggerType></rules></Workflow>",
        &[("WorkflowRule", "Task.Own")],
    ),
];

/// Paths and contents, or types and names.
type Pairs = Vec<(String, String)>;

/// The files of all of these, and who they are.
fn many(folder: &str) -> (Pairs, Pairs) {
    let named = |text: &str| text.replace("ciscocjs__Webex_Reports", folder);
    let with_namespace = |content: &str| match content.split_once('>') {
        Some((root, rest)) if root.starts_with('<') => {
            format!("{root} xmlns=\"{METADATA}\">{rest}")
        }
        _ => content.to_owned(),
    };
    let files = MANY.iter().map(|(path, content, _)| (named(path), with_namespace(content)));
    let members = MANY.iter().flat_map(|(.., members)| members.iter());
    let members = members.map(|(kind, member)| ((*kind).to_owned(), named(member)));
    (files.collect(), members.collect())
}

#[test]
fn what_was_deployed_comes_back() {
    let mut org = installed();
    let folder = &org.world().report_folders[0];
    let folder = format!("ciscocjs__{}", folder.developer_name);
    let (files, members) = many(&folder);
    let members: Vec<(&str, &str)> =
        members.iter().map(|(kind, member)| (kind.as_str(), member.as_str())).collect();
    let package = manifest(&members);
    let mut sent: Vec<(&str, &str)> =
        files.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
    sent.push(("package.xml", &package));
    let result = deploy(&mut org, &sent, &json!({}));
    assert_eq!(result["status"], "Succeeded", "{result}");
    let again = deploy(&mut org, &sent, &json!({}));
    for component in again["details"]["componentSuccesses"].as_array().unwrap() {
        let manifest = component["fullName"] == "package.xml";
        assert_eq!(component["changed"], manifest, "a second time: {component}");
    }
    let (brought, answer) = retrieve(&mut org, &unpackaged(&members));
    assert!(!answer.contains("cannot be found"), "{answer}");
    assert!(answer.contains("<fileName>unpackaged/objects/Task.object</fileName>"), "{answer}");
    for (path, content) in &files {
        let found = brought.get(&format!("unpackaged/{path}"));
        let found = found.unwrap_or_else(|| panic!("{path} is not in {:?}", brought.keys()));
        if content.contains(METADATA) {
            assert_eq!(normal(found), normal(content.as_bytes()), "{path}");
        } else {
            assert_eq!(found, content.as_bytes(), "{path}");
        }
    }
    assert_eq!(
        normal(&brought["unpackaged/package.xml"]).matches("<members>").count(),
        members.len()
    );
    assert_eq!(brought.len(), files.len() + 1, "{:?}", brought.keys());
    validate(&["soap"], &[("retrieved.xml".to_owned(), answer.replace(" xsi:nil=\"true\"", ""))]);
    let schemas: Vec<(String, String)> = brought
        .iter()
        .filter(|(path, content)| content.starts_with(b"<?xml") && !path.contains("lwc"))
        .map(|(path, content)| (path.replace('/', "_"), String::from_utf8_lossy(content).into()))
        .collect();
    for (name, content) in schemas {
        assert!(xml::parse(&content).is_ok(), "{name}");
    }
    // Other APIs know what has a row there.
    assert!(org.world().layouts.iter().any(|layout| layout.name == "Own (x)"));
    assert!(org.world().custom_fields.iter().any(|field| field.api_name() == "Own__c"));
    assert!(org.world().reports.iter().any(|report| report.name == "Two"));
    assert!(org.world().apps.iter().any(|app| app.label == "Desk"));
}

#[test]
fn stars_stand_for_all_but_some() {
    let mut org = installed();
    let asked = |kind| unpackaged(&[(kind, "*")]);
    let (files, _) = retrieve(&mut org, &asked("Layout"));
    assert!(
        files.contains_key(
            "unpackaged/layouts/Task-ciscocjs__Webex Contact Center Task Layout.layout"
        )
    );
    let (files, _) = retrieve(&mut org, &asked("CustomObject"));
    assert!(files.keys().all(|path| !path.ends_with("Task.object")), "{:?}", files.keys());
    assert!(files.len() > 1);
    for nothing in ["Report", "CustomField", "Flow"] {
        assert_eq!(retrieve(&mut org, &asked(nothing)).0.len(), 1, "{nothing}");
    }
    let single = format!("<singlePackage>true</singlePackage>{}", asked("CallCenter"));
    let (files, _) = retrieve(&mut org, &single);
    assert!(files.keys().any(|path| path.starts_with("callCenters/")), "{:?}", files.keys());
}

#[test]
fn profiles_tell_of_what_is_asked_for_beside_them() {
    let mut org = installed();
    let profile =
        |files: &BTreeMap<String, Vec<u8>>| normal(&files["unpackaged/profiles/Admin.profile"]);
    let (files, _) = retrieve(&mut org, &unpackaged(&[("Profile", "Admin")]));
    assert!(!profile(&files).contains("layoutAssignments"));
    assert!(profile(&files).contains("<userPermissions>"));
    let (files, _) = retrieve(&mut org, &unpackaged(&[("Profile", "Admin"), ("Layout", "*")]));
    assert!(profile(&files).contains("<layout>Task-"));
}

#[test]
fn names_that_lead_nowhere_are_messages_and_packages_failures() {
    let mut org = installed();
    let asked = unpackaged(&[("ApexClass", "Gone"), ("Nonsense", "x"), ("Flow", "*")]);
    let (files, answer) = retrieve(&mut org, &asked);
    assert_eq!(files.len(), 1);
    assert!(
        answer
            .contains("<problem>Entity of type 'ApexClass' named 'Gone' cannot be found</problem>")
    );
    assert!(answer.contains("<problem>Entity type: 'Nonsense' is unknown</problem>"));
    assert!(answer.contains("<status>Succeeded</status>"));
    let (_, answer) =
        retrieve(&mut org, "<packageNames>Abacus</packageNames><unpackaged> </unpackaged>");
    assert!(
        answer.contains("INVALID_CROSS_REFERENCE_KEY: No package named 'Abacus' found"),
        "{answer}"
    );
    assert!(answer.contains("<zipFile xsi:nil=\"true\"/>"));
    let mut world = world(OrgKind::Sandbox);
    install(&mut world);
    let mut org = super::support::org(world, JobTime::Polls(2));
    let (files, answer) = retrieve(&mut org, &asked);
    assert!(files.is_empty() && answer.contains("<status>InProgress</status>"), "{answer}");
}
