//! The shell of Lightning Experience: Setup's menu, and the classic page in a frame.

use super::html::escaped;
use super::{LIST, NODE, Visit, style};
use crate::answer::HttpAnswer;
use crate::url::encoded;

/// After so many milliseconds the frame is replaced, as the real one is while it loads.
const REPLACED_AFTER: u32 = 150;

/// The shell around the page of the address, or that page alone.
pub(super) fn answer(visit: &Visit<'_>, path: &str) -> HttpAnswer {
    let wanted = match path {
        NODE => Some(LIST.to_owned()),
        "/lightning/setup/SoftphoneLayouts/page" => {
            visit.asked("address").filter(|it| it.starts_with('/')).map(str::to_owned)
        }
        _ => None,
    };
    let lightning = visit.world().setup_pages.lightning;
    match wanted {
        Some(page) if !lightning => HttpAnswer::elsewhere(page),
        wanted => HttpAnswer::html(200, &page(visit, wanted.as_deref())),
    }
}

fn page(visit: &Visit<'_>, classic: Option<&str>) -> String {
    let say = |word: &str| escaped(&visit.words.say(word));
    let content = match classic {
        Some(address) => frame(visit, address),
        None => "<div class=\"plain\">The org emulator has no such page of Setup.</div>".to_owned(),
    };
    let title = if classic.is_some() { say("layouts") } else { say("setup_home") };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <title>{title} | Salesforce</title><style>{style}</style></head><body>\
         <header><span class=\"dots\">{dots}</span><b>{setup_home}</b>\
         <span class=\"tab on\">{home}</span><span class=\"tab\">{objects}</span></header>\
         <div class=\"rest\"><nav><input type=\"search\" placeholder=\"{search}\" \
         aria-label=\"{search}\"><ul><li>{features}<ul><li>{service}<ul><li>{center}<ul>\
         <li class=\"here\"><a href=\"{NODE}\">{layouts}</a></li></ul></li></ul></li></ul></li></ul></nav>\
         <main><div class=\"card\"><span class=\"icon\">\u{2699}</span><div><small>{setup}</small>\
         <h1>{title}</h1></div></div>{content}</main></div></body></html>\n",
        language = visit.words.language(),
        style = style::SHELL,
        dots = "<i></i>".repeat(9),
        setup_home = say("setup_home"),
        home = say("home"),
        objects = say("object_manager"),
        search = say("quick_find"),
        features = say("feature_settings"),
        service = say("service"),
        center = say("call_center"),
        layouts = say("layouts"),
        setup = say("setup"),
    )
}

/// The frame, which belongs to another host than the shell: loopback has two names.
fn frame(visit: &Visit<'_>, address: &str) -> String {
    let (scheme, _) = visit.org.settings().url.split_once("://").unwrap_or(("http", ""));
    let (name, port) = visit.host.rsplit_once(':').unwrap_or((visit.host, ""));
    let other = if name == "localhost" { "127.0.0.1" } else { "localhost" };
    let door = visit.session().map(|session| session.door.clone()).unwrap_or_default();
    let source = format!(
        "{scheme}://{other}:{port}{}?door={}&startURL={}",
        super::entrance::CONTENT_DOOR,
        encoded(&door),
        encoded(address),
    );
    format!(
        "<force-aloha-page><iframe name=\"vfFrameId_1\" title=\"{title}\" src=\"{source}\"></iframe>\
         </force-aloha-page><script>setTimeout(function () {{\
         var old = document.querySelector('force-aloha-page iframe');\
         var frame = document.createElement('iframe'); frame.name = 'vfFrameId_2';\
         frame.title = old.title; frame.src = old.src; old.parentNode.replaceChild(frame, old);\
         }}, {REPLACED_AFTER});</script>",
        title = escaped(&visit.words.say("layouts")),
        source = escaped(&source),
    )
}
