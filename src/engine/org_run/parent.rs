//! The baseline of the org that a sandbox was made from.
//!
//! A sandbox that was made or refreshed is a new org, of which nothing is recorded; what its parent held before
//! the connector is what it held too.

use crate::engine::event::Event;
use crate::journal::KnownBaseline;
use crate::model::{Command, OrgKind, Organization};

use super::OrgRun;

impl OrgRun<'_> {
    /// Tells of a production org's baseline where a sandbox of it has none.
    pub(super) fn offer_baseline_of_parent(&self, org: &Organization) {
        let is_first = self
            .request
            .desired
            .connectors
            .first()
            .is_some_and(|it| std::ptr::eq(it, self.connector));
        let is_new = org.kind == OrgKind::Sandbox && self.records.past.baseline.is_empty();
        if !is_first || !is_new {
            return;
        }
        // What cannot be read is told by whoever needs it.
        let Ok((known, _)) = self.context.store.baselines() else { return };
        if let Some(parent) = parent_of(org, &known) {
            self.tell(Event::Note { warning: false, text: offer(parent) });
        }
    }
}

/// The production org whose copy a sandbox is, as its My Domain name says: `acme` of `acme--uat`. Where one of
/// both has none, the name of the org tells, which a copy shares.
fn parent_of<'a>(sandbox: &Organization, known: &'a [KnownBaseline]) -> Option<&'a KnownBaseline> {
    let mut parents = known.iter().filter(|known| {
        let Some(org) = known.organization.as_ref() else { return false };
        let domains = sandbox.my_domain().zip(org.my_domain());
        let is_parent = match domains {
            Some((copy, parent)) => {
                let name = copy.split_once("--").map(|(name, _)| name);
                name.is_some_and(|name| name.eq_ignore_ascii_case(parent))
            }
            None => sandbox.name == org.name,
        };
        org.kind == OrgKind::Production && is_parent
    });
    // Of several of one name, nobody can tell which is meant.
    parents.next().filter(|_| parents.next().is_none())
}

fn offer(parent: &KnownBaseline) -> String {
    const FILE: &str = "production.json";
    let id = parent.org.long();
    let export = Command::of_machine(format!("baseline export --id {id}")).argument(FILE);
    let import = Command::of_org("baseline import --from-other-org").argument(FILE);
    let name = parent.organization.as_ref().map_or("", |org| org.name.as_str());
    format!(
        "This machine has no baseline for this sandbox, but one with {} values for the \
        production org \"{name}\". If this is a copy of it, import them before you change \
        anything: `{export}`, then `{import}`.",
        parent.baseline.entries.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Baseline, OrgId};

    fn org(number: usize, name: &str, kind: OrgKind, url: &str) -> Organization {
        Organization {
            id: OrgId::parse(&format!("00D{number:012}")).unwrap(),
            name: name.to_owned(),
            kind,
            instance_url: url.to_owned(),
        }
    }

    fn known(org: Organization) -> KnownBaseline {
        let baseline = Baseline::default();
        KnownBaseline { org: org.id, organization: Some(org), baseline }
    }

    #[test]
    fn a_sandbox_is_a_copy_of_the_org_whose_my_domain_name_its_own_begins_with() {
        const ACME: &str = "https://acme.my.salesforce.com";
        const UAT: &str = "https://acme--uat.sandbox.my.salesforce.com";
        let sandbox = |url: &str| org(9, "Acme", OrgKind::Sandbox, url);
        let production = known(org(1, "Acme", OrgKind::Production, ACME));
        let found = |sandbox: &Organization, known: &[KnownBaseline]| {
            parent_of(sandbox, known).map(|known| known.org)
        };
        let id = Some(production.org);
        let others = [
            known(org(2, "Acme", OrgKind::Production, "https://acme-eu.my.salesforce.com")),
            known(org(3, "Acme", OrgKind::Sandbox, ACME)),
            production.clone(),
        ];
        assert_eq!(found(&sandbox(UAT), &others), id);
        assert_eq!(found(&sandbox("https://bright--uat.sandbox.my.salesforce.com"), &others), None);
        // Without a My Domain, its name tells, where only one org has it.
        let nameless = sandbox("http://127.0.0.1:7040");
        assert_eq!(found(&nameless, &others), None);
        assert_eq!(found(&nameless, &others[1..]), id);
        assert_eq!(found(&org(9, "Other", OrgKind::Sandbox, ""), &others), None);
        let text = offer(&production);
        assert!(
            text.contains("`provision baseline export --id 00D000000000001EAA production.json`"),
            "{text}"
        );
        assert!(
            text.contains("`provision baseline import --from-other-org production.json`"),
            "{text}"
        );
    }
}
