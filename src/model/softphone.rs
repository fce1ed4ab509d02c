//! Softphone layouts: what is wanted of one, and what is seen of the calling user's own.

use std::fmt;

use serde::Serialize;

use super::SetupWay;

/// What the calling user's softphone layout holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoftphoneLayout {
    /// Its name.
    pub name: String,
    /// What it does, by kind of call.
    pub call_types: Vec<(CallKind, CallTypeLayout)>,
}

/// What a layout does for one kind of call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallTypeLayout {
    /// API names of the objects whose records are shown, in order.
    pub objects: Vec<String>,
    /// Where screens pop up, where that is said.
    pub opens_in: Option<OpensIn>,
    /// What pops up, for each outcome of the search.
    pub pops: [ScreenPop; 3],
}

/// What is wanted of the softphone layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SoftphoneLayoutWish {
    /// Its name.
    pub name: String,
    /// Whether it is the layout of everybody to whom no other is assigned.
    pub default: bool,
    /// Whether the configuration says so or not; else it depends on who else would get it.
    #[serde(skip)]
    pub is_default_said: bool,
    /// What is wanted, by kind of call; what is absent may be as it is.
    pub call_types: Vec<(CallKind, CallTypeWish)>,
    /// Profiles that get it by assignment, by their labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
    /// Aliases of logins with which it is looked at what their users get. That is no part of what is wanted.
    #[serde(skip)]
    pub check_users: Vec<String>,
    /// Who brings it about. The result is the same, so plans and confirmations do not depend on it.
    #[serde(skip)]
    pub apply: SetupWay,
}

/// What is wanted for one kind of call; what is absent may be as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CallTypeWish {
    /// API names of the objects whose records are shown, and no others.
    pub objects: Option<Vec<String>>,
    /// Where screens pop up.
    pub opens_in: Option<OpensIn>,
    /// What pops up, for each outcome of the search.
    pub pops: [Option<ScreenPop>; 3],
}

/// Kinds of calls, in the order of the Setup page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum CallKind {
    /// Somebody calls an agent.
    Inbound,
    /// An agent calls somebody outside.
    Outbound,
    /// An agent calls a colleague.
    Internal,
}

/// Outcomes of the search for the caller, in the order of the Setup page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// No record matches.
    None,
    /// One record matches.
    Single,
    /// Several records match.
    Multiple,
}

/// What a layout says for one kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoftphoneField {
    /// The objects whose records are shown.
    Objects,
    /// Where screens pop up.
    OpensIn,
    /// What pops up.
    Pop(Match),
}

/// Where screens pop up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum OpensIn {
    /// In the window that is open.
    Existing,
    /// In a new one.
    New,
}

/// What pops up on an agent's screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub enum ScreenPop {
    /// Nothing.
    #[default]
    Nothing,
    /// A new record of that object.
    New(String),
    /// The page of the record that was found.
    Detail,
    /// A search page.
    Search,
    /// That Visualforce page.
    Page(String),
    /// That flow.
    Flow(String),
    /// Something that only the org has a word for.
    Other(String),
}

impl CallKind {
    /// Every kind, in the order of the Setup page.
    pub const ALL: [Self; 3] = [Self::Inbound, Self::Outbound, Self::Internal];

    /// Its name in Setup and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inbound => "Inbound",
            Self::Outbound => "Outbound",
            Self::Internal => "Internal",
        }
    }
}

impl Match {
    /// Every outcome, in the order of the Setup page.
    pub const ALL: [Self; 3] = [Self::None, Self::Single, Self::Multiple];

    /// Its label on the Setup page.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "No matching records",
            Self::Single => "Single-matching record",
            Self::Multiple => "Multiple-matching records",
        }
    }
}

impl SoftphoneField {
    /// Its label on the Setup page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Objects => "Display these salesforce.com objects",
            Self::OpensIn => "Screen pops open within",
            Self::Pop(outcome) => outcome.label(),
        }
    }
}

impl OpensIn {
    /// Its label on the Setup page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Existing => "Existing browser window",
            Self::New => "New browser window or tab",
        }
    }
}

impl ScreenPop {
    /// Whether both mean the same; API names are the same in any case.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::New(one), Self::New(other))
            | (Self::Page(one), Self::Page(other))
            | (Self::Flow(one), Self::Flow(other)) => one.eq_ignore_ascii_case(other),
            _ => self == other,
        }
    }
}

impl fmt::Display for ScreenPop {
    /// Its label on the Setup page.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => formatter.write_str("Don't pop any screen"),
            Self::New(object) => write!(formatter, "Pop to new {object}"),
            Self::Detail => formatter.write_str("Pop detail page"),
            Self::Search => formatter.write_str("Pop to search page"),
            Self::Page(name) => write!(formatter, "Pop to Visualforce page {name}"),
            Self::Flow(name) => write!(formatter, "Pop to flow {name}"),
            Self::Other(words) => formatter.write_str(words),
        }
    }
}

impl SoftphoneLayout {
    /// What it does for a kind of call.
    pub fn of(&self, kind: CallKind) -> Option<&CallTypeLayout> {
        self.call_types.iter().find(|(known, _)| *known == kind).map(|(_, layout)| layout)
    }

    /// What pops up on an inbound call that matches no record; `None` where nothing does.
    pub fn inbound_no_match(&self) -> Option<&ScreenPop> {
        let [pop, ..] = &self.of(CallKind::Inbound)?.pops;
        (*pop != ScreenPop::Nothing).then_some(pop)
    }
}

impl SoftphoneLayoutWish {
    /// Whether only single profiles get it, by assignment.
    pub fn is_for_profiles(&self) -> bool {
        !self.default && !self.profiles.is_empty()
    }

    /// What is wanted to pop up on an inbound call that matches no record, where that is
    /// configured and something is to pop up.
    pub fn inbound_no_match(&self) -> Option<&ScreenPop> {
        self.configured_no_match().filter(|pop| **pop != ScreenPop::Nothing)
    }

    /// What is wanted on an inbound call that matches no record, where that is configured.
    pub fn configured_no_match(&self) -> Option<&ScreenPop> {
        let (_, wish) = self.call_types.iter().find(|(kind, _)| *kind == CallKind::Inbound)?;
        wish.pops[0].as_ref()
    }
}
