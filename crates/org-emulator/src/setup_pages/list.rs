//! The list of softphone layouts, and the page that introduces them.

use super::html::escaped;
use super::{ASSIGNMENT, DELETE, LIST, NEW, Visit, classic};
use crate::answer::HttpAnswer;
use crate::clock::rest_time;
use crate::world::setup_pages::Surprise;
use crate::world::softphone::SoftphoneLayout;

/// How long after the page its rows come, where they are late; in milliseconds.
const LATE: u32 = 700;
/// In the address of a list that shows no rows.
pub(super) const BARE: &str = "bare";

pub(super) fn answer(visit: &mut Visit<'_>) -> HttpAnswer {
    if visit.world().setup_pages.surprise == Some(Surprise::OtherPage) {
        return classic::page(visit, "Voice Studio", "<p>Softphones have a new home.</p>");
    }
    if visit.method == "POST" {
        return introduced(visit);
    }
    if !visit.session().is_some_and(|session| session.introduced) {
        return introduction(visit);
    }
    let html = classic::html(visit);
    let world = visit.world();
    let columns = ["name", "default", "created_by", "created", "modified_by", "modified"];
    let heads = columns.map(|word| format!("<th>{}</th>", html.say(word))).concat();
    let mut layouts: Vec<&SoftphoneLayout> = world.softphone_layouts.iter().collect();
    layouts.sort_by_key(|layout| layout.name.to_lowercase());
    let rows: String = layouts.into_iter().map(|layout| row(visit, layout)).collect();
    let (heads, rows) = if rows.is_empty() {
        (heads, format!("<tr><td colspan=\"6\">{}</td></tr>", html.say("none")))
    } else {
        (format!("<th>{}</th>{heads}", html.say("action")), rows)
    };
    let table = if visit.asked(BARE).is_some() {
        String::new()
    } else {
        let late = if world.setup_pages.late {
            format!(" class=\"off\" data-late=\"{LATE}\"")
        } else {
            String::new()
        };
        format!(
            "<table class=\"list\"><thead><tr>{heads}</tr></thead><tbody{late}>{rows}</tbody></table>"
        )
    };
    let content = format!(
        "<p class=\"intro\">{}</p><div class=\"block\"><div class=\"buttons\">{}{}</div>{table}</div>",
        html.say("about_layouts"),
        html.go(NEW, "new"),
        html.go(ASSIGNMENT, "assignment"),
    );
    classic::page(visit, &html.say("layouts"), &content)
}

fn row(visit: &Visit<'_>, layout: &SoftphoneLayout) -> String {
    let html = classic::html(visit);
    let world = visit.world();
    let id = world.softphone_layout_id(layout);
    let surprise = world.setup_pages.surprise;
    let other = world.softphone_layouts.iter().find(|other| other.number != layout.number);
    let edited = match other.filter(|_| surprise == Some(Surprise::OtherLayout)) {
        Some(other) => world.softphone_layout_id(other),
        None => id.clone(),
    };
    let edit = format!("<a href=\"/{edited}/e\">{}</a>", html.say("edit"));
    // A layout that is the default cannot be deleted.
    let delete = if layout.is_default {
        String::new()
    } else {
        let sure = if world.setup_pages.delete_page {
            String::new()
        } else {
            format!(" data-sure=\"{}\"", html.say("sure"))
        };
        let address = escaped(&format!("{DELETE}?delID={id}&_CONFIRMATIONTOKEN={}", visit.token()));
        format!(" | <a href=\"{address}\"{sure}>{}</a>", html.say("delete"))
    };
    let tick = if layout.is_default && surprise == Some(Surprise::UnreadableDefault) {
        "<div style=\"width:12px;height:12px;background:#0a0\"></div>".to_owned()
    } else if layout.is_default {
        format!("<span role=\"img\" aria-label=\"{}\">\u{2713}</span>", html.say("checked"))
    } else {
        String::new()
    };
    let alias = world.users.first().map(|user| escaped(&user.alias)).unwrap_or_default();
    let day = rest_time(world.born);
    let day = day.get(..10).unwrap_or_default();
    format!(
        "<tr><td>{edit}{delete}</td><td>{}</td><td>{tick}</td><td>{alias}</td><td>{day}</td>\
         <td>{alias}</td><td>{day}</td></tr>",
        escaped(&layout.name)
    )
}

fn introduction(visit: &Visit<'_>) -> HttpAnswer {
    let html = classic::html(visit);
    let field = html.field("again");
    let again = html.choice(
        "again",
        &html.say("intro_again"),
        &format!("<input type=\"checkbox\" name=\"{field}\" value=\"1\">"),
    );
    let content = format!(
        "<form method=\"post\" action=\"{LIST}\">{}<p>{}</p><p>{again}</p><p>{}</p></form>",
        classic::token(visit),
        html.say("intro_text"),
        html.submit("continue", "continue"),
    );
    classic::page(visit, &html.say("intro_title"), &content)
}

fn introduced(visit: &mut Visit<'_>) -> HttpAnswer {
    let field = classic::html(visit).field("again");
    if visit.sent(&field).is_some() {
        visit.org.world_mut().setup_pages.introduction = false;
    }
    if let Some(session) = visit.org.browsers.get_mut(visit.sid) {
        session.introduced = true;
    }
    HttpAnswer::elsewhere(LIST.to_owned())
}
