//! Asks an org for its active users with the typed client.
//!
//! `cargo run --example query` asks an emulated org. For your own, set `INSTANCE_URL` and `ACCESS_TOKEN`.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::env;
use std::error::Error;

use org_emulator::Emulator;
use salesforce_client::wire::Url;
use salesforce_client::{Client, SecretString, Session, Soql};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct User {
    name: String,
    username: String,
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    if let (Ok(url), Ok(token)) = (env::var("INSTANCE_URL"), env::var("ACCESS_TOKEN")) {
        return print_users(&url, token.into()).await;
    }
    let emulator = Emulator::builder().start()?;
    let org = emulator.org();
    print_users(org.url(), org.access_token().into()).await
}

async fn print_users(url: &str, token: SecretString) -> Result<(), Box<dyn Error>> {
    let client = Client::connect(Session::new(Url::parse(url)?, token), "query-example/1.0")?;
    let query = Soql::new("SELECT Name, Username FROM User WHERE IsActive = true ORDER BY Name");
    let users: Vec<User> = client.query(&query).await?;
    if users.is_empty() {
        return Err("an org without active users".into());
    }
    for user in &users {
        println!("{:<30} {}", user.name, user.username);
    }
    println!("{} active users", users.len());
    Ok(())
}
