//! Blindness is not absence: whatever an org answers to a single question, the commands do what can
//! be done and say what they could not see, and plan nothing that they would not plan with open eyes.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use provision::checklist::{ChangeRow, Note};
use provision::engine::{Goal, Outcome, Removal, Report};
use provision::failure::{Failure, Kind};
use provision::journal::Store;
use tempfile::TempDir;

use crate::rewriting_proxy::{Asked, Rewrite, RewritingProxy};
use crate::support::{Org, everything, is_whole_proof};

/// One error of each class that an org answers with: of the form of the question, of permissions, of
/// what is not there, of the org itself, of limits, and of the login.
pub(crate) const ERRORS: [(u16, &str); 6] = [
    (400, "MALFORMED_QUERY"),
    (403, "INSUFFICIENT_ACCESS"),
    (400, "INVALID_TYPE"),
    (400, "UNKNOWN_EXCEPTION"),
    (403, "REQUEST_LIMIT_EXCEEDED"),
    (401, "INVALID_SESSION_ID"),
];

/// So many runs at once: each of them mostly waits.
const WORKERS: usize = 4;

/// Unless the whole proof is wanted, one answer of so many is tried: every so manyth, in order.
const SAMPLE: usize = 3;

/// An odd answer.
pub(crate) struct Odd<'a> {
    question: &'a str,
    how: &'a Rewrite,
}

/// Questions that are asked in another form, or of another API, where they are refused; and those of
/// which no item needs the answer, which a note among the events tells.
const TOLD_ELSEWHERE: [&str; 13] = [
    "FROM SubscriberPackageVersionUninstallRequest ORDER BY",
    "FROM Folder WHERE",
    "FROM DeployRequest",
    "FROM UserPermissionAccess",
    "FROM PackageInstallRequest ORDER BY",
    "FROM PermissionSet WHERE IsOwnedByProfile = false AND Type",
    "TrialExpirationDate FROM Organization",
    "FROM User WHERE CallCenterId IN (SELECT",
    "AND CallCenterId NOT IN (SELECT",
    "FROM SetupEntityAccess WHERE SetupEntityId IN (SELECT",
    "__mdt",
    // Hints, and names of which people read another form.
    "FROM SetupAuditTrail",
    "Label FROM EntityDefinition",
];

/// Questions that are asked once more in a plainer form where the form is refused.
const HAS_A_PLAINER_FORM: [&str; 6] = [
    "FROM InstalledSubscriberPackage ORDER BY",
    "FROM AppDefinition WHERE NamespacePrefix",
    "FROM Report WHERE NamespacePrefix",
    "AND QualifiedApiName LIKE",
    "AND LayoutType = 'Standard'",
    "AND ApexClass.NamespacePrefix",
];

/// Objects that an org may rightly lack: that it does is an answer.
const MAY_BE_MISSING: [&str; 2] = ["MasterLabel FROM ServicePresenceStatus", "/describe"];

impl Odd<'_> {
    /// Whether nobody can tell it from the truth.
    pub(crate) fn is_honest(&self) -> bool {
        *self.how == Rewrite::EmptyAsMayBe
    }

    /// Whether it is one of these: parts of the question, and of what is done to its answer.
    pub(crate) fn is_one_of(&self, known: &[(&str, &str)]) -> bool {
        let how = format!("{:?}", self.how);
        known.iter().any(|(question, part)| self.question.contains(question) && how.contains(part))
    }

    fn is_no_answer(&self) -> bool {
        let is_about = |parts: &[&str]| parts.iter().any(|part| self.question.contains(part));
        match self.how {
            Rewrite::Error(_, "INVALID_TYPE") => !is_about(&MAY_BE_MISSING),
            Rewrite::Error(..) | Rewrite::Null | Rewrite::Page => true,
            _ => false,
        }
    }

    fn is_told_elsewhere(&self) -> bool {
        // The name of a Webex organization, which only people need.
        let is_name = self.question.starts_with("GET /organization/")
            && self.question.matches('/').count() == 2;
        let is_about_form =
            matches!(self.how, Rewrite::Error(_, "MALFORMED_QUERY" | "UNKNOWN_EXCEPTION"));
        let is_asked_again =
            is_about_form && HAS_A_PLAINER_FORM.iter().any(|part| self.question.contains(part));
        // Packages are asked about one by one then.
        let is_taken_singly = *self.how == Rewrite::Null
            && self.question.contains("FROM InstalledSubscriberPackage ORDER BY");
        is_name
            || is_asked_again
            || is_taken_singly
            || TOLD_ELSEWHERE.iter().any(|part| self.question.contains(part))
    }
}

