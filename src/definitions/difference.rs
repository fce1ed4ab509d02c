//! How one call center definition differs from another.

use std::collections::BTreeSet;

use crate::model::{CallCenter, ItemKey, normalised};

/// What the second has that the first has not, and the other way round, a line each: `+ section/item`,
/// `- section/item`, `~ section/item: "old" → "new"`. Blanks at the ends do not count.
pub fn definition_differences(old: &CallCenter, new: &CallCenter) -> Vec<String> {
    let keys = |it: &CallCenter| -> BTreeSet<ItemKey> { it.items().map(|(key, _)| key).collect() };
    let (had, has) = (keys(old), keys(new));
    let mut lines = Vec::new();
    let mut name = |what: &str, old: &str, new: &str| {
        if normalised(old) != normalised(new) {
            lines.push(format!("~ {what}: \"{}\" → \"{}\"", normalised(old), normalised(new)));
        }
    };
    name("internal name", &old.internal_name, &new.internal_name);
    name("display name", &old.display_name, &new.display_name);
    for (key, item) in new.items() {
        let Some(before) = old.item(&key) else { continue };
        name(&key.to_string(), &before.value, &item.value);
        name(&format!("label of {key}"), &before.label, &item.label);
    }
    lines.extend(has.difference(&had).map(|key| format!("+ {key}")));
    lines.extend(had.difference(&has).map(|key| format!("- {key}")));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::built_in;

    #[test]
    fn every_difference_has_its_line() {
        let old = built_in("2024-11").unwrap().call_center;
        assert_eq!(definition_differences(&old, &old), [] as [String; 0]);
        let mut new = old.clone();
        new.internal_name = "WebexCCAgentDesktopV20260101".to_owned();
        let section = &mut new.sections[1];
        let gone = section.items.remove(0);
        section.items[0].value = " own ".to_owned();
        let changed = section.items[0].clone();
        let mut added = changed.clone();
        added.name = "brandNew".to_owned();
        section.items.push(added);
        let name = section.name.clone();
        let before = old.sections[1].items[1].value.clone();
        assert_eq!(
            definition_differences(&old, &new),
            [
                "~ internal name: \"WebexCCAgentDesktopV20241121\" → \"WebexCCAgentDesktopV20260101\""
                    .to_owned(),
                format!("~ {name}/{}: \"{before}\" → \"own\"", changed.name),
                format!("+ {name}/brandNew"),
                format!("- {name}/{}", gone.name),
            ]
        );
    }
}
