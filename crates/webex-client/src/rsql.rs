//! Filters of lists: RSQL, with values that cannot break out of it.

use std::fmt;

/// A condition on the records of a list.
///
/// Every value is quoted, and the whole is percent-encoded where it is sent: the service takes an
/// unencoded `+` for a space and then silently finds nothing.
///
/// A field that a list cannot be filtered by is not refused either: a filter on it finds nothing.
/// Which fields can be filtered by differs from list to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(String);

impl Filter {
    /// The field has this value.
    pub fn equals(field: &str, value: impl fmt::Display) -> Filter {
        Filter(format!("{field}=={}", quoted(&value.to_string())))
    }

    /// The field has one of these values. Without any value, nothing has.
    pub fn one_of<V: fmt::Display>(field: &str, values: impl IntoIterator<Item = V>) -> Filter {
        let values: Vec<String> = values.into_iter().map(|it| quoted(&it.to_string())).collect();
        Filter(format!("{field}=in=({})", values.join(",")))
    }

    /// Both conditions hold.
    #[must_use]
    pub fn and(self, other: &Filter) -> Filter {
        Filter(format!("{};{other}", self.0))
    }

    /// Either condition holds.
    #[must_use]
    pub fn or(self, other: &Filter) -> Filter {
        Filter(format!("({},{other})", self.0))
    }
}

/// A value between quotes that it does not hold, or with its quotes escaped.
fn quoted(value: &str) -> String {
    if value.contains('"') && !value.contains(['\'', '\\']) {
        return format!("'{value}'");
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_inside_their_quotes() {
        for (value, text) in [
            ("Sales", r#"name=="Sales""#),
            ("After hours", r#"name=="After hours""#),
            ("O'Hara", r#"name=="O'Hara""#),
            (r#"the "A" team"#, r#"name=='the "A" team'"#),
            (r#"x" or 'y'"#, r#"name=="x\" or 'y'""#),
            (r"a\", r#"name=="a\\""#),
            (r#"\""#, r#"name=="\\\"""#),
            ("a;b,c", r#"name=="a;b,c""#),
        ] {
            assert_eq!(Filter::equals("name", value).to_string(), text);
        }
    }

    #[test]
    fn conditions_are_joined() {
        let active = Filter::equals("active", true);
        let named = Filter::one_of("name", ["a", "b"]);
        assert_eq!(named.clone().and(&active).to_string(), r#"name=in=("a","b");active=="true""#);
        assert_eq!(named.or(&active).to_string(), r#"(name=in=("a","b"),active=="true")"#);
    }
}
