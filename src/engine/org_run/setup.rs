//! What is left to a person and a browser can do in Setup, where the person watches it.

use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use salesforce_client::wire::Schedule;
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};

use super::OrgRun;
use crate::checklist::{
    ChangeRow, Human, ItemId, Link, Plan, forget_given_back, kept_softphone_layout,
    recorded_softphone_layout, softphone_layout::others_get,
};
use crate::engine::event::Event;
use crate::engine::host::{Host, OrgEvent};
use crate::engine::setup::{SetupStopped, SetupWatch, SetupWork};
use crate::engine::undone::SOFTPHONE_LAYOUT;
use crate::failure::Failure;
use crate::journal::Entry;
use crate::model::{Baseline, Look, OrgId, OrgState, SetupBefore, SetupTask, normalised};

/// What is to be written down while the browser works, and who waits for that.
enum Asked {
    /// What is there, before the browser saves.
    Before(SetupBefore, oneshot::Sender<Result<(), String>>),
    /// What it has saved.
    Saved(String, oneshot::Sender<()>),
}

/// Something that a browser can do.
struct Left {
    item: ItemId,
    task: SetupTask,
    rows: Vec<ChangeRow>,
    page: Option<String>,
}

impl OrgRun<'_> {
    /// Has the browser do what is left to a person, as far as it can; gives the plan afterwards. Whatever
    /// keeps the browser from it leaves the steps to the person.
    pub(in crate::engine) async fn set_up_in_browser(&mut self) -> Result<Option<Plan>, Failure> {
        let plan = self.ask_afterwards().await?;
        let (Some(left), Some(org)) = (left(&plan), self.findings.org.clone()) else {
            return Ok(None);
        };
        let host = self.context.host;
        let Some(browser) = host.setup_browser(&left.task, &org) else { return Ok(None) };
        if self.records.log.is_none() {
            let state = self.state()?;
            self.begin(&state, &plan).await?;
        }
        let item = left.item;
        self.tell(Event::Doing { item, what: "opening Setup in your browser".to_owned() });
        let work = SetupWork {
            labels: self.labels(&left.task).await,
            address: self.way_into_setup(left.page.as_deref()).await,
            page: self.page_of_setup(left.page.as_deref()),
            evidence: self.records.place()?.run_folder(&self.id).join("browser"),
            task: left.task,
            org,
        };
        let (asks, mut asked) = mpsc::unbounded_channel();
        let watch = Watch { host, org_id: self.findings.org_id, item, asks };
        let mut known = self.records.past.baseline.clone();
        let mut unwritten = None;
        let mut working = browser.carry_out(&work, &watch);
        let ended = loop {
            tokio::select! {
                ended = &mut working => break ended,
                Some(asked) = asked.recv() => match asked {
                    // Whoever asked waits for nothing else.
                    Asked::Before(before, reply) => {
                        drop(reply.send(self.remember_setup(&work.task, &before).await));
                    }
                    Asked::Saved(what, reply) => {
                        let noted = self.note_setup(&work.task, &format!("saved: {what}")).await;
                        unwritten = unwritten.or(noted.err());
                        // What is in the org has replaced what was written down.
                        known.clone_from(&self.records.past.baseline);
                        reply.send(()).ok();
                    }
                }
            }
        };
        drop(working);
        let is_unsent = ended.as_ref().is_err_and(|stopped| stopped.all_told);
        let taken_back = if is_unsent { self.keep_past(known).await } else { Ok(()) };
        unwritten = unwritten.or(taken_back.err());
        if ended.is_ok() {
            // The browser has read all of it back in Setup, whatever the org shows to the caller.
            unwritten = unwritten.or(self.keep_layout(&work.task, None).await.err());
        }
        let looked = self.after(&work.task, &ended).await;
        if looked.is_ok() && ended.is_ok() {
            unwritten = unwritten.or(self.settle_past(&work.task).await.err());
            let own = self.state()?.softphone.found().map(|own| own.name.clone());
            unwritten = unwritten.or(self.keep_layout(&work.task, own.as_deref()).await.err());
        }
        if let Some(failure) = unwritten {
            self.tell_unseen(&ended, "");
            return Err(failure);
        }
        let looked = match looked {
            Ok(()) => self.ask_afterwards().await,
            Err(failure) => Err(failure),
        };
        let plan = match looked {
            Ok(plan) => plan,
            Err(failure) => {
                self.tell_unseen(&ended, &failure.message());
                return Ok(None);
            }
        };
        self.findings.progress.left_to_people(&plan);
        let human = plan.of(item).and_then(|verdict| verdict.human.as_ref());
        let done = ended.is_ok() && human.is_none_or(Human::is_settled);
        if done {
            self.findings.progress.changed(left.rows);
            let is_seen = match &work.task {
                SetupTask::Layout(wish) => {
                    self.tells(&wish.name)? == Some(true) || self.check_users_were_seen()?
                }
                SetupTask::RemoveLayout { name, .. } => self.tells(name)? == Some(false),
            };
            let how =
                if is_seen { ", and seen afterwards" } else { ", which has seen it in Setup" };
            self.note_setup(&work.task, &format!("done in a browser{how}")).await?;
        }
        self.tell_how(&work.task, &ended, done);
        if let Some(report) = self.items().iter().find(|report| report.id == item) {
            let (outcome, message) = (report.outcome, report.message.clone());
            self.tell(Event::ItemDone { item, outcome, message });
        }
        Ok(Some(plan))
    }

    /// Looks at the org again, until it shows what the browser has saved.
    async fn after(
        &mut self,
        task: &SetupTask,
        ended: &Result<(), SetupStopped>,
    ) -> Result<(), Failure> {
        let schedule = Schedule::read_back();
        let mut looks = 0;
        loop {
            self.observer.look(&[Look::Softphone].into()).await?;
            looks += 1;
            let shown = match task {
                SetupTask::Layout(_) => left(&self.ask_afterwards().await?).is_none(),
                SetupTask::RemoveLayout { name, .. } => self.tells(name)? != Some(true),
            };
            if shown || ended.is_err() || looks > self.context.patience.read_backs {
                return Ok(());
            }
            tokio::time::sleep(schedule.wait(looks)).await;
        }
    }

    /// Whether the org tells that layout for the calling user; `None` where it refuses to tell any.
    fn tells(&self, layout: &str) -> Result<Option<bool>, Failure> {
        let state = self.state()?;
        let is_it = state.softphone.found().map(|it| normalised(&it.name) == normalised(layout));
        Ok(state.softphone.is_seen().then_some(is_it == Some(true)))
    }

    /// Whether the org has shown what a check user gets.
    fn check_users_were_seen(&self) -> Result<bool, Failure> {
        Ok(self.state()?.checked_layouts.iter().any(|it| it.seen.is_ok()))
    }

    /// Says how the browser has ended, where the item is not done by that.
    fn tell_how(&self, task: &SetupTask, ended: &Result<(), SetupStopped>, done: bool) {
        let text = match ended {
            Ok(()) if done => return,
            Ok(()) => self.shown_afterwards(task),
            Err(stopped) => stopped_text(stopped),
        };
        self.tell(Event::Note { warning: true, text });
    }

    /// Says how the browser has ended, where the org could not be looked at afterwards.
    fn tell_unseen(&self, ended: &Result<(), SetupStopped>, why: &str) {
        let text = match ended {
            Ok(()) => "Done in the browser; the org has not been checked since.".to_owned(),
            Err(stopped) => stopped_text(stopped),
        };
        self.tell(Event::Note { warning: true, text });
        if !why.is_empty() {
            let text = format!("The softphone layout could not be checked afterwards. {why}");
            self.tell(Event::Note { warning: true, text });
        }
    }

    /// What the org tells after the browser has saved, where that is not what is wanted.
    fn shown_afterwards(&self, task: &SetupTask) -> String {
        let state = self.state().ok();
        // Check users are asked only about a layout that is to be there.
        let of_others = state.as_ref().and_then(|it| others_get(it, task.layout()));
        let what = of_others.unwrap_or_else(|| Self::shown_to_caller(state.as_deref(), task));
        let what = what.trim_end_matches('.');
        format!("Done in Setup, as the browser has seen, but {what}.")
    }

    /// The same as the calling user sees it.
    fn shown_to_caller(state: Option<&OrgState>, task: &SetupTask) -> String {
        let softphone = state.map(|state| &state.softphone);
        let seen = softphone.and_then(|softphone| softphone.found());
        match (softphone.and_then(|it| it.refusal()), seen) {
            (Some(refused), _) => {
                format!("the org does not show you softphone layouts: {}", refused.words)
            }
            (None, None) => "the org returns no softphone layout for you".to_owned(),
            (None, Some(seen)) if normalised(&seen.name) == normalised(task.layout()) => match task
            {
                SetupTask::Layout(_) => {
                    format!("the org still returns different content of \"{}\" for you.", seen.name)
                }
                SetupTask::RemoveLayout { .. } => {
                    format!("the org still returns \"{}\" for you.", seen.name)
                }
            },
            (None, Some(seen)) => format!(
                "the org returns the softphone layout \"{}\" for you: your profile may have one of its \
                 own (Setup > Softphone Layouts > Softphone Layout Assignment).",
                seen.name
            ),
        }
    }

    /// Writes down what the browser is about to replace.
    async fn remember_setup(
        &mut self,
        task: &SetupTask,
        before: &SetupBefore,
    ) -> Result<(), String> {
        let SetupTask::Layout(wish) = task else { return Ok(()) };
        let state = self.state().map_err(|failure| failure.message())?;
        let changes = recorded_softphone_layout(wish, before, state.profiles.as_slice());
        if changes.is_empty() {
            return Ok(());
        }
        self.remember(&changes).await.map_err(|failure| failure.message())
    }

    /// Writes down that what was wanted of a layout is in Setup, and what the caller gets.
    async fn keep_layout(&mut self, task: &SetupTask, own: Option<&str>) -> Result<(), Failure> {
        match task {
            SetupTask::Layout(wish) => self.remember(&kept_softphone_layout(wish, own)).await,
            SetupTask::RemoveLayout { .. } => Ok(()),
        }
    }

    /// Writes into the journal what the browser has done.
    async fn note_setup(&self, task: &SetupTask, what: &str) -> Result<(), Failure> {
        let subject = format!("{SOFTPHONE_LAYOUT}{}", task.layout());
        self.note_down(Entry::Recorded { subject, content: what.into() }).await
    }

    /// What was given back is past: the browser has seen that in Setup. What the org still returns afterwards is not
    /// taken for deleted.
    async fn settle_past(&mut self, task: &SetupTask) -> Result<(), Failure> {
        if matches!(task, SetupTask::RemoveLayout { deletes: true, .. })
            && self.tells(task.layout())? == Some(true)
        {
            return Ok(());
        }
        let mut now = self.records.past.baseline.clone();
        forget_given_back(&mut now, task);
        self.keep_past(now).await
    }

    /// Has the baseline be that.
    async fn keep_past(&mut self, baseline: Baseline) -> Result<(), Failure> {
        if baseline == self.records.past.baseline {
            return Ok(());
        }
        self.records.past.baseline = baseline;
        self.records.keep_baseline().await
    }

    /// What the caller reads where an object is meant: the page has nothing else. Without an answer the API names are
    /// looked for, which many labels are.
    async fn labels(&mut self, task: &SetupTask) -> BTreeMap<String, String> {
        let known = |run: &Self| {
            run.state().map(|it| it.softphone_hints.object_labels.clone()).unwrap_or_default()
        };
        let labels = known(self);
        let is_known = |object: &str| labels.keys().any(|name| name.eq_ignore_ascii_case(object));
        if task.objects().into_iter().all(is_known) {
            return labels;
        }
        // What cannot be looked at stays as it was.
        drop(self.observer.look(&[Look::ObjectLabels].into()).await);
        known(self)
    }

    /// A link that logs the browser in; the page itself where the login is not good for that.
    async fn way_into_setup(&self, page: Option<&str>) -> SecretString {
        match self.client().single_access(self.path_of_setup(page)).await {
            Ok(link) => link,
            Err(_) => SecretString::from(self.page_of_setup(page)),
        }
    }

    /// The address of the page, whoever is logged in.
    fn page_of_setup(&self, page: Option<&str>) -> String {
        format!("{}{}", self.address_of_org(), self.path_of_setup(page))
    }

    fn path_of_setup<'p>(&self, page: Option<&'p str>) -> &'p str {
        page.and_then(|page| page.strip_prefix(self.address_of_org())).unwrap_or("/")
    }

    fn address_of_org(&self) -> &str {
        self.client().session().instance_url.as_str().trim_end_matches('/')
    }
}

