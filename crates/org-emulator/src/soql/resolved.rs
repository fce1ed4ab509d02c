//! A query whose names and literals are understood.

use std::sync::Arc;

use super::Column;
use super::ast::Operator;
use super::catalog::{FieldSchema, ObjectSchema};
use super::compare::Key;
use super::like::Pattern;

/// A query whose every name exists.
#[derive(Debug)]
pub(super) struct Resolved {
    /// The object of FROM.
    pub(super) object: Arc<ObjectSchema>,
    /// `SELECT COUNT()`.
    pub(super) count_only: bool,
    /// What is selected.
    pub(super) columns: Vec<ResolvedPath>,
    /// WHERE.
    pub(super) test: Option<Test>,
    /// ORDER BY: field, descending, nulls last.
    pub(super) order: Vec<(ResolvedPath, bool, bool)>,
    /// LIMIT.
    pub(super) limit: Option<usize>,
    /// OFFSET.
    pub(super) offset: usize,
}

/// A field, and the references that lead to it.
#[derive(Debug, Clone)]
pub(super) struct ResolvedPath {
    /// The references, outermost first.
    pub(super) steps: Vec<Step>,
    /// The field.
    pub(super) field: FieldSchema,
}

/// One reference that is followed.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// The field that holds the id, e.g. `ProfileId`.
    pub(super) reference: String,
    /// The relationship's name, e.g. `Profile`.
    pub(super) relationship: String,
    /// The object it leads to.
    pub(super) object: Arc<ObjectSchema>,
}

/// A condition whose every name and literal is understood.
#[derive(Debug)]
pub(super) enum Test {
    /// AND.
    All(Vec<Test>),
    /// OR.
    Any(Vec<Test>),
    /// NOT.
    Not(Box<Test>),
    /// A comparison.
    Compare(ResolvedPath, Operator, Key),
    /// A comparison with a date literal.
    Period(ResolvedPath, Operator, String, Option<u32>),
    /// LIKE.
    Like(ResolvedPath, Pattern),
    /// IN a list; the flag is NOT.
    Within(ResolvedPath, bool, Vec<Key>),
    /// IN a query; the flag is NOT.
    Join(ResolvedPath, bool, Box<Resolved>),
    /// An installation key, which only records that ask for one look at.
    InstallationKey(String),
}

impl ResolvedPath {
    /// The column as the answer describes it.
    pub(super) fn describe(&self) -> Column {
        let steps = self.steps.iter().map(|step| step.relationship.clone());
        let path = steps.chain([self.field.name.clone()]).collect();
        Column { path, kind: self.field.kind }
    }
}