/// Answers every question of a command once in each odd way, and has it judged how that ended beside
/// how it ends with open eyes. Each worker has a place of its own to run the command in.
pub(crate) fn each_question<P, T>(
    what: &str,
    errors: &[(u16, &'static str)],
    behind: impl Fn() -> (P, RewritingProxy) + Sync,
    run: impl Fn(&mut P) -> T + Sync,
    judge: impl Fn(&T, &T, &Odd<'_>, &mut Vec<String>) -> bool + Sync,
) {
    let every = if is_whole_proof() { 1 } else { SAMPLE };
    Proof { what, every, errors, leaves_out: &[] }.try_all(behind, run, judge);
}

/// What is tried.
pub(crate) struct Proof<'a> {
    /// The command.
    pub(crate) what: &'a str,
    /// One in so many of all that can be done to the answers.
    pub(crate) every: usize,
    pub(crate) errors: &'a [(u16, &'static str)],
    /// What is left out: parts of the question, and of what would be done to its answer.
    pub(crate) leaves_out: &'a [(&'a str, &'a str)],
}

impl Proof<'_> {
    pub(crate) fn try_all<P, T>(
        &self,
        behind: impl Fn() -> (P, RewritingProxy) + Sync,
        run: impl Fn(&mut P) -> T + Sync,
        judge: impl Fn(&T, &T, &Odd<'_>, &mut Vec<String>) -> bool + Sync,
    ) {
        let (mut first, proxy) = behind();
        run(&mut first);
        let asked = proxy.asked();
        assert!(asked.len() > 2, "{asked:#?}");
        let rewrites = |it| Asked::rewrites(it, self.errors).into_iter().map(move |how| (it, how));
        let is_left_out = |(asked, how): &(&Asked, Rewrite)| {
            Odd { question: &asked.question, how }.is_one_of(self.leaves_out)
        };
        let all = asked.iter().flat_map(rewrites).filter(|it| !is_left_out(it));
        let all: Vec<(&Asked, Rewrite)> = all.step_by(self.every).collect();
        let (next, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let wrong: Mutex<Vec<String>> = Mutex::new(Vec::new());
        let work = || {
            let (mut behind, proxy) = behind();
            let sighted = run(&mut behind);
            while let Some((question, how)) = all.get(next.fetch_add(1, Ordering::SeqCst)) {
                proxy.rewrite(&question.question, how);
                let ended = run(&mut behind);
                let mut found = Vec::new();
                if proxy.leave() == 0 {
                    found.push("nobody asked that again".to_owned());
                }
                let odd = Odd { question: &question.question, how: &question.narrowed(how) };
                let is_told = judge(&sighted, &ended, &odd, &mut found);
                told.fetch_add(usize::from(is_told), Ordering::SeqCst);
                let place = format!("{} {how:?}", question.question);
                let found = found.into_iter().map(|it| format!("{place}: {it}"));
                wrong.lock().expect("a lock").extend(found);
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..WORKERS {
                scope.spawn(work);
            }
        });
        #[expect(clippy::print_stdout, reason = "the counts are what people want to know")]
        {
            println!(
                "{}: {} questions, {} rewritten answers, {} told, the others without effect",
                self.what,
                asked.len(),
                all.len(),
                told.into_inner()
            );
        }
        let wrong = wrong.into_inner().expect("a lock");
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    }
}

/// The same org behind a proxy of its own, with the state directory that it has.
pub(crate) fn behind_proxy(org: &Org) -> (Org, RewritingProxy) {
    let proxy = RewritingProxy::to(&org.url);
    proxy.remember();
    let mut behind = org.behind(&proxy.url);
    behind.state = copy_of(org.state.path());
    (behind, proxy)
}

pub(crate) fn rows(report: &Report) -> Vec<&ChangeRow> {
    report.items.iter().flat_map(|item| &item.changes).filter(|row| row.is_ours()).collect()
}

/// Everything that a report says beside its changes.
pub(crate) fn words(report: &Report) -> Vec<String> {
    let of_items = report.items.iter().flat_map(|item| {
        let notes = item.notes.iter().map(Note::text);
        notes.chain(item.message.clone()).chain(item.steps.clone())
    });
    let failure = report.failure.iter().map(Failure::message);
    of_items.chain(failure).collect()
}

pub(crate) fn is_no_mistake(failure: Option<&Failure>, wrong: &mut Vec<String>) {
    let Some(failure) = failure else { return };
    if failure.kind == Kind::Bug {
        wrong.push(format!("exit 70: {}", failure.message()));
    }
    if failure.message().trim().is_empty() {
        wrong.push("it fails without a word".to_owned());
    }
}

/// Nothing is planned that was not, and what is not planned any more is told.
pub(crate) fn is_within(
    sighted: &Report,
    blind: &Report,
    odd: &Odd<'_>,
    wrong: &mut Vec<String>,
) -> bool {
    is_no_mistake(blind.failure.as_ref(), wrong);
    if odd.is_honest() {
        return false;
    }
    let (known, found) = (rows(sighted), rows(blind));
    for row in &found {
        if !known.iter().any(|known| known.same_place(row) && known.after == row.after) {
            wrong.push(format!("plans {}: {} -> {:?}", row.item, row.subject.name, row.after));
        }
    }
    let told = words(blind) != words(sighted);
    let less = found.len() < known.len();
    if less && !told {
        wrong.push("silent about what it does not plan".to_owned());
    }
    // A question that was not answered was asked for something.
    if !told && odd.is_no_answer() && !odd.is_told_elsewhere() {
        wrong.push("silent about what it did not see".to_owned());
    }
    // Whoever compares never calls right what was not seen.
    if less && blind.outcome == Outcome::NothingToDo {
        wrong.push("nothing to do".to_owned());
    }
    told
}

/// A state directory of its own for each run, as an earlier run left it.
pub(crate) fn copy_of(state: &Path) -> TempDir {
    fn copy(from: &Path, to: &Path) {
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            let to = to.join(entry.file_name());
            if entry.file_type().expect("a type").is_dir() {
                fs::create_dir(&to).expect("a folder");
                copy(&entry.path(), &to);
            } else {
                fs::copy(entry.path(), to).expect("a copy");
            }
        }
    }
    let folder = TempDir::new().expect("a folder");
    copy(state, folder.path());
    folder
}

