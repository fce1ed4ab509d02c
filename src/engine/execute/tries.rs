//! What is tried after the org has refused a deploy: to wait, to write the same in another form, or to leave
//! out what the rest can go without.

use salesforce_client::metadata::{Component, DeployResult};
use salesforce_client::packages::is_passing;

use super::deploy_failure::failed;
use super::pack::{Forms, definition};
use super::profiles::{has_other_names, layout_names};
use super::unlocked::Waits;
use super::{call_center, custom_metadata, removal, utility_bar};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::model::CallCenter;

/// What was tried of one deploy.
#[derive(Debug, Default)]
pub(super) struct Tries {
    forms: Forms,
    waits: Waits,
    /// Whether the org only checks the deploy.
    rehearses: bool,
}

/// What a deploy goes on without, each with the org's words.
#[derive(Debug, Default, PartialEq)]
pub(super) struct LeftOut {
    /// What the org does not take.
    pub(super) refused: Vec<(Change, String)>,
    /// What no deploy changes or deletes, and a person may.
    pub(super) locked: Vec<(Change, String)>,
}

impl Tries {
    /// Those of a deploy that the org only checks.
    pub(super) fn of_rehearsal() -> Self {
        Self { rehearses: true, ..Self::default() }
    }

    /// How the components are written next.
    pub(super) fn forms(&self) -> &Forms {
        &self.forms
    }

    /// Makes ready for the next try of a deploy that the org has refused, which undoes it as a whole; fails
    /// where there is none.
    pub(super) async fn after(
        &mut self,
        run: &OrgRun<'_>,
        result: &DeployResult,
        changes: &mut Vec<Change>,
    ) -> Result<LeftOut, Failure> {
        if let Some(words) = passing(result) {
            let is_sent_again = self.waits.wait(run, &words).await;
            return if is_sent_again { Ok(LeftOut::default()) } else { Err(failed(result)) };
        }
        if let Some(text) = self.other_form(run, result, changes).await? {
            run.tell(Event::Note { warning: false, text });
            return Ok(LeftOut::default());
        }
        let refused = refused_items(run, result, changes)?;
        let locked = if refused.is_empty() { locked(result, changes) } else { Vec::new() };
        if refused.is_empty() && locked.is_empty() {
            return Err(failed(result));
        }
        changes.retain(|change| refused.iter().chain(&locked).all(|(left, _)| left != change));
        for (change, words) in &locked {
            let text = left_out(change, words, self.goes_on(changes));
            run.tell(Event::Note { warning: true, text });
        }
        Ok(LeftOut { refused, locked })
    }

    /// What is done with the rest of a deploy, where there is any.
    pub(super) fn goes_on(&self, rest: &[Change]) -> Option<&'static str> {
        let word = if self.rehearses { "Validating" } else { "Deploying" };
        (!rest.is_empty()).then_some(word)
    }

    /// Another way to write the same that the org may take, where there is one that was not tried; what is
    /// said of it.
    async fn other_form(
        &mut self,
        run: &OrgRun<'_>,
        result: &DeployResult,
        changes: &[Change],
    ) -> Result<Option<String>, Failure> {
        let state = run.state()?;
        if let Some((whole, _)) = refused_call_center(run, result, changes)?
            && let Some(next) = self.forms.call_center.next(&whole, &state, definition(run))
        {
            self.forms.call_center = next;
            let written = next.of(&whole, &state, definition(run));
            return Ok(Some(format!(
                "The org rejects the call center: deploying it again without {}.",
                call_center::lacking(&whole, &written).join(", ")
            )));
        }
        let of_layouts =
            |failure: &Component| ["Profile", "Layout"].contains(&&*failure.component_type);
        if self.forms.layouts.is_none() && result.failures().any(of_layouts) {
            let names = self.forms.layouts.insert(layout_names(run, changes).await);
            if has_other_names(&state, changes, names) {
                return Ok(Some(
                    "The org uses different names for page layouts in deployments than in \
                    queries: deploying again with those."
                        .to_owned(),
                ));
            }
        }
        Ok(None)
    }
}

