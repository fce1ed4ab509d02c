//! A diagnostic as text, with the lines that it is about and a caret below the place.

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::Screen;
use super::text::wrapped;
use crate::model::{Diagnostic, Excerpt, Place, Severity, clean};

/// As many pictures as anybody reads.
const MOST: usize = 200;
/// Columns that a text gets at least, however narrow the terminal is.
const NARROWEST: usize = 24;

/// How pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether every diagnostic is drawn, and every name is told.
    pub full: bool,
}

impl Style {
    /// The one for a screen.
    pub(super) fn of(screen: Screen, colour: bool) -> Self {
        Self { colour, width: screen.width, full: screen.full }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 100, full: false }
    }
}

/// Draws diagnostics one below the other; without a line break at the end.
pub fn draw(diagnostics: &[Diagnostic], style: Style) -> String {
    let most = if style.full { diagnostics.len() } else { MOST };
    let shown = diagnostics.iter().take(most);
    let mut drawn: Vec<String> = shown.map(|one| picture(one, style)).collect();
    if let Some(more) = diagnostics.len().checked_sub(most).filter(|more| *more > 0) {
        drawn.push(format!("… and {more} more."));
    }
    drawn.join("\n\n")
}

fn picture(said: &Diagnostic, style: Style) -> String {
    let id = said.code.map_or(0, |code| code.len() + 2);
    let (level, word) = match said.severity {
        Severity::Error => (Level::ERROR, "error"),
        Severity::Warning => (Level::WARNING, "warning"),
        Severity::Info => (Level::INFO, "info"),
        Severity::NotChecked => (Level::NOTE, "note"),
    };
    let lead = word.len() + id + 2;
    let mut title = level.primary_title(lines(&said.text(), lead, style));
    if let Some(code) = said.code {
        title = title.id(code);
    }
    let mut group = Group::with_title(title);
    let related: Vec<&Excerpt> = said.related.iter().filter_map(Place::excerpt).collect();
    if let Some(excerpt) = said.excerpt() {
        let is_here = |other: &&Excerpt| other.source.name == excerpt.source.name;
        group = match marked(excerpt, AnnotationKind::Primary) {
            None => group.element(Origin::path(clean(&excerpt.source.name))),
            Some(annotation) => {
                let mut snippet = snippet(excerpt).annotation(annotation);
                for other in related.iter().copied().filter(is_here) {
                    snippet = snippet.annotations(marked(other, AnnotationKind::Context));
                }
                group.element(snippet)
            }
        };
        for other in related.iter().copied().filter(|other| !is_here(other)) {
            let annotation = marked(other, AnnotationKind::Primary);
            group = group.element(snippet(other).annotations(annotation));
        }
    }
    let numbers = said.excerpt().map_or(0, last_line);
    for hint in &said.hints {
        let lead = numbers + " = help: ".len();
        group = group.element(Level::HELP.message(lines(&hint.to_string(), lead, style)));
    }
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(style.width).render(&[group])
}

/// The text in lines as wide as there is room behind `lead` columns; longer words stay whole.
fn lines(text: &str, lead: usize, style: Style) -> String {
    let room = style.width.saturating_sub(lead).max(NARROWEST);
    let screen = Screen { width: room, unicode: true, full: style.full };
    let wrapped = wrapped("", text, 0, screen);
    wrapped.trim_end().lines().map(normalize_untrusted_str).collect::<Vec<_>>().join("\n")
}

/// How many digits the number of the excerpt's last line may have.
fn last_line(excerpt: &Excerpt) -> usize {
    excerpt.source.text.lines().count().max(1).to_string().len()
}

fn snippet(excerpt: &Excerpt) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*excerpt.source.text).path(clean(&excerpt.source.name))
}

fn marked(excerpt: &Excerpt, kind: AnnotationKind) -> Option<annotate_snippets::Annotation<'_>> {
    let span = excerpt.source.clamp(excerpt.span.as_ref()?);
    Some(kind.span(span).label(clean(&excerpt.label)))
}