/// What a plan leaves to a person and a browser can do.
fn left(plan: &Plan) -> Option<Left> {
    plan.items.iter().find(|planned| is_left(planned, planned.item)).and_then(|planned| {
        let human = planned.verdict.human.as_ref()?;
        let mut pages = human.steps.iter().filter_map(|step| step.page());
        Some(Left {
            item: planned.item,
            task: planned.verdict.setup.clone()?,
            rows: planned.rows(),
            page: pages.next().map(|link: &Link| link.url.clone()),
        })
    })
}

/// Whether that item is left to a person who has not confirmed it: where somebody has, whoever is right, a
/// browser changes nothing.
fn is_left(planned: &crate::checklist::PlannedItem, item: ItemId) -> bool {
    let human = planned.verdict.human.as_ref();
    planned.item == item
        && planned.verdict.setup.is_some()
        && human.is_some_and(|human| human.confirmed.is_none())
}

/// Why it stopped, and what there is to go on with.
fn stopped_text(stopped: &SetupStopped) -> String {
    let SetupStopped { message, evidence, .. } = stopped;
    let kept = evidence
        .as_ref()
        .map(|folder| format!(" A record of the page is in {}.", folder.display()));
    format!("{message}{} Follow the steps below instead.", kept.unwrap_or_default())
}

