//! What may not be asked, although the grammar allows it.
//!
//! Semi-joins stand at the top level of WHERE, at most two of them, and are not nested; some
//! objects document limits of their own ([`Restriction`]).

use std::sync::Arc;

use super::ast::{Condition, Literal, Operator, Path, Query};
use super::catalog::{FieldKind, ObjectSchema, Restriction};
use super::error::SoqlError;
use super::resolved::{Resolved, ResolvedPath};

/// How many semi-joins a query may have.
const JOINS: usize = 2;
/// How many records of a virtual object, or of dependencies, one answer may hold.
const PAGE: usize = 2_000;

/// Checks a query, before its conditions are resolved.
pub(super) fn check(text: &str, query: &Query, object: &ObjectSchema) -> Result<(), SoqlError> {
    if query.count_only
        && let Some(order) = query.order.first()
    {
        let message = "Ordering is not allowed in a COUNT() query.";
        return Err(SoqlError::at("MALFORMED_QUERY", text, order.path.at, message));
    }
    if let Some(condition) = &query.condition {
        let joins = check_joins(condition, Place::Top)?;
        if joins > JOINS {
            let message = format!("A maximum of {JOINS} semi join sub-selects are allowed.");
            return Err(SoqlError::malformed(message));
        }
    }
    match object.restriction {
        Some(Restriction::Virtual) => check_virtual(query),
        Some(Restriction::OneId) => check_one_id(query.condition.as_ref()),
        Some(Restriction::Dependencies) => check_dependencies(query),
        None => Ok(()),
    }
}

/// Where in WHERE a condition stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The whole condition.
    Top,
    /// One of several joined by AND at the top.
    Conjunct,
    /// One of several joined by OR at the top.
    Disjunct,
    /// Within parentheses.
    Nested,
}

/// Counts semi-joins and refuses those in the wrong place.
fn check_joins(condition: &Condition, place: Place) -> Result<usize, SoqlError> {
    let sum = |parts: &[Condition], place: Place| {
        parts.iter().map(|part| check_joins(part, place)).sum::<Result<usize, _>>()
    };
    match condition {
        Condition::All(parts) if place == Place::Top => sum(parts, Place::Conjunct),
        Condition::Any(parts) if place == Place::Top => sum(parts, Place::Disjunct),
        Condition::All(parts) | Condition::Any(parts) => sum(parts, Place::Nested),
        Condition::Not(part) => match check_joins(part, Place::Nested) {
            Ok(joins) => Ok(joins),
            Err(_) => Err(SoqlError::malformed(
                "Semi join sub-selects are not allowed with the 'NOT' operator",
            )),
        },
        Condition::Compare { .. } | Condition::Within { .. } => Ok(0),
        Condition::Join { query, .. } => match place {
            Place::Disjunct => Err(SoqlError::malformed(
                "Semi join sub-selects are not allowed with the 'OR' operator",
            )),
            Place::Nested => Err(SoqlError::malformed(
                "Semi join sub-selects are only allowed at the top level WHERE expressions and \
                 not in nested WHERE expressions.",
            )),
            Place::Top | Place::Conjunct => check_inner(query).map(|()| 1),
        },
    }
}

/// What an inner query may not have.
fn check_inner(query: &Query) -> Result<(), SoqlError> {
    let nested = |condition: &Condition| match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().any(|part| matches!(part, Condition::Join { .. }))
        }
        condition => matches!(condition, Condition::Join { .. }),
    };
    let message = if query.condition.as_ref().is_some_and(nested) {
        "Nesting of semi join sub-selects is not supported"
    } else if query.count_only || query.fields.len() != 1 {
        "A semi join sub-select must select exactly one field."
    } else if query.fields[0].parts.len() > 2 {
        "The inner select field cannot have more than one level of relationships."
    } else if !query.order.is_empty() || query.limit.is_some() || query.offset.is_some() {
        "ORDER BY, LIMIT and OFFSET are not allowed in a semi join sub-select."
    } else {
        return Ok(());
    };
    Err(SoqlError::malformed(message))
}

/// Checks that both sides of a semi-join are ids of the same object.
pub(super) fn check_join(
    text: &str,
    at: usize,
    left: (&Arc<ObjectSchema>, &ResolvedPath),
    outer: &ObjectSchema,
    inner: &Resolved,
) -> Result<(), SoqlError> {
    let refuse = |message: String| Err(SoqlError::at("MALFORMED_QUERY", text, at, message));
    let name = &left.1.field.name;
    if left.1.field.kind != FieldKind::Id {
        return refuse(format!(
            "The left operand field in the where expression for outer query should be an id \
             field, cannot use: '{name}'"
        ));
    }
    if !inner.object.joinable {
        let object = &inner.object.name;
        return refuse(format!("Entity '{object}' is not supported for semi join inner selects"));
    }
    if inner.object.name == outer.name {
        return refuse("The inner and outer selects should not be on the same object type".into());
    }
    let Some(column) = inner.columns.first() else {
        return Ok(());
    };
    let object = column.steps.last().map_or(&inner.object, |step| &step.object);
    let selected = &column.field.name;
    if column.field.kind != FieldKind::Id {
        return refuse(format!(
            "The selected field in the subquery should be an id field, cannot use: '{selected}'"
        ));
    }
    match (target(left.0, left.1), target(object, column)) {
        (Some(one), Some(other)) if one != other => refuse(format!(
            "The selected field '{selected}' in the subquery and the left operand field in the \
             where expression in the outer query '{name}' should point to the same object type"
        )),
        _ => Ok(()),
    }
}

