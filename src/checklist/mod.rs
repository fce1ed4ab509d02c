//! The article's checklist.

pub mod rules;
