//! LIKE: `%` stands for any letters, `_` for one, a backslash takes the next letter as it is.

use super::error::SoqlError;
use super::literal::escape;

/// One element of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    /// Exactly this letter, lower case.
    Letter(char),
    /// `_`
    One,
    /// `%`
    Any,
}

/// A pattern ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Element>);

impl Pattern {
    /// Reads a pattern from a string literal whose escapes are untouched.
    pub(super) fn new(raw: &str) -> Result<Self, SoqlError> {
        let mut elements = Vec::new();
        let mut letters = raw.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '%' => elements.push(Element::Any),
                '_' => elements.push(Element::One),
                '\\' => elements.extend(lower(escape(letters.next(), raw)?)),
                letter => elements.extend(lower(letter)),
            }
        }
        Ok(Self(elements))
    }

    /// Whether a text, already lower case, has this shape.
    pub(super) fn matches(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let (mut at, mut element) = (0, 0);
        // Where to go on when what followed the last `%` did not fit.
        let mut retry: Option<(usize, usize)> = None;
        while at < letters.len() {
            match self.0.get(element) {
                Some(Element::Any) => {
                    retry = Some((at, element));
                    element += 1;
                }
                Some(Element::One) => (at, element) = (at + 1, element + 1),
                Some(Element::Letter(letter)) if *letter == letters[at] => {
                    (at, element) = (at + 1, element + 1);
                }
                _ => {
                    let Some((from, any)) = retry else {
                        return false;
                    };
                    retry = Some((from + 1, any));
                    (at, element) = (from + 1, any + 1);
                }
            }
        }
        self.0[element..].iter().all(|left| *left == Element::Any)
    }
}

/// A letter's lower case, which may be several letters.
fn lower(letter: char) -> impl Iterator<Item = Element> {
    letter.to_lowercase().map(Element::Letter)
}
