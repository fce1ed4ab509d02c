//! The browser of this machine, as a run sees it: from what is wanted of Setup to what is typed there.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use futures_util::future::BoxFuture;
use secrecy::ExposeSecret as _;
use setup_browser::{
    Browser, Call, Entry, Field, Gate, Layout, Outcome, Pop, Removal, Saving, Step, Stopped, Task,
    Watcher, Window, carry_out,
};

use super::browser_rule::{BrowserVariables, Rule};
use crate::engine::{SetupBrowser, SetupStopped, SetupWatch, SetupWork};
use crate::failure::Failure;
use crate::model::{
    CallKind, CallTypeWish, Match, OpensIn, OrgKind, ScreenPop, SetupBefore, SetupTask,
    SoftphoneField, Words,
};
use crate::view::RunView;

/// How long a person may take to log in.
const PERSON: Duration = Duration::from_secs(10 * 60);
/// How long a page may take.
const PAGE: Duration = Duration::from_secs(20);

/// A browser of this machine.
struct Found<'a> {
    browser: Browser,
    view: &'a RunView<'a>,
    rule: Rule,
}

/// The browser of that path, or the first one there is. One that is only found needs a screen.
pub(super) fn find<'a>(
    named: Option<&Path>,
    variables: BrowserVariables,
    view: &'a RunView<'_>,
    rule: Rule,
) -> Result<Option<Box<dyn SetupBrowser + 'a>>, Failure> {
    let BrowserVariables { folders, display, home, logins } = variables;
    let browser = match named {
        Some(path) if !path.is_file() => {
            let message = format!("There is no browser {}.", path.display());
            return Err(Failure::usage(message)
                .hint("--browser takes the path of Chrome, Chromium or Edge."));
        }
        Some(path) => Some(Browser::at(path)),
        None => Browser::find(folders).filter(|_| display),
    };
    Ok(browser.map(|browser| {
        let browser = browser.without(logins).at_home(home);
        Box::new(Found { browser, view, rule }) as Box<dyn SetupBrowser + 'a>
    }))
}

impl SetupBrowser for Found<'_> {
    fn carry_out<'a>(
        &'a self,
        work: &'a SetupWork,
        watch: &'a dyn SetupWatch,
    ) -> BoxFuture<'a, Result<(), SetupStopped>> {
        Box::pin(async move {
            let entry = Entry {
                browser: self.browser.clone(),
                org: host(&work.org.instance_url).to_owned(),
                address: work.address.expose_secret().to_owned(),
                setup: work.page.clone(),
                person: PERSON,
                page: PAGE,
                evidence: Some(work.evidence.clone()),
            };
            let watching = Watching { watch, found: self, kind: work.org.kind };
            let done = carry_out(&entry, &task(&work.task, &work.labels), &watching).await;
            done.map(drop).map_err(|stopped| told(stopped, &work.evidence))
        })
    }
}

/// Whoever watches, between the browser and the run.
struct Watching<'a> {
    watch: &'a dyn SetupWatch,
    found: &'a Found<'a>,
    kind: OrgKind,
}

impl Watcher for Watching<'_> {
    fn waits(&self, gate: Gate) {
        self.watch.waits(gate.name());
    }

    fn step(&self, step: &Step) {
        self.watch.step(&step.to_string());
    }

    fn remember(&self, before: &Outcome) -> BoxFuture<'_, Result<(), String>> {
        self.watch.remember(found(before))
    }

    fn saved(&self, what: &str) -> BoxFuture<'_, ()> {
        self.watch.saved(what)
    }

    fn may_save(&self, saving: &Saving) -> bool {
        !self.found.rule.asks(self.kind) || self.found.view.may_save(&saving.what, &saving.values)
    }
}

/// The host of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

/// Why it stopped, for a person. A page's words are as long as pages like.
fn told(stopped: Stopped, kept_in: &Path) -> SetupStopped {
    let Stopped { trouble, evidence, saved, may_have_saved } = stopped;
    let mut sentences = vec![Words::new(&trouble.to_string()).to_string()];
    if may_have_saved {
        sentences.push("It may have been saved: look at the list in Setup.".to_owned());
    }
    if !saved.is_empty() {
        sentences.push(format!("Saved before that: {}.", saved.join("; ")));
    }
    SetupStopped {
        message: sentences.join(" "),
        evidence: (!evidence.is_empty()).then(|| kept_in.to_owned()),
        all_told: !may_have_saved,
    }
}

