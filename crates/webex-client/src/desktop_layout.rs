//! Desktop layouts: what agents see, as a JSON file that belongs to teams.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::resource::{Sealed, operations};
use crate::{
    Area, Client, Creatable, Deletable, Error, Id, Listed, Operations, Query, Referable,
    Replaceable, Resource, Team,
};

/// A desktop layout. A team is in one custom layout at most; a team in none has the global one.
///
/// Its content is in no list, only in what [`Area::get`] reads. The service does not check it: a
/// broken one breaks the desktops that load it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DesktopLayout {
    /// The name, of at most 255 characters.
    pub name: String,
    /// A description, of at most 255 characters.
    pub description: Option<String>,
    /// Who wrote it last, in words.
    pub edited_by: Option<String>,
    /// The name of the file that it came from.
    pub json_file_name: Option<String>,
    /// The file, as text.
    pub json_file_content: Option<String>,
    /// Whether it is the layout of teams that have none of their own.
    pub global: Option<bool>,
    /// Whether it is in use. Other records call this `active`.
    pub status: Option<bool>,
    /// Whether it differs from the default.
    pub default_json_modified: Option<bool>,
    /// Whether the portal's editor has checked it.
    pub validated: Option<bool>,
    /// The teams that it belongs to.
    pub team_ids: Option<Vec<Id<Team>>>,
}

impl DesktopLayout {
    /// A layout of no team yet, in use, with all that the service asks for.
    pub fn new(name: &str, file_name: &str, content: &str, edited_by: &str) -> DesktopLayout {
        DesktopLayout {
            name: name.to_owned(),
            description: None,
            edited_by: Some(edited_by.to_owned()),
            json_file_name: Some(file_name.to_owned()),
            json_file_content: Some(content.to_owned()),
            global: Some(false),
            status: Some(true),
            default_json_modified: Some(false),
            validated: Some(false),
            team_ids: Some(Vec::new()),
        }
    }
}

impl Resource for DesktopLayout {
    const LIST: &'static str = "/v2/desktop-layout";
    const ITEM: &'static str = "/desktop-layout";
    const OPERATIONS: Operations = operations!("a desktop layout", "desktop layouts");

    /// The content counts as JSON.
    fn means_the_same(field: &str, one: &Value, other: &Value) -> bool {
        if field == "jsonFileContent" {
            let parsed = |it: &Value| serde_json::from_str::<Value>(it.as_str()?).ok();
            return one == other || parsed(one).is_some_and(|it| parsed(other) == Some(it));
        }
        crate::resource::same_in_any_order(one, other)
    }
}

impl Sealed for DesktopLayout {}
impl Creatable for DesktopLayout {}
impl Replaceable for DesktopLayout {}
impl Deletable for DesktopLayout {}

impl Referable for DesktopLayout {
    const REFERENCES: &'static str = Self::ITEM;
}

/// The fields that tell which team has which layout.
const OVERVIEW: [&str; 6] = ["id", "name", "global", "systemDefault", "teamIds", "status"];

impl Area<'_, DesktopLayout> {
    /// All layouts, with no more than what tells which team has which: names, teams, and whether they
    /// are global or the service's own.
    pub async fn overview(&self) -> Result<Vec<Listed<DesktopLayout>>, Error> {
        self.query(&Query::all().attributes(&OVERVIEW)).await
    }
}

impl Client {
    /// Desktop layouts.
    pub fn desktop_layouts(&self) -> Area<'_, DesktopLayout> {
        Area::new(self)
    }
}
