//! Names and literals of a query against the catalog.

use std::sync::Arc;

use super::Column;
use super::ast::{Condition, Literal, Operator, Path, Query};
use super::catalog::{Catalog, FieldKind, FieldSchema, ObjectSchema, Restriction};
use super::compare::{Key, short_id};
use super::error::SoqlError;
use super::like::Pattern;
use super::literal;
use super::restrict;

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
        Column {
            path,
            kind: self.field.kind,
        }
    }
}

/// Resolves a whole query.
pub(super) fn resolve(
    text: &str,
    query: &Query,
    catalog: &dyn Catalog,
) -> Result<Resolved, SoqlError> {
    Resolver { text, catalog }.query(query)
}

/// What resolving needs at every step.
struct Resolver<'r> {
    text: &'r str,
    catalog: &'r dyn Catalog,
}

impl Resolver<'_> {
    /// A query or an inner query.
    fn query(&self, query: &Query) -> Result<Resolved, SoqlError> {
        let (name, at) = &query.object;
        let object = self.catalog.object(name).ok_or_else(|| {
            let message = format!(
                "sObject type '{name}' is not supported. If you are attempting to use a custom \
                 object, be sure to append the '__c' after the entity name. Please reference your \
                 WSDL or the describe call for the appropriate names."
            );
            SoqlError::at("INVALID_TYPE", self.text, *at, message)
        })?;
        let scope = Scope {
            object: &object,
            alias: query.alias.as_deref(),
        };
        let mut columns: Vec<ResolvedPath> = Vec::new();
        for path in &query.fields {
            let column = self.path(path, &scope)?;
            if columns
                .iter()
                .any(|known| known.describe() == column.describe())
            {
                let message = format!("duplicate field selected: {}", path.parts.join("."));
                return Err(SoqlError::at("INVALID_FIELD", self.text, path.at, message));
            }
            columns.push(column);
        }
        restrict::check(self.text, query, &object)?;
        let test = match &query.condition {
            Some(condition) => Some(self.test(condition, &scope)?),
            None => None,
        };
        let mut order = Vec::new();
        for wanted in &query.order {
            let path = self.path(&wanted.path, &scope)?;
            if !path.field.sortable {
                let message = format!(
                    "field '{}' can not be sorted in a query call",
                    path.field.name
                );
                return Err(SoqlError::at(
                    "INVALID_FIELD",
                    self.text,
                    wanted.path.at,
                    message,
                ));
            }
            order.push((path, wanted.descending, wanted.nulls_last));
        }
        let ignored = object.restriction == Some(Restriction::Virtual);
        Ok(Resolved {
            count_only: query.count_only,
            columns,
            test,
            order,
            limit: query.limit.filter(|_| !ignored),
            offset: query.offset.filter(|_| !ignored).unwrap_or_default(),
            object,
        })
    }

    /// A dotted name.
    fn path(&self, path: &Path, scope: &Scope<'_>) -> Result<ResolvedPath, SoqlError> {
        let mut parts: &[String] = &path.parts;
        if parts.len() > 1 && scope.names(&parts[0]) {
            parts = &parts[1..];
        }
        let (last, lead) = parts.split_last().unwrap_or((&path.parts[0], &[]));
        let mut object = Arc::clone(scope.object);
        let mut steps = Vec::new();
        for name in lead {
            let step = self.step(&object, name).ok_or_else(|| {
                let message = format!(
                    "Didn't understand relationship '{name}' in field path. If you are attempting \
                     to use a custom relationship, be sure to append the '__r' after the custom \
                     relationship name. Please reference your WSDL or the describe call for the \
                     appropriate names."
                );
                SoqlError::at("INVALID_FIELD", self.text, path.at, message)
            })?;
            object = Arc::clone(&step.object);
            steps.push(step);
        }
        let named = |field: &&FieldSchema| field.name.eq_ignore_ascii_case(last);
        let field = object.fields.iter().find(named).cloned().ok_or_else(|| {
            let message = format!(
                "No such column '{last}' on entity '{}'. If you are attempting to use a custom \
                 field, be sure to append the '__c' after the custom field name. Please reference \
                 your WSDL or the describe call for the appropriate names.",
                object.name
            );
            SoqlError::at("INVALID_FIELD", self.text, path.at, message)
        })?;
        Ok(ResolvedPath { steps, field })
    }

    /// A relationship of an object.
    fn step(&self, object: &ObjectSchema, name: &str) -> Option<Step> {
        object.fields.iter().find_map(|field| {
            let (relationship, target) = field.relationship.as_ref()?;
            if !relationship.eq_ignore_ascii_case(name) {
                return None;
            }
            Some(Step {
                reference: field.name.clone(),
                relationship: relationship.clone(),
                object: self.catalog.object(target)?,
            })
        })
    }

    /// A condition.
    fn test(&self, condition: &Condition, scope: &Scope<'_>) -> Result<Test, SoqlError> {
        let all = |parts: &[Condition]| -> Result<Vec<Test>, SoqlError> {
            parts.iter().map(|part| self.test(part, scope)).collect()
        };
        Ok(match condition {
            Condition::All(parts) => Test::All(all(parts)?),
            Condition::Any(parts) => Test::Any(all(parts)?),
            Condition::Not(part) => Test::Not(Box::new(self.test(part, scope)?)),
            Condition::Compare {
                path,
                operator,
                value,
            } => self.comparison(path, *operator, &value.0, scope)?,
            Condition::Within {
                path,
                negated,
                values,
            } => {
                let left = self.filtered(path, scope)?;
                let keys = values
                    .iter()
                    .map(|(value, _)| self.key(path, &left.field, value));
                Test::Within(left.clone(), *negated, keys.collect::<Result<_, _>>()?)
            }
            Condition::Join {
                path,
                negated,
                query,
            } => {
                let left = self.filtered(path, scope)?;
                let inner = self.query(query)?;
                let outer = left.steps.last().map_or(scope.object, |step| &step.object);
                restrict::check_join(self.text, path.at, (outer, &left), scope.object, &inner)?;
                Test::Join(left, *negated, Box::new(inner))
            }
        })
    }

    /// A comparison of a field with a literal.
    fn comparison(
        &self,
        path: &Path,
        operator: Operator,
        value: &Literal,
        scope: &Scope<'_>,
    ) -> Result<Test, SoqlError> {
        let left = self.filtered(path, scope)?;
        let ordered = !matches!(operator, Operator::Equal | Operator::NotEqual);
        let invalid = match left.field.kind {
            FieldKind::Id => ordered.then_some("id"),
            FieldKind::Boolean => ordered.then_some("boolean"),
            FieldKind::Number => (operator == Operator::Like).then_some("double"),
            FieldKind::DateTime => (operator == Operator::Like).then_some("dateTime"),
            FieldKind::Text | FieldKind::Complex => None,
        };
        if let Some(kind) = invalid {
            let message = format!("invalid operator on {kind} field");
            let code = "INVALID_QUERY_FILTER_OPERATOR";
            return Err(SoqlError::at(code, self.text, path.at, message));
        }
        if scope.object.restriction == Some(Restriction::OneId)
            && left.field.name == "InstallationKey"
            && let Literal::Text(raw) = value
        {
            return Ok(Test::InstallationKey(literal::unescape(raw)?));
        }
        if let (Operator::Like, Literal::Text(raw)) = (operator, value) {
            return Ok(Test::Like(left, Pattern::new(raw)?));
        }
        if let (FieldKind::DateTime, Literal::Relative(word, days)) = (left.field.kind, value) {
            return Ok(Test::Period(left, operator, word.clone(), *days));
        }
        let key = self.key(path, &left.field, value)?;
        Ok(Test::Compare(left, operator, key))
    }

    /// A field that may stand in WHERE.
    fn filtered(&self, path: &Path, scope: &Scope<'_>) -> Result<ResolvedPath, SoqlError> {
        let found = self.path(path, scope)?;
        if found.field.filterable && found.field.kind != FieldKind::Complex {
            return Ok(found);
        }
        let message = format!(
            "field '{}' can not be filtered in a query call",
            found.field.name
        );
        Err(SoqlError::at("INVALID_FIELD", self.text, path.at, message))
    }

    /// A literal as a field's kind compares it.
    fn key(&self, path: &Path, field: &FieldSchema, value: &Literal) -> Result<Key, SoqlError> {
        let expected = match (field.kind, value) {
            (_, Literal::Null) => return Ok(Key::Null),
            (FieldKind::Id, Literal::Text(raw)) => return self.id(path, &literal::unescape(raw)?),
            (FieldKind::Text, Literal::Text(raw)) => {
                return Ok(Key::text(&literal::unescape(raw)?));
            }
            (FieldKind::Boolean, Literal::Boolean(flag)) => return Ok(Key::Boolean(*flag)),
            (FieldKind::Number, Literal::Number(number)) => return Ok(Key::Number(*number)),
            (FieldKind::DateTime, Literal::DateTime(time)) => return Ok(Key::Time(*time)),
            (FieldKind::Boolean, _) => "boolean and should not be enclosed in quotes",
            (FieldKind::Number, _) => "double and should not be enclosed in quotes",
            (FieldKind::DateTime, _) => "dateTime and should not be enclosed in quotes",
            (FieldKind::Id | FieldKind::Text | FieldKind::Complex, _) => {
                "string and should be enclosed in quotes"
            }
        };
        let message = format!(
            "value of filter criterion for field '{}' must be of type {expected}",
            field.name
        );
        Err(SoqlError::at("INVALID_FIELD", self.text, path.at, message))
    }

    /// An id as it is compared.
    fn id(&self, path: &Path, id: &str) -> Result<Key, SoqlError> {
        let letters = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if letters && matches!(id.len(), 15 | 18) {
            return Ok(Key::Text(short_id(id).to_owned()));
        }
        let message = format!("invalid ID field: {id}");
        Err(SoqlError::at(
            "INVALID_QUERY_FILTER_OPERATOR",
            self.text,
            path.at,
            message,
        ))
    }
}

/// What names of a query refer to.
struct Scope<'s> {
    object: &'s Arc<ObjectSchema>,
    alias: Option<&'s str>,
}

impl Scope<'_> {
    /// Whether a path's first name is the object itself. A relationship of that name wins.
    fn names(&self, first: &str) -> bool {
        let relationship = self.object.fields.iter().any(|field| {
            field
                .relationship
                .as_ref()
                .is_some_and(|(name, _)| name.eq_ignore_ascii_case(first))
        });
        let alias = self
            .alias
            .is_some_and(|alias| alias.eq_ignore_ascii_case(first));
        alias || (!relationship && self.object.name.eq_ignore_ascii_case(first))
    }
}
