//! Tests of the whole program: one binary, so that it is linked once.

mod apply;
mod budgets;
mod definitions;
mod omni_sync;
mod permission_sets;
mod program;
mod refusals;
mod rooms;
mod support;
mod words;
