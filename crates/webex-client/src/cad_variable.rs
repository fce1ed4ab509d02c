//! Global variables, which the API calls CAD variables: what a flow gives to the agent's desktop.

use serde::{Deserialize, Serialize};

use crate::resource::{Sealed, operations};
use crate::words::words;
use crate::{Area, Client, Creatable, Deletable, Operations, Referable, Replaceable, Resource};

/// A global variable.
///
/// Its name is not to be changed: flows that use it under its old name would break without a word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CadVariable {
    name: String,
    /// A description, of at most 256 characters.
    pub description: Option<String>,
    /// What it holds.
    pub variable_type: Option<VariableType>,
    /// Its value where a flow sets none, as text that fits the type: `true` or `false` for a boolean.
    pub default_value: Option<String>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// Whether agents see it, under [`desktop_label`](Self::desktop_label).
    pub agent_viewable: Option<bool>,
    /// Whether agents, and what runs in their desktops, may write to it.
    pub agent_editable: Option<bool>,
    /// Whether reports have it.
    pub reportable: Option<bool>,
    /// Whether its values are kept from logs.
    pub sensitive: Option<bool>,
    /// What agents see it as, in at most 50 characters; needed where they see it.
    pub desktop_label: Option<String>,
}

words! {
    /// What a variable holds. Tenants store these words so; the API knows them in capitals, too.
    VariableType {
        /// Text.
        Text = "String",
        /// A whole number.
        Integer = "Integer",
        /// A point in time.
        DateTime = "DateTime",
        /// True or false.
        Boolean = "Boolean",
        /// A number.
        Decimal = "Decimal",
    }
}

impl CadVariable {
    /// A variable in use that agents see and do not write, in reports, with all that the service asks
    /// for. The name has letters, digits and `_`, at most 80; it is the label too where it is short enough.
    pub fn new(name: &str, variable_type: VariableType, default_value: &str) -> CadVariable {
        const LONGEST_LABEL: usize = 50;
        CadVariable {
            name: name.to_owned(),
            description: None,
            variable_type: Some(variable_type),
            default_value: Some(default_value.to_owned()),
            active: Some(true),
            agent_viewable: Some(true),
            agent_editable: Some(false),
            reportable: Some(true),
            sensitive: None,
            desktop_label: Some(name.chars().take(LONGEST_LABEL).collect()),
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Resource for CadVariable {
    const LIST: &'static str = "/v2/cad-variable";
    const ITEM: &'static str = "/cad-variable";
    const FIXED: &'static [(&'static str, &'static str)] =
        &[("name", "flows that use the variable would break without a word")];
    const OPERATIONS: Operations = operations!("a global variable", "global variables");
}

impl Sealed for CadVariable {}
impl Creatable for CadVariable {}
impl Replaceable for CadVariable {}
impl Deletable for CadVariable {}

impl Referable for CadVariable {
    const REFERENCES: &'static str = Self::ITEM;
}

impl Client {
    /// Global variables.
    pub fn cad_variables(&self) -> Area<'_, CadVariable> {
        Area::new(self)
    }
}
