//! The configuration that `provision init` writes for somebody who has none.

use crate::definitions::{Template, recipe, regions, templates};
use crate::model::SettingKind;

use super::resolve::DEFAULT_RECIPE;
use super::written::{quoted, written};

const TEXT: &str = include_str!("../../metadata/template.toml");

/// A configuration with everything that can be said, most of it switched off.
///
/// A `#` right before a key switches it off; explanations have a blank behind theirs.
pub fn template() -> String {
    let centers: Vec<String> = regions()
        .iter()
        .map(|region| format!("#     {:<7} {}\n", quoted(&region.name), region.title))
        .collect();
    let named = recipe(DEFAULT_RECIPE).map_or("", |recipe| recipe.definition.as_str());
    let definition = templates().iter().find(|template| template.name == named);
    TEXT.replace("@DATA_CENTERS@", &centers.concat())
        .replace("@DEFINITION@", named)
        .replace("@SETTINGS@", &definition.map(settings).unwrap_or_default())
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

    fn read(text: &str) -> Loaded {
        let none = |_: &str| Err(ErrorKind::NotFound.into());
        load(text, "provision.toml", Some("production"), &none)
            .unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
    }

    /// The line with its key switched on.
    fn switched_on(line: &str) -> Option<&str> {
        line.strip_prefix('#').filter(|rest| !rest.is_empty() && !rest.starts_with(' '))
    }

    #[test]
    fn it_is_right_as_it_stands_and_with_everything_switched_on() {
        let text = template();
        assert!(!["@D", "@S"].iter().any(|mark| text.contains(mark)), "{text}");
        let loaded = read(&text);
        let warned: Vec<&str> =
            loaded.warnings.iter().map(crate::model::Diagnostic::message).collect();
        assert!(warned.len() == 2 && warned[0].contains("placeholder"), "{warned:?}");
        assert_eq!(
            loaded.desired.connectors[0].call_center.values.len(),
            1,
            "the adapter URL only"
        );
        let everything: Vec<&str> =
            text.lines().map(|line| switched_on(line).unwrap_or(line)).collect();
        let loaded = read(&everything.join("\n"));
        assert!(loaded.protected);
        assert_eq!(loaded.desired.connectors[0].region.name, "eu1", "the org's own");
        assert!(loaded.desired.connectors[0].softphone_layout.is_some());
        let settings = loaded.desired.connectors[0].call_center.definition.settings.iter();
        let changeable = settings.filter(|setting| setting.kind != SettingKind::Constant);
        assert_eq!(loaded.desired.connectors[0].call_center.values.len(), changeable.count());
    }

    #[test]
    fn each_key_can_be_switched_on_by_itself() {
        let text = template();
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
                let needed = Some(place) == header
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
        assert!(tried > 50, "only {tried} keys");
    }
}
