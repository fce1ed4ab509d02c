//! Which profile gets which layout. No screenshot of this page is published: it is made like the one
//! for home page layouts.

use super::html::escaped;
use super::{ASSIGNMENT, LIST, Visit, classic};
use crate::answer::HttpAnswer;
use crate::world::setup_pages::Surprise;

pub(super) fn answer(visit: &mut Visit<'_>) -> HttpAnswer {
    if visit.method == "POST" {
        return assign(visit);
    }
    let html = classic::html(visit);
    let world = visit.world();
    let rows = world.profiles.iter().filter(|profile| !profile.hidden).map(|profile| {
        let own = world.softphone_layouts.iter().find(|it| it.profiles.contains(&profile.name));
        let option = |value: &str, text: &str, on: bool| {
            let on = if on { " selected" } else { "" };
            format!("<option value=\"{value}\"{on}>{text}</option>")
        };
        let options: String = world
            .softphone_layouts
            .iter()
            .map(|layout| {
                let id = world.softphone_layout_id(layout);
                let on = own.is_some_and(|own| own.number == layout.number);
                option(&id, &escaped(&layout.name), on)
            })
            .collect();
        let none = option("", &html.say("org_default"), own.is_none());
        let select = format!(
            "<select name=\"{}\">{none}{options}</select>",
            html.field(profile.id.as_str())
        );
        let id = format!("a{}", profile.id);
        let (label, select) = match html.markup {
            crate::world::setup_pages::Markup::Roles => (
                format!("<span id=\"{id}\">{}</span>", escaped(&profile.name)),
                select.replacen(' ', &format!(" aria-labelledby=\"{id}\" "), 1),
            ),
            crate::world::setup_pages::Markup::Places => (escaped(&profile.name), select),
            _ => (
                format!("<label for=\"{id}\">{}</label>", escaped(&profile.name)),
                select.replacen(' ', &format!(" id=\"{id}\" "), 1),
            ),
        };
        format!("<tr><td>{label}</td><td>{select}</td></tr>")
    });
    let rows: String = rows.collect();
    let content = format!(
        "<p class=\"intro\">{}</p><form method=\"post\" action=\"{ASSIGNMENT}\">{}\
         <div class=\"block\">{}<table class=\"list detailList\"><thead><tr><th>{}</th><th>{}</th></tr>\
         </thead><tbody>{rows}</tbody></table>{}</div></form>",
        html.say("assign_text"),
        classic::token(visit),
        classic::buttons(visit, false),
        html.say("profile"),
        html.say("layout"),
        classic::buttons(visit, true),
    );
    classic::page(visit, &html.say("assign_title"), &content)
}

fn assign(visit: &mut Visit<'_>) -> HttpAnswer {
    let html = classic::html(visit);
    let kept = visit.world().setup_pages.surprise != Some(Surprise::NotKept);
    if visit.sent(&html.field("save")).is_some() && kept {
        let profiles: Vec<_> = visit
            .world()
            .profiles
            .iter()
            .filter(|profile| !profile.hidden)
            .map(|profile| (profile.id.clone(), profile.name.clone()))
            .collect();
        for (id, name) in profiles {
            let Some(chosen) = visit.sent(&html.field(id.as_str())).map(str::to_owned) else {
                continue;
            };
            let place = visit.world().softphone_layout_place(&chosen);
            visit.org.world_mut().assign_softphone_layout(&name, place);
        }
    }
    HttpAnswer::elsewhere(LIST.to_owned())
}