/// The object whose ids a field holds; `None` where it may be several.
fn target<'a>(object: &'a ObjectSchema, path: &'a ResolvedPath) -> Option<&'a str> {
    if path.field.name == "Id" {
        return Some(&object.name);
    }
    path.field.relationship.as_ref().map(|(_, target)| target.as_str())
}

/// Virtual objects: no OR, equality only, no COUNT; LIMIT and OFFSET are ignored elsewhere.
fn check_virtual(query: &Query) -> Result<(), SoqlError> {
    if query.count_only {
        return Err(SoqlError::malformed("Aggregate functions are not supported on this entity."));
    }
    query.condition.as_ref().map_or(Ok(()), check_equality)
}

/// What the Dependency API's documentation rules out.
fn check_dependencies(query: &Query) -> Result<(), SoqlError> {
    let refused = if query.count_only {
        "COUNT()"
    } else if !query.order.is_empty() {
        "ORDER BY"
    } else if query.offset.is_some() {
        "OFFSET"
    } else if query.condition.as_ref().is_some_and(|condition| !is_plain(condition)) {
        "operators other than =, !=, AND, and OR"
    } else {
        return Ok(());
    };
    Err(SoqlError::malformed(format!(
        "MetadataComponentDependency queries do not support {refused}"
    )))
}

/// Whether a condition compares for equality only.
fn is_plain(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().all(is_plain),
        Condition::Compare { operator: Operator::Equal | Operator::NotEqual, .. } => true,
        _ => false,
    }
}

/// Refuses everything but AND, equality, LIKE and IN.
fn check_equality(condition: &Condition) -> Result<(), SoqlError> {
    match condition {
        Condition::All(parts) => parts.iter().try_for_each(check_equality),
        Condition::Any(_) => Err(SoqlError::malformed("Disjunctions not supported")),
        Condition::Not(part) => check_equality(part),
        Condition::Compare { operator: Operator::Equal | Operator::Like, .. }
        | Condition::Within { negated: false, .. }
        | Condition::Join { negated: false, .. } => Ok(()),
        Condition::Compare { .. } | Condition::Within { .. } | Condition::Join { .. } => {
            Err(SoqlError::malformed("Only equals comparisons permitted"))
        }
    }
}

/// `Id = '…'`, and an installation key beside it, are all that may be asked.
fn check_one_id(condition: Option<&Condition>) -> Result<(), SoqlError> {
    let parts = match condition {
        Some(Condition::All(parts)) => parts.as_slice(),
        Some(single) => std::slice::from_ref(single),
        None => &[],
    };
    let equals = |part: &Condition, name: &str| {
        matches!(part, Condition::Compare {
            path: Path { parts, .. },
            operator: Operator::Equal,
            value: (Literal::Text(_), _),
        } if parts.last().is_some_and(|last| last.eq_ignore_ascii_case(name)))
    };
    let ids = parts.iter().filter(|part| equals(part, "Id")).count();
    let keys = parts.iter().filter(|part| equals(part, "InstallationKey")).count();
    if ids == 1 && keys <= 1 && ids + keys == parts.len() {
        return Ok(());
    }
    Err(SoqlError::malformed(
        "Implementation restriction: You can only perform queries of the form Id = '<id>' on this \
         entity.",
    ))
}

/// How many records an answer has at most, all its pages together.
pub(super) fn most_rows(query: &Resolved) -> usize {
    if query.object.restriction == Some(Restriction::Dependencies) { PAGE } else { usize::MAX }
}

/// Checks how much a query brought.
pub(super) fn check_result(query: &Resolved, rows: usize) -> Result<(), SoqlError> {
    let single = query.columns.iter().any(|column| {
        column.steps.is_empty()
            && (column.field.name == "FullName"
                || (column.field.name == "Metadata" && column.field.kind == FieldKind::Complex))
    });
    if single && rows > 1 {
        return Err(SoqlError::malformed(format!(
            "When retrieving results with Metadata or FullName fields, the query qualifications \
             must specify no more than one row for retrieval. Result size: {rows}"
        )));
    }
    if query.object.restriction == Some(Restriction::Virtual) && rows > PAGE {
        return Err(SoqlError::whole(
            "EXCEEDED_ID_LIMIT",
            format!(
                "{} does not support queryMore(), use LIMIT to restrict the results to a single \
                 batch",
                query.object.name
            ),
        ));
    }
    Ok(())
}
