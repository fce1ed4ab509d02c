//! Whole runs of `apply`, upgrades, `migrate`, `uninstall` and `undo` in one process, in which time, network and disk
//! go by a seed.
//!
//! The program is the same from its engine down to the retries of its requests. In the place of connections it
//! has a [`line::Line`] to an emulator in this process, in the place of a state directory a disk in memory, and
//! every wait is one of a clock that jumps to whatever is awaited next. What goes wrong, and when, is a
//! [`fate::Fate`].

mod ended;
mod fate;
mod left;
mod line;
mod machine;
mod migration;
mod pair;
#[path = "../integration/plain.rs"]
mod plain;
#[path = "../integration/random.rs"]
mod random;
mod simulated_disk;
mod stage;
mod story;
mod tell;
mod trouble;
mod world;
