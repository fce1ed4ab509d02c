//! Test runs: which tests a deploy would run. They are counted, not executed, and all pass.

use serde_json::{Value, json};

use super::apex_source::{code, words};
use super::bundle::Component;
use super::options::Options;
use crate::world::World;
use crate::world::things::ApexClass;

/// What a run of tests brought.
#[derive(Debug, Default)]
pub(super) struct TestRun {
    /// Class and method of every test that passed, with the class's id.
    passed: Vec<(String, String, String)>,
    /// Class and message of every test that could not be run.
    pub(super) failures: Vec<(String, String)>,
    /// Why the coverage is not enough.
    coverage: Option<&'static str>,
}

impl TestRun {
    /// How many tests there were.
    pub(super) fn total(&self) -> usize {
        self.passed.len() + self.failures.len()
    }

    /// Whether it makes the deploy fail.
    pub(super) fn failed(&self) -> bool {
        !self.failures.is_empty() || self.coverage.is_some()
    }

    /// The run as answers show it, in the order of the WSDL.
    pub(super) fn json(&self) -> Value {
        let failure = |(class, message): &(String, String)| {
            json!({
                "id": "", "message": message, "methodName": "", "name": class, "namespace": "",
                "packageName": class, "stackTrace": "", "time": 0.0, "type": "Class",
            })
        };
        let success = |(class, method, id): &(String, String, String)| json!({"id": id, "methodName": method, "name": class, "namespace": "", "time": 1.0});
        let warnings = self
            .coverage
            .map(|message| json!([{"id": "", "message": message, "name": "", "namespace": ""}]));
        let mut run = json!({
            "codeCoverageWarnings": warnings,
            "failures": self.failures.iter().map(failure).collect::<Vec<_>>(),
            "numFailures": self.failures.len(),
            "numTestsRun": self.total(),
            "successes": self.passed.iter().map(success).collect::<Vec<_>>(),
            "totalTime": 0.0,
        });
        if let Some(fields) = run.as_object_mut() {
            fields.retain(|_, value| {
                !value.is_null() && value.as_array().is_none_or(|all| !all.is_empty())
            });
        }
        run
    }
}

/// Runs the tests that the options ask for, after the deploy's classes are in the world.
pub(super) fn run(world: &World, options: &Options, deployed: &[Component<'_>]) -> TestRun {
    let mut run = TestRun::default();
    let own = |class: &&ApexClass| class.namespace_prefix.is_none();
    // Without a level, production runs all local tests when the deploy brings Apex.
    let default =
        if world.is_production() && !deployed.is_empty() { "RunLocalTests" } else { "NoTestRun" };
    match options.test_level.as_deref().unwrap_or(default) {
        "NoTestRun" => return run,
        "RunSpecifiedTests" => {
            for name in &options.run_tests {
                let mut classes = world.apex_classes.iter().filter(own);
                let class = classes.find(|class| class.name.eq_ignore_ascii_case(name));
                match class.filter(|class| !tests(class).is_empty()) {
                    Some(class) => run.passed.extend(passed(class)),
                    None => run.failures.push((
                        name.clone(),
                        format!("The test class {name} does not exist or has no tests"),
                    )),
                }
            }
        }
        _ => {
            for class in world.apex_classes.iter().filter(own) {
                run.passed.extend(passed(class));
            }
        }
    }
    if world.is_production() && !deployed.is_empty() && run.passed.is_empty() {
        run.coverage = Some(
            "Average test coverage across all Apex Classes and Triggers is 0%, at least 75% test \
             coverage is required.",
        );
    }
    run
}

/// The tests of a class as passed ones.
fn passed(class: &ApexClass) -> impl Iterator<Item = (String, String, String)> {
    let id = class.id.as_str();
    tests(class).into_iter().map(move |method| (class.name.clone(), method, id.to_owned()))
}

/// Names of the methods that `@IsTest` or `testMethod` marks.
fn tests(class: &ApexClass) -> Vec<String> {
    let Ok(code) = code(&class.body) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut marked = false;
    for (at, word) in words(&code) {
        let annotation = code[..at].ends_with('@');
        if (annotation && word.eq_ignore_ascii_case("istest"))
            || word.eq_ignore_ascii_case("testmethod")
        {
            marked = true;
        } else if word.eq_ignore_ascii_case("class") {
            // The mark was the class's own.
            marked = false;
        } else if marked && !annotation && code[at + word.len()..].trim_start().starts_with('(') {
            found.push(word.to_owned());
            marked = false;
        }
    }
    found
}
