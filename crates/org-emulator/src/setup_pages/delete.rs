//! Deleting a layout.

use super::html::escaped;
use super::list::BARE;
use super::{DELETE, LIST, Visit, classic};
use crate::answer::HttpAnswer;
use crate::world::setup_pages::Surprise;

pub(super) fn answer(visit: &mut Visit<'_>) -> HttpAnswer {
    let html = classic::html(visit);
    let id = visit.asked("delID").unwrap_or_default().to_owned();
    let Some(place) = visit.world().softphone_layout_place(&id) else {
        return classic::expired(visit);
    };
    if visit.method == "POST" && visit.sent(&html.field("cancel")).is_some() {
        return HttpAnswer::elsewhere(LIST.to_owned());
    }
    let confirmed = visit.asked("_CONFIRMATIONTOKEN") == Some(visit.token().as_str());
    let layout = &visit.world().softphone_layouts[place];
    if !confirmed || layout.is_default {
        return classic::expired(visit);
    }
    if visit.world().setup_pages.delete_page && visit.method != "POST" {
        let name = escaped(&layout.name);
        let action = escaped(&format!("{DELETE}?delID={id}&_CONFIRMATIONTOKEN={}", visit.token()));
        let content = format!(
            "<form method=\"post\" action=\"{action}\">{}<p>{}</p><p><b>{name}</b></p>\
             <p>{}{}</p></form>",
            classic::token(visit),
            html.say("sure"),
            html.submit("delete", "delete"),
            html.submit("cancel", "cancel"),
        );
        return classic::page(visit, &html.say("delete_title"), &content);
    }
    if visit.world().setup_pages.surprise == Some(Surprise::BareList) {
        return HttpAnswer::elsewhere(format!("{LIST}?{BARE}=1"));
    }
    visit.org.world_mut().softphone_layouts.remove(place);
    HttpAnswer::elsewhere(LIST.to_owned())
}
