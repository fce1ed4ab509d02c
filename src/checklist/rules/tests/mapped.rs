//! Mappings: their shapes, and what belongs together.

use super::*;

#[test]
fn mappings() {
    let update = ("activity.update_fields", "true");
    kept(&[("activity.mappings", ACTIVITY), update]);
    kept(&[("case.mappings", RECORD), ("case.conditional_mappings", ROWS)]);
    kept(&[("case.mappings", "[]")]);
    // The flag style and the keys of the other sections.
    broken("CC021", Severity::Error, &[("case.mappings", ACTIVITY)]);
    broken("CC021", Severity::Error, &[("activity.mappings", RECORD), update]);
    let with_booleans = RECORD.replace("\"false\"", "false").replace("\"true\"", "true");
    broken("CC021", Severity::Error, &[("case.mappings", &with_booleans)]);
    let with_text = ACTIVITY.replace("false", "\"false\"");
    broken("CC021", Severity::Error, &[("activity.mappings", &with_text), update]);
    for text in ["", "{}", "[1]", "[", "[{}]", "Subject={subject}", "[{“a”:1}]"] {
        broken("CC021", Severity::Error, &[("case.mappings", text)]);
    }
    let nameless = RECORD.replace("Description", "").replace("\"true\"", "\"false\"");
    broken("CC021", Severity::Error, &[("case.mappings", &nameless)]);
    broken("CC023", Severity::Error, &[("case.mappings", RECORD)]);
    broken("CC023", Severity::Warning, &[("case.conditional_mappings", ROWS)]);
    insta::assert_snapshot!(told(&offline_findings(&[
        ("case.mappings", &with_booleans),
        ("no_match.mappings", "Phone={ani}"),
        ("activity.mappings", "[{“CadFieldName”:1}]"),
        ("no_match.conditional_mappings", r#"[{"wxccFieldName":"a"}]"#),
    ])), @r#"
CC021 error sfdcObjetFieldCadVariableMappings1: `call_center.no_match.mappings`: This is not JSON: expected value at line 1 column 1. `Field={variable}` is how Version 2 writes mappings. Keys and flags differ between sections; here they are `wxccFieldName`, `sfdcFieldName`, `isDefaultValueEnabled`, `isConditionalEnabled`, `defaultFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error sfdcObjectFieldConditionalMappings1: `call_center.no_match.conditional_mappings`: Row 1 lacks the key `wxccFieldValue`. Keys and flags differ between sections; here they are `wxccFieldName`, `wxccFieldValue`, `sfdcFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error sfdcObjectFieldConditionalMappings1: `call_center.no_match.conditional_mappings`: Row 1 lacks the key `sfdcFieldValue`. Keys and flags differ between sections; here they are `wxccFieldName`, `wxccFieldValue`, `sfdcFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error CadSalesforceFieldMapping1: `call_center.activity.mappings`: This is not JSON: key must be a string at line 1 column 3. It has typographic quotation marks where JSON needs ". Keys and flags differ between sections; here they are `CadFieldName`, `SalesforceFieldName`, `isDefaultValueEnabled`, `defaultFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error sfdcCaseFieldCadVariableMappings2: `call_center.case.mappings`: `isDefaultValueEnabled` of row 1 is false, but must be "true" or "false", with quotation marks in this section. Keys and flags differ between sections; here they are `wxccFieldName`, `sfdcFieldName`, `isDefaultValueEnabled`, `isConditionalEnabled`, `defaultFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error sfdcCaseFieldCadVariableMappings2: `call_center.case.mappings`: `isConditionalEnabled` of row 1 is true, but must be "true" or "false", with quotation marks in this section. Keys and flags differ between sections; here they are `wxccFieldName`, `sfdcFieldName`, `isDefaultValueEnabled`, `isConditionalEnabled`, `defaultFieldValue`. As a list of tables in the configuration they are written for you.
CC032 warning CadSalesforceFieldMapping1: `call_center.activity.mappings` has no effect while `call_center.activity.update_fields` is off. Set `call_center.activity.update_fields` to true if it should have one.
"#);
    insta::assert_snapshot!(told(&offline_findings(&[("case.mappings", RECORD)])), @"CC023 error sfdcCaseFieldCadVariableMappings2: The mapping of the variable `queueName` is conditional, but `call_center.case.conditional_mappings` says nothing about `queueName`. Add rows for its values there, or set the row's flag to false.");
}
