//! What the item wants.

use super::arrange::{WantedLayout, arrange};
use crate::checklist::names::{alternatives, listed};
use crate::checklist::{Change, ItemId, TenantCase, Verdict};
use crate::definitions::desktop_layout::LayoutDocument;
use crate::model::tenant::field::{LAYOUT_NAME, LAYOUT_STATUS};
use crate::model::{
    ConnectorWish, DesktopLayoutValue, DesktopLayoutWish, Target, TenantRecord, Value,
};

/// What the item wants.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(wish) = &case.wish.desktop_layout else {
        tell_of_rest(&mut verdict, case);
        return verdict;
    };
    let arrangement = arrange(case);
    verdict.changes =
        arrangement.layouts.into_iter().flat_map(|layout| changes(layout, &wish.file)).collect();
    for text in arrangement.notes {
        verdict.note(text);
    }
    for text in case.connectors.iter().filter_map(|it| other_version(it, wish)) {
        verdict.note(text);
    }
    verdict.stops = arrangement.stops;
    verdict.unseen = arrangement.unseen;
    verdict
}

/// Layouts that no configuration speaks of any more. Their teams get back what they had; the layouts stay, for
/// somebody may have chosen one since.
fn tell_of_rest(verdict: &mut Verdict, case: &TenantCase<'_>) {
    let mut left = Vec::new();
    for entry in case.baseline.of_item(ItemId::DESKTOP_LAYOUT.as_str()) {
        let Target::Tenant { record, field: None, .. } = &entry.target else { continue };
        if let Some(layout) = case.layout(record).filter(|layout| !left.contains(&layout.name)) {
            left.push(layout.name.clone());
        }
    }
    if !left.is_empty() {
        verdict.note(format!(
            "Set up by provision and no longer configured: {}. They stay as they are; an uninstall \
            restores what was there before.",
            listed(&left)
        ));
    }
}

/// What a layout lacks: its name, that it is switched on, and its content.
fn changes(wanted: WantedLayout, file: &str) -> Vec<Change> {
    let target = |field: Option<&str>| Target::Tenant {
        kind: TenantRecord::DesktopLayout,
        record: wanted.layout.clone(),
        field: field.map(str::to_owned),
    };
    let mut changes = Vec::new();
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    if let Some(name) = &wanted.new_name {
        let (from, target) = (text(&wanted.layout.name), target(Some(LAYOUT_NAME)));
        changes.push(Change::new(ItemId::DESKTOP_LAYOUT, target, from, text(name)));
    }
    if wanted.is_off {
        let target = target(Some(LAYOUT_STATUS));
        changes.push(Change::new(ItemId::DESKTOP_LAYOUT, target, text("false"), text("true")));
    }
    let to = DesktopLayoutValue::of(file, wanted.content);
    let from = wanted.now.map(|content| DesktopLayoutValue::of(file, content));
    if !from.as_ref().is_some_and(|from| from.means_the_same(&to)) {
        let (from, to) = (from.map(Value::DesktopLayout), Some(Value::DesktopLayout(to)));
        let target = target(None);
        changes.push(Change::new(ItemId::DESKTOP_LAYOUT, target, from, to));
    }
    changes
}

/// What to say where the layout is of another version than the call center's definition.
fn other_version(connector: &ConnectorWish, wish: &DesktopLayoutWish) -> Option<String> {
    let definition = &connector.call_center.definition;
    let internal_name = &definition.call_center.internal_name;
    let versions = connector.recipe.desktop_layouts.get(internal_name)?;
    let document = LayoutDocument::read(&wish.content).ok()?;
    let version = document.version()?;
    if versions.iter().any(|known| known == version) {
        return None;
    }
    Some(format!(
        "{} has version {version}. By their dates, the call center definition {internal_name} \
        belongs to version {}; make a test call to see whether they work together.",
        wish.file,
        alternatives(versions)
    ))
}
