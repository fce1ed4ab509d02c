//! Runs of the program itself that are broken off, by a kill, a line or a disk, and run again.

#[cfg(unix)]
mod browser;
mod courses;
mod kills;
pub(crate) mod line;
mod proof;
mod scene;
mod torture;
mod troubles;
