//! The configuration that `provision init` writes for somebody who has none.

use crate::definitions::{RecipeData, Template, regions, templates};
use crate::model::SettingKind;

use super::written::{quoted, written};

/// The texts by the recipes that they are for.
const TEXTS: [(&str, &str); 2] = [
    ("webex-v1", include_str!("../../metadata/template.toml")),
    ("webex-v2", include_str!("../../metadata/template_v2.toml")),
];

/// What marks a place that somebody has to fill in.
const PLACE: &str = "# >>> ";

/// A configuration with everything that can be said, most of it switched off.
///
/// A `#` right before a key switches it off; explanations have a blank behind theirs.
pub fn template(recipe: &RecipeData) -> String {
    let centers: Vec<String> = regions()
        .iter()
        .map(|region| format!("#     {:<7} {}\n", quoted(&region.name), region.title))
        .collect();
    let definition = templates().iter().find(|template| template.name == recipe.definition);
    let text = TEXTS.iter().find(|(name, _)| *name == recipe.recipe.name);
    // A test makes sure that each recipe has its text.
    text.map_or("", |(_, text)| text)
        .replace("@DATA_CENTERS@", &centers.concat())
        .replace("@DEFINITION@", &recipe.definition)
        .replace("@SETTINGS@", &definition.map(settings).unwrap_or_default())
}

/// The same with these places filled in: the data centre, and its WebRTC domain where the recipe has a
/// setting for one.
pub fn template_of(recipe: &RecipeData, data_center: &str, webrtc_domain: Option<&str>) -> String {
    let mut text = template(recipe)
        .replacen(&format!("{PLACE}1. "), "# ", 1)
        .replacen(&format!("{PLACE}2. "), PLACE, 1)
        .replacen("the two places marked", "the place marked", 1);
    let mut set = |key: &str, value: &str| {
        let of_key = |line: &&str| line.trim_start_matches('#').starts_with(&format!("{key} = "));
        if let Some(line) = text.lines().find(of_key).map(str::to_owned) {
            text = text.replacen(&line, &format!("{key} = {}", quoted(value)), 1);
        }
    };
    set("data_center", data_center);
    if let (Some(key), Some(domain)) = (&recipe.webrtc_setting, webrtc_domain) {
        set(key, domain);
    }
    text
}

/// How many places of such a text somebody has to fill in.
pub fn count_places(template: &str) -> usize {
    template.lines().filter(|line| line.starts_with(PLACE)).count()
}

