//! What classic pages have around their content.

use super::html::Html;
use super::{Visit, script, style};
use crate::answer::HttpAnswer;
use crate::world::setup_pages::{Order, Surprise};

/// A classic page.
pub(super) fn page(visit: &Visit<'_>, title: &str, content: &str) -> HttpAnswer {
    HttpAnswer::html(200, &whole(visit, title, content))
}

fn whole(visit: &Visit<'_>, title: &str, content: &str) -> String {
    let html = html(visit);
    let cover = if visit.world().setup_pages.surprise == Some(Surprise::Notice) {
        let button = html.act("data-close=\"cover\"", &html.say("notice_button"));
        format!(
            "<div class=\"cover\" id=\"cover\"><div><p>{}</p>{button}</div></div>",
            html.say("notice")
        )
    } else {
        String::new()
    };
    let save = match visit.world().setup_pages.surprise {
        Some(Surprise::SlowSave) => script::SLOW,
        Some(Surprise::Dialog) => script::DIALOG,
        _ => "",
    };
    let save = save.replace("SAVE", &html.say("save"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title} ~ Salesforce\
         </title><style>{}</style></head><body><span class=\"help\">{}</span><h1>{title}</h1>\
         {content}{cover}<script>{save}{}</script></body></html>\n",
        visit.words.language(),
        style::CLASSIC,
        html.say("help"),
        script::CLASSIC,
    )
}

/// What makes the pieces of this visit's pages.
pub(super) fn html(visit: &Visit<'_>) -> Html {
    Html { words: visit.words, markup: visit.world().setup_pages.markup }
}

/// The field that shows that a form comes from here.
pub(super) fn token(visit: &Visit<'_>) -> String {
    let token = visit.token();
    format!(
        "<input type=\"hidden\" name=\"_CONFIRMATIONTOKEN\" id=\"_CONFIRMATIONTOKEN\" value=\"{token}\">"
    )
}

/// Save and Cancel, above the form or below it.
pub(super) fn buttons(visit: &Visit<'_>, below: bool) -> String {
    let html = html(visit);
    let order = visit.world().setup_pages.order;
    if below && order != Order::Twice {
        return String::new();
    }
    let save = html.submit("save", "save");
    let save = match visit.world().setup_pages.surprise {
        Some(Surprise::CoveredSave) => {
            format!("<span class=\"under\">{save}<span class=\"toast\"></span></span>")
        }
        _ => save,
    };
    let mut buttons = [save, html.submit("cancel", "cancel")];
    if order == Order::Reversed {
        buttons.reverse();
    }
    let foot = if below { " foot" } else { "" };
    format!("<div class=\"buttons{foot}\">{}</div>", buttons.concat())
}

/// The page for those who may not be here.
pub(super) fn refused(visit: &Visit<'_>) -> HttpAnswer {
    let html = html(visit);
    page(visit, &html.say("refused"), &format!("<p>{}</p>", html.say("refused_text")))
}

/// The page for a form that did not come from here.
pub(super) fn expired(visit: &Visit<'_>) -> HttpAnswer {
    let html = html(visit);
    page(visit, &html.say("expired"), &format!("<p>{}</p>", html.say("expired_text")))
}
