//! The Apex API, which runs nothing here and says so.

use serde_json::{Value, json};

use super::answer::HttpAnswer;
use crate::soap::{self, APEX, Fault};

/// What stands where the compiler's complaint would.
const NOT_HERE: &str = "The emulator runs no Apex.";

/// `GET tooling/executeAnonymous`
pub(crate) fn rest() -> Value {
    json!({
        "line": 1, "column": 1, "compiled": false, "success": false, "compileProblem": NOT_HERE,
        "exceptionStackTrace": null, "exceptionMessage": null,
    })
}

/// Answers a SOAP call to `/services/Soap/s/{version}`.
pub(crate) fn soap(operation: &str) -> HttpAnswer {
    if operation != "executeAnonymous" {
        let message = format!("The emulator does not support the operation {operation}");
        return Fault::new("UNKNOWN_EXCEPTION", message).apex();
    }
    // The order of the WSDL.
    let answer = soap::answer(APEX, operation, |xml| {
        xml.open("result", |xml| {
            xml.leaf("column", "1");
            xml.leaf("compileProblem", NOT_HERE);
            xml.leaf("compiled", "false");
            xml.nil("exceptionMessage");
            xml.nil("exceptionStackTrace");
            xml.leaf("line", "1");
            xml.leaf("success", "false");
        });
    });
    HttpAnswer::xml(200, answer)
}
