//! Pieces of pages, in the markup that the org has.

use super::words::Words;
use crate::world::setup_pages::Markup;

/// Text that may stand in a page and in its attributes.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

/// Makes pieces of pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Html {
    pub(super) words: Words,
    pub(super) markup: Markup,
}

impl Html {
    /// A word of the page, ready to stand there.
    pub(super) fn say(self, word: &str) -> String {
        escaped(&self.words.say(word))
    }

    /// The name under which a form sends a field: another one in every markup.
    pub(super) fn field(self, name: &str) -> String {
        match self.markup {
            Markup::Tables => format!("p_{name}"),
            Markup::Places => format!("field[{name}]"),
            Markup::Roles => format!("thePage:theForm:{name}"),
            Markup::Wrapped => format!("x{}", name.chars().rev().collect::<String>()),
        }
    }

    /// A button that sends the form, which `name` tells apart from others.
    pub(super) fn submit(self, name: &str, word: &str) -> String {
        let (field, text) = (self.field(name), self.say(word));
        match self.markup {
            Markup::Tables => {
                format!("<input class=\"btn\" type=\"submit\" name=\"{field}\" value=\" {text} \">")
            }
            Markup::Places => {
                format!("<button class=\"btn\" name=\"{field}\" value=\"1\">{text}</button>")
            }
            Markup::Roles => format!(
                "<span class=\"btn\" role=\"button\" tabindex=\"0\" data-send=\"{field}\">{text}</span>"
            ),
            Markup::Wrapped => {
                format!("<a class=\"btn\" href=\"#\" data-send=\"{field}\"><b>{text}</b></a>")
            }
        }
    }

    /// A button that goes to another page.
    pub(super) fn go(self, address: &str, word: &str) -> String {
        let (address, text) = (escaped(address), self.say(word));
        match self.markup {
            Markup::Tables => format!(
                "<input class=\"btn\" type=\"button\" value=\"{text}\" data-go=\"{address}\">"
            ),
            Markup::Places => format!(
                "<button class=\"btn\" type=\"button\" data-go=\"{address}\">{text}</button>"
            ),
            Markup::Roles => format!(
                "<span class=\"btn\" role=\"button\" tabindex=\"0\" data-go=\"{address}\">{text}</span>"
            ),
            Markup::Wrapped => format!("<a class=\"btn\" href=\"{address}\">{text}</a>"),
        }
    }

    /// A link within a page, which a script knows by its attributes.
    pub(super) fn act(self, attributes: &str, text: &str) -> String {
        match self.markup {
            Markup::Tables => format!("<a href=\"javascript:void(0)\" {attributes}>{text}</a>"),
            Markup::Places => {
                format!("<button class=\"link\" type=\"button\" {attributes}>{text}</button>")
            }
            Markup::Roles => {
                format!(
                    "<span class=\"link\" role=\"link\" tabindex=\"0\" {attributes}>{text}</span>"
                )
            }
            Markup::Wrapped => format!("<a href=\"#\" {attributes}><span>{text}</span></a>"),
        }
    }

    /// A field with its label before it.
    pub(super) fn labelled(self, id: &str, word: &str, required: bool, control: &str) -> String {
        let text = self.say(word);
        let mark = if required { "<i class=\"required\"></i>" } else { "" };
        match self.markup {
            Markup::Tables => format!(
                "<table class=\"detail\"><tr><td class=\"label\"><label for=\"{id}\">{text}</label>\
                 </td><td>{mark}{}</td></tr></table>",
                control.replacen(' ', &format!(" id=\"{id}\" "), 1)
            ),
            Markup::Places => format!(
                "<div class=\"detail\"><div class=\"label\">{text}</div><div>{mark}{control}</div></div>"
            ),
            Markup::Roles => format!(
                "<div class=\"detail\"><span class=\"label\" id=\"{id}_l\">{text}</span>{mark}{}</div>",
                control.replacen(' ', &format!(" aria-labelledby=\"{id}_l\" "), 1)
            ),
            Markup::Wrapped => format!(
                "<label class=\"detail\"><span class=\"label\">{text}</span>{mark}{control}</label>"
            ),
        }
    }

    /// A box or a radio button with its label behind it.
    pub(super) fn choice(self, id: &str, text: &str, control: &str) -> String {
        match self.markup {
            Markup::Tables => format!(
                "<span class=\"choice\">{}<label for=\"{id}\">{text}</label></span>",
                control.replacen(' ', &format!(" id=\"{id}\" "), 1)
            ),
            Markup::Places => format!("<span class=\"choice\">{control}<span>{text}</span></span>"),
            Markup::Roles => format!(
                "<span class=\"choice\">{}<span id=\"{id}_l\">{text}</span></span>",
                control.replacen(' ', &format!(" aria-labelledby=\"{id}_l\" "), 1)
            ),
            Markup::Wrapped => format!("<label class=\"choice\">{control}{text}</label>"),
        }
    }
}
