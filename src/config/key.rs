//! What a key of a configuration is.

/// A key.
#[derive(Debug)]
pub(super) struct Key {
    /// Its name.
    pub(super) name: &'static str,
    /// What it says, for people.
    pub(super) about: &'static str,
    /// What it holds.
    pub(super) shape: Shape,
    /// What holds where it is absent.
    pub(super) default: Absent,
}

/// What a key holds.
#[derive(Debug)]
pub(super) enum Shape {
    /// Text that is not empty.
    Text,
    /// A list of such texts.
    Texts,
    /// `true` or `false`.
    Switch,
    /// A date, with or without a time, between quotation marks or not.
    Date,
    /// One of some words; behind a word that ends in a colon stands a name.
    Words(fn() -> Vec<&'static str>),
    /// A table with these keys.
    Table(&'static [Key]),
    /// The call center: these keys, and the settings of its definition.
    CallCenter(&'static [Key]),
    /// Values of the call center's items, by `section/item`.
    Items,
    /// Tables of orgs, by alias: these keys, and every key of the configuration.
    Orgs(&'static [Key]),
    /// One of these.
    Either(&'static [Self]),
}

/// What holds where a key is absent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Absent {
    /// It must not be absent.
    Refused,
    /// As if it were this text.
    Text(&'static str),
    /// As if it were this.
    Switch(bool),
    /// What words say.
    Said(&'static str),
}

pub(super) const NOBODY: Absent = Absent::Said("nobody");
pub(super) const NOTHING: Absent = Absent::Said("");

pub(super) const fn key(
    name: &'static str,
    shape: Shape,
    default: Absent,
    about: &'static str,
) -> Key {
    Key { name, about, shape, default }
}

impl Key {
    /// The keys of the table that it may hold.
    pub(super) fn keys(&self) -> &'static [Self] {
        self.shape.keys()
    }
}

impl Shape {
    fn keys(&self) -> &'static [Key] {
        match self {
            Self::Table(keys) | Self::CallCenter(keys) | Self::Orgs(keys) => keys,
            Self::Either(shapes) => {
                shapes.iter().map(Self::keys).find(|keys| !keys.is_empty()).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// The words that it may be, a colon taking a name behind it.
    pub(super) fn words(&self) -> Vec<&'static str> {
        match self {
            Self::Words(words) => words(),
            Self::Either(shapes) => shapes.iter().flat_map(Self::words).collect(),
            _ => Vec::new(),
        }
    }
}

/// The key of that name among others.
pub(super) fn find(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.name == name)
}

/// Names of the keys that can be used today.
pub(super) fn names(keys: &'static [Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}
