//! What a deploy says of each of its components.

use serde_json::{Value, json};

use super::super::schema::Problem;
use crate::clock;
use crate::ids::Id;
use crate::soap::xml::Position;

/// One `DeployMessage`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Message {
    /// E.g. `CallCenter`; empty for manifests.
    pub(super) component_type: &'static str,
    /// Its name as the manifest spells it.
    pub(super) full_name: String,
    /// Its path in the zip file.
    pub(super) file_name: String,
    /// What came of it.
    pub(super) result: Outcome,
}

/// What came of a component.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// It is in the org as it was sent.
    Applied {
        /// Its id.
        id: Option<Id>,
        /// It was not there before.
        created: bool,
        /// It is not as it was before.
        changed: bool,
    },
    /// It is gone.
    Deleted(Id),
    /// It is as it was, and somebody should know.
    Warned(Problem),
    /// It is as it was, and the deploy fails.
    Failed(Problem),
}

impl Message {
    /// Whether it makes the deploy fail.
    pub(super) fn is_failure(&self, ignore_warnings: bool) -> bool {
        match self.result {
            Outcome::Failed(_) => true,
            Outcome::Warned(_) => !ignore_warnings,
            Outcome::Applied { .. } | Outcome::Deleted(_) => false,
        }
    }

    /// The message as answers show it, in the order of the WSDL.
    pub(super) fn json(&self, ignore_warnings: bool, at: clock::Millis) -> Value {
        let success = !self.is_failure(ignore_warnings);
        let (mut id, mut changed, mut created, mut deleted) = (None, false, false, false);
        let mut problem: Option<(&Problem, &str)> = None;
        match &self.result {
            Outcome::Applied { id: known, created: new, changed: differs } => {
                (id, created, changed) = (known.as_ref(), *new, *differs);
            }
            Outcome::Deleted(known) => (id, deleted) = (Some(known), true),
            Outcome::Warned(warning) => problem = Some((warning, "Warning")),
            Outcome::Failed(failure) => problem = Some((failure, "Error")),
        }
        let place: Option<Position> = problem.and_then(|(problem, _)| problem.at);
        let mut json = json!({
            "changed": changed,
            "columnNumber": place.map(|place| place.column),
            "componentType": self.component_type,
            "created": created,
            "createdDate": clock::soap_time(at),
            "deleted": deleted,
            "fileName": self.file_name,
            "fullName": self.full_name,
            "id": id.map(Id::as_str),
            "lineNumber": place.map(|place| place.line),
            "problem": problem.map(|(problem, _)| &problem.message),
            "problemType": problem.map(|(_, severity)| severity),
            "success": success,
        });
        if let Some(fields) = json.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        json
    }
}
