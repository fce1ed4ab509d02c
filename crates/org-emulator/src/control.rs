//! `/_emulator/`: what tests and people may do that no org offers.

use serde_json::{Value, json};

use super::announcement;
use super::answer::HttpAnswer;
use super::clock::{self, rest_time};
use super::faults::{self, Script};
use super::jobs;
use super::seed::Changes;
use super::state::State;
use super::world::World;
use super::world::people::User;
use super::world::refusal::Refusal;
use super::world::softphone::SoftphoneLayout;
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
        ("PATCH", "world") => match changed(state.orgs[place].world(), body) {
            Ok(world) => {
                *state.orgs[place].world_mut() = world;
                HttpAnswer::empty(204)
            }
            Err(problem) => wrong(400, &problem),
        },
        ("GET", "jobs") => HttpAnswer::json(200, &job_list(state, place)),
        ("GET", "requests") => {
            let since = pairs(query).into_iter().find(|(name, _)| name == "since");
            let since = since.and_then(|(_, number)| number.parse().ok()).unwrap_or(0);
            let requests: Vec<_> = state.orgs[place].log.since(since).collect();
            HttpAnswer::json(200, &json!({"requests": requests}))
        }
        ("DELETE", "sessions") => {
            let wanted = pairs(query).into_iter().find(|(name, _)| name == "user");
            match end_sessions(state.orgs[place].world_mut(), wanted.map(|(_, user)| user)) {
                Ok(()) => HttpAnswer::empty(204),
                Err(problem) => wrong(400, &problem),
            }
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
        ("PUT", "softphone-layouts") => match softphone_layouts(body) {
            Ok(layouts) => {
                let world = state.orgs[place].world_mut();
                let unknown = layouts
                    .iter()
                    .flat_map(|layout| &layout.profiles)
                    .find(|name| !world.profiles.iter().any(|profile| profile.name == **name));
                if let Some(name) = unknown {
                    return wrong(400, &format!("the org has no profile {name:?}"));
                }
                world.softphone_layouts = layouts;
                HttpAnswer::empty(204)
            }
            Err(problem) => wrong(400, &problem),
        },
        _ => missing(),
    }
}

/// Ends all access tokens, or those of one user: an id, or the beginning of a user name.
fn end_sessions(world: &mut World, wanted: Option<String>) -> Result<(), String> {
    let Some(wanted) = wanted else {
        world.sessions.clear();
        return Ok(());
    };
    let is_it = |user: &&User| user.id.as_str() == wanted || user.username.starts_with(&wanted);
    let user = world.users.iter().find(is_it).map(|user| user.id.clone());
    let user = user.ok_or_else(|| format!("the org has no user {wanted:?}"))?;
    world.sessions.retain(|_, session| session.user != user);
    Ok(())
}

/// The world after changes that people made: all of them, or none.
fn changed(world: &World, body: &[u8]) -> Result<World, String> {
    let changes: Changes = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let mut world = world.clone();
    changes.apply(&mut world)?;
    Ok(world)
}

/// A list of layouts, or an object that holds it; at most one of them is the default.
fn softphone_layouts(body: &[u8]) -> Result<Vec<SoftphoneLayout>, String> {
    let mut value: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    if let Some(layouts) = value.get_mut("layouts") {
        value = layouts.take();
    }
    let layouts: Vec<SoftphoneLayout> =
        serde_json::from_value(value).map_err(|error| error.to_string())?;
    if layouts.iter().filter(|layout| layout.is_default).count() > 1 {
        return Err("only one softphone layout can be the default".to_owned());
    }
    Ok(layouts)
}

fn job_list(state: &State, place: usize) -> Value {
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
