//! `/_tenant/`: what tests and people may do that no tenant offers.

use serde_json::{Value, json};

use super::answer::{Answer, Result};
use super::kinds::{KINDS, kind};
use super::records::object;
use super::state::State;
use super::traps::Traps;

/// Answers a request below `/_tenant/`.
pub(crate) fn handle(state: &mut State, method: &str, path: &[&str], body: &[u8]) -> Result {
    let wrong = |error: serde_json::Error| Answer::refused(400, &error.to_string());
    match (method, path) {
        ("GET", ["traps"]) => Ok(Answer::of(200, json!(state.world.traps))),
        ("PUT", ["traps"]) => {
            state.world.traps = serde_json::from_slice::<Traps>(body).map_err(wrong)?;
            Ok(Answer::empty(204))
        }
        ("GET", ["records"]) => Ok(Answer::of(200, records(state))),
        // "People did it": fields of a record, whatever the rules say; null takes one away.
        ("PATCH", ["records", name, id]) => {
            let changes = object(body, "")?;
            let kind = kind(name).ok_or_else(|| Answer::missing("kind", name))?;
            let record = state.world.store.get_mut(kind.name, id);
            let record = record.ok_or_else(|| Answer::missing(name, id))?;
            for (field, value) in changes {
                if value.is_null() {
                    record.remove(&field);
                } else {
                    record.insert(field, value);
                }
            }
            Ok(Answer::empty(204))
        }
        ("GET", ["requests"]) => {
            let all = state.exchanges.iter().map(|exchange| {
                json!({ "method": exchange.method, "target": exchange.target, "status": exchange.status })
            });
            Ok(Answer::of(200, json!({ "requests": all.collect::<Vec<_>>() })))
        }
        // Somebody registers the integration with other addresses.
        ("PUT", ["redirect-uris"]) => {
            let addresses: Vec<String> = serde_json::from_slice(body).map_err(wrong)?;
            let apps = &mut state.world.logins.apps;
            for app in apps.iter_mut().filter(|app| app.application_id.is_none()) {
                app.redirect_uris.clone_from(&addresses);
            }
            Ok(Answer::empty(204))
        }
        ("DELETE", ["sessions"]) => {
            state.world.logins.access.clear();
            Ok(Answer::empty(204))
        }
        ("POST", ["reset"]) => {
            state.reset();
            Ok(Answer::empty(204))
        }
        _ => Err(Answer::refused(404, "There is nothing here")),
    }
}

/// All records by their kinds.
pub(crate) fn records(state: &State) -> Value {
    let of = |name: &str| json!(state.world.store.all(name));
    KINDS.iter().map(|kind| (kind.name.to_owned(), of(kind.name))).collect()
}
