//! What people and scripts see: the only writer to the terminal.
//!
//! Rules of this room:
//! - Everything is printed through one door, [`Terminal`], which a closed pipe does not upset.
//! - What is shown is a fold over the engine's events; nothing here asks or changes an org.
//! - Texts are made by pure functions of a value and a [`Look`], colours included; the door takes
//!   the colours out again where they are not wanted.
//! - Standard output carries what was asked for (plan, report, document), standard error the rest.
//! - Nothing here reads the environment: `cli` does, and hands in what it found.

mod baseline;
mod baseline_file;
mod baselines;
mod columns;
mod counts;
mod doctor;
mod document;
mod emulator;
mod ending;
mod failure;
mod help;
mod init;
mod judged;
mod logins;
mod look;
mod paint;
mod people;
mod plan;
mod progress;
mod prompt;
mod rows;
mod run;
mod runs;
#[cfg(test)]
mod samples;
mod status;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod value;

pub use baseline::{Held, held};
pub use baseline_file::{Exported, exported, imported};
pub use baselines::baselines;
pub use doctor::diagnosis;
pub use document::Document;
pub use emulator::serving;
pub use failure::Trouble;
pub use help::help;
pub use init::{WrittenDown, begun, written_down};
pub use judged::{Judged, judged};
pub use logins::{logged_in, logins};
pub use look::Look;
pub use people::{Said, said};
pub use prompt::Prompt;
pub use run::{Format, Proposal, RunView, Setup};
pub use runs::{past, story};
pub use status::stock;
pub use terminal::{Settings, Terminal};
