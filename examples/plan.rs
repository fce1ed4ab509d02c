//! A plan as a library: what `provision plan` would change in an org, as values. Nothing is changed.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use org_emulator::Emulator;
use provision::checklist::Selection;
use provision::config;
use provision::engine::{
    self, Aim, Context, Goal, Order, Outcome, Patience, Request, Unwatched, WhenBusy,
};
use provision::journal::Store;
use salesforce_client::wire::Url;
use salesforce_client::{Client, Session};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let text = config::built_in_demo();
    let mut wanted = config::load(text, "provision.toml", None, &config::built_in_demo_file)
        .map_err(|mistakes| mistakes.to_string())?;
    // The Webex half would need a client of its own.
    wanted.desired.tenant = None;

    let emulator = Emulator::builder().start()?;
    let org = emulator.org();
    let session = Session::new(Url::parse(org.url())?, org.access_token().into());
    let client = Client::connect(session, "plan-example/1.0")?;

    let state = tempfile::tempdir()?;
    let store = Store::at(state.path());
    let context = Context {
        client: Some(&client),
        webex: None,
        store: &store,
        host: &Unwatched,
        patience: Patience::default(),
    };
    let request = Request {
        goal: Goal::Plan,
        aim: Aim::Installed,
        alias: None,
        desired: &wanted.desired,
        selection: &Selection::All,
        configuration: &wanted.hash,
        protected: wanted.protected,
        confirm: None,
        allow_removals: false,
        delete_data: None,
        validate: false,
        when_busy: WhenBusy::Wait,
        saved: None,
        installation_key: None,
        order: Order::default(),
    };
    let report = Box::pin(engine::run(&request, &context, std::future::pending())).await;
    if let Some(failure) = report.failure {
        return Err(failure.message().into());
    }
    for item in &report.items {
        println!("{}: {} changes", item.title, item.changes.len());
        for change in &item.changes {
            println!("  {} {}: {:?}", change.subject.name, change.field, change.after);
        }
    }
    if report.outcome != Outcome::Changes {
        return Err("a new org has everything already".into());
    }
    Ok(())
}
