//! Full names of components: their encoding, and what the org gets wrong about them.

use percent_encoding::{percent_decode_str, percent_encode_byte};

/// Encodes a name, as people see it, for a full name and for the path of a file in a deploy.
///
/// ASCII letters, digits, blanks, `-`, `*` and single `_` stay; two `_` become `%5F%5F`, for two
/// stand behind a namespace, and every other byte of the UTF-8 becomes `%28` and the like. A
/// full name that the org gave is encoded already. By the one complete public pair of names and
/// full names that is known.
pub fn encode_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = match rest.strip_prefix(b"__") {
            Some(after) => {
                out.push_str("%5F%5F");
                after
            }
            None if is_plain(*byte) => {
                out.push(char::from(*byte));
                after
            }
            None => {
                out += percent_encode_byte(*byte);
                after
            }
        };
    }
    out
}

/// The full name of a page layout as a deploy understands it; the `ns__` of a package's stays as it
/// is.
pub fn layout_full_name(object: &str, namespace: Option<&str>, name: &str) -> String {
    let prefix = namespace.map(|namespace| format!("{namespace}__")).unwrap_or_default();
    format!("{object}-{prefix}{}", encode_name(name))
}

/// Whether a byte stands for itself in a full name.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_' | b'*')
}

/// Decodes a full name into what people see.
pub fn decode_name(name: &str) -> String {
    percent_decode_str(name).decode_utf8_lossy().into_owned()
}

/// The full name of a layout as a deploy understands it.
///
/// Lists leave the namespace out of a managed layout's own half: `Task-Name` for `Task-ns__Name`.
pub fn managed_layout_name(full_name: &str, namespace: Option<&str>, state: &str) -> String {
    let managed = matches!(state, "installed" | "installedEditable");
    let (Some(namespace), Some((object, layout)), true) =
        (namespace.filter(|ns| !ns.is_empty()), full_name.split_once('-'), managed)
    else {
        return full_name.to_owned();
    };
    let prefix = format!("{namespace}__");
    if layout.starts_with(&prefix) {
        return full_name.to_owned();
    }
    format!("{object}-{prefix}{layout}")
}

/// Whether a full name can be the name of a file as it is.
pub(super) fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && !matches!(name, "." | "..")
        && !name.contains(|c: char| c.is_control() || matches!(c, '/' | '\\' | ':'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_encoded_as_orgs_do() {
        for (plain, encoded) in [
            (
                "Opportunity-Commercial Combined (Synergus)",
                "Opportunity-Commercial Combined %28Synergus%29",
            ),
            ("Work.com Only User", "Work%2Ecom Only User"),
            ("a/b & 100%", "a%2Fb %26 100%25"),
            ("取引先-A", "%E5%8F%96%E5%BC%95%E5%85%88-A"),
            ("Größe_1", "Gr%C3%B6%C3%9Fe_1"),
            ("Two__lines *", "Two%5F%5Flines *"),
            ("Case Layout ", "Case Layout "),
        ] {
            assert_eq!(encode_name(plain), encoded);
            assert_eq!(decode_name(encoded), plain);
        }
        assert_eq!(decode_name("50% off %2"), "50% off %2");
    }

    #[test]
    fn the_namespace_of_a_layout_stays_and_its_own_name_is_encoded() {
        for (namespace, name, full) in [
            (Some("ns"), "A__B", "Task-ns__A%5F%5FB"),
            (None, "A__B ", "Task-A%5F%5FB "),
            (Some("ns"), "Größe", "Task-ns__Gr%C3%B6%C3%9Fe"),
        ] {
            assert_eq!(layout_full_name("Task", namespace, name), full);
        }
    }

    #[test]
    fn managed_layouts_get_their_namespace_back() {
        for (name, namespace, state, full) in [
            ("Task-Webex Layout", Some("ns"), "installed", "Task-ns__Webex Layout"),
            ("Task-ns__Webex Layout", Some("ns"), "installed", "Task-ns__Webex Layout"),
            ("ns__Obj__c-A-B", Some("ns"), "installedEditable", "ns__Obj__c-ns__A-B"),
            ("Task-Own", None, "unmanaged", "Task-Own"),
            ("Task-Own", Some("ns"), "unmanaged", "Task-Own"),
            ("Task-Own", Some(""), "installed", "Task-Own"),
        ] {
            assert_eq!(managed_layout_name(name, namespace, state), full);
        }
    }

    proptest! {
        #[test]
        fn any_name_survives_and_makes_a_file_name(name in any::<String>()) {
            let encoded = encode_name(&name);
            prop_assert_eq!(&decode_name(&encoded), &name);
            prop_assume!(!name.is_empty() && !name.contains(|c: char| c.is_control() && !c.is_ascii()));
            prop_assert!(is_file_name(&encoded), "{}", encoded);
        }
    }
}
