//! A deploy that the org refused, in its own words, and what to do about words that are known.

use salesforce_client::metadata::{DeployResult, TestFailure};

use crate::failure::{Failure, Kind};

/// Words of known component problems, and what to do about them.
const REMEDIES: &[(&str, &str)] = &[
    (
        "no Layout named",
        "The layout's full name is guessed from its namespace and name; compare with Setup > Object \
         Manager > Task > Page Layouts.",
    ),
    (
        "sortOrder invalid",
        "The definition was sent in the format for importing in Setup, which cannot be deployed. This is a bug in provision.",
    ),
    (
        "The name \"null\" is not valid",
        "An item of the definition has no name: check the definition file.",
    ),
    ("CANNOT_MODIFY_MANAGED_OBJECT", "The package does not let subscribers change this."),
    (
        "ServicePresenceStatus",
        "The class needs Omni-Channel: switch it on in Setup > Omni-Channel Settings, and see that \
         the presence statuses are in Setup > Presence Statuses.",
    ),
    (
        "depends on permission(s)",
        "A permission asks for another one: name the object that it speaks of in `also` under \
         [agent_access], or leave the object out with `except`.",
    ),
    (
        "est coverage",
        "Production orgs take Apex only with enough test coverage, and other local classes or a \
         trigger may be what lacks it: run Setup > Apex Test Execution, or deploy to a sandbox \
         first.",
    ),
    (
        "Test failure",
        "A test of the org failed, which keeps production orgs from taking Apex: run it in Setup > Apex Test Execution and fix it.",
    ),
    (
        "is invalid and needs recompilation",
        "Other Apex of the org does not compile: Setup > Apex Classes > Compile all classes names it.",
    ),
];

/// A deploy that the org refused, in its own words: component, file, line.
pub(super) fn failed(result: &DeployResult) -> Failure {
    let mut lines: Vec<String> = result.failures().map(ToString::to_string).collect();
    lines.extend(
        result
            .tests()
            .failures
            .iter()
            .map(|test| format!("Test failure in {}: {}", test_name(test), test.message)),
    );
    lines.extend(result.tests().coverage_warnings().map(|text| format!("Test coverage: {text}")));
    lines.extend(result.error_message.clone());
    let count = lines.len();
    let message = match lines.as_slice() {
        [] => format!("The deploy {} ended as {} and gives no reason.", result.id, result.status),
        [only] => format!("The deploy {} failed: {only}", result.id),
        _ => format!(
            "The deploy {} failed with {count} problems:\n  {}",
            result.id,
            lines.join("\n  ")
        ),
    };
    let mut failure = Failure::new(Kind::Failed, message.clone()).hint(
        "The org has rolled back the whole deployment. Fix this, then run the same command again.",
    );
    for (words, remedy) in REMEDIES {
        if message.contains(words) {
            failure = failure.hint(*remedy);
        }
    }
    failure
}

/// `Class.method`, or the class alone where it could not be run at all.
fn test_name(test: &TestFailure) -> String {
    match (test.name.as_str(), test.method_name.as_str()) {
        (class, "") => class.to_owned(),
        (class, method) => format!("{class}.{method}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tests_and_coverage_are_told_in_the_orgs_words() {
        let result = json!({
            "id": "0AfA", "status": "Failed", "done": true, "success": false,
            "details": { "runTestResult": {
                "numTestsRun": 1,
                "failures": [{ "name": "OtherTest", "methodName": "works", "message": "System.AssertException: 1 <> 2" }],
                "codeCoverageWarnings": [{ "name": "sfdcOmniChannel", "message": "Test coverage of selected Apex Class is 0%, at least 75% test coverage is required" }],
            }},
        });
        let failure = failed(&serde_json::from_value(result).unwrap());
        assert!(
            failure
                .message()
                .contains("Test failure in OtherTest.works: System.AssertException: 1 <> 2")
                && failure.message().contains("Test coverage: sfdcOmniChannel: Test coverage of"),
            "{}",
            failure.message()
        );
        let hints = failure.advice().join("\n");
        assert!(hints.contains("rolled back the whole deployment"), "{hints}");
        assert!(hints.contains("enough test coverage") && hints.contains("fix it"), "{hints}");
    }
}
