//! What a person sees in the browser, as values: texts and controls, and where they are.
//!
//! A script takes it from the page ([`reader.js`](../reader.js)); everything that is made of it is
//! pure: which text is the label of which field, which page it is, what stands in the same row.

pub(crate) mod host;
pub(crate) mod kind;
mod label;
mod row;

pub(crate) use self::row::Row;

use serde::{Deserialize, Serialize};

use crate::labels;

/// Everything that the browser shows: the page, and each frame in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct View {
    pub(crate) frames: Vec<Frame>,
}

/// One document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Frame {
    /// Which frame it is; nothing that a person sees.
    #[serde(skip)]
    pub(crate) place: Place,
    pub(crate) host: String,
    /// Its address without query: what is behind the question mark may be a secret.
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) ready: bool,
    pub(crate) texts: Vec<Text>,
    pub(crate) controls: Vec<Control>,
}

/// Where a frame is in the browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) session: String,
    pub(crate) frame: String,
}

/// Left, top, width, height, in pixels of the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Area(pub(crate) f64, pub(crate) f64, pub(crate) f64, pub(crate) f64);

/// A text, or a picture with what it is called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Text {
    pub(crate) words: String,
    pub(crate) area: Area,
    /// Whether it stands on a button or in a link.
    #[serde(default)]
    pub(crate) pressed: bool,
}

/// Something that a person can press, choose or type into.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Control {
    pub(crate) id: usize,
    pub(crate) kind: Kind,
    /// What the page itself says that it is called.
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) value: String,
    #[serde(default)]
    pub(crate) checked: bool,
    #[serde(default)]
    pub(crate) disabled: bool,
    #[serde(default)]
    pub(crate) options: Vec<Choice>,
    pub(crate) area: Area,
}

/// What can be done with a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Press,
    Box,
    Radio,
    Text,
    Password,
    Select,
    List,
}

/// An entry of a picklist or a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Choice {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) on: bool,
}

impl Area {
    pub(crate) fn right(self) -> f64 {
        self.0 + self.2
    }

    pub(crate) fn bottom(self) -> f64 {
        self.1 + self.3
    }

    pub(crate) fn middle(self) -> (f64, f64) {
        (self.0 + self.2 / 2.0, self.1 + self.3 / 2.0)
    }

    /// Whether both stand in one line.
    pub(crate) fn beside(self, other: Self) -> bool {
        let (lower, higher) = (self.1.max(other.1), self.bottom().min(other.bottom()));
        higher - lower > self.3.min(other.3) * 0.4
    }

    /// Whether one stands over the other.
    pub(crate) fn in_column(self, other: Self) -> bool {
        let (from, to) = (self.0.max(other.0), self.right().min(other.right()));
        to - from > 0.0
    }
}

impl Frame {
    /// The controls of a kind that a person would know by this label.
    pub(crate) fn called(&self, kind: Kind, label: &[String]) -> Vec<&Control> {
        let is_it =
            |control: &&Control| control.kind == kind && labels::is(label, &self.label_of(control));
        self.controls.iter().filter(is_it).collect()
    }

    /// The first control of that label; where there are several, they do the same.
    pub(crate) fn first(&self, kind: Kind, label: &[String]) -> Option<&Control> {
        self.called(kind, label).into_iter().next()
    }

    /// The control of that label, where there is exactly one.
    pub(crate) fn only(&self, kind: Kind, label: &[String]) -> Option<&Control> {
        match self.called(kind, label).as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The text that is this label; not those on buttons.
    pub(crate) fn text(&self, label: &[String]) -> Option<&Text> {
        self.texts.iter().find(|text| !text.pressed && labels::is(label, &text.words))
    }

    /// The headings and first words of the page, to tell a person where it is.
    pub(crate) fn gist(&self) -> String {
        let words = self.texts.iter().filter(|text| !text.pressed).map(|text| text.words.as_str());
        let gist: Vec<&str> = words.take(3).collect();
        let gist = gist.join(" · ");
        if gist.is_empty() { self.title.clone() } else { gist.chars().take(120).collect() }
    }
}