/// The org's words where somebody else holds what the deploy changes, which is over in a moment.
fn passing(result: &DeployResult) -> Option<String> {
    let of_components = result.failures().filter_map(|failure| failure.problem.as_ref());
    of_components.chain(&result.error_message).find(|words| is_passing(words)).cloned()
}

/// The call center that the changes write, where the org refuses it, with the org's words.
fn refused_call_center(
    run: &OrgRun<'_>,
    result: &DeployResult,
    changes: &[Change],
) -> Result<Option<(CallCenter, String)>, Failure> {
    let is_one = |it: &&Component| it.component_type == "CallCenter";
    let all: Vec<&Change> =
        changes.iter().filter(|change| removal::deleted(change).is_none()).collect();
    let mut failures = result.failures().filter(is_one).peekable();
    if failures.peek().is_none() {
        return Ok(None);
    }
    let Some(whole) = call_center::changed(&*run.state()?, definition(run), &all)? else {
        return Ok(None);
    };
    let refused = failures.find(|it| it.full_name == whole.internal_name);
    Ok(refused.map(|it| (whole, it.problem.clone().unwrap_or_default())))
}

/// Items of a call center that the org does not let anybody add, with its words.
fn refused_items(
    run: &OrgRun<'_>,
    result: &DeployResult,
    changes: &[Change],
) -> Result<Vec<(Change, String)>, Failure> {
    let Some((_, words)) = refused_call_center(run, result, changes)? else {
        return Ok(Vec::new());
    };
    let state = run.state()?;
    let added = changes.iter().filter(|change| call_center::adds_item(&state, change));
    Ok(added.map(|change| (change.clone(), words.clone())).collect())
}

/// Changes that a person may make where no deploy can, with the org's words; empty when anything else kept
/// the deploy from succeeding.
fn locked(result: &DeployResult, changes: &[Change]) -> Vec<(Change, String)> {
    let mut left: Vec<(Change, String)> = Vec::new();
    for failure in result.failures() {
        let mut about = custom_metadata::refused(failure, changes);
        about.extend(removal::refused(failure, changes));
        about.extend(utility_bar::refused(failure, changes));
        if about.is_empty() {
            return Vec::new();
        }
        let words = failure.problem.clone().unwrap_or_default();
        left.extend(about.into_iter().map(|change| (change.clone(), words.clone())));
    }
    let tests = result.tests();
    let test = tests.failures.first().map(|test| format!("{}: {}", test.name, test.message));
    if let Some(words) = test.or_else(|| tests.coverage_warnings().next()) {
        // Only a class that goes is left out for tests: one that comes is what they are about.
        let classes = removal::of_classes(changes);
        let also: Vec<_> = classes.map(|change| (change.clone(), words.clone())).collect();
        if also.is_empty() {
            return Vec::new();
        }
        left.extend(also);
    }
    if let Some(words) = &result.error_message
        && left.is_empty()
    {
        let about = removal::named(words, changes).into_iter();
        left.extend(about.map(|change| (change.clone(), words.clone())));
    }
    let mut known: Vec<(Change, String)> = Vec::new();
    for (change, words) in left {
        if known.iter().all(|(known, _)| *known != change) {
            known.push((change, words));
        }
    }
    known
}

