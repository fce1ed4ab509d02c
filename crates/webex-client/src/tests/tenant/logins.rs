//! Logins, from the browser's page to a renewed token.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::SystemTime;

use crate::oauth::{self, Authorization, Grant, Reason, ServiceApp};
use crate::{Client, Error, OrganizationId, Scope, SecretString, Session};
use wire::Url;

use super::bench::Bench;

/// Where a page sends the browser.
fn redirected(url: &Url) -> String {
    let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let mut stream = TcpStream::connect(&host).unwrap();
    let target = format!("{}?{}", url.path(), url.query().unwrap());
    write!(stream, "GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
    location.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn begun(bench: &Bench, scopes: &[Scope]) -> Authorization {
    let url = Url::parse(bench.tenant.url()).unwrap();
    let secret = bench.told("/integration/client_secret").into();
    let [client_id, redirect] =
        ["client_id", "redirect_uri"].map(|it| bench.told(&format!("/integration/{it}")));
    Authorization::begin(&url, &client_id, secret, &redirect, scopes).unwrap()
}

#[tokio::test]
async fn a_person_logs_in_by_the_browser() {
    let bench = Bench::new();
    let login = begun(&bench, &[Scope::ReadConfiguration]);
    let back = redirected(login.url());
    assert!(back.starts_with("http://localhost:8417/callback?code="), "{back}");
    let grant = login.answered(back.split_once('?').unwrap().1).unwrap();
    let transport = bench.transport();
    let issued = oauth::token(&transport, &grant).await.unwrap();
    let organization = issued.organization().unwrap();
    assert_eq!(organization.as_str(), bench.told("/organization_id"));
    assert!(oauth::expiry(&transport, &issued.access_token).await.unwrap() > SystemTime::now());
    // A code is good once.
    let Err(oauth::Error::Denied(denial)) = oauth::token(&transport, &grant).await else {
        panic!()
    };
    assert_eq!(denial.reason(), Reason::GrantEnded);
    // It was asked for reading only.
    let session = Session::new(issued.access_token).unwrap();
    let client = Client::new(bench.transport(), session);
    assert_eq!(client.organization().await.unwrap().name.as_deref(), Some("Acme Contact Center"));
    let team = client.teams().list().await.unwrap().remove(0);
    let error = client.teams().delete(&team.id).await.unwrap_err();
    assert_eq!(error.lacks(), Some(Scope::WriteConfiguration), "{error}");
}

#[tokio::test]
async fn what_an_app_may_not_have_is_told_to_the_browser() {
    let bench = Bench::new();
    let login = begun(&bench, &[]);
    let back = redirected(login.url());
    let Err(oauth::Error::Denied(denial)) = login.answered(back.split_once('?').unwrap().1) else {
        panic!()
    };
    assert_eq!(denial.reason(), Reason::InvalidScope);
}

#[tokio::test]
async fn refresh_tokens_and_service_apps_bring_tokens() {
    let bench = Bench::new();
    let transport = bench.transport();
    for app in ["integration", "service_app"] {
        let told = |field: &str| bench.told(&format!("/{app}/{field}"));
        let grant = |secret: &str, token: &str| Grant::Refresh {
            client_id: told("client_id"),
            client_secret: secret.into(),
            refresh_token: token.into(),
        };
        let (secret, token) = (told("client_secret"), told("refresh_token"));
        let issued = oauth::token(&transport, &grant(&secret, &token)).await.unwrap();
        Client::new(bench.transport(), Session::new(issued.access_token).unwrap())
            .sites()
            .list()
            .await
            .unwrap();
        for (secret, token, reason) in [
            ("wrong", token.as_str(), Reason::InvalidClient),
            (&secret, "wrong", Reason::GrantEnded),
        ] {
            let result = oauth::token(&transport, &grant(secret, token)).await;
            let Err(oauth::Error::Denied(denial)) = result else { panic!("{result:?}") };
            assert_eq!(denial.reason(), reason);
        }
    }
    let app = ServiceApp {
        application_id: bench.told("/service_app/application_id"),
        client_id: bench.told("/service_app/client_id"),
        client_secret: bench.told("/service_app/client_secret").into(),
    };
    let organization = OrganizationId::parse(&bench.told("/organization_id")).unwrap();
    let minting = SecretString::from(bench.told("/minting_token"));
    let issued = oauth::mint(&transport, &minting, &app, &organization).await.unwrap();
    assert_eq!(issued.organization(), Some(organization.clone()));
    let other = SecretString::from(bench.told("/read_only_token"));
    let Err(oauth::Error::Denied(denial)) =
        oauth::mint(&transport, &other, &app, &organization).await
    else {
        panic!()
    };
    assert_eq!(denial.reason(), Reason::NotAuthorized);
}

#[tokio::test]
async fn a_token_that_is_none_and_one_that_may_not_write_are_told_apart() {
    let bench = Bench::new();
    let organization = OrganizationId::parse(&bench.told("/organization_id")).unwrap();
    let session = Session::in_organization(organization, "nonsense".into());
    let error = Client::new(bench.transport(), session).teams().list().await.unwrap_err();
    assert!(matches!(&error, Error::SessionEnded { .. }), "{error}");
    let reader = bench.with_token("/read_only_token");
    let team = reader.teams().named("Support").await.unwrap().unwrap();
    let error = reader
        .teams()
        .change(&team.id, |it| it.description = Some("x".to_owned()))
        .await
        .unwrap_err();
    assert_eq!(error.lacks(), Some(Scope::WriteConfiguration));
}
