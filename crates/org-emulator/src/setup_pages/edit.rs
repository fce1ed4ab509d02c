//! The edit page: a name, the box for the default, and three call types.

use super::form::{CALL_TYPES, Draft};
use super::html::{Html, escaped};
use super::objects::{self, CALL_FIELDS, Offered};
use super::{LIST, NEW, Visit, classic, pops};
use crate::answer::HttpAnswer;
use crate::world::World;
use crate::world::setup_pages::{Order, SetupPages, Surprise};
use crate::world::softphone::{SoftphoneCallType, SoftphoneLayout};

/// Shows the page, or takes what was sent.
pub(super) fn answer(visit: &mut Visit<'_>, id: Option<&str>) -> HttpAnswer {
    let place = id.and_then(|id| visit.world().softphone_layout_place(id));
    if id.is_some() && place.is_none() {
        return classic::expired(visit);
    }
    let known = place.map(|place| visit.world().softphone_layouts[place].clone());
    if visit.method == "POST" {
        return save(visit, place, known.as_ref());
    }
    show(visit, known.as_ref(), &Draft::of(known.as_ref()))
}

fn save(
    visit: &mut Visit<'_>,
    place: Option<usize>,
    known: Option<&SoftphoneLayout>,
) -> HttpAnswer {
    let html = classic::html(visit);
    if visit.sent(&html.field("cancel")).is_some() {
        return HttpAnswer::elsewhere(LIST.to_owned());
    }
    let mut draft = Draft::sent(visit, html, known.map_or(0, |known| known.number));
    if visit.sent(&html.field("reload")).is_some() {
        return show(visit, known, &draft);
    }
    draft.check(visit.world());
    let surprise = visit.world().setup_pages.surprise;
    let region = visit.sent(&html.field("region")).unwrap_or_default();
    if surprise == Some(Surprise::RequiredField) && region.is_empty() {
        draft.errors.push(("region", "error_value"));
    }
    if !draft.errors.is_empty() {
        return show(visit, known, &draft);
    }
    if surprise != Some(Surprise::NotKept) {
        let wants_default = draft.layout.is_default;
        let was_default = known.is_some_and(|known| known.is_default);
        let mut layout = draft.layout;
        layout.is_default = was_default;
        if surprise == Some(Surprise::HalfKept) {
            layout.call_types = Draft::of(known).layout.call_types;
        }
        let world = visit.org.world_mut();
        let place = if let Some(place) = place {
            world.softphone_layouts[place] = layout;
            place
        } else {
            world.add_softphone_layout(layout);
            world.softphone_layouts.len() - 1
        };
        // The default only ever moves to another layout: there is always one.
        if wants_default {
            world.make_softphone_default(place);
        }
    }
    HttpAnswer::elsewhere(LIST.to_owned())
}

fn show(visit: &Visit<'_>, known: Option<&SoftphoneLayout>, draft: &Draft) -> HttpAnswer {
    let html = classic::html(visit);
    let world = visit.world();
    let pages = &world.setup_pages;
    let action = known
        .map_or_else(|| NEW.to_owned(), |known| format!("/{}/e", world.softphone_layout_id(known)));
    let parts: String =
        draft.layout.call_types.iter().map(|kind| part(world, html, draft, kind)).collect();
    let banner = if draft.errors.is_empty() {
        String::new()
    } else {
        let (head, text) = (html.say("error_head"), html.say("error_text"));
        format!("<div class=\"banner\" role=\"alert\">{head}<br>{text}</div>")
    };
    let content = format!(
        "<p class=\"intro\">{}</p><form method=\"post\" action=\"{action}\" id=\"editPage\">{}\
         <div class=\"block\">{}{banner}{}<div class=\"bar\">{}</div>{parts}{}</div></form>",
        html.say("about_edit"),
        classic::token(visit),
        classic::buttons(visit, false),
        head(html, pages, draft),
        call_types(html, pages, draft),
        classic::buttons(visit, true),
    );
    classic::page(visit, &html.say("edit_title"), &content)
}