/// What the browser has found before it saves.
fn found(before: &Outcome) -> SetupBefore {
    let replaced = before.replaced.iter().map(|it| {
        let kind = match it.kind {
            setup_browser::CallKind::Inbound => CallKind::Inbound,
            setup_browser::CallKind::Outbound => CallKind::Outbound,
            setup_browser::CallKind::Internal => CallKind::Internal,
        };
        let field = match it.field {
            Field::Objects => SoftphoneField::Objects,
            Field::OpensIn => SoftphoneField::OpensIn,
            Field::Pop(place) => {
                SoftphoneField::Pop(Match::ALL.get(place).copied().unwrap_or(Match::Multiple))
            }
        };
        (kind, field, it.before.clone())
    });
    SetupBefore {
        former_default: before.former_default.clone(),
        made: before.made,
        replaced: replaced.collect(),
        profiles: before.former_profiles.clone(),
    }
}

/// What is wanted, in the words of the page's lists.
fn task(task: &SetupTask, labels: &BTreeMap<String, String>) -> Task {
    match task {
        SetupTask::Layout(wish) => Task::SetUp(Layout {
            name: wish.name.clone(),
            default: wish.default,
            calls: wish.call_types.iter().map(|(kind, wish)| call(*kind, wish, labels)).collect(),
            profiles: wish.profiles.clone(),
        }),
        SetupTask::RemoveLayout { name, defaults, deletes, profiles, .. } => {
            Task::Remove(Removal {
                name: name.clone(),
                defaults: defaults.clone(),
                deletes: *deletes,
                profiles: profiles.clone(),
            })
        }
    }
}

fn call(kind: CallKind, wish: &CallTypeWish, labels: &BTreeMap<String, String>) -> Call {
    let label = |name: &String| {
        let known = labels.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map_or(name, |(_, label)| label).clone()
    };
    let pop = |pop: &Option<ScreenPop>| match pop.as_ref()? {
        ScreenPop::Nothing => Some(Pop::Nothing),
        ScreenPop::New(object) => Some(Pop::New(label(object))),
        ScreenPop::Detail => Some(Pop::Detail),
        ScreenPop::Search => Some(Pop::Search),
        ScreenPop::Page(page) => Some(Pop::Page(page.clone())),
        ScreenPop::Flow(flow) => Some(Pop::Flow(flow.clone())),
        // A configuration cannot say it.
        ScreenPop::Other(_) => None,
    };
    Call {
        kind: match kind {
            CallKind::Inbound => setup_browser::CallKind::Inbound,
            CallKind::Outbound => setup_browser::CallKind::Outbound,
            CallKind::Internal => setup_browser::CallKind::Internal,
        },
        objects: wish.objects.as_ref().map(|objects| objects.iter().map(label).collect()),
        opens_in: wish.opens_in.map(|opens_in| match opens_in {
            OpensIn::Existing => Window::Existing,
            OpensIn::New => Window::New,
        }),
        pops: [pop(&wish.pops[0]), pop(&wish.pops[1]), pop(&wish.pops[2])],
    }
}

#[cfg(test)]
mod tests {
    use setup_browser::Trouble;

    use super::*;

    fn stopped(trouble: Trouble) -> Stopped {
        Stopped { trouble, evidence: Vec::new(), saved: Vec::new(), may_have_saved: false }
    }

    #[test]
    fn what_may_have_been_saved_is_told() {
        let folder = Path::new("browser");
        let closed = told(stopped(Trouble::Closed), folder);
        assert_eq!((closed.message.as_str(), closed.all_told), ("The browser was closed.", true));
        let sent = Stopped { may_have_saved: true, ..stopped(Trouble::Closed) };
        let sent = told(sent, folder);
        assert!(sent.message.contains("It may have been saved") && !sent.all_told, "{sent:?}");
        let half = Stopped {
            saved: vec!["\"Old\" as the default".to_owned()],
            ..stopped(Trouble::Declined)
        };
        let half = told(half, folder);
        assert_eq!(
            half.message,
            "You said no, so it was not saved. Saved before that: \"Old\" as the default."
        );
        assert!(half.all_told);
    }

    #[test]
    fn a_pages_words_are_cut_and_harmless() {
        let words = format!("\u{1b}[2J{}", "Error. ".repeat(1_000));
        let told = told(stopped(Trouble::Refused(words)), Path::new("browser"));
        assert!(!told.message.contains('\u{1b}'));
        assert!(told.message.chars().count() < 2_100, "{}", told.message.len());
        assert!(told.message.contains("more characters"), "{}", told.message);
    }

    #[test]
    fn an_org_is_known_by_the_host_of_its_address() {
        assert_eq!(host("https://acme.my.salesforce.com/"), "acme.my.salesforce.com");
        assert_eq!(host("http://127.0.0.1:8080"), "127.0.0.1:8080");
    }
}
