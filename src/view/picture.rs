//! A diagnostic as text, with the lines that it is about and a caret below the place.

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use crate::model::{Diagnostic, Excerpt, Place, Severity, clean};

/// As many pictures as anybody reads.
const MOST: usize = 200;

/// How pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 100 }
    }
}

/// Draws diagnostics one below the other; without a line break at the end.
pub fn draw(diagnostics: &[Diagnostic], style: Style) -> String {
    let shown = diagnostics.iter().take(MOST);
    let mut drawn: Vec<String> = shown.map(|one| picture(one, style)).collect();
    if let Some(more) = diagnostics.len().checked_sub(MOST).filter(|more| *more > 0) {
        drawn.push(format!("… and {more} more."));
    }
    drawn.join("\n\n")
}

fn picture(said: &Diagnostic, style: Style) -> String {
    let text = said.text();
    let level = match said.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::NotChecked => Level::NOTE,
    };
    let mut title = level.primary_title(normalize_untrusted_str(&text));
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
    for hint in &said.hints {
        let hint = hint.to_string();
        group = group.element(Level::HELP.message(normalize_untrusted_str(&hint)));
    }
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(style.width).render(&[group])
}

fn snippet(excerpt: &Excerpt) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*excerpt.source.text).path(clean(&excerpt.source.name))
}

fn marked(excerpt: &Excerpt, kind: AnnotationKind) -> Option<annotate_snippets::Annotation<'_>> {
    let span = excerpt.source.clamp(excerpt.span.as_ref()?);
    Some(kind.span(span).label(clean(&excerpt.label)))
}