/// The name, the box, and what nobody expects there.
fn head(html: Html, pages: &SetupPages, draft: &Draft) -> String {
    let layout = &draft.layout;
    let error = |field: &str| {
        let found = draft.errors.iter().find(|(name, _)| *name == field);
        found.map_or_else(String::new, |(_, word)| {
            format!("<div class=\"error\">{}</div>", html.say(word))
        })
    };
    let name = html.labelled(
        "name",
        "name",
        true,
        &format!(
            "<input type=\"text\" name=\"{}\" value=\"{}\" size=\"20\" maxlength=\"80\">",
            html.field("name"),
            escaped(&layout.name)
        ),
    );
    let ticked = if layout.is_default { " checked" } else { "" };
    let default = html.choice(
        "default",
        &html.say("is_default"),
        &format!(
            "<input type=\"checkbox\" name=\"{}\" value=\"1\"{ticked}>",
            html.field("default")
        ),
    );
    let default =
        if pages.surprise == Some(Surprise::NoDefaultBox) { String::new() } else { default };
    let region = if pages.surprise == Some(Surprise::RequiredField) {
        let control = format!("<input type=\"text\" name=\"{}\">", html.field("region"));
        html.labelled("region", "extra_field", true, &control) + &error("region")
    } else {
        String::new()
    };
    let turned = if pages.order == Order::Reversed { " turned" } else { "" };
    format!(
        "<div class=\"head{turned}\"><div>{name}{}</div><div>{default}</div><div>{region}</div></div>{}",
        error("name"),
        error("pops")
    )
}

fn call_types(html: Html, pages: &SetupPages, draft: &Draft) -> String {
    let option = |kind: &str| {
        let on = if kind == draft.shown { " selected" } else { "" };
        format!("<option value=\"{kind}\"{on}>{}</option>", html.say(&kind.to_ascii_lowercase()))
    };
    let options = CALL_TYPES.map(option).concat();
    let how = if pages.reloads { "reload" } else { "here" };
    html.labelled(
        "type",
        "call_type",
        false,
        &format!(
            "<select name=\"{}\" data-types=\"{how}\" data-reload=\"{}\">{options}</select>",
            html.field("type"),
            html.field("reload")
        ),
    )
}

/// Everything of one call type; only the chosen one is seen.
fn part(world: &World, html: Html, draft: &Draft, kind: &SoftphoneCallType) -> String {
    let off = if kind.name == draft.shown { "" } else { " off" };
    let section = |word: &str| {
        let help = html.say("help_section");
        format!("<div class=\"section\">{}<small>{help} ?</small></div>", html.say(word))
    };
    let shown =
        format!("{}<div class=\"part\">{}</div>", section("section"), objects(world, html, kind));
    let pops =
        format!("{}<div class=\"part\">{}</div>", section("pops"), pops::rows(world, html, kind));
    let mut parts = [shown, pops];
    if world.setup_pages.order == Order::Reversed {
        parts.reverse();
    }
    format!("<div data-type=\"{}\" class=\"kind{off}\">{}</div>", kind.name, parts.concat())
}

/// A row that opens: what it says now, and what is in it.
pub(super) struct Row<'r> {
    pub(super) id: String,
    pub(super) title: &'r str,
    pub(super) now: &'r str,
    pub(super) show: &'r str,
    pub(super) body: String,
    pub(super) attributes: String,
    pub(super) below: String,
}

pub(super) fn row(html: Html, row: &Row<'_>) -> String {
    let shut = html.say("collapse");
    let show = html.say(row.show);
    let act = format!("data-open=\"{}\" data-show=\"{show}\" data-shut=\"{shut}\"", row.id);
    format!(
        "<div class=\"row\" id=\"{}\" {}><div class=\"line\"><span class=\"arrow\">\u{25B6}</span>\
         <b>{}</b><span class=\"now\">{}</span><span class=\"last\">{}</span></div>{}\
         <div class=\"body off\">{}</div></div>",
        row.id,
        row.attributes,
        row.title,
        row.now,
        html.act(&act, &show),
        row.below,
        row.body
    )
}

