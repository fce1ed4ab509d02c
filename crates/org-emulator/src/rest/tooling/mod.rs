//! The Tooling API, without what holds several requests.

mod install;
mod polls;
mod uninstall;
pub(super) mod version;

use super::request::{RestRequest, method_not_allowed};
use super::{describe, query, reads};
use crate::answer::Reply;
use crate::apex;
use crate::jobs;
use crate::org::Call;
use crate::outcome::Effects;
use crate::schema::Api;
use crate::world::refusal::Refusal;

/// Everything below `tooling`.
pub(super) fn handle(
    call: &mut Call<'_>,
    request: &RestRequest,
    rest: &[&str],
    effects: &mut Effects,
) -> Result<Reply, Refusal> {
    match (request.method.as_str(), rest) {
        ("GET", ["query"]) => {
            let text = query::text(request)?.to_owned();
            effects.poll = polls::by_query(call, &text);
            let answer = version::run(call, &text)?;
            let base = format!("/services/data/v{}/tooling", call.version);
            if request.target.parameter("columns") == Some("true") {
                return Ok(query::columns(call, &answer));
            }
            Ok(query::first_page(call, answer, &base, "query"))
        }
        ("GET", ["query", locator]) => {
            let base = format!("/services/data/v{}/tooling", request.target.version);
            query::next_page(call, locator, &base, "query")
        }
        ("GET", ["executeAnonymous"]) => Ok(Reply::ok(apex::rest())),
        ("GET", ["sobjects"]) => Ok(Reply::ok(describe::global(call, Api::Tooling))),
        (_, ["sobjects", object, rest @ ..]) => records(call, request, object, rest, effects),
        // `composite/sobjects` too: documented, and broken in every org.
        _ => Err(Refusal::not_found()),
    }
}

fn records(
    call: &mut Call<'_>,
    request: &RestRequest,
    object: &str,
    rest: &[&str],
    effects: &mut Effects,
) -> Result<Reply, Refusal> {
    let found = reads::shown(call, Api::Tooling, object)?;
    let method = request.method.as_str();
    match (method, rest) {
        ("GET", []) => Ok(Reply::ok(describe::basic(call, Api::Tooling, &found))),
        ("POST", []) => {
            let id = match found.name.as_str() {
                "PackageInstallRequest" => install::create(call, &found, request.object()?)?,
                "SubscriberPackageVersionUninstallRequest" => {
                    uninstall::create(call, &found, request.object()?)?
                }
                _ => return Err(method_not_allowed(method, "GET, HEAD")),
            };
            let mut made = reads::created(&id);
            if let Some(body) = &mut made.body {
                body["warnings"] = serde_json::json!([]);
                body["infos"] = serde_json::json!([]);
            }
            Ok(made)
        }
        ("GET", ["describe"]) => Ok(Reply::ok(describe::whole(call, Api::Tooling, &found))),
        ("GET", [id]) => {
            let id = reads::record_id(id)?;
            match found.name.as_str() {
                "PackageInstallRequest" => {
                    effects.poll = true;
                    jobs::poll_install(call.org, &id, call.now);
                }
                "SubscriberPackageVersionUninstallRequest" => {
                    effects.poll = true;
                    jobs::poll_uninstall(call.org, &id, call.now);
                }
                _ => {}
            }
            let fields = request.target.parameter("fields");
            reads::read(call, Api::Tooling, &found, &id, fields).map(Reply::ok)
        }
        (_, [_]) => Err(method_not_allowed(method, "GET, HEAD")),
        _ => Err(Refusal::not_found()),
    }
}
