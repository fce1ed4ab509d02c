//! Apex source with comments and strings blanked out, so that only code is looked at.

use crate::soap::xml::Position;

/// The code of a source: every other letter is a blank, so that places stay the same.
pub(super) fn code(source: &str) -> Result<String, (String, Position)> {
    let mut code = String::with_capacity(source.len());
    let mut state = State::Code;
    let mut opened = 0;
    let mut letters = source.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let before = state;
        state = match (state, letter) {
            (State::Code, '/') if next == Some('/') => State::Line,
            (State::Code, '/') if next == Some('*') => State::Opening,
            (State::Text, '\\') => State::Escaped,
            (State::Text, '\n') => {
                return Err((
                    "line breaks not allowed in string literals".into(),
                    place(source, at),
                ));
            }
            (State::Code, '\'') | (State::Escaped, _) => State::Text,
            (State::Opening, _) => State::Block,
            (State::Block, '*') if next == Some('/') => State::Closing,
            (State::Text, '\'') | (State::Line, '\n') | (State::Closing, _) => State::Code,
            (state, _) => state,
        };
        if before == State::Code && state != State::Code {
            opened = at;
        }
        let shown = before == State::Code && state == State::Code;
        let blank = if letter == '\n' { '\n' } else { ' ' };
        code.push(if shown { letter } else { blank });
    }
    match state {
        State::Code | State::Line => Ok(code),
        State::Text | State::Escaped => {
            Err(("unterminated string literal".into(), place(source, opened)))
        }
        State::Opening | State::Block | State::Closing => {
            Err(("unterminated comment".into(), place(source, opened)))
        }
    }
}

/// What a letter belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Code,
    Line,
    Opening,
    Block,
    Closing,
    Text,
    Escaped,
}

/// Line and column of a byte offset.
pub(super) fn place(source: &str, offset: usize) -> Position {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position { line: number(line), column: number(column) }
}

/// The words of a code with their offsets.
pub(super) fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + code.get(rest..)?.find(part)?;
        let length = code[from..].find(|letter| !part(letter)).unwrap_or(code.len() - from);
        rest = from + length;
        Some((from, &code[from..rest]))
    })
}
