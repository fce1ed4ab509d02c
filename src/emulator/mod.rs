//! An org on loopback.

mod answer;
mod catalog;
mod clock;
mod guesses;
mod ids;
mod jobs;
mod log;
mod metadata;
mod org;
mod partner;
mod schema;
mod seed;
mod soap;
mod soql;
mod world;

pub use self::clock::JobTime;
pub use self::guesses::Guesses;

/// What kind of org to emulate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrgKind {
    /// A production org.
    Production,
    /// A sandbox.
    #[default]
    Sandbox,
    /// A scratch org.
    Scratch,
    /// A Developer Edition org.
    Developer,
    /// A trial org.
    Trial,
}