/// An org in which everything is applied.
fn applied() -> Org {
    let org = Org::new();
    org.apply(&everything());
    // Hints of a run that found nothing to do are those of every later one.
    org.apply(&everything());
    org
}

#[test]
fn a_plan_for_a_new_org_rests_on_nothing_unseen() {
    let org = Org::new();
    let run = |org: &mut Org| {
        org.state = TempDir::new().expect("a folder");
        org.run(Goal::Plan, &everything())
    };
    let sighted = org.run(Goal::Plan, &everything());
    assert!(sighted.failure.is_none(), "{:#?}", sighted.failure);
    each_question("plan of a new org", &ERRORS, || behind_proxy(&org), run, is_within);
}

#[test]
fn verify_rests_on_nothing_unseen() {
    let org = applied();
    let run = |behind: &mut Org| {
        behind.state = copy_of(org.state.path());
        behind.run(Goal::Verify, &everything())
    };
    let sighted = org.run(Goal::Verify, &everything());
    assert!(sighted.failure.is_none() && rows(&sighted).is_empty(), "{sighted:#?}");
    each_question("verify of an applied org", &ERRORS, || behind_proxy(&org), run, is_within);
}

#[test]
fn the_plan_of_an_uninstall_rests_on_nothing_unseen() {
    let org = applied();
    let run = |behind: &mut Org| {
        behind.state = copy_of(org.state.path());
        behind.remove(Goal::Plan, Removal::default(), &everything())
    };
    let sighted = org.remove(Goal::Plan, Removal::default(), &everything());
    assert!(sighted.failure.is_none() && !rows(&sighted).is_empty(), "{sighted:#?}");
    each_question("plan of an uninstall", &ERRORS, || behind_proxy(&org), run, is_within);
}

#[test]
fn an_uninstall_that_sees_nothing_to_do_keeps_its_past_where_it_did_not_see_all() {
    let org = applied();
    let past = copy_of(org.state.path());
    // Everything has been taken out by hand, as far as another machine can see.
    org.uninstall(&everything());
    let run = |behind: &mut Org| {
        behind.state = copy_of(past.path());
        let report = behind.remove(Goal::Apply, Removal::default(), &everything());
        let id = provision::model::OrgId::parse(&behind.id).expect("an id");
        let baseline = Store::at(behind.state.path()).org(&id).baseline().expect("a baseline");
        (report, baseline.entries.len())
    };
    let (sighted, entries) = run(&mut org.behind(&org.url));
    assert!(sighted.failure.is_none(), "{:#?}", sighted.failure);
    assert_eq!(entries, 0, "the past is put away once everything is out");
    each_question(
        "end of an uninstall",
        &ERRORS,
        || behind_proxy(&org),
        run,
        |_, (blind, entries), _, wrong| {
            is_no_mistake(blind.failure.as_ref(), wrong);
            if !rows(blind).is_empty() {
                wrong.push("plans something".to_owned());
            }
            let told = blind.failure.is_some();
            if told && *entries == 0 {
                wrong.push("puts its past away unseen".to_owned());
            }
            told
        },
    );
}
