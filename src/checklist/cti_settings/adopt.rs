//! The values of an org's call center that differ from its definition.

use crate::checklist::Adoptee;
use crate::checklist::call_center::define;
use crate::model::{Draft, DraftValue, ItemKey, Phrase, Setting, SettingKind, normalised};

/// What the item would have a configuration say: every value that a configuration without it would
/// not want, in the order of the definition.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    let Some(found) = adoptee.values() else { return draft };
    let Ok(known) = define(found) else { return draft };
    let definition = known.definition;
    draft.table("call_center");
    if normalised(&found.display_name) != normalised(&definition.call_center.display_name) {
        draft.text("display_name", normalised(&found.display_name));
    }
    // Items that the configuration has no words for by their setting.
    let mut raw: Vec<(ItemKey, &str)> = Vec::new();
    let mut table = "call_center";
    for (key, item) in definition.call_center.items() {
        let Some(now) = found.item(&key).map(|item| normalised(&item.value)) else { continue };
        let setting = definition.setting_of(&key);
        if now == unconfigured(&item.value, setting, adoptee) {
            continue;
        }
        let Some(setting) = setting else {
            raw.push((key, now));
            continue;
        };
        let (group, name) = setting.key.rsplit_once('.').unwrap_or(("", &setting.key));
        if setting.kind == SettingKind::Constant {
            draft.left_out_values(vec![
                Phrase::words(format!("{} is ", setting.key)),
                Phrase::quoted(now),
                Phrase::words(", but the connector works with "),
                Phrase::quoted(&item.value),
                Phrase::words(" only; the org keeps its value."),
            ]);
        } else if (adoptee.has_words)(&setting.kind, now) {
            if !group.is_empty() && table != group {
                table = group;
                draft.table(format!("call_center.{group}"));
            }
            let value = DraftValue::Setting { kind: setting.kind.clone(), text: now.to_owned() };
            draft.key(name, value);
        } else {
            raw.push((key, now));
        }
    }
    if !raw.is_empty() {
        draft.table("call_center.values");
    }
    for (key, now) in raw {
        if (adoptee.has_words)(&SettingKind::Text, now) {
            draft.text(key.to_string(), now);
        } else {
            draft.left_out_values(vec![
                Phrase::quoted(key.to_string()),
                Phrase::words(" has a character that cannot be written."),
            ]);
        }
    }
    draft
}

/// What an item is wanted to hold where the configuration does not name it: the adapter URL follows
/// the data centre, the rest has the definition's default.
fn unconfigured(default: &str, setting: Option<&Setting>, adoptee: &Adoptee<'_>) -> String {
    let connector = adoptee.connector();
    let key = setting.map(|setting| setting.key.as_str());
    let region = adoptee.region;
    if key == Some(&connector.region_setting) {
        if setting.is_some_and(|setting| setting.kind == SettingKind::Region) {
            return region.name.clone();
        }
        let slash = if default.ends_with('/') { "/" } else { "" };
        return format!("{}{slash}", region.desktop_url.trim_end_matches('/'));
    }
    match &region.webrtc_domain {
        Some(domain) if key.is_some() && key == connector.webrtc_setting.as_deref() => {
            domain.clone()
        }
        _ => normalised(default).to_owned(),
    }
}
