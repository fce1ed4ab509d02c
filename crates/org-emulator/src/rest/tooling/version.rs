//! `SubscriberPackageVersion` and its installation key.

use super::super::query;
use crate::org::Call;
use crate::schema::Api;
use crate::soql::Answer;
use crate::world::refusal::Refusal;

/// Runs a Tooling query; a package that wants a key is only shown to who gives it.
pub(super) fn run(call: &Call<'_>, text: &str) -> Result<Answer, Refusal> {
    let base = format!("/services/data/v{}/tooling", call.version);
    let given = installation_key(text);
    let scope = query::Scope { api: Api::Tooling, everything: false, key: given.as_deref() };
    let answer = query::run(call, text, scope, &base)?;
    let features = &call.world().features;
    let fails = match answer.object.as_str() {
        "MetadataComponentDependency" => features.untidy_dependencies,
        "InstalledSubscriberPackage" => {
            let joins = text.contains("SubscriberPackage.") || text.contains("PackageVersion.");
            let is_joinable = call.org.settings().guesses.installed_packages_joinable;
            features.broken_package || (joins && !is_joinable)
        }
        _ => false,
    };
    if fails {
        return Err(Refusal::new(
            "UNKNOWN_EXCEPTION",
            "An unexpected error occurred. Please include this ErrorId if you contact support: \
             1795341600-26101 (-1207943482)",
        ));
    }
    if answer.object != "SubscriberPackageVersion" || answer.records.is_empty() {
        return Ok(answer);
    }
    let wanted = call
        .world()
        .package_versions
        .iter()
        .filter(|version| text.contains(version.id.short()))
        .find_map(|version| version.installation_key.as_deref());
    let Some(wanted) = wanted else {
        return Ok(answer);
    };
    let problem = match given.as_deref() {
        Some(given) if given == wanted => return Ok(answer),
        Some(_) => Refusal::new("INSTALL_KEY_INVALID", "The installation key is invalid."),
        None => Refusal::new(
            "INSTALL_KEY_REQUIRED",
            "An installation key is required to install this package.",
        ),
    };
    if call.org.settings().guesses.key_errors_in_query {
        return Err(problem);
    }
    Ok(Answer { records: Vec::new(), total: 0, ..answer })
}

/// The text of `InstallationKey = '…'`, which compares with regard to case.
pub(in crate::rest) fn installation_key(text: &str) -> Option<String> {
    const NAME: &str = "installationkey";
    let lower = text.to_ascii_lowercase();
    let mut inside = false;
    let mut escaped = false;
    for (place, letter) in lower.char_indices() {
        if inside {
            inside = escaped || letter != '\'';
            escaped = letter == '\\' && !escaped;
        } else if letter == '\'' {
            inside = true;
        } else if lower[place..].starts_with(NAME) {
            let rest = text[place + NAME.len()..].trim_start().strip_prefix('=');
            return rest.and_then(|rest| literal(rest.trim_start()));
        }
    }
    None
}

/// The text of a literal in quotes.
fn literal(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = text.strip_prefix('\'')?.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => return Some(out),
            '\\' => out.push(letters.next()?),
            other => out.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_read_with_its_escapes() {
        let query = r"SELECT Id FROM X WHERE Id = '04t' AND InstallationKey ='it\'s \\a key'";
        assert_eq!(installation_key(query).as_deref(), Some(r"it's \a key"));
        assert_eq!(installation_key("WHERE Name = 'InstallationKey = x'"), None);
        assert_eq!(installation_key("WHERE Id = '04t'"), None);
    }
}
