//! The call center: which definition it is of, and the values that differ from it.

use std::collections::BTreeSet;

use super::{DefinitionFile, Draft};
use crate::checklist::connector;
use crate::config::{quoted, written};
use crate::definitions::{SetupFile, templates, write_setup_file};
use crate::model::{
    CallCenter, Definition, ItemKey, OrgState, Region, Setting, SettingKind, normalised,
};

/// Writes the call center. Where no built-in definition has its fields, it becomes a definition
/// file of its own, whose defaults are the org's values.
pub(super) fn write(
    draft: &mut Draft<'_>,
    state: &OrgState,
    name: Option<&str>,
    region: &Region,
) -> Option<DefinitionFile> {
    draft.header("call_center");
    let (Some(_), Some(found)) = (name, &state.call_center) else {
        match name {
            None => draft.cannot("The org has no call center of the connector: one will be created."),
            Some(name) => draft.cannot(&format!(
                "The org does not show the values of the call center {name}: reading them needs the \
                 permission \"Modify Metadata Through Metadata API Functions\"."
            )),
        }
        return None;
    };
    let (definition, file) = match built_in(found) {
        Some(definition) => (definition, None),
        None => of_a_file(draft, found)?,
    };
    if definition.name != connector().definition {
        draft.text("definition", &definition.name);
    }
    if normalised(&found.display_name) != normalised(&definition.call_center.display_name) {
        draft.text("display_name", normalised(&found.display_name));
    }
    values(draft, found, &definition, region);
    file
}

/// The built-in definition of that internal name, where it has just these fields.
fn built_in(found: &CallCenter) -> Option<Definition> {
    let keys = |call_center: &CallCenter| -> BTreeSet<ItemKey> {
        call_center.items().map(|(key, _)| key).collect()
    };
    let template = templates().iter().find(|template| {
        template.call_center.internal_name == found.internal_name
            && keys(&template.call_center) == keys(found)
    })?;
    Some(template.definition())
}

fn of_a_file(
    draft: &mut Draft<'_>,
    found: &CallCenter,
) -> Option<(Definition, Option<DefinitionFile>)> {
    let text = write_setup_file(found);
    let name = format!("{}.xml", found.internal_name);
    match SetupFile::read(text.as_bytes()) {
        Ok(read) => {
            draft.say(&format!(
                "No built-in definition has the fields of {}: {name} holds them as the org has them.",
                found.internal_name
            ));
            let definition = read.define(&format!("./{name}"));
            Some((definition, Some(DefinitionFile { name, text })))
        }
        Err(wrongs) => {
            let reasons: Vec<String> = wrongs.into_iter().map(|wrong| wrong.message).collect();
            draft.cannot(&format!(
                "The call center {} cannot be written as a definition file: {}",
                found.internal_name,
                reasons.join(" ")
            ));
            None
        }
    }
}

/// Every value that a configuration without it would not want, in the order of the definition.
fn values(draft: &mut Draft<'_>, found: &CallCenter, definition: &Definition, region: &Region) {
    let mut raw: Vec<(ItemKey, &str)> = Vec::new();
    let mut table = "call_center";
    for (key, item) in definition.call_center.items() {
        let Some(now) = found.item(&key).map(|item| normalised(&item.value)) else { continue };
        let setting = definition.setting_of(&key);
        if now == without(&item.value, setting, region) {
            continue;
        }
        let Some(setting) = setting else {
            raw.push((key, now));
            continue;
        };
        let (group, name) = setting.key.rsplit_once('.').unwrap_or(("", &setting.key));
        match written(&setting.kind, now) {
            _ if setting.kind == SettingKind::Constant => draft.cannot(&format!(
                "{} is {}, but the connector works with {} only; the org keeps its value.",
                setting.key,
                quoted(now),
                quoted(&item.value)
            )),
            None => raw.push((key, now)),
            Some(value) => {
                if !group.is_empty() && table != group {
                    table = group;
                    draft.header(&format!("call_center.{group}"));
                }
                draft.value(name, &value);
            }
        }
    }
    if raw.is_empty() {
        return;
    }
    draft.header("call_center.values");
    for (key, now) in raw {
        let key = quoted(&key.to_string());
        match written(&SettingKind::Text, now) {
            Some(value) => draft.value(&key, &value),
            None => draft.cannot(&format!("{key} has a character that cannot be written.")),
        }
    }
}

/// What an item is wanted to hold where the configuration does not name it: the adapter URL follows
/// the data centre, the rest has the definition's default.
fn without(default: &str, setting: Option<&Setting>, region: &Region) -> String {
    if setting.is_some_and(|setting| setting.key == connector().region_setting) {
        let slash = if default.ends_with('/') { "/" } else { "" };
        return format!("{}{slash}", region.desktop_url.trim_end_matches('/'));
    }
    normalised(default).to_owned()
}