/// What is said of a change that is left out, and of what the rest `goes_on` with, where there is any.
pub(super) fn left_out(change: &Change, words: &str, goes_on: Option<&str>) -> String {
    let rest = goes_on.map(|word| format!(" {word} the rest without it.")).unwrap_or_default();
    let what = if let Some((kind, name)) = removal::deleted(change) {
        format!("The org does not let a deploy delete the {kind} {name}")
    } else {
        let (subject, field) = change.target().place();
        format!("The org refuses to change {} {field}", subject.name)
    };
    format!("{what}: {}.{rest}", words.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::checklist::ItemId;
    use crate::model::{CustomMetadataPlace, Granted, Ref, Target, Value};

    fn result(mut told: Json) -> DeployResult {
        told["id"] = json!("0Af");
        told["done"] = json!(true);
        serde_json::from_value(told).unwrap()
    }

    fn failures(failures: &Json) -> DeployResult {
        result(json!({ "details": { "componentFailures": failures } }))
    }

    fn failure(kind: &str, name: &str, problem: &str) -> Json {
        json!({ "componentType": kind, "fullName": name, "problem": problem })
    }

    fn left(result: &DeployResult) -> Vec<(String, String)> {
        let gone =
            |item, target| Change::new(item, target, Some(Value::Text("x".to_owned())), None);
        let place = CustomMetadataPlace::in_member("n__A.n__1", "n__X__c").unwrap();
        let access = Granted::ApexClass("Sync".to_owned());
        let changes = [
            gone(ItemId::CALL_CENTER, Target::CallCenter(Ref::named("V1"))),
            gone(ItemId::OMNI_SYNC, Target::ApexClass("Sync".to_owned())),
            gone(ItemId::OMNI_SYNC, Target::ProfileAccess(Ref::named("Agent"), access)),
            Change::new(
                ItemId::DATA_CENTER,
                Target::CustomMetadata(place),
                Some(Value::Text("EU1".to_owned())),
                Some(Value::Text("US1".to_owned())),
            ),
        ];
        let left = locked(result, &changes).into_iter();
        left.map(|(change, words)| (change.target().place().0.name, words)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())).collect()
    }

    #[test]
    fn refusals_of_several_kinds_are_left_out_together() {
        let (center, record) = (
            failure("CallCenter", "V1", "not so"),
            failure("CustomMetadata", "n__A.n__1", "locked"),
        );
        assert_eq!(left(&failures(&json!([center]))), pairs(&[("V1", "not so")]));
        let both = left(&failures(&json!([center, record])));
        assert_eq!(both, pairs(&[("V1", "not so"), ("n__A.n__1", "locked")]));
        // What else is wrong is not hidden behind it.
        let other = failure("Profile", "Agent", "not so");
        assert!(left(&failures(&json!([center, record, other]))).is_empty());
        assert!(left(&failures(&Json::Null)).is_empty());
    }

    #[test]
    fn what_goes_on_without_a_change_is_called_what_it_is() {
        let class = Target::ApexClass("Sync".to_owned());
        let change = Change::new(ItemId::OMNI_SYNC, class, Some(Value::Text("x".to_owned())), None);
        let rest = [change.clone()];
        let said =
            |tries: &Tries, rest: &[Change]| left_out(&change, "not so.", tries.goes_on(rest));
        assert!(
            said(&Tries::default(), &rest).ends_with(": not so. Deploying the rest without it.")
        );
        let rehearsal = Tries::of_rehearsal();
        assert!(said(&rehearsal, &rest).ends_with(": not so. Validating the rest without it."));
        assert!(said(&rehearsal, &[]).ends_with(": not so."));
    }

    #[test]
    fn tests_that_fail_keep_only_classes() {
        let tests = json!({ "failures": [{ "name": "Other", "message": "1 <> 2" }] });
        let of_tests = result(json!({ "details": { "runTestResult": tests } }));
        assert_eq!(left(&of_tests), pairs(&[("Sync", "Other: 1 <> 2")]));
    }

    #[test]
    fn a_deploy_that_is_refused_as_a_whole_goes_without_what_the_words_name() {
        let whole = |words: &str| result(json!({ "errorMessage": words }));
        let words = "Entity type: 'CallCenter' cannot be deleted by the Metadata API";
        assert_eq!(left(&whole(words)), pairs(&[("V1", words)]));
        assert!(left(&whole("UNKNOWN_EXCEPTION: An unexpected error occurred.")).is_empty());
    }

    #[test]
    fn what_passes_is_told_from_what_stays() {
        let locked =
            failure("Profile", "Agent", "UNABLE_TO_LOCK_ROW: unable to obtain exclusive access");
        assert!(passing(&failures(&json!([locked]))).is_some());
        assert!(
            passing(&failures(&json!([failure("Profile", "Agent", "no such layout")]))).is_none()
        );
        assert!(passing(&result(json!({ "errorMessage": "UNABLE_TO_LOCK_ROW" }))).is_some());
    }
}
