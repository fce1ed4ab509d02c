//! A step for a person, as data: what people read is made of it, and what is to be typed where can
//! be read from it.

use crate::model::PackageVersionId;

/// A step for a person: a sentence, with the page that it is about and the values that go there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    pieces: Vec<Piece>,
}

/// What a way begins with.
const WAY: &str = "\n- ";

/// A piece of a step, in the order in which it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Link(Link),
    Field(Shape, Field),
}

/// How a field stands in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `Name: Webex`
    Plain,
    /// `set Name to Webex`
    Set,
    /// `Tick Is Default Layout`
    Tick,
    /// `- Name: Webex`, on a line of its own
    Line,
}

/// A page on which a person works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Whose page it is.
    pub site: Site,
    /// Its address.
    pub url: String,
}

/// Whose pages a person works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// Setup of the Salesforce org.
    Setup,
    /// Control Hub of the Webex organization.
    ControlHub,
}

/// A value that goes into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The label that the page gives it; `None` where the step itself says which field it is.
    pub label: Option<String>,
    /// What to type or to choose; `true` for a box to tick.
    pub value: String,
}

impl Step {
    /// A step that begins with these words.
    pub(super) fn new(words: impl Into<String>) -> Self {
        Self::default().words(words)
    }

    /// The same, going on with these words.
    pub(super) fn words(self, words: impl Into<String>) -> Self {
        self.with(Piece::Words(words.into()))
    }

    /// The same, going on with the address of a page.
    pub(super) fn link(self, link: Link) -> Self {
        self.with(Piece::Link(link))
    }

    /// The same, going on with `label: value`.
    pub(super) fn field(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.with_field(Shape::Plain, Some(label.into()), value.into())
    }

    /// The same, going on with `set label to value`.
    pub(super) fn set(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.with_field(Shape::Set, Some(label.into()), value.into())
    }

    /// The same, going on with `set it to value`, where nobody knows the label.
    pub(super) fn set_it(self, value: impl Into<String>) -> Self {
        self.with_field(Shape::Set, None, value.into())
    }

    /// The same, going on with `Tick label`.
    pub(super) fn tick(self, label: impl Into<String>) -> Self {
        self.with_field(Shape::Tick, Some(label.into()), "true".to_owned())
    }

    /// The same with a field on a line below.
    pub(super) fn line(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.with_field(Shape::Line, Some(label.into()), value.into())
    }

    /// The same with a value on a line below, all of which go into one field of the page.
    pub(super) fn value(self, value: impl Into<String>) -> Self {
        self.with_field(Shape::Line, None, value.into())
    }

    /// The same with one of several ways on a line below: a person takes one of them, whatever comes next.
    pub(super) fn choice(self, words: impl AsRef<str>) -> Self {
        self.words(format!("{WAY}{}", words.as_ref()))
    }

    /// Whether it is a choice between ways, and nothing that is done in any case.
    pub fn is_choice(&self) -> bool {
        let is_way = |piece: &Piece| matches!(piece, Piece::Words(words) if words.contains(WAY));
        self.pieces.iter().any(is_way)
    }

    fn with(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }

    fn with_field(self, shape: Shape, label: Option<String>, value: String) -> Self {
        self.with(Piece::Field(shape, Field { label, value }))
    }

    /// The page that it is about.
    pub fn page(&self) -> Option<&Link> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Link(link) => Some(link),
            Piece::Words(_) | Piece::Field(..) => None,
        })
    }

    /// The values that go into the page, in the order of the page.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Field(_, field) => Some(field),
            Piece::Words(_) | Piece::Link(_) => None,
        })
    }

    /// The step as people read it.
    pub fn text(&self) -> String {
        self.pieces.iter().map(Piece::text).collect()
    }

    /// The pages that it is about.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Link(link) => Some(link),
            Piece::Words(_) | Piece::Field(..) => None,
        })
    }
}

impl Piece {
    fn text(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Link(link) => link.url.clone(),
            Self::Field(shape, Field { label, value }) => {
                match (shape, label.as_deref().unwrap_or_default()) {
                    (Shape::Line, "") => format!("\n- {value}"),
                    (Shape::Line, label) => format!("\n- {label}: {value}"),
                    (Shape::Plain, label) => format!("{label}: {value}"),
                    (Shape::Set, "") => format!("set it to {value}"),
                    (Shape::Set, label) => format!("set {label} to {value}"),
                    (Shape::Tick, label) => format!("Tick {label}"),
                }
            }
        }
    }
}

impl Link {
    /// A page of Setup, by its name in the address: `CallCenters`.
    pub(super) fn setup(instance_url: &str, page: &str) -> Self {
        let org = instance_url.trim_end_matches('/');
        Self { site: Site::Setup, url: format!("{org}/lightning/setup/{page}/home") }
    }

    /// The page that installs a version of a package, or upgrades to it.
    /// <https://developer.salesforce.com/docs/atlas.en-us.pkg2_dev.meta/pkg2_dev/sfdx_dev_dev2gp_create_pkg_ver_install_browser.htm>
    pub(super) fn installation(instance_url: &str, version: &PackageVersionId) -> Self {
        let org = instance_url.trim_end_matches('/');
        let url = format!("{org}/packaging/installPackage.apexp?p0={version}");
        Self { site: Site::Setup, url }
    }

    /// The first page of Control Hub.
    pub(super) fn control_hub() -> Self {
        Self { site: Site::ControlHub, url: "https://admin.webex.com".to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_reads_as_a_sentence_and_tells_its_values() {
        let page = Link::setup("https://acme.my.salesforce.com/", "SoftphoneLayouts");
        let step = Step::new("Open ").link(page.clone()).words(". ").tick("Is Default Layout");
        let step = step.words(", ").set("Name", "Webex").line("Objects", "Case").value("*.a.com");
        assert_eq!(
            step.text(),
            "Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home. \
             Tick Is Default Layout, set Name to Webex\n- Objects: Case\n- *.a.com"
        );
        assert_eq!(step.page(), Some(&page));
        let fields: Vec<(Option<&str>, &str)> =
            step.fields().map(|field| (field.label.as_deref(), field.value.as_str())).collect();
        assert_eq!(
            fields,
            [
                (Some("Is Default Layout"), "true"),
                (Some("Name"), "Webex"),
                (Some("Objects"), "Case"),
                (None, "*.a.com"),
            ]
        );
    }
}
