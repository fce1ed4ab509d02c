//! A query as it was written: names unchecked, every part with its place in the text.

/// A dotted name, e.g. `Profile.Name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    /// The names between the dots.
    pub(super) parts: Vec<String>,
    /// Byte offset of its beginning.
    pub(super) at: usize,
}

/// One SELECT statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    /// The selected fields; empty for `COUNT()`.
    pub(super) fields: Vec<Path>,
    /// Whether `COUNT()` was selected.
    pub(super) count_only: bool,
    /// The object of FROM, with its place.
    pub(super) object: (String, usize),
    /// Another name for the object, which paths may begin with.
    pub(super) alias: Option<String>,
    /// WHERE.
    pub(super) condition: Option<Condition>,
    /// ORDER BY.
    pub(super) order: Vec<Order>,
    /// LIMIT.
    pub(super) limit: Option<usize>,
    /// OFFSET.
    pub(super) offset: Option<usize>,
}

/// A condition of WHERE.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// `a AND b …`
    All(Vec<Condition>),
    /// `a OR b …`
    Any(Vec<Condition>),
    /// `NOT a`
    Not(Box<Condition>),
    /// `path operator value`
    Compare {
        /// Left side.
        path: Path,
        /// The operator.
        operator: Operator,
        /// Right side, with its place.
        value: (Literal, usize),
    },
    /// `path [NOT] IN (a, b)`
    Within {
        /// Left side.
        path: Path,
        /// NOT IN.
        negated: bool,
        /// The list, each with its place.
        values: Vec<(Literal, usize)>,
    },
    /// `path [NOT] IN (SELECT …)`
    Join {
        /// Left side.
        path: Path,
        /// NOT IN.
        negated: bool,
        /// The inner query.
        query: Box<Query>,
    },
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// `=`
    Equal,
    /// `!=`, `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `LIKE`
    Like,
}

/// A value as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    /// Text between quotes, escapes untouched (LIKE reads them differently).
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// `2026-11-22`.
    Date(jiff::civil::Date),
    /// `2026-11-22T12:00:00Z`.
    DateTime(jiff::Timestamp),
    /// `TODAY`, `LAST_N_DAYS:7`: upper case, and its number of days.
    Relative(String, Option<u32>),
}

/// One field of ORDER BY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// The field.
    pub(super) path: Path,
    /// DESC.
    pub(super) descending: bool,
    /// NULLS LAST; nulls come first unless told otherwise, whatever the direction.
    pub(super) nulls_last: bool,
}
