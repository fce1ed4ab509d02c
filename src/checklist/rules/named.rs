//! What of a contact center a call center names, as far as that has an effect.
//!
//! Definitions come with names in them (the idle code "Not Ready") that nobody asked for: what a switch of
//! the call center leaves unused is not wanted of Webex either.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CallCenter, CallCenterWish, Requirement, Setting, SettingKind};

use super::case::SWITCHES as CASES;
use super::fills::{NO_ACTIVITY, NO_MATCH};
use super::requirements::is_filled;
use super::subject::Subject;

/// The setting whose variable the desktop writes into.
const ACTIVITY_ID: &str = "activity.id_variable";
/// Beginnings of the keys of what the call center does to activities, cases and unknown callers' records.
const ACTIVITY: &str = "activity.";
const CASE: &str = "case.";
const UNKNOWN_CALLERS: &str = "no_match.";

/// What of a contact center a call center uses, by the names that it has there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::checklist) struct NamedInWebex {
    /// Idle codes.
    pub(in crate::checklist) idle_codes: BTreeSet<String>,
    /// Variables, each with whether the desktop writes into it.
    pub(in crate::checklist) variables: BTreeMap<String, bool>,
}

/// What a call center with the values that will hold uses.
pub(in crate::checklist) fn named_in_webex(
    wish: &CallCenterWish,
    existing: Option<&CallCenter>,
) -> NamedInWebex {
    let effective = wish.effective(existing);
    let subject = Subject::new(wish, &effective);
    let mut named = NamedInWebex::default();
    let in_use = subject.settings().iter().filter(|setting| is_used(&subject, setting));
    for setting in in_use {
        let value = || subject.value(&setting.item).to_owned();
        match &setting.kind {
            SettingKind::IdleCode => drop(named.idle_codes.insert(value())),
            SettingKind::CadVariable { .. } => {
                *named.variables.entry(value()).or_default() |= setting.key == ACTIVITY_ID;
            }
            // What cannot be read is told by the rules of mappings.
            SettingKind::Mapping(mapping) => {
                for row in subject.rows(setting, mapping) {
                    named.variables.entry(row.variable.trim().to_owned()).or_default();
                }
            }
            _ => {}
        }
    }
    // A row that writes a constant names none.
    named.variables.remove("");
    named
}

/// Whether a setting is filled in, and whatever it is for is switched on.
fn is_used(subject: &Subject<'_>, setting: &Setting) -> bool {
    if !is_filled(subject, &setting.item) {
        return false;
    }
    let is_for = |switch: &&Setting| {
        switch
            .requires
            .iter()
            .any(|it| matches!(it, Requirement::Filled(of) if *of == setting.item))
    };
    let mut switches = subject.settings().iter().filter(is_for).peekable();
    let is_switched_off =
        switches.peek().is_some() && !switches.any(|switch| subject.value(&switch.item) == "true");
    let is_off = |key: &str| subject.setting(key).is_some() && !subject.is_on(key);
    let makes_nothing = if setting.key.starts_with(ACTIVITY) {
        subject.is_on(NO_ACTIVITY)
    } else if setting.key.starts_with(UNKNOWN_CALLERS) {
        is_off(NO_MATCH)
    } else if setting.key.starts_with(CASE) {
        // Agents make cases by hand, too: what a configuration says of them is meant.
        CASES.iter().all(|key| is_off(key)) && subject.configured(&setting.item).is_none()
    } else {
        false
    };
    !is_switched_off && !makes_nothing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::built_in;
    use crate::model::{UnnamedValues, Wanted};

    fn named(definition: &str, values: &[(&str, &str)]) -> (Vec<String>, Vec<(String, bool)>) {
        let definition = built_in(definition).unwrap();
        let said = values.iter().map(|(key, value)| {
            let wanted = Wanted { value: (*value).to_owned(), asked_by: (*key).to_owned() };
            (definition.setting(key).unwrap().item.clone(), wanted)
        });
        let wish = CallCenterWish {
            values: said.collect(),
            definition,
            display_name: None,
            unnamed: UnnamedValues::default(),
            delete_old: false,
        };
        let named = named_in_webex(&wish, None);
        (named.idle_codes.into_iter().collect(), named.variables.into_iter().collect())
    }

    #[test]
    fn what_cisco_ships_switched_off_names_nothing() {
        for definition in ["2024-11", "2026-04"] {
            assert_eq!(named(definition, &[]), (Vec::new(), Vec::new()), "{definition}");
        }
    }

    #[test]
    fn what_is_switched_on_names_what_it_uses() {
        let codes = |values: &[(&str, &str)]| named("2024-11", values).0;
        assert_eq!(codes(&[("omni_sync.enabled", "true")]), ["Not Ready"]);
        assert_eq!(
            codes(&[("omni_sync.idle_code", "Busy"), ("omni_sync.enabled", "false")]),
            [""; 0]
        );
        let variables = |definition: &str, values: &[(&str, &str)]| {
            let text = |(name, written)| if written { format!("{name}!") } else { name };
            named(definition, values).1.into_iter().map(text).collect::<Vec<_>>()
        };
        let of = |values: &[(&str, &str)]| variables("2024-11", values);
        // The placeholder is nobody's variable.
        assert_eq!(of(&[("screen_pop.advanced", "true")]), [""; 0]);
        let pop = ("screen_pop.cad_variable", "Account");
        assert_eq!(of(&[pop]), [""; 0]);
        assert_eq!(of(&[pop, ("screen_pop.advanced", "true")]), ["Account"]);
        assert_eq!(of(&[("activity.change_owner_on_transfer", "true")]), ["ActivityId!"]);
        assert_eq!(of(&[("no_match.enabled", "true")]), ["phoneNumber"]);
        assert_eq!(
            of(&[("case.create_outbound", "true")]),
            ["AccountId", "ContactId", "phoneNumber"]
        );
        let rows = r#"[{"CadFieldName":"Queue","SalesforceFieldName":"Queue__c",
            "isDefaultValueEnabled":false,"defaultFieldValue":""},{"CadFieldName":"",
            "SalesforceFieldName":"A__c","isDefaultValueEnabled":true,"defaultFieldValue":"x"}]"#;
        let mapped = ("activity.mappings", rows);
        assert_eq!(of(&[mapped, ("activity.update_fields", "false")]), [""; 0]);
        assert_eq!(of(&[mapped, ("activity.update_fields", "true")]), ["Queue"]);
        let of = |values: &[(&str, &str)]| variables("2026-04", values);
        let mapped = ("activity.mappings", "Subject={subject}");
        assert_eq!(of(&[mapped]), ["subject"]);
        assert_eq!(of(&[mapped, ("activity.disabled", "true")]), [""; 0]);
        assert_eq!(of(&[("case.mappings", "Subject={reason}")]), ["reason"]);
        assert_eq!(of(&[("no_match.mappings", "Phone={ani}")]), ["ani"]);
    }
}
