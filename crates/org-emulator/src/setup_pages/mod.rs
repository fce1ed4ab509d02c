//! The pages of Setup for softphone layouts, which no API replaces, and those on the way to them.
//!
//! A browser gets here through the front door, with a cookie. The classic pages write the world's
//! softphone layouts, which `describeSoftphoneLayout` tells. How real pages are made is unknown
//! ([`SetupPages`](crate::world::setup_pages::SetupPages) varies it); words and places are those of
//! published screenshots.

mod assignment;
mod classic;
mod delete;
mod edit;
mod entrance;
mod form;
mod html;
mod list;
mod objects;
mod pops;
mod script;
mod shell;
mod style;
mod words;

pub(crate) use self::entrance::{BrowserSession, enter};

use self::words::Words;
use crate::answer::HttpAnswer;
use crate::ids::Id;
use crate::org::Org;
use crate::outcome::{Effects, Outcome};
use crate::request::Request;
use crate::state::State;
use crate::url::pairs;
use crate::world::World;
use crate::world::access::Act;
use crate::world::setup_pages::Surprise;

/// Where the list of softphone layouts is, in classic Setup.
pub(super) const LIST: &str = "/04n";
/// Where a new layout is made.
const NEW: &str = "/04n/e";
/// Where profiles get layouts of their own; the real address is unknown.
const ASSIGNMENT: &str = "/setup/ui/softphonelayoutassignment.jsp";
/// Where a layout is deleted.
const DELETE: &str = "/setup/own/deleteredirect.jsp";
/// Where Lightning Experience has its Setup.
const LIGHTNING: &str = "/lightning/setup/";
/// Where whoever asks for nothing else gets after a login.
const HOME: &str = "/lightning/page/home";
/// The page of this folder in Lightning Experience.
pub(crate) const NODE: &str = "/lightning/setup/SoftphoneLayouts/home";

/// The name of such a request in the log; `None` where it is about something else.
pub(crate) fn operation(path: &str) -> Option<&'static str> {
    match path {
        LIST | NEW | ASSIGNMENT | DELETE | "/_ui/setup" | "" | "/" => Some("setup/page"),
        entrance::LOGIN | entrance::PASSKEY | entrance::VERIFICATION => Some("setup/entrance"),
        entrance::CONTENT_DOOR => Some("setup/content-door"),
        HOME => Some("setup/shell"),
        _ if path.starts_with(LIGHTNING) => Some("setup/shell"),
        _ if layout_id(path).is_some() => Some("setup/page"),
        _ => None,
    }
}

/// The layout of `/04n…/e`.
fn layout_id(path: &str) -> Option<&str> {
    let id = path.strip_prefix('/')?.strip_suffix("/e")?;
    (id.starts_with("04n") && Id::parse(id).is_some()).then_some(id)
}

/// Answers a request whose [`operation`] has a name.
pub(crate) fn answer(state: &mut State, request: &Request) -> Outcome {
    let path = request.path.trim_end_matches('/');
    let path = if path.is_empty() { "/" } else { path };
    match path {
        entrance::LOGIN | entrance::PASSKEY | entrance::VERIFICATION => {
            return entrance::answer(state, request, path);
        }
        entrance::CONTENT_DOOR => return entrance::content_door(state, request),
        _ => {}
    }
    let sid = request.sid.as_deref().unwrap_or_default();
    let Some(place) = state.orgs.iter().position(|org| org.browsers.contains_key(sid)) else {
        return Outcome::of(entrance::to_login(request));
    };
    let Some(visit) = Visit::of(&mut state.orgs[place], sid, request) else {
        return Outcome::of(entrance::to_login(request));
    };
    let answer = match visit.pending() {
        Some(page) => HttpAnswer::elsewhere(page.to_owned()),
        None => visit.answer(path),
    };
    Outcome { place: Some(place), answer, effects: Effects::default() }
}

/// A browser on a page of Setup.
struct Visit<'a> {
    org: &'a mut Org,
    sid: &'a str,
    user: Id,
    words: Words,
    method: &'a str,
    host: &'a str,
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
}

impl<'a> Visit<'a> {
    fn of(org: &'a mut Org, sid: &'a str, request: &'a Request) -> Option<Self> {
        let user = org.browsers.get(sid)?.user.clone();
        let words = Words::of(org.world(), org.world().user(&user)?);
        Some(Self {
            org,
            sid,
            user,
            words,
            method: &request.method,
            host: &request.host,
            query: pairs(&request.query),
            form: pairs(&String::from_utf8_lossy(&request.body)),
        })
    }

    fn world(&self) -> &World {
        self.org.world()
    }

    fn session(&self) -> Option<&BrowserSession> {
        self.org.browsers.get(self.sid)
    }

    /// The page that keeps this browser from Setup.
    fn pending(&self) -> Option<&'static str> {
        self.session().and_then(BrowserSession::pending)
    }

    /// A parameter of the address.
    fn asked(&self, name: &str) -> Option<&str> {
        value(&self.query, name)
    }

    /// A parameter of the form.
    fn sent(&self, name: &str) -> Option<&str> {
        value(&self.form, name)
    }

    fn answer(mut self, path: &str) -> HttpAnswer {
        if self.world().setup_pages.surprise == Some(Surprise::NoSetup) && path != HOME {
            return HttpAnswer::elsewhere(HOME.to_owned());
        }
        if path.starts_with(LIGHTNING) || matches!(path, "/" | "/_ui/setup" | HOME) {
            return shell::answer(&self, path);
        }
        let world = self.world();
        if !world.features.call_center || !world.may(&self.user, Act::WriteCallCenters) {
            return classic::refused(&self);
        }
        if self.method == "POST" && !self.is_confirmed() {
            return classic::expired(&self);
        }
        match path {
            LIST => list::answer(&mut self),
            ASSIGNMENT => assignment::answer(&mut self),
            DELETE => delete::answer(&mut self),
            _ if self.session_ends() => {
                if let Some(session) = self.org.browsers.get_mut(self.sid) {
                    session.end(path);
                }
                HttpAnswer::elsewhere(entrance::LOGIN.to_owned())
            }
            _ => edit::answer(&mut self, layout_id(path)),
        }
    }

    /// Whether the session ends before a layout is edited.
    fn session_ends(&self) -> bool {
        self.world().setup_pages.surprise == Some(Surprise::LoginAgain)
            && self.session().is_some_and(|session| !session.renewed)
    }

    /// What a form of this session must bring along, so that no other page can send it.
    fn token(&self) -> String {
        self.session().map(|session| session.token.clone()).unwrap_or_default()
    }

    fn is_confirmed(&self) -> bool {
        self.sent("_CONFIRMATIONTOKEN") == Some(self.token().as_str())
    }
}

fn value<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
