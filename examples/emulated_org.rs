//! An emulated org in a test: the test starts it, points the code under test at it, and looks into it
//! afterwards. The code under test here is `deactivate`, and any HTTP client would do.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use org_emulator::Emulator;
use reqwest::Client;
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    // The same number gives the same org. It ends when `emulator` is dropped.
    let emulator = Emulator::builder().seed(7).users(5).start()?;
    let org = emulator.org();
    // Loopback needs no certificates and no proxy.
    let client = Client::builder().tls_certs_only([]).no_proxy().build()?;

    // The first user is the administrator whose token it is; the second is deactivated.
    let announced = org.announcement();
    let id = &announced.users.get(1).ok_or("only one user")?.id;
    deactivate(&client, org.url(), org.access_token(), id).await?;

    // What the org is like now, and what it was asked.
    let after = org.query(&format!("SELECT IsActive FROM User WHERE Id = '{id}'"))?;
    if after[0]["IsActive"] != json!(false) {
        return Err(format!("{id} is still active: {after:?}").into());
    }
    let asked = org.requests();
    if asked.len() != 1 || asked[0].operation != "update/User" {
        return Err(format!("more than one update was sent: {asked:?}").into());
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
