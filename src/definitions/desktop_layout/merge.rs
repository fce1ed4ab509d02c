//! The connector taken into a layout that a team already has.

use serde_json::{Value, json};

use super::{LayoutDocument, parts};

/// Why the connector cannot be taken into a layout without disturbing it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The layout has none of the roles in which the connector is.
    #[error("it has no role `{0}`, in which the connector would go")]
    NoRole(String),
    /// The layout's headless part or side panel has another shape than Cisco's.
    #[error("its `{0}` is not built like Cisco's, so nothing can be put into it safely")]
    Shape(&'static str),
}

/// What the connector would be called among the headless widgets of a layout that has others.
const NAME: &str = "salesforce";

impl LayoutDocument {
    /// This layout with the bridge and the Actions widget of `connector` in every role that has them
    /// there. Where this layout has either already, it is replaced by the connector's, and an Actions
    /// widget that the connector does not have goes; all else stays as it is.
    pub fn with_connector(mut self, connector: &Self) -> Result<Self, MergeError> {
        for (name, theirs) in connector.roles() {
            let Some(bridge) = parts::bridge(theirs) else { continue };
            let mut roles = self.roles_mut();
            let role = roles.iter_mut().find(|(role, _)| role == name);
            let Some((_, role)) = role else {
                // A supervisor role that a team's layout does not have cannot lose anything.
                if name == "agent" {
                    return Err(MergeError::NoRole(name.to_owned()));
                }
                continue;
            };
            put_bridge(role, bridge)?;
            put_actions(role, theirs)?;
        }
        Ok(self)
    }
}

fn put_bridge(role: &mut Value, bridge: &Value) -> Result<(), MergeError> {
    const HEADLESS: MergeError = MergeError::Shape("area.headless");
    if let Some(there) = parts::bridge_mut(role) {
        there.clone_from(bridge);
        return Ok(());
    }
    let area = role.get_mut("area").and_then(Value::as_object_mut).ok_or(HEADLESS)?;
    let headless = area.entry("headless").or_insert_with(|| {
        json!({ "id": "dw-headless", "widgets": {}, "layout": { "areas": [], "size": { "cols": [], "rows": [] } } })
    });
    let widgets = headless.get_mut("widgets").and_then(Value::as_object_mut).ok_or(HEADLESS)?;
    let mut name = NAME.to_owned();
    while widgets.contains_key(&name) {
        name.push('1');
    }
    widgets.insert(name.clone(), bridge.clone());
    // A grid of one column, a row for each widget: nothing of it is seen.
    let headless = headless.as_object_mut().ok_or(HEADLESS)?;
    let layout = headless.entry("layout").or_insert_with(|| json!({}));
    let layout = layout.as_object_mut().ok_or(HEADLESS)?;
    let areas = layout.entry("areas").or_insert_with(|| json!([]));
    areas.as_array_mut().ok_or(HEADLESS)?.push(json!([name]));
    let rows = areas.as_array().map_or(0, Vec::len);
    layout.insert("size".to_owned(), json!({ "cols": [1], "rows": vec![1; rows] }));
    Ok(())
}

fn put_actions(role: &mut Value, theirs: &Value) -> Result<(), MergeError> {
    let pair = parts::actions_tab(theirs).and_then(|at| parts::tabs(theirs)?.get(at..at + 2));
    let Some(pair) = pair else {
        parts::take_actions(role);
        return Ok(());
    };
    let at = parts::actions_tab(role);
    let tabs = parts::tabs_mut(role).ok_or(MergeError::Shape("area.panel.children"))?;
    match at {
        Some(at) => tabs.splice(at..at + 2, pair.iter().cloned()),
        // First, as Cisco has it.
        None => tabs.splice(0..0, pair.iter().cloned()),
    }
    .for_each(drop);
    Ok(())
}
