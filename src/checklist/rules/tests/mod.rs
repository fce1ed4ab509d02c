//! Every rule with values that keep it and values that break it.

mod mapped;
mod observed;
mod said;

use std::fmt::Write as _;

use super::*;
use crate::definitions;
use crate::model::{Definition, ItemKey, Severity, UnnamedValues, Wanted};

fn definition() -> Definition {
    definitions::built_in("2024-11").unwrap()
}

/// A wish with these settings, by key or by `section/item`.
fn wish(values: &[(&str, &str)]) -> CallCenterWish {
    wish_of(definition(), values)
}

fn wish_of(definition: Definition, values: &[(&str, &str)]) -> CallCenterWish {
    let values = values
        .iter()
        .map(|(name, value)| {
            let key = match definition.setting(name) {
                Some(setting) => setting.item.clone(),
                None => ItemKey::parse(name).unwrap_or_else(|| panic!("no setting {name}")),
            };
            let wanted =
                Wanted { value: (*value).to_owned(), asked_by: format!("call_center.{name}") };
            (key, wanted)
        })
        .collect();
    CallCenterWish {
        definition,
        display_name: None,
        values,
        unnamed: UnnamedValues::GoBack,
        delete_old: false,
    }
}

fn recipe() -> &'static Recipe {
    &definitions::recipe("webex-v1").unwrap().recipe
}

fn offline_findings(values: &[(&str, &str)]) -> Vec<Diagnostic> {
    of_wish(&wish(values), definitions::region("us1").unwrap(), recipe())
}

/// Errors and warnings as `CC010 error item: message`.
fn told(findings: &[Diagnostic]) -> String {
    let mut text = String::new();
    for finding in findings.iter().filter(|finding| finding.severity != Severity::Info) {
        let at = finding.item().map_or("-", |at| at.item.as_str());
        let severity = finding.severity.name();
        write!(text, "{} {severity} {at}: {}", finding.code.unwrap_or_default(), finding.message())
            .unwrap();
        for help in &finding.hints {
            write!(text, " {help}").unwrap();
        }
        text.push('\n');
    }
    text
}

fn info(findings: &[Diagnostic], rule: &str) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.code == Some(rule) && finding.severity == Severity::Info)
        .map(|finding| finding.message().to_owned())
        .collect()
}

fn kept(values: &[(&str, &str)]) {
    assert_eq!(told(&offline_findings(values)), "", "{values:?}");
}

fn broken(rule: &str, severity: Severity, values: &[(&str, &str)]) {
    let findings = offline_findings(values);
    let found = findings
        .iter()
        .find(|finding| finding.code == Some(rule) && finding.severity == severity)
        .unwrap_or_else(|| panic!("{rule} says nothing of {values:?}: {}", told(&findings)));
    // What is configured can be pointed at.
    let at = found.item().unwrap();
    assert!(wish(values).values.contains_key(at), "{rule} points at {at}");
}

const RECORD: &str = r#"[{"wxccFieldName":"queueName","sfdcFieldName":"Description","isDefaultValueEnabled":"false","isConditionalEnabled":"true"}]"#;
const ACTIVITY: &str = r#"[{"CadFieldName":"Language","SalesforceFieldName":"Language__c","isDefaultValueEnabled":false,"defaultFieldValue":""}]"#;
const ROWS: &str =
    r#"[{"wxccFieldName":"queueName","wxccFieldValue":"Gold","sfdcFieldValue":"Premium"}]"#;
