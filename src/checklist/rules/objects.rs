//! Which objects the rules must see described.

use std::collections::BTreeSet;

use crate::model::CallCenterWish;

use super::case::{CASE, SWITCHES};
use super::fields::object_of;
use super::subject::Subject;

/// The objects whose description [`super::with_org`] needs; none where nothing is mapped.
pub fn objects_needed(wish: &CallCenterWish) -> BTreeSet<String> {
    let effective = wish.effective(None);
    let subject = Subject::new(wish, &effective);
    let mut objects = BTreeSet::new();
    for (setting, mapping) in subject.mappings() {
        let configured = subject.configured(&setting.item);
        if configured.is_some_and(|text| !matches!(text, "" | "[]")) {
            objects.extend(object_of(&subject, mapping));
        }
    }
    // Switches that the configuration leaves alone may be on in the org, so a configured value
    // beside them counts as well.
    let wants = |names: &[&str]| subject.place(names).is_some();
    let may_be_on = |switch: &str| {
        let key = subject.setting(switch).map(|setting| &setting.item);
        key.is_some_and(|key| subject.configured(key) != Some("false"))
    };
    let no_match = ["no_match.enabled", "no_match.object"];
    if wants(&no_match) && may_be_on("no_match.enabled") {
        objects.extend(
            subject
                .value_of("no_match.object")
                .filter(|object| !object.is_empty())
                .map(str::to_owned),
        );
    }
    if wants(&["activity.live_notes", "activity.notes_field"]) && may_be_on("activity.live_notes") {
        objects.insert("Task".to_owned());
    }
    if wants(&SWITCHES) && SWITCHES.iter().any(|switch| subject.is_on(switch)) {
        objects.insert(CASE.to_owned());
    }
    objects
}
