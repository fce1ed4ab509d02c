//! `/_emulator/`: what tests and people may do that no org offers.

use serde_json::{Value, json};

use super::announcement;
use super::answer::HttpAnswer;
use super::clock::{self, rest_time};
use super::faults::{self, Script};
use super::jobs;
use super::seed::Changes;
use super::state::State;
use super::world::refusal::Refusal;
use crate::url::pairs;

/// Answers a request below `/_emulator/`.
pub(crate) fn handle(
    state: &mut State,
    method: &str,
    path: &str,
    query: &str,
    body: &[u8],
) -> HttpAnswer {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if (method, segments.as_slice()) == ("GET", &["orgs"]) {
        return HttpAnswer::json(200, &json!({"orgs": announcement::orgs(state)}));
    }
    let (id, what) = match segments.as_slice() {
        ["orgs", id, what] => (*id, *what),
        _ => return missing(),
    };
    let Some(place) = state.place(id) else {
        return missing();
    };
    jobs::advance(&mut state.orgs[place], clock::now());
    match (method, what) {
        ("GET", "world") => HttpAnswer::json(200, &state.orgs[place].world().export()),
        ("PATCH", "world") => {
            let changes = serde_json::from_slice::<Changes>(body);
            let changes = changes.map_err(|error| error.to_string());
            done(changes.and_then(|changes| state.orgs[place].change(&changes)))
        }
        ("GET", "jobs") => HttpAnswer::json(200, &job_list(state, place)),
        ("GET", "requests") => {
            let since = pairs(query).into_iter().find(|(name, _)| name == "since");
            let since = since.and_then(|(_, number)| number.parse().ok()).unwrap_or(0);
            let requests: Vec<_> = state.orgs[place].log.since(since).collect();
            HttpAnswer::json(200, &json!({"requests": requests}))
        }
        ("DELETE", "sessions") => {
            let wanted = pairs(query).into_iter().find(|(name, _)| name == "user");
            let wanted = wanted.as_ref().map(|(_, user)| user.as_str());
            done(state.orgs[place].world_mut().end_sessions(wanted))
        }
        ("DELETE", "requests") => {
            state.orgs[place].log.clear();
            HttpAnswer::empty(204)
        }
        ("POST", "reset") => match state.reset(place) {
            Ok(()) => HttpAnswer::empty(204),
            Err(error) => wrong(500, &error.to_string()),
        },
        ("PUT", "faults") => match faults::parse(&String::from_utf8_lossy(body)) {
            Ok(faults) => {
                state.orgs[place].script = Script::new(&faults);
                HttpAnswer::empty(204)
            }
            Err(problem) => wrong(400, &problem),
        },
        ("PUT", "connected-apps") => match serde_json::from_slice(body) {
            Ok(apps) => {
                state.orgs[place].world_mut().connected_apps = apps;
                HttpAnswer::empty(204)
            }
            Err(error) => wrong(400, &error.to_string()),
        },
        ("PUT", "softphone-layouts") => {
            let layouts = serde_json::from_slice(body).map_err(|error| error.to_string());
            let world = state.orgs[place].world_mut();
            done(layouts.and_then(|layouts| world.set_softphone_layouts(layouts)))
        }
        _ => missing(),
    }
}

/// The answer to a change.
fn done(result: Result<(), String>) -> HttpAnswer {
    match result {
        Ok(()) => HttpAnswer::empty(204),
        Err(problem) => wrong(400, &problem),
    }
}

/// `GET orgs/{id}/jobs`
pub(crate) fn job_list(state: &State, place: usize) -> Value {
    let jobs = &state.orgs[place].world().jobs;
    let installs: Vec<Value> = jobs
        .installs
        .iter()
        .map(|job| {
            json!({
                "id": job.id, "version": job.version, "status": job.status.name(),
                "errors": job.errors, "created": rest_time(job.created),
                "finished": job.finished.map(rest_time),
            })
        })
        .collect();
    let uninstalls: Vec<Value> = jobs
        .uninstalls
        .iter()
        .map(|job| {
            let errors: Vec<&String> = job.errors.iter().map(|error| &error.message).collect();
            json!({
                "id": job.id, "version": job.version, "status": job.status.name(),
                "errors": errors, "created": rest_time(job.created),
                "finished": job.finished.map(rest_time),
            })
        })
        .collect();
    let deploys: Vec<Value> = jobs
        .deploys
        .iter()
        .map(|job| {
            json!({
                "id": job.id, "status": job.status.name(), "options": job.options,
                "outcome": job.outcome, "created": rest_time(job.created),
                "finished": job.finished.map(rest_time),
            })
        })
        .collect();
    json!({"installs": installs, "uninstalls": uninstalls, "deploys": deploys})
}

fn missing() -> HttpAnswer {
    HttpAnswer::refused(&[Refusal::not_found()])
}

fn wrong(status: u16, message: &str) -> HttpAnswer {
    HttpAnswer::json(status, &json!({"error": message}))
}
