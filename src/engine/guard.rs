//! The production guard: production is never touched by accident.

use super::Approval;
use crate::failure::Failure;
use crate::model::{OrgId, OrgKind, Organization};

/// Whether a run may change this org.
///
/// Production orgs, and orgs that the configuration protects, must be named by the person who
/// starts the run: by the org's name, or by its id with 15 or 18 characters.
pub(super) fn check(
    organization: &Organization,
    protected: bool,
    confirmed: Option<&str>,
) -> Result<(), Failure> {
    let named = confirmed.map(|text| is_named(organization, text));
    let why = match (organization.kind, protected) {
        _ if named == Some(true) => return Ok(()),
        (OrgKind::Production, _) => "is a production org",
        (_, true) => "is protected by the configuration",
        (_, false) if named.is_none() => return Ok(()),
        (_, false) => "is not the org that --confirm names",
    };
    let name = &organization.name;
    let failure = Failure::refused(match confirmed {
        Some(text) if named == Some(false) => {
            format!("--confirm names \"{text}\", but this is \"{name}\" ({}).", organization.id)
        }
        _ => format!("\"{name}\" ({}) {why}, and nobody confirmed it.", organization.id),
    });
    Err(failure
        .hint("Look first: the command plan shows what would change, and changes nothing.")
        .hint(format!("If this is the org you mean, add --confirm {}.", quoted(organization))))
}

/// Whether a run may delete the data that goes with the package: whoever starts it must name the
/// org, on the command line or when asked.
pub(super) fn deletion(
    organization: &Organization,
    named: Option<&str>,
    answer: Approval,
) -> Result<(), Failure> {
    let name = &organization.name;
    match named {
        Some(text) if is_named(organization, text) => return Ok(()),
        Some(text) => {
            return Err(Failure::refused(format!(
                "--yes-delete-data names \"{text}\", but this is \"{name}\" ({}).",
                organization.id
            ))
            .hint("Nothing was changed."));
        }
        None => {}
    }
    match answer {
        Approval::Yes => Ok(()),
        Approval::No => Err(Failure::refused(
            "Nothing was changed: what was typed is not the org's name.",
        )),
        Approval::Unasked => Err(Failure::refused(format!(
            "Uninstalling deletes the package's data in \"{name}\" ({}), and nobody confirmed that.",
            organization.id
        ))
        .hint("Look first: with --plan the same command shows what would go, and changes nothing.")
        .hint(format!(
            "If this is the org you mean, add --yes-delete-data {}.",
            quoted(organization)
        ))),
    }
}

/// The way to write the org's name on a command line; an id where quoting would be a puzzle.
fn quoted(organization: &Organization) -> String {
    let name = &organization.name;
    if name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_') {
        name.clone()
    } else if name.contains(['"', '\\', '$', '`', '!', '%']) {
        organization.id.to_string()
    } else {
        format!("\"{name}\"")
    }
}

fn is_named(organization: &Organization, text: &str) -> bool {
    text == organization.name || OrgId::parse(text).is_ok_and(|id| id == organization.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn org(kind: OrgKind) -> Organization {
        Organization {
            id: OrgId::parse("00D000000000001AAA").unwrap(),
            name: "Acme Inc.".to_owned(),
            kind,
            instance_url: "https://acme.my.salesforce.com".to_owned(),
        }
    }

    #[test]
    fn production_must_be_named() {
        let production = org(OrgKind::Production);
        assert!(check(&production, false, None).is_err());
        assert!(check(&production, false, Some("acme inc.")).is_err(), "names are exact");
        for name in ["Acme Inc.", "00D000000000001", "00D000000000001AAA"] {
            assert!(check(&production, false, Some(name)).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_sandbox_goes_on_unless_it_is_protected_or_another_org_was_named() {
        let sandbox = org(OrgKind::Sandbox);
        assert!(check(&sandbox, false, None).is_ok());
        assert!(check(&sandbox, true, None).is_err());
        assert!(check(&sandbox, true, Some("Acme Inc.")).is_ok());
        assert!(check(&sandbox, false, Some("Other")).is_err());
    }

    #[test]
    fn the_refusal_says_what_to_type() {
        let refusal = check(&org(OrgKind::Production), false, None).unwrap_err();
        assert_eq!(
            refusal.message(),
            "\"Acme Inc.\" (00D000000000001AAA) is a production org, and nobody confirmed it."
        );
        assert_eq!(
            refusal.advice()[1],
            "If this is the org you mean, add --confirm \"Acme Inc.\"."
        );
    }
}
