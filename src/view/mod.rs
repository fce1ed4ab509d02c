//! What people and scripts see: the only writer to the terminal.
//!
//! Rules of this room:
//! - Everything is printed through one door, [`Terminal`], which a closed pipe does not upset, and
//!   which lets no control characters through but the colours of this room.
//! - What is shown is a fold over the engine's events; nothing here asks or changes an org.
//! - What a command reports in the end is one value, of which each file of `report/` makes one kind of
//!   output.
//! - Texts are made by pure functions of a value and a [`Screen`], colours included; the door takes
//!   the colours out again where they are not wanted.
//! - Standard output carries what was asked for (plan, report, document), standard error the rest.
//! - Nothing here reads the environment: `cli` does, and hands in what it found.

mod baseline;
mod baseline_file;
mod baselines;
mod columns;
mod counts;
mod difference;
mod doctor;
mod emulator;
mod ending;
mod failure;
mod harmless;
mod help;
mod init;
mod lint;
mod logins;
mod migrate;
mod noticed;
mod paint;
mod people;
mod picture;
mod plan;
mod progress;
mod prompt;
mod purpose;
mod report;
mod rows;
mod run;
mod run_setup;
mod run_story;
mod run_text;
mod runs;
#[cfg(test)]
mod samples;
mod screen;
mod settings;
mod snapshot;
mod source;
mod status;
mod tenant_words;
mod terminal;
mod test_call;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod verdict;
mod webex_logins;

pub use baseline::{BaselineView, render_baseline};
pub use baseline_file::{Exported, render_exported_baseline, render_imported_baseline};
pub use baselines::render_baselines;
pub use emulator::render_emulator;
pub use help::help;
pub use init::{AdoptedConfiguration, render_adopted_configuration, render_new_configuration};
pub use logins::{DefaultOrg, render_login, render_logins};
pub use migrate::render_readiness;
pub use people::{ConfirmationView, render_confirmation, render_todo, render_unfinished_uninstall};
pub use picture::{Style, draw};
pub use prompt::Prompt;
pub use report::{Answer, CommandReport, Content, Format, Reporter};
pub use run::{Proposal, RunView};
pub use run_setup::{Setup, Shown};
pub use run_story::render_run;
pub use runs::render_runs;
pub use screen::Screen;
pub use settings::Settings;
pub use snapshot::{ComparisonView, SavedSnapshot, render_comparison, render_saved_snapshot};
pub use source::Source;
pub use status::TenantStatus;
pub use terminal::Terminal;
pub use test_call::render_test_call;
pub use webex_logins::{render_webex_login, render_webex_logins};
