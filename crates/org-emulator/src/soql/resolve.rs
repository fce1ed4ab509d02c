//! Names and literals of a query against the catalog.

use std::sync::Arc;

use super::ast::{Path, Query};
use super::catalog::{Catalog, FieldSchema, ObjectSchema, Restriction};
use super::error::SoqlError;
use super::resolved::{Resolved, ResolvedPath, Step};
use super::restrict;

/// Resolves a whole query.
pub(super) fn resolve(
    text: &str,
    query: &Query,
    catalog: &dyn Catalog,
) -> Result<Resolved, SoqlError> {
    Resolver { text, catalog }.query(query)
}

/// What resolving needs at every step.
pub(super) struct Resolver<'r> {
    /// The query, for error messages.
    pub(super) text: &'r str,
    catalog: &'r dyn Catalog,
}

impl Resolver<'_> {
    /// A query or an inner query.
    pub(super) fn query(&self, query: &Query) -> Result<Resolved, SoqlError> {
        let (name, at) = &query.object;
        let object = self.catalog.object(name).ok_or_else(|| {
            let message = format!(
                "sObject type '{name}' is not supported. If you are attempting to use a custom \
                 object, be sure to append the '__c' after the entity name. Please reference your \
                 WSDL or the describe call for the appropriate names."
            );
            SoqlError::at("INVALID_TYPE", self.text, *at, message)
        })?;
        let scope = Scope { object: &object, alias: query.alias.as_deref() };
        let mut columns: Vec<ResolvedPath> = Vec::new();
        for path in &query.fields {
            let column = self.path(path, &scope)?;
            if columns.iter().any(|known| known.describe() == column.describe()) {
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
                let message =
                    format!("field '{}' can not be sorted in a query call", path.field.name);
                return Err(SoqlError::at("INVALID_FIELD", self.text, wanted.path.at, message));
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
    pub(super) fn path(&self, path: &Path, scope: &Scope<'_>) -> Result<ResolvedPath, SoqlError> {
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
}

/// What names of a query refer to.
pub(super) struct Scope<'s> {
    /// The object of FROM.
    pub(super) object: &'s Arc<ObjectSchema>,
    alias: Option<&'s str>,
}

impl Scope<'_> {
    /// Whether a path's first name is the object itself. A relationship of that name wins.
    fn names(&self, first: &str) -> bool {
        let relationship = self.object.fields.iter().any(|field| {
            field.relationship.as_ref().is_some_and(|(name, _)| name.eq_ignore_ascii_case(first))
        });
        let alias = self.alias.is_some_and(|alias| alias.eq_ignore_ascii_case(first));
        alias || (!relationship && self.object.name.eq_ignore_ascii_case(first))
    }
}
