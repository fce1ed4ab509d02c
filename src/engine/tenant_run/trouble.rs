//! What the Webex client reports, as a run's failure.

use webex_client::Error;

use crate::failure::{Failure, Kind};

/// The failure that an error of the client means.
#[expect(clippy::needless_pass_by_value, reason = "errors are handed to it as they come")]
pub(in crate::engine) fn told(error: Error) -> Failure {
    let message = format!("Webex: {}.", error.to_string().trim_end_matches('.'));
    let kind = match &error {
        Error::SessionEnded { .. } | Error::Login(_) => Kind::Authentication,
        Error::Wire(_) => Kind::Unreachable,
        Error::Api { error, .. } => match error.status {
            401 => Kind::Authentication,
            403 => Kind::Refused,
            429 | 500..=599 => Kind::Unreachable,
            _ => Kind::Failed,
        },
        _ => Kind::Failed,
    };
    let failure = Failure::new(kind, message);
    match &error {
        Error::SessionEnded { remedy, .. } => failure.hint(remedy.clone()),
        error if error.lacks().is_some() => {
            let scope = error.lacks().map(|scope| scope.to_string()).unwrap_or_default();
            failure.hint(format!(
                "The login needs the scope {scope}, and its user the role of a Contact Center \
                     administrator. A scope that is added to the integration counts from the next \
                     login."
            ))
        }
        error if error.is_ambiguous() => {
            failure.hint("It may or may not have been done. Run this again: it checks first.")
        }
        error if error.api().is_some_and(webex_client::ApiError::is_limit) => {
            failure.hint("Webex allows 300 requests a minute: run this again in a minute.")
        }
        error if error.api().is_some_and(webex_client::ApiError::is_in_use) => {
            failure.hint("Free it there, then run this again: it does what is left.")
        }
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;
    use webex_client::{CadVariable, Client, Session, VariableType};

    use super::*;

    #[tokio::test]
    async fn a_change_whose_answer_cannot_be_read_may_or_may_not_have_been_made() {
        let page = scripted_server::Reply::json(200, "<html>Sign in</html>");
        let server = scripted_server::Server::start(vec![page]).await;
        let token = "letters_PF84_1eb65fdf-9643-417f-9974-ad72cae0e10f";
        let session = Session::new(SecretString::from(token)).unwrap();
        let client = Client::connect(&server.url, session, "tests").unwrap();
        let variable = CadVariable::new("caseId", VariableType::Text, "");
        let failure = told(client.cad_variables().create(&variable).await.unwrap_err());
        assert_eq!(failure.kind, Kind::Unreachable);
        assert!(failure.message().contains("may or may not have been done"), "{failure:?}");
        let advice = failure.advice().join(" ");
        assert!(advice.contains("Run this again: it checks first."), "{advice}");
    }
}
