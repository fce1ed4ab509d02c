//! The Partner API, as far as nothing else tells the same: softphone layouts and who is calling.

mod softphone;
#[cfg(test)]
mod tests;
mod user_info;

use super::answer::HttpAnswer;
use super::org::Call;
use crate::soap::xml::Element;
use crate::soap::{self, Fault, PARTNER};

/// Answers a SOAP call to `/services/Soap/u/{version}`.
///
/// The session has been checked already; `operation` is the local name of the body's element
/// and `body` the whole envelope.
pub(crate) fn soap(call: &mut Call<'_>, operation: &str, body: &[u8]) -> HttpAnswer {
    match soap::read(body).and_then(|request| answer(call, operation, &request)) {
        Ok(body) => HttpAnswer::xml(200, body),
        Err(fault) => fault.partner(),
    }
}

/// Answers `login`, which comes without a session, as orgs do where nobody has switched it on.
pub(crate) fn no_login() -> HttpAnswer {
    Fault::new("INVALID_OPERATION", "SOAP API login() is disabled by default in this org.")
        .partner()
}

/// Answers one operation.
fn answer(call: &Call<'_>, operation: &str, request: &Element) -> Result<String, Fault> {
    if request.namespace != PARTNER {
        return Err(soap::no_operation(request));
    }
    match operation {
        "describeSoftphoneLayout" => softphone::answer(call),
        "getUserInfo" => Ok(user_info::answer(call)),
        other => Err(Fault::new(
            "UNKNOWN_EXCEPTION",
            format!("The emulator does not support the operation {other}"),
        )),
    }
}