/// Every setting of a definition with its meaning and its default.
fn settings(template: &Template) -> String {
    let definition = template.definition();
    let mut text = format!("#display_name = {}\n", quoted(&definition.call_center.display_name));
    let mut group = "";
    for setting in definition.settings.iter().filter(|found| found.kind != SettingKind::Constant) {
        let (own_group, key) = setting.key.rsplit_once('.').unwrap_or(("", &setting.key));
        if own_group != group {
            group = own_group;
            text.extend([format!("\n[call_center.{group}]\n")]);
        }
        let default = definition.call_center.item(&setting.item);
        let value = default.and_then(|item| written(&setting.kind, &item.value));
        let line = format!("{key} = {}", value.unwrap_or_default());
        text.extend([format!("# {}\n", setting.about)]);
        // A blank behind the # would make an explanation of a row.
        text.extend(line.lines().map(|line| format!("#{}\n", line.trim_start())));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;
    use crate::config::{Loaded, load};
    use crate::definitions::recipes;

    fn read(text: &str) -> Loaded {
        let bridge =
            r#"{"agent":{"area":{"headless":{"widgets":{"a":{"comp":"agentx-custom-desktop"}}}}}}"#;
        let files = |path: &str| match path {
            "desktop_layout.json" => Ok(bridge.as_bytes().to_vec()),
            _ => Err(ErrorKind::NotFound.into()),
        };
        load(text, "provision.toml", Some("production"), &files)
            .unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
    }

    /// The line with its key switched on.
    fn switched_on(line: &str) -> Option<&str> {
        line.strip_prefix('#').filter(|rest| !rest.is_empty() && !rest.starts_with(' '))
    }

    #[test]
    fn it_is_right_as_it_stands_and_with_everything_switched_on() {
        // The version's placeholder is told where one has to be named; that nobody is chosen, always.
        // The settings that are wanted as it stands are those that follow the data centre.
        for (data, warnings, followed) in recipes().iter().zip([(2, 1), (1, 2)]).map(flat) {
            let text = template(data);
            assert!(!["@D", "@S"].iter().any(|mark| text.contains(mark)), "{text}");
            let loaded = read(&text);
            let warned: Vec<&str> =
                loaded.warnings.iter().map(crate::model::Diagnostic::message).collect();
            assert_eq!(warned.len(), warnings, "{warned:?}");
            let connector = &loaded.desired.connectors[0];
            assert_eq!(connector.recipe.name, data.recipe.name);
            assert_eq!(connector.call_center.values.len(), followed);
            let everything: Vec<&str> =
                text.lines().map(|line| switched_on(line).unwrap_or(line)).collect();
            let loaded = read(&everything.join("\n"));
            assert!(loaded.protected);
            let connector = &loaded.desired.connectors[0];
            assert_eq!(connector.region.name, "eu1", "the org's own");
            assert!(connector.softphone_layout.is_some());
            let settings = connector.call_center.definition.settings.iter();
            let changeable = settings.filter(|setting| setting.kind != SettingKind::Constant);
            assert_eq!(connector.call_center.values.len(), changeable.count());
        }
    }

    fn flat<A, B, C>((a, (b, c)): (A, (B, C))) -> (A, B, C) {
        (a, b, c)
    }

    #[test]
    fn the_places_to_fill_in_are_counted() {
        for (data, places) in recipes().iter().zip([4, 2]) {
            let text = template(data);
            assert_eq!(count_places(&text), places);
            assert_eq!(text.matches(">>>").count(), places + 1, "the head speaks of them");
        }
    }

    #[test]
    fn answers_stand_where_the_places_were() {
        let data = crate::definitions::recipe("webex-v2").unwrap();
        let text = template_of(data, "eu2", Some("rtw.example.com"));
        assert_eq!((count_places(&text), text.matches(">>>").count()), (1, 2));
        assert!(text.contains("Fill in the place marked >>> below"), "{text}");
        let of = |loaded: &Loaded| {
            let connector = &loaded.desired.connectors[0];
            let setting = connector.call_center.definition.setting("webrtc_domain").unwrap();
            let domain = connector.call_center.values.get(&setting.item);
            (connector.region.name.clone(), domain.map(|it| it.value.clone()))
        };
        assert_eq!(of(&read(&text)), ("eu2".to_owned(), Some("rtw.example.com".to_owned())));
        assert_eq!(of(&read(&template_of(data, "eu2", None))), ("eu2".to_owned(), None));
    }

    #[test]
    fn each_key_can_be_switched_on_by_itself() {
        for data in recipes() {
            each_key(&template(data));
        }
    }

    fn each_key(text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let mut tried = 0;
        for (number, line) in lines.iter().enumerate() {
            let Some(on) = switched_on(line) else { continue };
            if on.starts_with(['[', '{']) || !on.contains(" = ") {
                continue;
            }
            // A key below a header that is switched off needs that header, and its table's name.
            let header = lines[..number]
                .iter()
                .rposition(|line| switched_on(line).unwrap_or(line).starts_with('['));
            let mut changed = lines.clone();
            changed[number] = on;
            for (place, line) in lines.iter().enumerate() {
                let on = switched_on(line).unwrap_or(line);
                let of_layout = header.is_some_and(|header| lines[header].contains("softphone_l"));
                let of_webex = header.is_some_and(|header| lines[header].contains("[webex"));
                // A table of the contact center's stands for one organization, and wants its own.
                let is_its = ["org_id = ", "file = ", "entry_point = ", "user_profiles = "]
                    .iter()
                    .any(|key| on.starts_with(key));
                let is_near = header.is_some_and(|header| place > header && place < header + 3);
                let needed = Some(place) == header
                    || (of_webex && is_its && (is_near || on.starts_with("org_id")))
                    || (of_layout && (on == "[softphone_layout]" || on == "name = \"Webex\""));
                if needed {
                    changed[place] = on;
                }
            }
            // A list goes on over lines.
            let mut next = number + 1;
            let mut open = on.ends_with('[');
            while open {
                changed[next] = switched_on(lines[next]).unwrap();
                open = changed[next] != "]";
                next += 1;
            }
            read(&changed.join("\n"));
            tried += 1;
        }
        assert!(tried > 45, "only {tried} keys");
    }
}
