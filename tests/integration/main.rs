//! Tests of the whole program: one binary, so that it is linked once.

mod apply;
mod budgets;
mod rooms;
mod support;
mod words;
