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
    /// Setup says that the user may not see the page.
    Refused(&'v Frame, &'static Labels),
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
        if let Some(gate) = self.frames.iter().find_map(gate) {
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
    frame.text(&labels.refused).map(|_| Page::Refused(frame, labels))
}

/// A layout in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) name: String,
    pub(crate) default: bool,
}

/// The layouts of the list; `None` where its columns are not those that are known, or do not tell which
/// one is the default. A list without rows has none where it says so: else it still loads, or its rows look
/// otherwise.
pub(crate) fn listed(frame: &Frame, labels: &Labels) -> Option<Vec<Listed>> {
    let default = frame.heading(&labels.default)?;
    let rows: Vec<Listed> = rows(frame, labels)?
        .into_iter()
        .map(|(text, row)| Listed {
            name: text.words.trim().to_owned(),
            default: row.has_in_column(default),
        })
        .collect();
    let defaults = rows.iter().filter(|it| it.default).count();
    let says_none = || frame.texts.iter().any(|text| labels::is(&labels.none, &text.words));
    (defaults == 1 || rows.is_empty() && says_none()).then_some(rows)
}

/// Whether the list has the columns that are known, and no row.
pub(crate) fn is_bare(frame: &Frame, labels: &Labels) -> bool {
    rows(frame, labels).is_some_and(|rows| rows.is_empty())
}

/// Whether the list plainly lacks that layout.
pub(crate) fn is_gone(frame: &Frame, labels: &Labels, layout: &str) -> bool {
    listed(frame, labels).is_some_and(|all| !all.iter().any(|it| labels::same(&it.name, layout)))
}

/// The rows of the layouts of that name.
pub(crate) fn rows_of<'v>(frame: &'v Frame, labels: &Labels, layout: &str) -> Vec<Row<'v>> {
    let all = rows(frame, labels).into_iter().flatten();
    all.filter(|(text, _)| labels::same(&text.words, layout)).map(|(_, row)| row).collect()
}

/// The rows of the list, with what stands in the column of names. A row has an Edit; where there is no
/// layout, a sentence stands in the first column.
fn rows<'v>(frame: &'v Frame, labels: &Labels) -> Option<Vec<(&'v Text, Row<'v>)>> {
    let heading = frame.heading(&labels.name)?;
    let rows = frame.names_below(heading).into_iter().map(|text| (text, frame.row(text.area)));
    Some(rows.filter(|(_, row)| row.press(&labels.edit).is_some()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Area, Control};

    /// A list with these names and, in the column Default, these words.
    fn list(rows: &[(&str, &str)]) -> Frame {
        let text = |words: &str, left: f64, top: f64| Text {
            words: words.to_owned(),
            area: Area(left, top, 60.0, 12.0),
            pressed: false,
        };
        let mut frame = Frame::default();
        frame.texts.extend([text("Name", 100.0, 0.0), text("Default", 300.0, 0.0)]);
        for (at, (name, tick)) in rows.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
            let top = 20.0 + 20.0 * at as f64;
            frame.texts.push(text(name, 100.0, top));
            if !tick.is_empty() {
                frame.texts.push(text(tick, 300.0, top));
            }
            frame.controls.push(Control {
                id: at,
                kind: Kind::Press,
                name: "Edit".to_owned(),
                value: String::new(),
                checked: false,
                disabled: false,
                options: Vec::new(),
                area: Area(10.0, top, 20.0, 12.0),
            });
        }
        frame
    }

    #[test]
    fn a_list_that_does_not_tell_the_default_is_not_read() {
        let english = &languages()[0];
        let read = |rows: &[(&str, &str)]| listed(&list(rows), english).map(|it| it.len());
        assert_eq!(read(&[("Standard", "Checked"), ("Webex", "")]), Some(2));
        assert_eq!(read(&[]), None);
        let mut empty = list(&[]);
        let (words, area) = ("No records to display.".to_owned(), Area(100.0, 20.0, 60.0, 12.0));
        empty.texts.push(Text { words, area, pressed: false });
        assert_eq!(listed(&empty, english), Some(Vec::new()));
        assert_eq!(read(&[("Standard", ""), ("Webex", "")]), None);
        assert_eq!(read(&[("Standard", "Checked"), ("Webex", "Not Checked")]), None);
    }

    #[test]
    fn a_name_that_is_a_link_is_a_name() {
        let english = &languages()[0];
        let mut linked = list(&[("Standard", "Checked"), ("Webex", "")]);
        for text in linked.texts.iter_mut().filter(|text| text.words != "Name") {
            text.pressed = true;
        }
        assert_eq!(listed(&linked, english).map(|it| it.len()), Some(2));
    }

    #[test]
    fn a_layout_is_gone_only_from_a_list_that_can_be_read() {
        let english = &languages()[0];
        let gone = |frame: &Frame| is_gone(frame, english, "Webex");
        assert!(gone(&list(&[("Standard", "Checked"), ("Webex 2", "")])));
        assert!(!gone(&list(&[("Standard", "Checked"), ("Webex", "")])));
        // The table is still to come.
        assert!(!gone(&list(&[])));
        // The columns are called otherwise.
        let mut renamed = list(&[("Standard", "Checked"), ("Webex", "")]);
        renamed.texts.retain(|text| text.words != "Name");
        assert!(!gone(&renamed));
        let mut renamed = list(&[("Standard", "Checked")]);
        renamed.texts.retain(|text| text.words != "Default");
        assert!(!gone(&renamed));
    }

    #[test]
    fn every_row_of_a_name_is_found() {
        let english = &languages()[0];
        let frame = list(&[("Webex", "Checked"), ("WEBEX", ""), ("Webex 2", "")]);
        assert_eq!(rows_of(&frame, english, "Webex").len(), 2);
        assert_eq!(rows_of(&frame, english, "Standard").len(), 0);
    }
}
