//! Tests of the whole program: one binary, so that it is linked once.

mod apply;
mod budgets;
mod definitions;
mod desk;
mod faults;
mod human;
mod others;
mod program;
mod refusals;
mod rooms;
mod saved_plans;
mod support;
mod words;
