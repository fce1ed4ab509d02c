//! An emulated org in a test: the test starts it, points the code under test at it, and looks into it
//! afterwards. The code under test here is `deactivate`, and any HTTP client would do.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use org_emulator::{Emulator, Options, Seed};
use reqwest::Client;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    // The same number gives the same org. It ends when `emulator` is dropped.
    let emulator = Emulator::start(Options::default().with_seed(Seed::Number(7)).with_users(5))?;
    let announcement = emulator.announcement();
    let org = &announcement["orgs"][0];
    let url = org["instance_url"].as_str().ok_or("an org without an address")?;
    let token = org["users"][0]["access_token"].as_str().ok_or("a user without a token")?;
    // Loopback needs no certificates and no proxy.
    let client = Client::builder().tls_certs_only([]).no_proxy().build()?;

    // The first user is the administrator whose token it is; the second is deactivated.
    let id = org["users"][1]["id"].as_str().ok_or("only one user")?;
    deactivate(&client, url, token, id).await?;

    let query = format!("SELECT IsActive FROM User WHERE Id = '{id}'");
    let after = ask(&client, url, token, &query).await?;
    if after["records"][0]["IsActive"] != json!(false) {
        return Err(format!("{id} is still active: {after}").into());
    }
    println!("{id} is deactivated");
    Ok(())
}

/// What the test is about.
async fn deactivate(client: &Client, url: &str, token: &str, id: &str) -> reqwest::Result<()> {
    let address = format!("{url}/services/data/v68.0/sobjects/User/{id}");
    let change = json!({ "IsActive": false });
    let answer = client.patch(address).bearer_auth(token).json(&change).send().await?;
    answer.error_for_status().map(|_| ())
}

async fn ask(client: &Client, url: &str, token: &str, query: &str) -> reqwest::Result<Value> {
    let query = query.replace(' ', "+").replace('\'', "%27");
    let address = format!("{url}/services/data/v68.0/query?q={query}");
    let answer = client.get(address).bearer_auth(token).send().await?;
    answer.error_for_status()?.json().await
}
