//! Mistakes as text, with the lines they are about and a caret below the place.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};

use crate::model::Severity;

use super::{Mistake, Source};

/// How mistakes are drawn.
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

/// Draws mistakes one below the other.
pub(super) fn render(source: &Source, mistakes: &[Mistake], style: Style) -> String {
    let drawn: Vec<_> = mistakes.iter().map(|mistake| draw(source, mistake, style)).collect();
    drawn.join("\n\n")
}

fn draw(source: &Source, mistake: &Mistake, style: Style) -> String {
    let level = match mistake.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let message = normalize_untrusted_str(&mistake.message);
    let mut group = Group::with_title(level.primary_title(message));
    if let Some(span) = &mistake.span {
        let mut snippet = Snippet::source(&source.text)
            .path(&source.name)
            .annotation(AnnotationKind::Primary.span(source.clamp(span)).label(&mistake.label));
        if let Some((span, label)) = &mistake.related {
            snippet =
                snippet.annotation(AnnotationKind::Context.span(source.clamp(span)).label(label));
        }
        group = group.element(snippet);
    } else {
        group = group.element(annotate_snippets::Origin::path(&source.name));
    }
    if let Some((other, span)) = &mistake.elsewhere {
        group = group.element(
            Snippet::source(&other.text)
                .path(&other.name)
                .annotation(AnnotationKind::Primary.span(other.clamp(span))),
        );
    }
    for help in helps(mistake) {
        group = group.element(Level::HELP.message(normalize_untrusted_str(&help)));
    }
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(style.width).render(&[group])
}

/// What to do next: the nearest word, what is allowed, and advice.
fn helps(mistake: &Mistake) -> Vec<String> {
    let mut helps = Vec::new();
    if let Some(suggestion) = &mistake.suggestion {
        helps.push(format!("Did you mean `{suggestion}`?"));
    }
    if !mistake.allowed.is_empty() {
        let allowed: Vec<_> = mistake.allowed.iter().map(|word| format!("`{word}`")).collect();
        helps.push(format!("Allowed here: {}.", allowed.join(", ")));
    }
    helps.extend(mistake.help.clone());
    helps
}
