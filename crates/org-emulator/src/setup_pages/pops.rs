//! What opens for a call: the rows of screen pop settings.

use super::edit::{Row, row};
use super::form::OUTCOMES;
use super::html::{Html, escaped};
use super::objects;
use crate::world::World;
use crate::world::setup_pages::{Order, Surprise};
use crate::world::softphone::SoftphoneCallType;

/// The rows of what opens.
pub(super) fn rows(world: &World, html: Html, kind: &SoftphoneCallType) -> String {
    let name = &kind.name;
    let window = kind.screen_pops_open_within.as_deref().unwrap_or("ExistingWindow");
    let windows = [("ExistingWindow", "existing"), ("NewWindow", "new_window")];
    let choices: String = windows
        .iter()
        .map(|(value, word)| {
            radio(html, &format!("{name}_open"), value, &html.say(word), *value == window, "")
        })
        .collect();
    let now = if window == "NewWindow" { "new_window" } else { "existing" };
    let mut rows = vec![row(
        html,
        &Row {
            id: format!("{name}_open_row"),
            title: &html.say("open_within"),
            now: &html.say(now),
            show: "edit",
            body: choices,
            attributes: String::new(),
            below: String::new(),
        },
    )];
    rows.extend(
        OUTCOMES.iter().map(|(outcome, title)| outcome_row(world, html, kind, outcome, title)),
    );
    if world.setup_pages.order == Order::Reversed {
        rows.reverse();
    }
    rows.concat()
}

fn outcome_row(
    world: &World,
    html: Html,
    kind: &SoftphoneCallType,
    outcome: &str,
    title: &str,
) -> String {
    let field = format!("{}_{outcome}", kind.name);
    let set = kind.screen_pop_options.iter().find(|it| it.match_type == outcome);
    let data = set.map(|set| set.screen_pop_data.as_str()).unwrap_or_default();
    let chosen = match set.map(|set| set.screen_pop_type.as_str()) {
        Some("PopToEntity") if outcome == "NoMatch" => "new",
        Some("PopToEntity") => "detail",
        Some("PopToSearch") => "search",
        Some("PopToVisualforce") => "page",
        Some("PopToFlow") => "flow",
        _ => "none",
    };
    let select = |what: &str, options: String| {
        let field = html.field(&format!("{field}_{what}"));
        format!("<select name=\"{field}\">{options}</select>")
    };
    let option = |value: &str, text: &str, on: bool| {
        let on = if on { " selected" } else { "" };
        format!("<option value=\"{}\"{on}>{}</option>", escaped(value), escaped(text))
    };
    let offered = objects::offered(world);
    let entities: String = offered
        .iter()
        .map(|it| option(&it.name, &it.label, chosen == "new" && it.name == data))
        .collect();
    let none = option("", &html.words.say("choose"), false);
    let flows: String =
        objects::flows(world).into_iter().map(|it| option(it, it, it == data)).collect();
    let page = if chosen == "page" { escaped(data) } else { String::new() };
    let page = format!(
        "<input type=\"text\" name=\"{}\" value=\"{page}\">",
        html.field(&format!("{field}_page"))
    );
    let mut choices = vec![("none", "pop_nothing", String::new())];
    match outcome {
        "NoMatch" => choices.push(("new", "pop_new", select("object", entities))),
        "SingleMatch" => choices.push(("detail", "pop_detail", String::new())),
        _ => choices.push(("search", "pop_search", String::new())),
    }
    choices.push(("page", "pop_page", page));
    choices.push(("flow", "pop_flow", select("flow", format!("{none}{flows}"))));
    if world.setup_pages.surprise == Some(Surprise::OtherOptions) {
        choices.retain(|(value, ..)| !matches!(*value, "new" | "detail" | "search"));
        choices.push(("none", "other_options", String::new()));
    }
    let body: String = choices
        .iter()
        .map(|(value, word, more)| {
            radio(html, &field, value, &html.say(word), *value == chosen, more)
        })
        .collect();
    let word_now =
        choices.iter().find(|(value, ..)| *value == chosen).map_or("pop_nothing", |it| it.1);
    let label = offered.iter().find(|it| it.name == data).map_or(data, |it| it.label.as_str());
    let now = if data.is_empty() {
        html.say(word_now)
    } else {
        format!("{} {}", html.say(word_now), escaped(label))
    };
    row(
        html,
        &Row {
            id: format!("{field}_row"),
            title: &html.say(title),
            now: &now,
            show: "edit",
            body,
            attributes: String::new(),
            below: String::new(),
        },
    )
}

/// A radio button, and what belongs to it.
fn radio(html: Html, field: &str, value: &str, text: &str, on: bool, more: &str) -> String {
    let on = if on { " checked" } else { "" };
    let control = format!(
        "<input type=\"radio\" name=\"{}\" value=\"{value}\" data-text=\"{text}\"{on}>",
        html.field(field)
    );
    let choice = html.choice(&format!("{field}_{value}"), text, &control);
    // What belongs to a choice stands beside it, within what the script takes for the choice.
    format!("<span class=\"choice\">{choice}{more}</span>").replacen(
        "<span class=\"choice\">",
        "<span class=\"choice line\">",
        1,
    )
}
