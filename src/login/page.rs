//! What the browser shows at the end of a web login.

use axum::http::StatusCode;

/// A page for the person in the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    good: bool,
    title: String,
    text: String,
}

impl Page {
    /// It worked.
    pub fn success(title: impl Into<String>, text: impl Into<String>) -> Page {
        Page { good: true, title: title.into(), text: text.into() }
    }

    /// It did not.
    pub fn error(title: impl Into<String>, text: impl Into<String>) -> Page {
        Page { good: false, title: title.into(), text: text.into() }
    }

    pub(super) fn not_ours() -> Page {
        Page::error(
            "This login was not asked for",
            "This response belongs to another login or was sent twice. Go to the terminal and \
            start again from there.",
        )
    }

    pub(super) fn stopped() -> Page {
        Page::error("The login was stopped", "Start again in the terminal.")
    }

    pub(super) fn status(&self) -> StatusCode {
        if self.good { StatusCode::OK } else { StatusCode::BAD_REQUEST }
    }

    pub(super) fn html(&self) -> String {
        let Page { good, title, text } = self;
        let (title, text) = (escaped(title), escaped(text));
        let (sign, colour) = if *good { ("✓", "#1f883d") } else { ("✗", "#cf222e") };
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title}: provision</title><style>\
             :root{{color-scheme:light dark}}\
             body{{font:1rem/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;\
             place-items:center}}\
             main{{max-width:32rem;padding:2rem;text-align:center}}\
             .sign{{font-size:3rem;line-height:1;color:{colour}}}\
             h1{{font-size:1.4rem;margin:1rem 0 .5rem}}p{{margin:0;opacity:.8}}\
             </style></head><body><main><div class=\"sign\" aria-hidden=\"true\">{sign}</div>\
             <h1>{title}</h1><p>{text}</p></main></body></html>\n"
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_orgs_are_text_and_never_markup() {
        let html = Page::success("Logged in to <script>", "a & \"b\"").html();
        assert!(
            html.contains("Logged in to &lt;script&gt;") && html.contains("a &amp; &quot;b&quot;")
        );
        assert!(!html.contains("<script>"));
    }
}
