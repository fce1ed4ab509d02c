//! The browser of this machine, as a run sees it: from what is wanted of Setup to what is typed there.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use futures_util::future::BoxFuture;
use secrecy::ExposeSecret as _;
use setup_browser::{
    Browser, Call, Entry, Gate, Layout, Outcome, Pop, Removal, Saving, Step, Stopped, Task,
    Trouble, Watcher, Window, carry_out,
};

use super::own_browser::{BrowserVariables, Rule};
use crate::engine::{SetupBrowser, SetupStopped, SetupWatch, SetupWork};
use crate::failure::Failure;
use crate::model::{CallKind, CallTypeWish, OpensIn, OrgKind, ScreenPop, SetupTask};
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
    let BrowserVariables { folders, display, logins } = variables;
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
        let browser = browser.without(logins);
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
                address: work.address.expose_secret().to_owned(),
                person: PERSON,
                page: PAGE,
                evidence: Some(work.evidence.clone()),
            };
            let watching = Watching { watch, found: self, kind: work.org.kind };
            let done = carry_out(&entry, &task(&work.task, &work.labels), &watching).await;
            done.map(drop).map_err(|stopped| told(stopped, work))
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
        self.watch.remember(before.former_default.clone())
    }

    fn may_save(&self, saving: &Saving) -> bool {
        !self.found.rule.asks(self.kind) || self.found.view.may_save(&saving.what, &saving.values)
    }
}

/// Why it stopped, for a person.
fn told(stopped: Stopped, work: &SetupWork) -> SetupStopped {
    let Stopped { trouble, evidence, saved, .. } = stopped;
    let saved = match saved.as_slice() {
        [] => String::new(),
        saved => format!(" Saved before that: {}.", saved.join("; ")),
    };
    SetupStopped {
        message: format!("{trouble}{saved}"),
        evidence: (!evidence.is_empty()).then(|| work.evidence.clone()),
        declined: trouble == Trouble::Declined,
    }
}

/// What is wanted, in the words of the page's lists.
fn task(task: &SetupTask, labels: &BTreeMap<String, String>) -> Task {
    match task {
        SetupTask::Layout(wish) => Task::SetUp(Layout {
            name: wish.name.clone(),
            default: wish.default,
            calls: wish.call_types.iter().map(|(kind, wish)| call(*kind, wish, labels)).collect(),
            profiles: Vec::new(),
        }),
        SetupTask::RemoveLayout { name, former_default, .. } => Task::Remove(Removal {
            name: name.clone(),
            former_default: former_default.clone(),
            profiles: Vec::new(),
        }),
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
