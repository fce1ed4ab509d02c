//! Which requests a fault is about.

use serde::Deserialize;

use super::part::Part;
use crate::request::{Request, RequestInfo, Surface};
use crate::url::decoded;

/// What a request must be; what is left out may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Pattern {
    /// The operation as the request log names it.
    pub(super) operation: Option<String>,
    pub(super) method: Option<String>,
    /// Part of path and query, as they came or decoded.
    pub(super) path: Option<String>,
    /// Part of the body: what travels in a composite or an envelope.
    pub(super) body: Option<String>,
    /// The object that a query is from or a record is of; over SOAP, the metadata type.
    pub(super) object: Option<String>,
    /// Part of a query's text.
    pub(super) query: Option<String>,
    /// The row of a write: the beginning of its id, or of the name of the user whom it is about.
    pub(super) record: Option<String>,
}

impl Pattern {
    /// Whether it is about single requests, wherever they travel, and not about whole ones.
    pub(super) fn is_of_part(&self) -> bool {
        self.object.is_some() || self.query.is_some()
    }

    /// Whether it is about single rows of writes.
    pub(super) fn is_of_row(&self) -> bool {
        self.record.is_some()
    }

    /// Whether the whole request is such a one.
    pub(super) fn fits(&self, request: &Request, info: &RequestInfo) -> bool {
        let body = || String::from_utf8_lossy(&request.body);
        let over_soap = !matches!(info.surface, Surface::Rest | Surface::OAuth | Surface::Pages);
        let whole = !self.is_of_part() || (over_soap && self.query.is_none());
        whole
            && !self.is_of_row()
            && is(self.operation.as_ref(), &|wanted| info.operation == wanted)
            && is(self.method.as_ref(), &|wanted| request.method.eq_ignore_ascii_case(wanted))
            && is(self.path.as_ref(), &|wanted| {
                let url = format!("{}?{}", request.path, request.query);
                url.contains(wanted) || decoded(&url, true).contains(wanted)
            })
            && is(self.body.as_ref(), &|wanted| body().contains(wanted))
            && is(self.object.as_ref(), &|wanted| body().contains(&format!(">{wanted}</")))
    }

    /// Whether a single request is such a one.
    pub(super) fn fits_part(&self, part: &Part<'_>) -> bool {
        self.is_of_part()
            && !self.is_of_row()
            && is(self.operation.as_ref(), &|wanted| part.operation == wanted)
            && is(self.method.as_ref(), &|wanted| part.method.eq_ignore_ascii_case(wanted))
            && is(self.path.as_ref(), &|wanted| part.path.contains(wanted))
            && is(self.body.as_ref(), &|wanted| part.body.contains(wanted))
            && is(self.object.as_ref(), &|wanted| part.is_about(wanted))
            && is(self.query.as_ref(), &|wanted| {
                part.query.is_some_and(|text| text.contains(wanted))
            })
    }

    /// Whether a row that is written is such a one: it has an object, and some names.
    pub(super) fn fits_row(&self, object: &str, names: &[&str]) -> bool {
        self.is_of_row()
            && is(self.object.as_ref(), &|wanted| wanted.eq_ignore_ascii_case(object))
            && is(self.record.as_ref(), &|wanted| {
                wanted.is_empty() || names.iter().any(|name| name.starts_with(wanted))
            })
    }
}

fn is(wanted: Option<&String>, has: &dyn Fn(&str) -> bool) -> bool {
    wanted.is_none_or(|wanted| has(wanted))
}
