//! What is to be done in Setup, and how it is told while it happens. Plain data.

use std::fmt;

use crate::labels::Labels;

/// A softphone layout as it is to be. What is absent stays as the page has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Its name.
    pub name: String,
    /// Whether it is to be the default.
    pub default: bool,
    /// What it does, by kind of call.
    pub calls: Vec<Call>,
    /// Profiles that are to get it by assignment, by their labels.
    pub profiles: Vec<String>,
}

/// What a layout does on one kind of call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    /// Which kind.
    pub kind: CallKind,
    /// The labels of the objects that are shown, and no others.
    pub objects: Option<Vec<String>>,
    /// Where screens open.
    pub opens_in: Option<Window>,
    /// What opens: where no record matches, one does, several do.
    pub pops: [Option<Pop>; 3],
}

/// Kinds of calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CallKind {
    /// Somebody calls.
    #[default]
    Inbound,
    /// Somebody is called.
    Outbound,
    /// A colleague.
    Internal,
}

/// Where screens open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// In the window that is there.
    Existing,
    /// In a new one.
    New,
}

/// What opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pop {
    /// Nothing.
    Nothing,
    /// A new record of the object of that label.
    New(String),
    /// The record's page.
    Detail,
    /// A search page.
    Search,
    /// A Visualforce page.
    Page(String),
    /// A flow, by the text of the page's list.
    Flow(String),
}

/// A layout that is to be the default no longer, and is to go where it was made for that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removal {
    /// Its name.
    pub name: String,
    /// Layouts that may be the default in its place: the first of them that is there.
    pub defaults: Vec<String>,
    /// Whether it is deleted.
    pub deletes: bool,
    /// Profiles that have it by assignment, and what they had before; nothing: the default.
    pub profiles: Vec<(String, Option<String>)>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The layout that was the default when the browser came, where another one becomes that.
    pub former_default: Option<String>,
    /// Whether there was no layout of that name.
    pub made: bool,
    /// What a layout that was there held, where it holds something else now.
    pub replaced: Vec<Replaced>,
    /// What each profile had that was to get it; nothing: the default.
    pub former_profiles: Vec<(String, Option<String>)>,
}

/// A value of the page that another one takes the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// For which kind of call.
    pub kind: CallKind,
    /// Which value.
    pub field: Field,
    /// What the page showed, in its own words.
    pub before: String,
}

/// A value that the page has for each kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The objects that are shown.
    Objects,
    /// Where screens open.
    OpensIn,
    /// What opens: by its place in [`Call::pops`].
    Pop(usize),
}

/// Something that was done in the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A button or a link was pressed.
    Pressed(String),
    /// A field got a value.
    Filled {
        /// The field's label on the page.
        field: String,
        /// What was typed or chosen.
        value: String,
    },
    /// Something was seen that was hoped for.
    Seen(String),
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pressed(label) => write!(formatter, "press {label}"),
            Self::Filled { field, value } => write!(formatter, "{field}: {value}"),
            Self::Seen(what) => formatter.write_str(what),
        }
    }
}

/// What a person is asked before it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving {
    /// What would be done: `save the softphone layout "Webex"`.
    pub what: String,
    /// What was filled in, in the order of the page.
    pub values: Vec<(String, String)>,
}

impl Call {
    /// The labels of its rows and choices, where they are known: what opens, by outcome.
    pub(crate) fn outcome(labels: &Labels, place: usize) -> &[String] {
        match place {
            0 => &labels.no_match,
            1 => &labels.single_match,
            _ => &labels.multiple_matches,
        }
    }
}

impl CallKind {
    pub(crate) fn label(self, labels: &Labels) -> &[String] {
        match self {
            Self::Inbound => &labels.inbound,
            Self::Outbound => &labels.outbound,
            Self::Internal => &labels.internal,
        }
    }
}

impl Window {
    pub(crate) fn label(self, labels: &Labels) -> &[String] {
        match self {
            Self::Existing => &labels.existing_window,
            Self::New => &labels.new_window,
        }
    }
}

impl Pop {
    /// Its label, and what goes beside it.
    pub(crate) fn label<'l>(&self, labels: &'l Labels) -> (&'l [String], Option<&str>) {
        match self {
            Self::Nothing => (&labels.pop_nothing, None),
            Self::New(object) => (&labels.pop_new, Some(object)),
            Self::Detail => (&labels.pop_detail, None),
            Self::Search => (&labels.pop_search, None),
            Self::Page(page) => (&labels.pop_page, Some(page)),
            Self::Flow(flow) => (&labels.pop_flow, Some(flow)),
        }
    }
}
