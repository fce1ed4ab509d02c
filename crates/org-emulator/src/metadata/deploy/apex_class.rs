//! Apex classes. There is no compiler here: brackets must match, the class must be named as its
//! file, and objects of Omni-Channel must exist if it mentions them. Everything else is believed.

use super::super::schema::{self, Problem};
use super::super::schemas;
use super::apex_source::{code, place, words};
use super::bundle::Component;
use super::manifest::check_version;
use super::part::Applied;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::things::ApexClass;

/// Objects that are only there with Omni-Channel.
const OMNI_CHANNEL: [&str; 3] =
    ["ServicePresenceStatus", "UserServicePresence", "ServiceChannelStatus"];

/// Puts a class into the world.
pub(super) fn apply(world: &mut World, component: &Component<'_>) -> Result<Applied, Problem> {
    let name = component.name.as_str();
    let (api_version, status) = meta(component)?;
    let body = std::str::from_utf8(component.content)
        .map_err(|_| Problem::whole("Error parsing file: it is not UTF-8"))?;
    check(world, name, body)?;
    if let Some((namespace, _)) = name.split_once("__") {
        return Err(Problem::whole(format!(
            "Cannot create a new component with the namespace: {namespace}.  Only components in \
             the same namespace as the organization can be created through the API"
        )));
    }
    let known = world
        .apex_classes
        .iter_mut()
        .find(|class| class.namespace_prefix.is_none() && class.name.eq_ignore_ascii_case(name));
    if let Some(class) = known {
        let before = class.clone();
        body.clone_into(&mut class.body);
        class.api_version = api_version;
        class.status = status;
        return Ok(Applied { id: class.id.clone(), created: false, changed: *class != before });
    }
    let id = world.new_id("01p");
    world.apex_classes.push(ApexClass {
        id: id.clone(),
        name: name.to_owned(),
        namespace_prefix: None,
        body: body.to_owned(),
        api_version,
        status,
        is_valid: true,
        manageable_state: "unmanaged".to_owned(),
    });
    Ok(Applied { id, created: true, changed: true })
}

/// Version and status out of the `-meta.xml`.
fn meta(component: &Component<'_>) -> Result<(f64, String), Problem> {
    let Some((_, content)) = &component.meta else {
        let message = format!("{}-meta.xml was not found in zipped directory", component.path);
        return Err(Problem::whole(message));
    };
    let root: Element = super::parse(content)?;
    schema::check(&root, &schemas::APEX_CLASS)?;
    let version = root.value("apiVersion").unwrap_or_default();
    check_version(version).map_err(|message| Problem::at(root.at, message))?;
    let status = root.value("status").unwrap_or_default();
    Ok((version.parse().unwrap_or_default(), status.to_owned()))
}

/// What can be checked without a compiler.
fn check(world: &World, name: &str, body: &str) -> Result<(), Problem> {
    let code = code(body).map_err(|(message, at)| Problem::at(at, message))?;
    check_brackets(&code)?;
    check_name(name, &code)?;
    if world.features.omni_channel {
        return Ok(());
    }
    let mut before = "";
    for (at, word) in words(&code) {
        if OMNI_CHANNEL.iter().any(|object| object.eq_ignore_ascii_case(word)) {
            let message = if before.eq_ignore_ascii_case("from") {
                format!("sObject type '{word}' is not supported.")
            } else {
                format!("Invalid type: {word}")
            };
            return Err(Problem::at(place(&code, at), message));
        }
        before = word;
    }
    Ok(())
}

/// Every bracket is closed by its own kind.
fn check_brackets(code: &str) -> Result<(), Problem> {
    let mut open: Vec<char> = Vec::new();
    for (at, letter) in code.char_indices() {
        match letter {
            '{' => open.push('}'),
            '(' => open.push(')'),
            '[' => open.push(']'),
            '}' | ')' | ']' => {
                let expected = open.pop();
                if expected != Some(letter) {
                    let message = expected.map_or_else(
                        || format!("Extra '{letter}', at '{letter}'."),
                        |expected| format!("Missing '{expected}' at '{letter}'"),
                    );
                    return Err(Problem::at(place(code, at), message));
                }
            }
            _ => {}
        }
    }
    match open.pop() {
        Some(expected) => {
            let at = place(code, code.len());
            Err(Problem::at(at, format!("Missing '{expected}' at '<EOF>'")))
        }
        None => Ok(()),
    }
}

/// The outermost class, interface or enum is called as its file.
fn check_name(name: &str, code: &str) -> Result<(), Problem> {
    let mut all = words(code);
    let declared = all
        .by_ref()
        .find(|(_, word)| {
            ["class", "interface", "enum"].iter().any(|kind| kind.eq_ignore_ascii_case(word))
        })
        .and_then(|_| all.next());
    match declared {
        None => Err(Problem::whole("Unexpected token '<EOF>'.")),
        Some((_, found)) if found.eq_ignore_ascii_case(name) => Ok(()),
        Some((at, found)) => {
            let message = format!("Invalid class name: {found} is declared in file {name}.cls");
            Err(Problem::at(place(code, at), message))
        }
    }
}