/// Two lists, what can be chosen and what is, with buttons between them.
fn lists(html: Html, field: &str, offered: &[(String, String)], chosen: &[String]) -> String {
    let option = |(name, label): &(String, String)| {
        format!("<option value=\"{}\">{}</option>", escaped(name), escaped(label))
    };
    let left = offered.iter().filter(|(name, _)| !chosen.contains(name)).map(option);
    let left: String = left.collect();
    let right = chosen.iter().filter_map(|name| offered.iter().find(|(it, _)| it == name));
    let right: String = right.map(option).collect();
    let moves = |one: &str, sign: &str, other: &str, other_sign: &str| {
        let (first, second) = (html.say(one), html.say(other));
        format!(
            "<div class=\"moves\"><span>{first}</span><button type=\"button\" title=\"{first}\" \
             data-move=\"{one}\">{sign}</button><button type=\"button\" title=\"{second}\" \
             data-move=\"{other}\">{other_sign}</button><span>{second}</span></div>"
        )
    };
    format!(
        "<div class=\"lists\"><div><b>{}</b><select multiple>{left}</select></div>{}<div><b>{}</b>\
         <select multiple>{right}</select></div>{}<input type=\"hidden\" name=\"{}\" value=\"{}\"></div>",
        html.say("available"),
        moves("add", "\u{25B8}", "remove", "\u{25C2}"),
        html.say("selections"),
        moves("up", "\u{25B4}", "down", "\u{25BE}"),
        html.field(field),
        escaped(&chosen.join(",")),
    )
}

fn labels(offered: &[(String, String)], chosen: &[String]) -> String {
    let label =
        |name: &String| offered.iter().find(|(it, _)| it == name).map(|(_, it)| escaped(it));
    chosen.iter().filter_map(label).collect::<Vec<_>>().join(", ")
}

fn objects(world: &World, html: Html, kind: &SoftphoneCallType) -> String {
    let name = &kind.name;
    let fields: Vec<(String, String)> = CALL_FIELDS
        .iter()
        .map(|field| ((*field).to_owned(), html.words.say(&format!("field_{field}"))))
        .collect();
    let calls = row(
        html,
        &Row {
            id: format!("{name}_fields"),
            title: "",
            now: &labels(&fields, &kind.info_fields),
            show: "edit",
            body: lists(html, &format!("{name}_fields"), &fields, &kind.info_fields),
            attributes: String::new(),
            below: String::new(),
        },
    );
    let offered = objects::offered(world);
    let names: Vec<(String, String)> =
        offered.iter().map(|object| (object.name.clone(), object.label.clone())).collect();
    let chosen: Vec<String> = kind.sections.iter().map(|it| it.entity_api_name.clone()).collect();
    let shown = row(
        html,
        &Row {
            id: format!("{name}_objects"),
            title: "",
            now: &labels(&names, &chosen),
            show: "add_remove",
            body: lists(html, &format!("{name}_objects"), &names, &chosen),
            attributes: format!("data-singles=\"{name}_singles\""),
            below: String::new(),
        },
    );
    let singles: String = offered.iter().map(|object| single(html, kind, object)).collect();
    format!(
        "<div class=\"title\">{}</div>{calls}<div class=\"title\">{}</div>{shown}\
         <div class=\"single\" id=\"{name}_singles\">{singles}</div>",
        html.say("call_fields"),
        html.say("objects"),
    )
}

/// What is shown of a single record of an object.
fn single(html: Html, kind: &SoftphoneCallType, object: &Offered) -> String {
    let section = kind.sections.iter().find(|it| it.entity_api_name == object.name);
    let offered: Vec<(String, String)> = object
        .fields
        .iter()
        .map(|(name, label)| ((*name).to_owned(), (*label).to_owned()))
        .collect();
    let chosen = section.map_or_else(
        || offered.iter().take(1).map(|(name, _)| name.clone()).collect(),
        |section| section.items.clone(),
    );
    let label = escaped(&object.label);
    let first = labels(&offered, &chosen[..chosen.len().min(1)]);
    let id = format!("{}_{}", kind.name, object.name);
    let text = row(
        html,
        &Row {
            id: id.clone(),
            title: &html.say("if_single").replace("{}", &label),
            now: &labels(&offered, &chosen),
            show: "edit",
            body: lists(html, &id, &offered, &chosen),
            attributes: format!("data-object=\"{}\"", object.name),
            below: format!("<em>{}</em>", html.say("if_multiple").replace("{}", &first)),
        },
    );
    if section.is_some() { text } else { text.replacen("class=\"row\"", "class=\"row off\"", 1) }
}
