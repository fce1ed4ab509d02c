//! What the SOQL engine needs to know of the org it queries.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

/// A queryable object: its fields, and how it may be queried.
#[derive(Debug, Clone)]
pub(crate) struct ObjectSchema {
    /// API name in its real spelling, e.g. `ProfileLayout`.
    pub(crate) name: String,
    /// Every field that a query may name.
    pub(crate) fields: Vec<FieldSchema>,
    /// Restrictions that the real object documents.
    pub(crate) restriction: Option<Restriction>,
    /// Whether a semi-join may be about it.
    pub(crate) joinable: bool,
}

/// One field of an object.
#[derive(Debug, Clone)]
pub(crate) struct FieldSchema {
    /// API name in its real spelling.
    pub(crate) name: String,
    /// What its values are, which decides how literals compare.
    pub(crate) kind: FieldKind,
    /// For a reference: the relationship's name (`Profile`) and the object it leads to.
    pub(crate) relationship: Option<(String, String)>,
    /// Whether it may stand in WHERE.
    pub(crate) filterable: bool,
    /// Whether it may stand in ORDER BY.
    pub(crate) sortable: bool,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// 15 or 18 characters; compared by the first 15.
    Id,
    /// Text; compared without regard to case, as SOQL does.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A date and time.
    DateTime,
    /// A nested object or list, which can be selected but not filtered.
    Complex,
}

/// A documented limit on how an object may be queried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Restriction {
    /// `SubscriberPackageVersion`: one `Id = '…'` only (and an installation key).
    OneId,
    /// `EntityDefinition` and its like: no OR, only `=`-like comparisons, no COUNT, LIMIT ignored.
    Virtual,
    /// `MetadataComponentDependency`: no ORDER BY, COUNT or OFFSET, only `=` and `!=` with AND and
    /// OR, and no more than the first 2,000 rows.
    Dependencies,
}

/// A record: field name in its real spelling to value; a missing field is null.
pub(crate) type Row = BTreeMap<String, Value>;

/// An org as the SOQL engine sees it.
pub(crate) trait Catalog {
    /// The object of that name, whatever its letters' case; `None` where it is not queryable here.
    fn object(&self, name: &str) -> Option<Arc<ObjectSchema>>;
    /// Every record of an object, named as in its schema.
    fn rows(&self, object: &str) -> Vec<Row>;
}
