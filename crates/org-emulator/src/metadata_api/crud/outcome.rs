//! What came of each record, as `SaveResult`, `UpsertResult` and `DeleteResult` say it.

use serde_json::{Value, json};

use crate::metadata::schema::Problem;
use crate::soap::{self, METADATA};

/// What came of a record.
#[derive(Debug)]
pub(super) struct Outcome {
    full_name: String,
    /// Whether it is new.
    pub(super) result: Result<bool, Error>,
}

/// Why a record was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Error {
    code: &'static str,
    message: String,
}

impl Outcome {
    /// What came of the record of that name.
    pub(super) fn of(full_name: &str, result: Result<bool, Error>) -> Self {
        Self { full_name: full_name.to_owned(), result }
    }

    /// Another record failed, and all were to succeed.
    pub(super) fn take_back(&mut self) {
        if self.result.is_ok() {
            self.result = Err(Error {
                code: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                message: "Record rolled back because not all records were valid and the request \
                          was using AllOrNone header"
                    .to_owned(),
            });
        }
    }

    fn json(&self, upsert: bool) -> Value {
        let errors = self
            .result
            .as_ref()
            .err()
            .map(|error| json!([{"message": error.message, "statusCode": error.code}]));
        json!({
            "created": upsert.then_some(self.result == Ok(true)),
            "errors": errors,
            "fullName": self.full_name,
            "success": self.result.is_ok(),
        })
    }
}

/// The answer to an operation on records.
pub(super) fn answer(operation: &str, results: &[Outcome], upsert: bool) -> String {
    soap::answer(METADATA, operation, |xml| {
        for outcome in results {
            xml.json("result", &outcome.json(upsert));
        }
    })
}

impl Error {
    /// Nothing of that name is there.
    pub(super) fn missing(field: &str, kind: &str, name: &str) -> Self {
        let message = format!("In field: {field} - no {kind} named {name} found");
        Self { code: "INVALID_CROSS_REFERENCE_KEY", message }
    }

    /// Something of that name is there.
    pub(super) fn taken(kind: &str, name: &str) -> Self {
        let message = match name.split_once('.') {
            Some((object, field)) if kind == "CustomField" => {
                format!("There is already a field named {field} on {object}.")
            }
            _ => format!("There is already a {kind} named {name}"),
        };
        Self { code: "DUPLICATE_DEVELOPER_NAME", message }
    }

    /// A field is missing.
    pub(super) fn required(field: &str) -> Self {
        let message = format!("Required field is missing: {field}");
        Self { code: "REQUIRED_FIELD_MISSING", message }
    }

    /// The emulator cannot do that.
    pub(super) fn unsupported(message: String) -> Self {
        Self { code: "UNKNOWN_EXCEPTION", message }
    }

    /// A deletion was refused.
    pub(super) fn of_deletion(message: String) -> Self {
        let managed = message.starts_with("Cannot delete managed object");
        let code = if managed { "CANNOT_DELETE_MANAGED_OBJECT" } else { "DELETE_FAILED" };
        Self { code, message }
    }

    /// The component was refused as a deploy would refuse it.
    pub(super) fn of_problem(problem: Problem) -> Self {
        let message = problem.message;
        let starts = |text: &str| message.starts_with(text);
        let code = if starts("Required field is missing") {
            "REQUIRED_FIELD_MISSING"
        } else if starts("In field: ") {
            "INVALID_CROSS_REFERENCE_KEY"
        } else if starts("Cannot modify managed object") {
            "CANNOT_MODIFY_MANAGED_OBJECT"
        } else if starts("Value too long") {
            "STRING_TOO_LONG"
        } else if starts("You do not have the level of access") {
            "INSUFFICIENT_ACCESS"
        } else {
            "FIELD_INTEGRITY_EXCEPTION"
        };
        Self { code, message }
    }
}
