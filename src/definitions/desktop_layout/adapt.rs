//! What of a layout is a site's own.

use serde_json::Value;

use super::{LayoutDocument, parts};

/// What a site wants of the connector's layout; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Adaptation {
    /// The number that outgoing calls show, in every role that has the bridge; empty: the tenant's
    /// or the desktop profile's own.
    pub outdial_ani: Option<String>,
    /// Whether agents have the Salesforce Actions widget. `true` puts none in where there is none.
    pub actions_widget: Option<bool>,
    /// Whether agents may write a subject of their own for call notes.
    pub notes_subject: Option<bool>,
    /// What stands in the title bar.
    pub title: Option<String>,
    /// Address of the logo, 96 by 32 pixels.
    pub logo: Option<String>,
}

/// What Cisco's file holds in the place of a number.
const PLACEHOLDER: &str = "<OutDialAniValue>";

impl LayoutDocument {
    /// The document with a site's own values. A number that nobody has filled in becomes empty, for
    /// the placeholder would be dialled as it stands.
    #[must_use]
    pub fn adapt(mut self, to: &Adaptation) -> Self {
        for (_, role) in self.roles_mut() {
            if let Some(title) = &to.title {
                set(role, "appTitle", title);
            }
            if let Some(logo) = &to.logo {
                set(role, "logo", logo);
            }
            if to.actions_widget == Some(false) {
                parts::take_actions(role);
            }
            if let Some(subject) = to.notes_subject
                && let Some(attributes) = attributes(parts::actions_mut(role))
            {
                attributes.insert(parts::NOTES_SUBJECT.to_owned(), Value::Bool(subject));
            }
            if let Some(attributes) = attributes(parts::bridge_mut(role)) {
                let there = attributes.get(parts::OUTDIAL_ANI).and_then(Value::as_str);
                let left_open = there == Some(PLACEHOLDER);
                if let Some(number) = to.outdial_ani.clone().or_else(|| left_open.then(String::new))
                {
                    attributes.insert(parts::OUTDIAL_ANI.to_owned(), Value::String(number));
                }
            }
        }
        self
    }
}

fn attributes(widget: Option<&mut Value>) -> Option<&mut serde_json::Map<String, Value>> {
    widget?.get_mut("attributes")?.as_object_mut()
}

fn set(role: &mut Value, key: &str, text: &str) {
    if let Some(members) = role.as_object_mut() {
        members.insert(key.to_owned(), Value::String(text.to_owned()));
    }
}
