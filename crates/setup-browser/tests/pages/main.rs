//! A real browser without a window drives the emulator's pages of Setup, in every way in which they are
//! made. Without Chromium these tests skip, saying so; with `PROVISION_REQUIRE_CLIENTS` set they fail.

#![expect(clippy::print_stderr, reason = "a test that skips says so")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

mod entrance;
mod lifecycle;
mod person;
mod profiles;
mod saving;
mod surprises;
mod variants;
