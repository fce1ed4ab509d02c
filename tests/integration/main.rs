//! Tests of the whole program: one binary, so that it is linked once.

mod adopt;
mod apply;
mod bad_input;
mod baselines;
mod budgets;
mod busy;
mod data_center;
mod definitions;
mod desk;
mod doctor;
mod faults;
mod human;
mod init;
mod logins;
mod network;
mod omni_sync;
mod others;
mod package_data;
mod packagers;
mod permission_sets;
mod program;
#[cfg(target_os = "linux")]
mod prompt;
mod redaction;
mod refusals;
mod restored;
mod rooms;
mod saved_plans;
mod secrets;
mod sessions;
mod status;
mod support;
mod troubled_machine;
mod uninstall;
mod vault;
mod words;
