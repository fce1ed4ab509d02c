//! What stands in one line with something.

use super::{Area, Control, Frame, Kind, Text};
use crate::labels;

/// A line of a page.
#[derive(Debug)]
pub(crate) struct Row<'f> {
    frame: &'f Frame,
    area: Area,
}

impl Frame {
    /// The line in which that text stands.
    pub(crate) fn row(&self, area: Area) -> Row<'_> {
        Row { frame: self, area }
    }
}

impl<'f> Row<'f> {
    /// What can be pressed in this line and is called so.
    pub(crate) fn press(&self, label: &[String]) -> Option<&'f Control> {
        let called = self.frame.called(Kind::Press, label);
        called.into_iter().find(|control| self.area.beside(control.area))
    }

    /// The control of that kind that follows on the right.
    pub(crate) fn after(&self, kind: Kind) -> Option<&'f Control> {
        let here = |control: &&Control| {
            control.kind == kind && self.area.beside(control.area) && control.area.0 > self.area.0
        };
        let found = self.frame.controls.iter().filter(here);
        found.min_by(|one, other| one.area.0.total_cmp(&other.area.0))
    }

    /// Everything that is written in this line to the right of the text, up to what can be pressed.
    pub(crate) fn written(&self) -> String {
        let mut texts: Vec<&Text> = self
            .frame
            .texts
            .iter()
            .filter(|text| {
                !text.pressed
                    && self.area.beside(text.area)
                    && text.area.0 >= self.area.right() - 3.0
            })
            .collect();
        texts.sort_by(|one, other| one.area.0.total_cmp(&other.area.0));
        let words: Vec<&str> = texts.into_iter().map(|text| text.words.trim()).collect();
        words.join(" ")
    }

    /// Whether the line has anything below a column's heading.
    pub(crate) fn has_in_column(&self, heading: &Text) -> bool {
        let inside = |area: Area| {
            let (middle, _) = area.middle();
            self.area.beside(area)
                && middle >= heading.area.0 - 2.0
                && middle <= heading.area.right() + 2.0
        };
        self.frame.texts.iter().any(|text| inside(text.area))
    }
}

impl Frame {
    /// The name of every row of a table whose heading is called so, with the row.
    pub(crate) fn names_below(&self, heading: &Text) -> Vec<&Text> {
        let below = self.texts.iter().filter(|text| {
            text.area.1 >= heading.area.bottom() - 1.0
                && (text.area.0 - heading.area.0).abs() < 12.0
        });
        below.collect()
    }

    /// The heading of a table's column.
    pub(crate) fn heading(&self, label: &[String]) -> Option<&Text> {
        self.texts
            .iter()
            .find(|text| labels::is(label, text.words.trim_end_matches(['↑', '↓', ' '])))
    }
}
