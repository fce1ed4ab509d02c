//! The connector's parts of one role: where they are, and how they are known.

use serde_json::Value;

/// The component that the connector is.
pub(super) const COMPONENT: &str = "agentx-custom-desktop";
/// The attribute with the number that outgoing calls show.
pub(super) const OUTDIAL_ANI: &str = "outDialAni";
/// The attribute of the Actions widget that says whether agents may write a subject for notes.
pub(super) const NOTES_SUBJECT: &str = "customSubjectEnabledForCallNotes";
const TAB: &str = "md-tab";
const PANEL: &str = "md-tab-panel";

/// The headless bridge.
pub(super) fn bridge(role: &Value) -> Option<&Value> {
    let widgets = role.pointer("/area/headless/widgets")?.as_object()?;
    widgets.values().find(|widget| is_connector(widget))
}

/// The same, to be changed.
pub(super) fn bridge_mut(role: &mut Value) -> Option<&mut Value> {
    let widgets = role.pointer_mut("/area/headless/widgets")?.as_object_mut()?;
    widgets.values_mut().find(|widget| is_connector(widget))
}

/// The tabs and panels of the side panel, one after another in one list.
pub(super) fn tabs(role: &Value) -> Option<&Vec<Value>> {
    role.pointer("/area/panel/children")?.as_array()
}

/// The same, to be changed.
pub(super) fn tabs_mut(role: &mut Value) -> Option<&mut Vec<Value>> {
    role.pointer_mut("/area/panel/children")?.as_array_mut()
}

/// Where the tab of the Actions widget stands in that list; its panel comes right after it.
pub(super) fn actions_tab(role: &Value) -> Option<usize> {
    let tabs = tabs(role)?;
    let holds_connector =
        |panel: &Value| is_component(panel, PANEL) && children(panel).iter().any(is_connector);
    let at = tabs.iter().position(holds_connector)?.checked_sub(1)?;
    tabs.get(at).is_some_and(|tab| is_component(tab, TAB)).then_some(at)
}

/// Takes the Actions widget out: its tab, and the panel behind it.
pub(super) fn take_actions(role: &mut Value) {
    if let Some(at) = actions_tab(role)
        && let Some(tabs) = tabs_mut(role)
    {
        tabs.drain(at..at + 2);
    }
}

/// The connector in the panel of the Actions widget.
pub(super) fn actions_mut(role: &mut Value) -> Option<&mut Value> {
    let at = actions_tab(role)?;
    let panel = tabs_mut(role)?.get_mut(at + 1)?;
    panel.get_mut("children")?.as_array_mut()?.iter_mut().find(|child| is_connector(child))
}

/// `1.1.9` of `https://…/salesforce/v1.1.9/dist/index.js`
pub(super) fn version(address: &str) -> Option<&str> {
    let is_number = |part: &str| {
        part.contains('.')
            && part.split('.').all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    };
    address.split('/').filter_map(|part| part.strip_prefix('v')).find(|part| is_number(part))
}

fn is_connector(value: &Value) -> bool {
    is_component(value, COMPONENT)
}

fn is_component(value: &Value, component: &str) -> bool {
    value.get("comp").and_then(Value::as_str) == Some(component)
}

fn children(value: &Value) -> &[Value] {
    value.get("children").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
