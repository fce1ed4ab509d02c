//! The token endpoint, scripted.

use super::*;
use crate::testing::{self, Reply, Server};
use crate::wire::{Options, Transport};

const SECRET: &str = "a+consumer/secret=";

fn grant() -> Grant {
    Grant::ClientCredentials { client_id: "3MVG9".to_owned(), client_secret: SECRET.into() }
}

async fn asked(reply: Reply) -> Result<Issued, Error> {
    let server = Server::start(vec![reply]).await;
    let mut options = Options::new(&server.url, "tests");
    options.retry.tries = 1;
    token(&Transport::new(options).unwrap(), &grant()).await
}

#[tokio::test]
async fn a_refusal_that_quotes_the_secret_does_not_show_it() {
    let body = serde_json::json!({
        "error": "invalid_client",
        "error_description": format!("the value {SECRET} does not fit"),
    });
    let error = asked(Reply::json(400, body.to_string())).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("consumer/secret"), "{error}");
    assert!(error.to_string().contains("the value *** does not fit"), "{error}");
}

#[tokio::test]
async fn maintenance_is_no_refusal_of_the_login() {
    for reply in [
        Reply::Say(503, Vec::new(), b"<html><body>Down for maintenance</body></html>".to_vec()),
        Reply::json(429, "{}"),
        Reply::json(400, r#"{"error":"rate_limit_exceeded","error_description":"too many"}"#),
    ] {
        let error = asked(reply).await.unwrap_err();
        assert!(matches!(error, Error::Busy(_)), "{error:?}");
    }
}

#[tokio::test]
async fn what_answers_otherwise_is_no_token_endpoint() {
    for body in ["<html>Log in</html>", "{}", r#"{"access_token":"x","instance_url":"y","id":"z"}"#]
    {
        let error = asked(Reply::json(200, body)).await.unwrap_err();
        assert!(error.to_string().contains("is no token endpoint"), "{error}");
    }
}

#[tokio::test]
async fn a_code_whose_answer_is_lost_is_not_sent_again() {
    let server = Server::start(vec![Reply::Drop]).await;
    let code = Grant::Code {
        client_id: "3MVG9".to_owned(),
        client_secret: None,
        code: "aPrx".into(),
        verifier: "verifier".into(),
        redirect_uri: "http://localhost:1717/OauthRedirect".to_owned(),
    };
    let error = token(&testing::transport(&server), &code).await.unwrap_err();
    assert!(format!("{error:?}").contains("Begin the login again"), "{error:?}");
    assert_eq!(server.heard().len(), 1);
}
