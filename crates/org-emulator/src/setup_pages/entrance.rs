//! How a browser gets in: the front door, and the login, passkey and verification pages.
//!
//! Nobody has a password or a security key in the emulator: a button stands for both. Whoever tests
//! a program that waits for a person can be that person (`EmulatedOrg::finish_logins`).

use super::html::escaped;
use super::{HOME, NODE, value};
use crate::answer::HttpAnswer;
use crate::ids::Id;
use crate::org::Org;
use crate::outcome::{Effects, Outcome};
use crate::request::Request;
use crate::state::State;
use crate::url::{encoded, pairs};
use crate::world::setup_pages::Entrance;

pub(super) const LOGIN: &str = "/login";
pub(super) const PASSKEY: &str = "/_ui/identity/webauthn/Add";
pub(super) const VERIFICATION: &str = "/_ui/identity/verification/method/TotpVerificationUi/e";
/// Where the frame's own host gets the session.
pub(super) const CONTENT_DOOR: &str = "/secur/contentDoor";

/// A browser that has come through the front door.
#[derive(Debug, Clone)]
pub(crate) struct BrowserSession {
    pub(crate) user: Id,
    /// What still keeps it from Setup.
    pub(super) entrance: Entrance,
    /// Where it was going.
    pub(super) start: String,
    /// What its forms bring along.
    pub(super) token: String,
    /// What opens the content door to it.
    pub(super) door: String,
    /// Whether it has been introduced to softphone layouts.
    pub(super) introduced: bool,
    /// Whether it has had to log in once more.
    pub(super) renewed: bool,
}

impl BrowserSession {
    /// The page that keeps it from Setup.
    pub(super) fn pending(&self) -> Option<&'static str> {
        match self.entrance {
            Entrance::Open => None,
            Entrance::Login | Entrance::Home => Some(LOGIN),
            Entrance::Passkey => Some(PASSKEY),
            Entrance::Verification => Some(VERIFICATION),
        }
    }

    /// The session has ended on the way to a page: the person logs in once more.
    pub(super) fn end(&mut self, start: &str) {
        (self.entrance, self.renewed) = (Entrance::Login, true);
        start.clone_into(&mut self.start);
    }

    /// The person has done what the page asked for.
    pub(crate) fn pass(&mut self) {
        self.entrance = Entrance::Open;
    }
}

/// Lets a user's browser in, as far as the org's entrance allows it, and sends it on its way.
pub(crate) fn enter(org: &mut Org, user: &Id, start: &str) -> HttpAnswer {
    let entrance = org.world().setup_pages.entrance;
    admit(org, user, start, entrance)
}

fn admit(org: &mut Org, user: &Id, start: &str, entrance: Entrance) -> HttpAnswer {
    // Nobody is sent to another site; the Salesforce CLI asks for pages without the first slash.
    let start = format!("/{}", start.trim_start_matches('/'));
    let start = if start.contains("://") { "/" } else { start.as_str() };
    let start = if entrance == Entrance::Home { HOME } else { start };
    let world = org.world_mut();
    let [sid, token, door] = [world.secret(), world.secret(), world.secret()];
    let session = BrowserSession {
        user: user.clone(),
        entrance,
        start: start.to_owned(),
        token,
        door,
        introduced: !org.world().setup_pages.introduction,
        renewed: false,
    };
    let next = session.pending().unwrap_or(start).to_owned();
    org.browsers.insert(sid.clone(), session);
    HttpAnswer::elsewhere(next).with("set-cookie", cookie(&sid))
}

fn cookie(sid: &str) -> String {
    format!("sid={sid}; Path=/; HttpOnly; SameSite=Lax")
}

/// Good in a frame of another site, in browsers that keep other sites' cookies apart.
fn frame_cookie(sid: &str) -> String {
    format!("sid={sid}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned")
}

/// Sends a browser that nobody knows to the login page.
pub(super) fn to_login(request: &Request) -> HttpAnswer {
    let start = match request.query.as_str() {
        "" => request.path.clone(),
        query => format!("{}?{query}", request.path),
    };
    HttpAnswer::elsewhere(format!("{LOGIN}?startURL={}", encoded(&start)))
}

/// The door of the frame's host: the same session under another name.
pub(super) fn content_door(state: &State, request: &Request) -> Outcome {
    let query = pairs(&request.query);
    let door = value(&query, "door").unwrap_or_default();
    let start = value(&query, "startURL").filter(|it| it.starts_with("/04n")).unwrap_or("/04n");
    let sessions = state.orgs.iter().flat_map(|org| &org.browsers);
    let found = sessions.into_iter().find(|(_, session)| session.door == door);
    Outcome::of(match found {
        Some((sid, _)) => {
            HttpAnswer::elsewhere(start.to_owned()).with("set-cookie", frame_cookie(sid))
        }
        None => HttpAnswer::html(403, "This door was never there."),
    })
}

