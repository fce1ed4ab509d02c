//! What the pages of Setup look like, and who stands in front of them.
//!
//! Nobody has published how these pages are made, so a driver must not depend on it: each of these
//! settings changes something that a person would hardly notice, or copes with.

use serde::{Deserialize, Serialize};

/// How Setup shows itself. The default is as on published screenshots of Lightning Experience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent settings, named one by one")]
pub(crate) struct SetupPages {
    /// The shell of Lightning Experience with the classic page in a frame; else that page alone.
    pub(crate) lightning: bool,
    /// What labels, buttons and links are made of.
    pub(crate) markup: Markup,
    /// In which order rows and buttons come.
    pub(crate) order: Order,
    /// The words of older orgs, and typographic apostrophes.
    pub(crate) older_words: bool,
    /// The introduction page comes first.
    pub(crate) introduction: bool,
    /// Another call type is a new page from the server, instead of another part of this one.
    pub(crate) reloads: bool,
    /// Deleting is confirmed on a page, instead of in a dialog.
    pub(crate) delete_page: bool,
    /// The rows of the list come a moment after the page.
    pub(crate) late: bool,
    /// What comes between a login and Setup.
    pub(crate) entrance: Entrance,
    /// What nobody would expect.
    pub(crate) surprise: Option<Surprise>,
}

impl Default for SetupPages {
    fn default() -> Self {
        Self {
            lightning: true,
            markup: Markup::default(),
            order: Order::default(),
            older_words: false,
            introduction: true,
            reloads: false,
            delete_page: false,
            late: false,
            entrance: Entrance::default(),
            surprise: None,
        }
    }
}

/// What labels, buttons and links are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Markup {
    /// Tables with `<label for>`, `<input type="submit">`, `<a>`.
    #[default]
    Tables,
    /// Text beside fields, which nothing but their places ties together; `<button>`.
    Places,
    /// `aria-labelledby`, and `<span role="button">`.
    Roles,
    /// Fields within their labels; links that look like buttons.
    Wrapped,
}

impl Markup {
    pub(crate) const ALL: [Self; 4] = [Self::Tables, Self::Places, Self::Roles, Self::Wrapped];
}

/// In which order rows and buttons come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Order {
    /// As on screenshots.
    #[default]
    Usual,
    /// Cancel before Save, the box before the name, screen pops before objects.
    Reversed,
    /// As usual, with the buttons below the form as well.
    Twice,
}

impl Order {
    pub(crate) const ALL: [Self; 3] = [Self::Usual, Self::Reversed, Self::Twice];
}

/// What comes between a login and Setup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Entrance {
    /// Nothing.
    #[default]
    Open,
    /// The login page, as if the link were not good for anything.
    Login,
    /// The page on which administrators create a passkey.
    Passkey,
    /// The page that asks for a code.
    Verification,
    /// The login page, behind which the org's home comes instead of what was asked for.
    Home,
}

/// What nobody would expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Surprise {
    /// The edit page has a required field that nobody knows.
    RequiredField,
    /// The edit page lacks the box for the default.
    NoDefaultBox,
    /// Screen pops have other options.
    OtherOptions,
    /// A notice covers the page.
    Notice,
    /// A notice covers Save.
    CoveredSave,
    /// Saving looks as if it had worked, and nothing is kept.
    NotKept,
    /// Saving keeps the name and the default of a layout, and nothing of what it opens.
    HalfKept,
    /// Another page stands where the list should be.
    OtherPage,
    /// The list shows which layout is the default by a colour alone.
    UnreadableDefault,
    /// Edit opens the page of another layout.
    OtherLayout,
    /// The page offers two objects of one label.
    SameLabels,
    /// After Save the page says for a while that it saves.
    SlowSave,
    /// Save is answered by a dialog of the browser, and nothing is sent.
    Dialog,
    /// The session ends where a layout is edited: the person logs in once more.
    LoginAgain,
    /// Instead of Setup the org shows its home: the user may not see Setup.
    NoSetup,
    /// Deleting deletes nothing, and leads to a list whose rows are still to come.
    BareList,
}
