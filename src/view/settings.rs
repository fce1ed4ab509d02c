//! What the terminal is like.

use anstream::ColorChoice;

use super::Screen;

/// What the program was started with, as far as showing goes.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Layout of what goes to standard output.
    pub out: Screen,
    /// Layout of what goes to standard error.
    pub err: Screen,
    /// Colours on standard output.
    pub out_colour: ColorChoice,
    /// Colours on standard error.
    pub err_colour: ColorChoice,
    /// Whether lines on standard error may move: it is a terminal that can.
    pub live: bool,
    /// Whether somebody is there to answer questions.
    pub asks: bool,
}