/// The page itself; sent back, it lets the browser in.
pub(super) fn answer(state: &mut State, request: &Request, path: &str) -> Outcome {
    let sid = request.sid.clone().unwrap_or_default();
    let place = state.orgs.iter().position(|org| org.browsers.contains_key(&sid));
    let Some(place) = place else { return stranger(state, request) };
    let Some(session) = state.orgs[place].browsers.get_mut(&sid) else {
        return Outcome::of(to_login(request));
    };
    if request.method == "POST" {
        session.pass();
    }
    let answer = if session.pending().is_none() {
        HttpAnswer::elsewhere(session.start.clone())
    } else {
        HttpAnswer::html(200, &page(path, path, ""))
    };
    Outcome { place: Some(place), answer, effects: Effects::default() }
}

/// Somebody without a session logs in by user name.
fn stranger(state: &mut State, request: &Request) -> Outcome {
    let (query, form) = (pairs(&request.query), pairs(&String::from_utf8_lossy(&request.body)));
    let start = value(&query, "startURL").unwrap_or(NODE);
    let name = value(&form, "username").unwrap_or_default();
    let known = state.orgs.iter().enumerate().find_map(|(place, org)| {
        let user = org.world().user_named(name).filter(|user| user.may_enter())?;
        Some((place, user.id.clone()))
    });
    if let (Some((place, user)), "POST") = (known, request.method.as_str()) {
        let answer = admit(&mut state.orgs[place], &user, start, Entrance::Open);
        return Outcome { place: Some(place), answer, effects: Effects::default() };
    }
    let first = state.orgs.first().and_then(|org| org.world().users.first());
    let first = first.map(|user| user.username.as_str()).unwrap_or_default();
    let action = format!("{LOGIN}?startURL={}", encoded(start));
    Outcome::of(HttpAnswer::html(200, &page(LOGIN, &action, first)))
}

const STYLE: &str = "\
body{font:15px/1.5 'Salesforce Sans',Arial,sans-serif;background:#f4f6f9;color:#16325c;margin:0}\
main{max-width:22rem;margin:4rem auto;background:#fff;border:1px solid #d8dde6;border-radius:4px;\
padding:2rem}h1{font-size:1.35rem;font-weight:400;margin:0 0 1rem}p{margin:.5rem 0 1rem}\
label{display:block;font-size:.85rem;color:#54698d;margin-top:.75rem}\
input{width:100%;box-sizing:border-box;padding:.6rem;font:inherit;border:1px solid #d8dde6;\
border-radius:4px}button{width:100%;margin-top:1.25rem;padding:.7rem;font:inherit;color:#fff;\
background:#0070d2;border:0;border-radius:4px;cursor:pointer}small{color:#54698d}";

fn page(path: &str, action: &str, username: &str) -> String {
    let (title, text, fields, button) = match path {
        PASSKEY => (
            "Create a Passkey",
            "Administrators need a passkey or a security key to work in Setup. Choose Create, and \
             follow the steps of your browser.",
            String::new(),
            "Create",
        ),
        VERIFICATION => (
            "Verify Your Identity",
            "Enter the code that your authenticator app shows.",
            "<label for=\"tc\">Verification Code</label>\
             <input id=\"tc\" name=\"tc\" autocomplete=\"off\">"
                .to_owned(),
            "Verify",
        ),
        _ => (
            "Login",
            "",
            format!(
                "<label for=\"username\">Username</label>\
                 <input id=\"username\" name=\"username\" value=\"{}\">\
                 <label for=\"password\">Password</label>\
                 <input id=\"password\" type=\"password\" name=\"pw\" autocomplete=\"off\">",
                escaped(username)
            ),
            "Log In",
        ),
    };
    // Whoever has a security key does nothing on the page: it goes on by itself.
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | Salesforce\
         </title><meta http-equiv=\"refresh\" content=\"1\"><style>{STYLE}</style></head><body><main>\
         <h1>{title}</h1><p>{text}</p><form method=\"post\" action=\"{}\">{fields}\
         <button type=\"submit\">{button}</button></form>\
         <p><small>Org emulator: any entry is good.</small></p></main></body></html>\n",
        escaped(action),
    )
}
