//! Tests of the whole program: one binary, so that it is linked once.

mod apply;
mod budgets;
mod data_center;
mod definitions;
mod program;
mod refusals;
mod rooms;
mod support;
mod words;
