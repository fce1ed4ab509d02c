//! The commands, one a file.

pub(super) mod apply;
pub(super) mod baseline;
pub(super) mod completions;
pub(super) mod confirm;
pub(super) mod demo;
pub(super) mod doctor;
pub(super) mod emulator;
pub(super) mod export;
pub(super) mod fetch;
pub(super) mod init;
pub(super) mod lint;
pub(super) mod login;
pub(super) mod logout;
pub(super) mod man;
pub(super) mod migrate;
pub(super) mod orgs;
pub(super) mod plan;
pub(super) mod runs;
pub(super) mod schema;
pub(super) mod snapshot;
pub(super) mod status;
pub(super) mod todo;
pub(super) mod undo;
pub(super) mod uninstall;
pub(super) mod verify;
