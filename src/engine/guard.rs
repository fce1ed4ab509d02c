//! The production guard: production is never touched by accident.

use super::Approval;
use crate::checklist::Loss;
use crate::failure::Failure;
use crate::model::{Command, Hint, OrgKind, Organization};

/// Whether a run may change this org.
///
/// Production orgs, and orgs that the configuration protects, must be named by the person who
/// starts the run: by the My Domain name, or by the id with 15 or 18 characters. A trial counts as
/// production: an org that was bought may still have the date on which its trial would have ended.
pub(super) fn check(
    organization: &Organization,
    protected: bool,
    confirmed: Option<&str>,
) -> Result<(), Failure> {
    let named = confirmed.map(|text| organization.is_meant_by(text));
    let why = match (organization.kind, protected) {
        _ if named == Some(true) => return Ok(()),
        (OrgKind::Production, _) => "is a production org",
        (OrgKind::Trial, _) => "may be a production org, though its record has the end of a trial",
        (_, true) => "is protected by the configuration",
        (_, false) if named.is_none() => return Ok(()),
        (_, false) => "is not the org that --confirm names",
    };
    let name = &organization.name;
    let failure = Failure::refused(match confirmed {
        Some(text) if named == Some(false) => {
            format!("--confirm names \"{text}\", but this is \"{name}\" ({}).", organization.id)
        }
        _ => format!("\"{name}\" ({}) {why}. Confirm it to go on.", organization.id),
    });
    let failure = shared(failure, organization, confirmed);
    Err(failure
        .hint(Hint::command(
            "Look first:",
            Command::of_org("plan"),
            " shows what would change without changing anything.",
        ))
        .hint(format!("If this is the org you mean, add --confirm {}.", organization.handle())))
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
        Some(text) if organization.is_meant_by(text) => return Ok(()),
        Some(text) => {
            let failure = Failure::refused(format!(
                "--yes-delete-data names \"{text}\", but this is \"{name}\" ({}).",
                organization.id
            ));
            let failure = shared(failure, organization, named);
            return Err(failure.hint("Nothing was changed.").hint(format!(
                "If this is the org you mean, use --yes-delete-data {}.",
                organization.handle()
            )));
        }
        None => {}
    }
    match answer {
        Approval::Yes => Ok(()),
        Approval::No => Err(Failure::refused(format!(
            "Nothing was changed: you did not type {}.",
            organization.handle()
        ))),
        Approval::Unasked => Err(Failure::refused(format!(
            "Uninstalling deletes the package's data in \"{name}\" ({}), and that was not confirmed.",
            organization.id
        ))
        .hint("Look first: with --plan the same command shows what would be removed without changing anything.")
        .hint(format!(
            "If this is the org you mean, add --yes-delete-data {}.",
            organization.handle()
        ))),
    }
}

/// The org's name is told, and not taken: its sandboxes have the same.
fn shared(failure: Failure, organization: &Organization, named: Option<&str>) -> Failure {
    if named.is_some_and(|text| text.trim() == organization.name) {
        return failure.hint(
            "An org and its sandboxes can have the same name: use the My Domain name or the id.",
        );
    }
    failure
}

/// More people would lose something than a plan usually takes from them, and nobody agreed to that.
pub(super) fn removals(losses: &[String]) -> Failure {
    Failure::refused(format!("{} This needs your permission.", losses.join(" ")))
        .hint(Hint::command(
            "Look first:",
            Command::of_org("plan --full"),
            " lists everybody without changing anything.",
        ))
        .hint(format!(
            "If you want this, add --allow-removals. It is required if more than {}% of the \
            people who have something would lose it.",
            Loss::USUAL_PERCENT
        ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OrgId;

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
        let named = check(&production, false, Some("Acme Inc.")).unwrap_err();
        assert!(named.advice()[0].contains("sandboxes"), "a sandbox has this name too: {named:?}");
        for other in ["acme--uat", "00D000000000002AAA", ""] {
            assert!(check(&production, false, Some(other)).is_err(), "{other}");
        }
        for name in ["acme", "ACME", "00D000000000001", "00D000000000001AAA"] {
            assert!(check(&production, false, Some(name)).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_sandbox_goes_on_unless_it_is_protected_or_another_org_was_named() {
        let sandbox = org(OrgKind::Sandbox);
        assert!(check(&sandbox, false, None).is_ok());
        assert!(check(&sandbox, true, None).is_err());
        assert!(check(&sandbox, true, Some("acme")).is_ok());
        assert!(check(&sandbox, false, Some("Other")).is_err());
    }

    #[test]
    fn the_refusal_says_what_to_type() {
        let refusal = check(&org(OrgKind::Production), false, None).unwrap_err();
        assert_eq!(
            refusal.message(),
            "\"Acme Inc.\" (00D000000000001AAA) is a production org. Confirm it to go on."
        );
        assert_eq!(refusal.advice()[1], "If this is the org you mean, add --confirm acme.");
    }

    #[test]
    fn a_trial_may_be_a_production_org() {
        let refusal = check(&org(OrgKind::Trial), false, None).unwrap_err();
        assert!(refusal.message().contains("may be a production org"), "{}", refusal.message());
        assert!(check(&org(OrgKind::Trial), false, Some("acme")).is_ok());
        assert!(check(&org(OrgKind::Scratch), false, None).is_ok());
    }

    #[test]
    fn the_name_of_an_org_whose_data_may_go_is_not_its_sandboxes() {
        let sandbox = Organization {
            instance_url: "https://acme--uat.sandbox.my.salesforce.com".to_owned(),
            ..org(OrgKind::Sandbox)
        };
        let named = |text| deletion(&sandbox, Some(text), Approval::Unasked);
        assert!(named("Acme Inc.").is_err() && named("acme").is_err());
        assert!(named("acme--uat").is_ok());
        let asked = deletion(&sandbox, None, Approval::Unasked).unwrap_err();
        assert!(asked.advice()[1].ends_with("--yes-delete-data acme--uat."), "{asked:?}");
        let typed = deletion(&sandbox, None, Approval::No).unwrap_err();
        assert_eq!(typed.message(), "Nothing was changed: you did not type acme--uat.");
        // An address that says nothing of the org: its id does.
        let local = Organization { instance_url: "http://127.0.0.1:8080".to_owned(), ..sandbox };
        assert_eq!(local.handle(), "00D000000000001EAA");
    }
}
