//! Which records a list has.

use crate::Filter;
use crate::encode::component;

/// What to ask a list for; by default everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    filter: Option<Filter>,
    search: Option<String>,
    attributes: Vec<String>,
    page_size: Option<u32>,
}

/// How many records a page has.
const PAGE_SIZE: u32 = 100;

impl Query {
    /// Everything.
    pub fn all() -> Query {
        Query::default()
    }

    /// The records for which this holds.
    pub fn matching(filter: Filter) -> Query {
        Query { filter: Some(filter), ..Query::default() }
    }

    /// Only records whose searchable fields hold this text; which those are differs from list to list.
    #[must_use]
    pub fn search(self, text: &str) -> Query {
        Query { search: Some(text.to_owned()), ..self }
    }

    /// Only these fields, by the service's names.
    #[must_use]
    pub fn attributes(self, names: &[&str]) -> Query {
        Query { attributes: names.iter().map(|name| (*name).to_owned()).collect(), ..self }
    }

    /// So many records a page; the service gives no more than its own limit.
    #[must_use]
    pub fn page_size(self, records: u32) -> Query {
        Query { page_size: Some(records), ..self }
    }

    /// The address's query for one page, from 0. `more` are parameters that only some lists have.
    pub(crate) fn page(&self, page: u32, more: &[(&str, &str)]) -> String {
        let size = self.page_size.unwrap_or(PAGE_SIZE);
        let mut text = format!("?page={page}&pageSize={size}");
        let mut add = |name: &str, value: &str| {
            text.extend(["&", name, "=", &component(value)]);
        };
        if let Some(filter) = &self.filter {
            add("filter", &filter.to_string());
        }
        if let Some(search) = &self.search {
            add("search", search);
        }
        if !self.attributes.is_empty() {
            add("attributes", &self.attributes.join(","));
        }
        for (name, value) in more {
            add(name, value);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_encoded() {
        let query = Query::matching(Filter::equals("name", "A+B & C"));
        let query = query.attributes(&["id", "name"]).search("x y");
        assert_eq!(
            query.page(2, &[("includeCount", "true")]),
            "?page=2&pageSize=100&filter=name%3D%3D%22A%2BB%20%26%20C%22&search=x%20y\
             &attributes=id%2Cname&includeCount=true"
        );
    }
}
