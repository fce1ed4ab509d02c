//! What a browser can do in Setup, where no API does it.

use super::{CallKind, ScreenPop, SoftphoneField, SoftphoneLayoutWish};

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
    /// A softphone layout is to be the default no longer.
    RemoveLayout {
        /// Its name.
        name: String,
        /// Layouts that may be the default in its place: the first of them that is there.
        defaults: Vec<String>,
        /// Whether it is deleted, because it was made for the connector.
        deletes: bool,
        /// Profiles that have it by assignment, and what they had before; nothing: the default.
        profiles: Vec<(String, Option<String>)>,
        /// Who may do it.
        apply: SetupWay,
    },
}

/// What a browser finds in Setup before it saves anything there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetupBefore {
    /// The softphone layout that is the default, where another one becomes that.
    pub former_default: Option<String>,
    /// Whether there is no layout of that name yet.
    pub made: bool,
    /// What a layout that is there holds, where it is to hold something else, in the words of the page.
    pub replaced: Vec<(CallKind, SoftphoneField, String)>,
    /// What profiles have that are to get the layout, itself included; nothing: the default.
    pub profiles: Vec<(String, Option<String>)>,
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
