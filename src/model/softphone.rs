//! Softphone layouts: what is wanted of one, and what is seen of the calling user's own.

use std::fmt;

use serde::Serialize;

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
    /// What is wanted, by kind of call; what is absent may be as it is.
    pub call_types: Vec<(CallKind, CallTypeWish)>,
    /// Who brings it about. The result is the same, so plans and confirmations do not depend on it.
    #[serde(skip)]
    pub apply: SetupWay,
}

/// Who does in Setup what no API does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SetupWay {
    /// A browser where a person watches it and the org is no production org; else a person.
    #[default]
    Auto,
    /// A browser.
    Browser,
    /// A person, who is shown how.
    Guide,
    /// Nobody: it is only compared.
    Verify,
}

/// Something that a browser can do in Setup, where a person watches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupTask {
    /// A softphone layout is to be as wished.
    Layout(SoftphoneLayoutWish),
    /// A softphone layout is to go.
    RemoveLayout {
        /// Its name.
        name: String,
        /// The layout that was the default before it, where that is known.
        former_default: Option<String>,
        /// Who may do it.
        apply: SetupWay,
    },
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

impl SetupTask {
    /// The name of the layout that it is about.
    pub fn layout(&self) -> &str {
        match self {
            Self::Layout(wish) => &wish.name,
            Self::RemoveLayout { name, .. } => name,
        }
    }

    /// Who may do it.
    pub fn way(&self) -> SetupWay {
        match self {
            Self::Layout(wish) => wish.apply,
            Self::RemoveLayout { apply, .. } => *apply,
        }
    }

    /// API names of the objects that it names, each once.
    pub fn objects(&self) -> Vec<&str> {
        let Self::Layout(wish) = self else { return Vec::new() };
        let calls = wish.call_types.iter().map(|(_, call)| call);
        let named = calls.flat_map(|call| {
            let opened = call.pops.iter().flatten().filter_map(|pop| match pop {
                ScreenPop::New(object) => Some(object.as_str()),
                _ => None,
            });
            call.objects.iter().flatten().map(String::as_str).chain(opened)
        });
        let mut objects: Vec<&str> = named.collect();
        objects.sort_unstable();
        objects.dedup();
        objects
    }
}

impl SoftphoneLayoutWish {
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
