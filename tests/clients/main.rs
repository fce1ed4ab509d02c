//! The emulator, judged by clients that nobody here wrote: unmodified, in pinned versions.
//!
//! `tests/clients/install` installs them. Where they are missing, these tests say so and pass;
//! with `PROVISION_REQUIRE_CLIENTS` set, as in `.ci/run`, they fail.
//!
//! Each test starts `provision emulator`, has one client go through a list of commands, and compares
//! what came of each with that client's table in `docs/emulator.md`, which so cannot be out of date.
//! `PROVISION_UPDATE_TABLES=1` writes the tables instead; read the difference before you commit it.
//!
//! A client that is a library is driven by a script in its own language (`node/`, `python/`), which
//! prints one line of JSON a command; `library` runs it. The Salesforce CLI is driven from here.

mod browser;
mod emulator;
mod installed;
mod library;
mod logins;
mod program;
mod sf;
mod sf_data;
mod sf_metadata;
mod sf_org;
mod sf_packages;
mod table;
mod version_2;
mod webex;