/// Tells the run's host what the browser does.
struct Watch<'a> {
    host: &'a dyn Host,
    org_id: Option<OrgId>,
    item: ItemId,
    asks: mpsc::UnboundedSender<Asked>,
}

impl Watch<'_> {
    fn tell(&self, event: Event) {
        self.host.event(&OrgEvent { event, org_id: self.org_id, tenant_id: None });
    }
}

impl SetupWatch for Watch<'_> {
    fn waits(&self, what: &str) {
        let what = format!("you, for the {what} in the browser");
        self.tell(Event::Waiting { item: self.item, what, elapsed_ms: 0 });
    }

    fn step(&self, what: &str) {
        self.tell(Event::Step { item: self.item, what: what.to_owned() });
    }

    fn remember(&self, before: SetupBefore) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            let (reply, kept) = oneshot::channel();
            let gone = || "the run has ended".to_owned();
            self.asks.send(Asked::Before(before, reply)).map_err(|_| gone())?;
            kept.await.map_err(|_| gone())?
        })
    }

    fn saved(&self, what: &str) -> BoxFuture<'_, ()> {
        let (reply, noted) = oneshot::channel();
        let sent = self.asks.send(Asked::Saved(what.to_owned(), reply));
        Box::pin(async move {
            if sent.is_ok() {
                noted.await.ok();
            }
        })
    }
}
