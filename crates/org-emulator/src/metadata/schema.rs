//! Checks a component's file against what its type knows, in the service's own words.
//!
//! As real deploys do, elements may come in any order, but repeated ones must stand together.

use crate::soap::METADATA;
use crate::soap::xml::{Element, Position};

/// What an element holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Elements of another type.
    Nested(&'static Type),
    /// Anything, also nil.
    Any,
    /// Known to the type, but of no meaning here: its content is not looked at.
    Opaque,
}

/// An element that a type knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// Whether it may be repeated.
    pub(crate) many: bool,
}

/// A type and the elements that it knows.
#[derive(Debug)]
pub(crate) struct Type {
    /// Its name in messages.
    pub(crate) name: &'static str,
    /// Its elements.
    pub(crate) fields: &'static [Field],
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The service's words.
    pub(crate) message: String,
    /// Where, if it has a place.
    pub(crate) at: Option<Position>,
}

impl Problem {
    /// A problem with a place.
    pub(crate) fn at(at: Position, message: impl Into<String>) -> Self {
        Self { message: message.into(), at: Some(at) }
    }

    /// A problem with the component as a whole.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self { message: message.into(), at: None }
    }
}

/// Checks a file's root element and everything in it.
pub(crate) fn check(root: &Element, kind: &Type) -> Result<(), Problem> {
    if root.name != kind.name || root.namespace != METADATA {
        return Err(unexpected_root(root, kind.name));
    }
    check_content(root, kind)
}

/// The problem of a file whose root is not its type.
pub(crate) fn unexpected_root(root: &Element, expected: &str) -> Problem {
    let found = root.qualified();
    let message =
        format!("Error parsing file: expected element {{{METADATA}}}{expected}, but found {found}");
    Problem::at(root.at, message)
}

/// Checks that the elements of a type stand together where they are repeated.
pub(crate) fn check_order(element: &Element, kind: &str) -> Result<(), Problem> {
    let children = element.children.iter().enumerate();
    let mut apart = children.filter(|(index, child)| {
        let before = &element.children[..*index];
        before.iter().any(|other| other.name == child.name)
            && before.last().is_none_or(|last| last.name != child.name)
    });
    apart.next().map_or(Ok(()), |(_, child)| Err(duplicated(child, kind)))
}

/// The problem of an element that stands there twice.
fn duplicated(element: &Element, kind: &str) -> Problem {
    let name = element.qualified();
    let message = format!("Element {name} is duplicated at this location in type {kind}");
    Problem::at(element.at, message)
}

/// Checks the elements of a type.
pub(crate) fn check_content(element: &Element, kind: &Type) -> Result<(), Problem> {
    for (index, child) in element.children.iter().enumerate() {
        let known = kind.fields.iter().find(|field| field.name == child.name);
        let Some(field) = known.filter(|_| child.namespace == METADATA) else {
            let message = format!(
                "Element {} invalid at this location in type {}",
                child.qualified(),
                kind.name
            );
            return Err(Problem::at(child.at, message));
        };
        let before = &element.children[..index];
        let repeated = before.iter().any(|other| other.name == child.name);
        let apart = before.last().is_none_or(|last| last.name != child.name);
        if repeated && (apart || !field.many) {
            return Err(duplicated(child, kind.name));
        }
        check_value(child, field)?;
    }
    let missing =
        kind.fields.iter().find(|field| field.required && element.child(field.name).is_none());
    match missing {
        // An item without a name is the one omission whose real message is known.
        Some(field) if field.name == "name" => {
            Err(Problem::at(element.at, "The name \"null\" is not valid."))
        }
        Some(field) => {
            Err(Problem::at(element.at, format!("Required field is missing: {}", field.name)))
        }
        None => Ok(()),
    }
}

/// Checks what an element holds.
fn check_value(element: &Element, field: &Field) -> Result<(), Problem> {
    let text = element.text.trim();
    let kind = match (field.kind, element.xsi_type.as_deref()) {
        // A value that names its own type is held to it.
        (Kind::Any, Some("boolean")) if !element.nil => Kind::Boolean,
        (Kind::Any, Some("double" | "int")) if !element.nil => Kind::Number,
        (kind, _) => kind,
    };
    let expected = match kind {
        Kind::Nested(kind) => return check_content(element, kind),
        Kind::Opaque => return Ok(()),
        Kind::Text | Kind::Any if element.children.is_empty() => return Ok(()),
        Kind::Text | Kind::Any => "text",
        Kind::Boolean if matches!(text, "true" | "false" | "0" | "1") => return Ok(()),
        Kind::Boolean => "boolean",
        Kind::Number if text.parse::<f64>().is_ok_and(f64::is_finite) => return Ok(()),
        Kind::Number => "double",
        Kind::Word(words) if words.contains(&text) => return Ok(()),
        Kind::Word(_) => "enum",
    };
    let message =
        format!("Error parsing file: '{text}' is not a valid {expected} in {}", field.name);
    Err(Problem::at(element.at, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::schemas;
    use crate::metadata_api::tests::support::shared;
    use crate::soap::xml;

    /// Checks a file against the type that its ending tells.
    fn checked(path: &std::path::Path) -> Option<bool> {
        let kind = match path.extension()?.to_str()? {
            "callCenter" => &schemas::CALL_CENTER,
            "md" => &schemas::CUSTOM_METADATA,
            "permissionset" => &schemas::PERMISSION_SET,
            "profile" => &schemas::PROFILE,
            "xml" => &schemas::PACKAGE,
            _ => return None,
        };
        let text = std::fs::read_to_string(path).unwrap();
        Some(xml::parse(&text).is_ok_and(|root| check(&root, kind).is_ok()))
    }

    #[test]
    fn samples_are_told_apart() {
        for (folder, good) in [("wsdl/samples/good", true), ("wsdl/samples/bad", false)] {
            let Some(folder) = shared(folder) else { return };
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if let Some(fits) = checked(&path) {
                    assert_eq!(fits, good, "{}", path.display());
                }
            }
        }
    }
}
