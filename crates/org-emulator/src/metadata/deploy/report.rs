//! What a deploy reports of itself, and what follows from that.

use serde_json::{Value, json};

use super::apex_tests::TestRun;
use super::archive::Refusal;
use super::message::{Message, Outcome};
use super::options::Options;
use crate::clock;
use crate::world::jobs::{DeployOutcome, DeployStatus};

/// Everything that a deploy reports.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// Messages about manifests, which are not counted as components.
    pub(super) manifests: Vec<Message>,
    /// Messages about components.
    pub(super) components: Vec<Message>,
    /// Why the deploy is refused as a whole.
    pub(super) refusal: Option<Refusal>,
    /// The tests that were run.
    pub(super) tests: TestRun,
    /// How many files the archive holds.
    pub(super) files: usize,
    /// Size of the archive.
    pub(super) zip_bytes: usize,
}

impl Report {
    /// Components that failed.
    fn errors(&self, options: &Options) -> usize {
        let failed = |message: &&Message| message.is_failure(options.ignore_warnings);
        self.components.iter().filter(failed).count()
    }

    /// How the deploy ends. Only components may fail without taking the others with them.
    pub(super) fn status(&self, options: &Options) -> DeployStatus {
        let errors = self.errors(options);
        let failed = |message: &Message| message.is_failure(options.ignore_warnings);
        let broken =
            self.refusal.is_some() || self.manifests.iter().any(failed) || self.tests.failed();
        let all_or_nothing = options.rollback_on_error || options.check_only;
        if errors == 0 && !broken {
            DeployStatus::Succeeded
        } else if broken || all_or_nothing || errors == self.components.len() {
            DeployStatus::Failed
        } else {
            DeployStatus::SucceededPartial
        }
    }

    /// What is created and taken back again has no id.
    pub(super) fn forget_new_ids(&mut self) {
        for message in &mut self.components {
            if let Outcome::Applied { id, created: true, .. } = &mut message.result {
                *id = None;
            }
        }
    }

    /// The outcome that the job keeps.
    pub(super) fn outcome(&self, options: &Options) -> DeployOutcome {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let errors = self.errors(options);
        DeployOutcome {
            status: self.status(options),
            components_total: count(self.components.len()),
            components_deployed: count(self.components.len() - errors),
            component_errors: count(errors),
            tests_total: count(self.tests.total()),
            tests_completed: count(self.tests.total()),
            test_errors: count(self.tests.failures.len()),
            details: self.details(options.ignore_warnings),
        }
    }

    /// What the status answer needs beyond the counts.
    fn details(&self, ignore_warnings: bool) -> Value {
        let now = clock::now();
        let mut messages: Vec<&Message> = self.components.iter().chain(&self.manifests).collect();
        messages.sort_by_key(|message| (message.component_type, &message.full_name));
        let shown = |failures: bool| -> Vec<Value> {
            let wanted = messages.iter().filter(|one| one.is_failure(ignore_warnings) == failures);
            wanted.map(|one| one.json(ignore_warnings, now)).collect()
        };
        json!({
            "componentFailures": shown(true),
            "componentSuccesses": shown(false),
            "runTestResult": self.tests.json(),
            "errorStatusCode": self.refusal.as_ref().map(|(code, _)| code),
            "errorMessage": self.refusal.as_ref().map(|(_, text)| text),
            "numberFiles": self.files,
            "zipSize": self.zip_bytes,
        })
    }
}
