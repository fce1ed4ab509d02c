//! The rules between settings of a call center, by number.
//!
//! [`offline`] judges what the configuration says, before any org is asked; [`with_org`] looks at
//! what the org has, before anything is written. Both judge only what the configuration takes part
//! in: defaults that Cisco ships, and values that somebody set in the org, are never errors by
//! themselves. A finding about a configured value carries its item, so that the configuration can
//! show the line.

mod address;
mod case;
mod constants;
mod definition_file;
mod fields;
mod identity;
mod literals;
mod mappings;
mod no_match;
mod notes;
mod objects;
mod omni;
mod package;
mod prefixes;
mod requirements;
mod subject;
mod subject_line;

use crate::model::{CallCenter, CallCenterWish, Finding, OrgState, Recipe, Region};

pub use objects::objects_needed;
use subject::Subject;

/// A rule: its number and what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// `CC021`
    pub id: &'static str,
    /// What holds where the rule is kept.
    pub title: &'static str,
    /// Whether an org must be asked, at least for a part of it.
    pub needs_org: bool,
}

/// Every rule, by number.
pub const RULES: &[Rule] = &[
    rule("CC001", "The internal name is one of the connector's."),
    rule("CC002", "The adapter URL is the desktop of the tenant's data centre."),
    rule("CC003", "The call center uses the CTI API."),
    rule("CC004", "The compatibility mode is Lightning."),
    rule("CC005", "Numbers are whole numbers within their limits."),
    rule("CC006", "Switches are `true` or `false`."),
    rule("CC010", "The advanced screen pop has a variable to search for."),
    rule("CC011", "Lists of prefixes are digits, with commas between them."),
    org_rule(
        "CC020",
        "An unknown caller is handled in one place, with an object that can be created.",
    ),
    rule("CC021", "Mappings have the shape of their section."),
    org_rule("CC022", "Mapped fields exist and take what is written to them."),
    rule("CC023", "Conditional fields and conditional rows belong to each other."),
    rule("CC024", "Values have 255 characters or fewer."),
    rule("CC030", "An activity that opens on connect is created on connect."),
    rule("CC031", "An activity that changes its owner is created on connect and carries its id."),
    rule("CC032", "Field updates are on where there is a mapping for them."),
    org_rule("CC033", "Live notes have a field of Task that takes text."),
    rule("CC034", "Subject template and date format can be filled in."),
    rule("CC040", "A case opens for editing or for reading, not for both."),
    org_rule("CC041", "Automatic cases can be created."),
    rule("CC050", "The outdial number is in the desktop layout."),
    org_rule("CC060", "State sync has a presence status and an idle code."),
    org_rule("CC070", "The namespace is that of the installed package."),
    rule("CC081", "Items are known to this version of the program."),
    rule("CC082", "The definition belongs to the recipe."),
    rule("CC090", "Names follow Salesforce's rules for definition files."),
];

const fn rule(id: &'static str, title: &'static str) -> Rule {
    Rule { id, title, needs_org: false }
}

const fn org_rule(id: &'static str, title: &'static str) -> Rule {
    Rule { needs_org: true, ..rule(id, title) }
}

/// The number of a rule that a data file names; data files are tested to name rules that exist.
fn known_id(id: Option<&str>) -> &'static str {
    RULES.iter().find(|rule| Some(rule.id) == id).map_or("CC000", |rule| rule.id)
}

/// What can be said without an org.
pub fn offline(wish: &CallCenterWish, region: &Region, recipe: &Recipe) -> Vec<Finding> {
    let effective = wish.effective(None);
    let subject = Subject::new(wish, &effective);
    let mut findings = Vec::new();
    identity::check(&subject, recipe, &mut findings);
    address::check(&subject, region, &mut findings);
    constants::check(&subject, recipe, &mut findings);
    literals::check(&subject, &mut findings);
    requirements::check(&subject, &mut findings);
    prefixes::check(&subject, &mut findings);
    mappings::check(&subject, &mut findings);
    subject_line::check(&subject, &mut findings);
    notes::check_offline(&subject, &mut findings);
    omni::check_offline(&subject, &mut findings);
    definition_file::check(&subject, &mut findings);
    sorted(findings)
}

/// What can be said once the org was observed.
///
/// `effective` is [`CallCenterWish::effective`] with the call center that the org has, if any.
pub fn with_org(wish: &CallCenterWish, effective: &CallCenter, org: &OrgState) -> Vec<Finding> {
    let subject = Subject::new(wish, effective);
    let mut findings = Vec::new();
    // Values that the org has and the configuration does not name may break what is between them.
    requirements::check(&subject, &mut findings);
    mappings::check_pairs(&subject, &mut findings);
    let defaults = wish.effective(None);
    let mut known = Vec::new();
    let before = Subject::new(wish, &defaults);
    requirements::check(&before, &mut known);
    mappings::check_pairs(&before, &mut known);
    findings.retain(|finding| !known.contains(finding));

    no_match::check(&subject, org, &mut findings);
    fields::check(&subject, org, &mut findings);
    notes::check(&subject, org, &mut findings);
    case::check(&subject, org, &mut findings);
    omni::check(&subject, org, &mut findings);
    package::check(&subject, org, &mut findings);
    sorted(findings)
}

/// Worst first, then by number.
fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| (finding.severity, finding.rule));
    findings
}

#[cfg(test)]
mod tests;
