//! Which page it is.

use super::{Frame, Kind, Row, Text, View};
use crate::labels::{self, Labels, languages};

/// A page that a person is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// User name and password, or another company's login.
    Login,
    /// "Create a Passkey", or a passkey that is asked for.
    Passkey,
    /// A code, or another second factor.
    Verification,
}

/// A page that is known, in the frame that shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Page<'v> {
    /// A person is needed.
    Gate(Gate),
    /// What softphone layouts are; `Continue` leads on.
    Introduction(&'v Frame, &'static Labels),
    List(&'v Frame, &'static Labels),
    Edit(&'v Frame, &'static Labels),
    Assignment(&'v Frame, &'static Labels),
    /// Deleting is to be confirmed.
    Delete(&'v Frame, &'static Labels),
    /// Nothing that is known.
    Other,
}

impl View {
    /// Whether every document is there.
    pub(crate) fn is_ready(&self) -> bool {
        !self.frames.is_empty() && self.frames.iter().all(|frame| frame.ready)
    }

    /// Which page it is: known by what is on it, in the first language that fits.
    pub(crate) fn page(&self) -> Page<'_> {
        if let Some(gate) = self.frames.first().and_then(gate) {
            return Page::Gate(gate);
        }
        for labels in languages() {
            for frame in self.frames.iter().rev() {
                if let Some(page) = known(frame, labels) {
                    return page;
                }
            }
        }
        Page::Other
    }
}

/// What the address and a field for a password tell.
fn gate(frame: &Frame) -> Option<Gate> {
    let path = frame.path.as_str();
    if path.starts_with("/_ui/identity/webauthn") {
        return Some(Gate::Passkey);
    }
    if path.starts_with("/_ui/identity/") {
        return Some(Gate::Verification);
    }
    let asks = frame.controls.iter().any(|control| control.kind == Kind::Password);
    (asks || path == "/login").then_some(Gate::Login)
}

fn known<'v>(frame: &'v Frame, labels: &'static Labels) -> Option<Page<'v>> {
    let press = |label: &[String]| frame.first(Kind::Press, label).is_some();
    if press(&labels.new) && press(&labels.assignment) {
        return Some(Page::List(frame, labels));
    }
    let saves = press(&labels.save) && press(&labels.cancel);
    if saves
        && frame.only(Kind::Text, &labels.name).is_some()
        && frame.first(Kind::Select, &labels.call_type).is_some()
    {
        return Some(Page::Edit(frame, labels));
    }
    if saves && frame.texts.iter().any(|text| labels::is(&labels.assignment, &text.words)) {
        return Some(Page::Assignment(frame, labels));
    }
    if press(&labels.r#continue) && frame.first(Kind::Box, &labels.again).is_some() {
        return Some(Page::Introduction(frame, labels));
    }
    if press(&labels.delete) && press(&labels.cancel) && !press(&labels.save) {
        return Some(Page::Delete(frame, labels));
    }
    None
}

/// A layout in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) name: String,
    pub(crate) default: bool,
}

/// The layouts of the list; `None` where its columns are not those that are known.
pub(crate) fn listed(frame: &Frame, labels: &Labels) -> Option<Vec<Listed>> {
    let (name, default) = (frame.heading(&labels.name)?, frame.heading(&labels.default)?);
    // A row has an Edit; where there is no row, a sentence stands in the first column.
    let rows = frame.names_below(name).into_iter().filter_map(|text| {
        let row = frame.row(text.area);
        row.press(&labels.edit)?;
        Some(Listed { name: text.words.trim().to_owned(), default: row.has_in_column(default) })
    });
    Some(rows.collect())
}

/// The row of a layout.
pub(crate) fn row_of<'v>(frame: &'v Frame, labels: &Labels, layout: &str) -> Option<Row<'v>> {
    let heading = frame.heading(&labels.name)?;
    let is_it = |text: &&Text| labels::same(&text.words, layout);
    frame.names_below(heading).into_iter().find(is_it).map(|text| frame.row(text.area))
}
