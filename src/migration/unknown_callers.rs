//! Who opens a record for an unknown caller: in Version 1 the call center, in Version 2 the layout.

use super::convert::{FROM, TO};
use crate::checklist::ItemId;
use crate::checklist::softphone_layout::value_of;
use crate::model::{
    Baseline, BaselineEntry, CallKind, ConnectorWish, Match, ScreenPop, SoftphoneField, Target,
    Value, normalised,
};

/// What whoever moves back is told, for nobody sets the softphone layout back on that way: where it opens
/// a record and the call center of Version 1 does so too, an agent gets two pages.
pub(super) fn opened_twice(wish: &ConnectorWish, baseline: &Baseline) -> Option<String> {
    let past = baseline.of_recipe(TO);
    let recorded = past.of_item(ItemId::SOFTPHONE_LAYOUT.as_str()).find(|it| opens_a_record(it));
    let layout = wish.softphone_layout.as_ref();
    let is_version_1 = wish.recipe.name == FROM;
    let by_call_center = is_version_1 && call_center_opens_one(wish);
    let by_layout = !is_version_1 && layout.is_some_and(|it| it.inbound_no_match().is_some());
    if recorded.is_none() && !by_call_center && !by_layout {
        return None;
    }
    let configured = layout.filter(|_| is_version_1).and_then(|it| it.configured_no_match());
    let configured = configured.filter(|pop| !matches!(pop, ScreenPop::New(_)));
    let former = match recorded.and_then(|entry| entry.before.value()) {
        Some(Value::Text(before)) => before.clone(),
        _ => configured.unwrap_or(&ScreenPop::Nothing).to_string(),
    };
    let what = if by_call_center {
        "the call center of Version 1 opens a record for them, and the softphone layout that was set \
         for Version 2 does so too. Agents who move back get two pages."
    } else {
        "the softphone layout opens a record for them, for Version 2. Where the call center of Version 1 \
         does so too (`no_match.enabled`), agents who move back get two pages."
    };
    Some(format!(
        "Unknown callers: {what} Once everybody is back, set \"{}\" for inbound calls to \"{former}\" \
         in Setup > Softphone Layouts.",
        Match::None.label()
    ))
}

/// Whether an entry is about a layout that opens a new record for unknown callers since then.
fn opens_a_record(entry: &BaselineEntry) -> bool {
    let Target::SoftphoneField { layout, .. } = &entry.target else { return false };
    let field = SoftphoneField::Pop(Match::None);
    let opens = ScreenPop::New(String::new()).to_string();
    entry.target.is_same_place(&value_of(layout, CallKind::Inbound, field))
        && matches!(&entry.ours, Some(Value::Text(now)) if now.starts_with(&opens))
}

fn call_center_opens_one(wish: &ConnectorWish) -> bool {
    let setting = wish.call_center.definition.setting("no_match.enabled");
    let values = wish.call_center.effective(None);
    let item = setting.and_then(|setting| values.item(&setting.item));
    item.is_some_and(|item| normalised(&item.value) == "true")
}
