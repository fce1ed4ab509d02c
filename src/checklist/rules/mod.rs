//! The rules between settings of a call center, by number.
//!
//! [`of_configuration`] judges what the configuration says, before any org is asked; [`with_org`] looks at
//! what the org has, before anything is written. Both judge only what the configuration takes part
//! in: defaults that Cisco ships, and values that somebody set in the org, are never errors by
//! themselves. A finding about a configured value carries its item, so that the configuration can
//! show the line.

mod address;
mod case;
mod confirmed;
mod constants;
mod definition_file;
mod fields;
mod fills;
mod identity;
mod literals;
mod mappings;
mod named;
mod no_match;
mod notes;
mod objects;
mod omni;
mod package;
mod prefixes;
mod requirements;
mod subject;
mod subject_line;
mod webrtc;

use crate::model::{
    CallCenter, CallCenterWish, ConnectorWish, Definition, Desired, Diagnostic, OrgState, RULES,
    Recipe, Region, UnnamedValues, Wanted,
};

pub use confirmed::of_confirmations;
pub(in crate::checklist) use fills::{Fills, fills};
pub(in crate::checklist) use named::{NamedInWebex, named_in_webex};
pub use objects::objects_needed;
pub(crate) use prefixes::is_prefix;
use subject::Subject;
pub use webrtc::missing as webrtc_missing;

/// The number of a rule that a data file names; data files are tested to name rules that exist.
fn known_id(id: Option<&str>) -> &'static str {
    RULES.iter().find(|rule| Some(rule.id) == id).map_or("CC000", |rule| rule.id)
}

/// What can be said without an org.
pub fn of_configuration(desired: &Desired) -> Vec<Diagnostic> {
    let of = |it: &ConnectorWish| {
        let mut findings = of_wish(&it.call_center, &it.region, &it.recipe);
        findings.extend(no_match::check_offline(it));
        findings
    };
    desired.connectors.iter().flat_map(of).collect()
}

/// The same of one call center.
fn of_wish(wish: &CallCenterWish, region: &Region, recipe: &Recipe) -> Vec<Diagnostic> {
    let effective = wish.effective(None);
    let subject = Subject::new(wish, &effective);
    let mut findings = Vec::new();
    identity::check(&subject, recipe, &mut findings);
    address::check(&subject, region, &mut findings);
    webrtc::check(&subject, region, &mut findings);
    values(&subject, recipe, &mut findings);
    notes::check_offline(&subject, recipe, &mut findings);
    omni::check_offline(&subject, &mut findings);
    definition_file::check(&subject, &mut findings);
    sorted(findings)
}

/// What can be said of a definition by itself: its own values count as if somebody had configured
/// them.
pub fn of_definition(definition: &Definition, recipe: &Recipe) -> Vec<Diagnostic> {
    let said = definition.call_center.items().map(|(key, item)| {
        let asked_by = key.to_string();
        (key, Wanted { value: item.value.clone(), asked_by })
    });
    let wish = CallCenterWish {
        definition: definition.clone(),
        display_name: None,
        values: said.collect(),
        unnamed: UnnamedValues::GoBack,
        delete_old: false,
    };
    let subject = Subject::new(&wish, &definition.call_center);
    let mut findings = Vec::new();
    identity::check_alone(&subject, recipe, &mut findings);
    address::check_alone(&subject, &mut findings);
    webrtc::check_alone(&subject, &mut findings);
    values(&subject, recipe, &mut findings);
    definition_file::check(&subject, &mut findings);
    sorted(findings)
}

/// What can be said of the configured values by themselves, whatever the data centre.
pub fn of_values(wish: &CallCenterWish, recipe: &Recipe) -> Vec<Diagnostic> {
    let effective = wish.effective(None);
    let mut findings = Vec::new();
    values(&Subject::new(wish, &effective), recipe, &mut findings);
    sorted(findings)
}

/// What values by themselves must be, whoever said them.
fn values(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Diagnostic>) {
    constants::check(subject, recipe, findings);
    literals::check(subject, findings);
    requirements::check(subject, findings);
    prefixes::check(subject, findings);
    mappings::check(subject, findings);
    subject_line::check(subject, findings);
}

/// What can be said once the org was observed.
///
/// `effective` is [`CallCenterWish::effective`] with the call center that the org has, if any.
pub fn with_org(wish: &CallCenterWish, effective: &CallCenter, org: &OrgState) -> Vec<Diagnostic> {
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
fn sorted(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(|finding| (finding.severity, finding.code));
    findings
}

#[cfg(test)]
mod tests;
