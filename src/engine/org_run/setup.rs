//! What is left to a person and a browser can do in Setup, where the person watches it.

use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use salesforce_client::soql::{self, Soql};
use salesforce_client::wire::Schedule;
use secrecy::SecretString;
use serde::Deserialize;
use tokio::sync::{mpsc, oneshot};

use super::OrgRun;
use crate::checklist::{ChangeRow, ItemId, Link, Plan, new_default_softphone_layout};
use crate::engine::event::Event;
use crate::engine::host::{Host, OrgEvent};
use crate::engine::setup::{SetupStopped, SetupWatch, SetupWork};
use crate::engine::undone::SOFTPHONE_LAYOUT;
use crate::failure::Failure;
use crate::journal::Entry;
use crate::model::{Look, OrgId, SetupTask};

/// What is to be written down before the browser saves, and who waits for that.
type Asked = (Option<String>, oneshot::Sender<Result<(), String>>);

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
        let plan = self.ask().await?;
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
            evidence: self.records.place()?.run_folder(&self.id).join("browser"),
            task: left.task,
            org,
        };
        let (asks, mut asked) = mpsc::unbounded_channel();
        let watch = Watch { host, org_id: self.findings.org_id.clone(), item, asks };
        let mut working = browser.carry_out(&work, &watch);
        let ended = loop {
            tokio::select! {
                ended = &mut working => break ended,
                Some((former, reply)) = asked.recv() => {
                    let kept = self.remember_default(&work.task, former).await;
                    // Whoever asked waits for nothing else.
                    drop(reply.send(kept));
                }
            }
        };
        drop(working);
        let plan = self.after(&ended).await?;
        self.findings.progress.left_to_people(&plan);
        let done = ended.is_ok() && !plan.items.iter().any(|it| is_left(it, item));
        if done {
            self.findings.progress.changed(&left.rows);
            let subject = format!("{SOFTPHONE_LAYOUT}{}", work.task.layout());
            let content = "done in a browser, and seen afterwards".into();
            self.note_down(Entry::Recorded { subject, content }).await?;
        }
        self.tell_how(ended, done);
        if let Some(report) = self.items().iter().find(|report| report.id == item) {
            let (outcome, message) = (report.outcome, report.message.clone());
            self.tell(Event::ItemDone { item, outcome, message });
        }
        Ok(Some(plan))
    }

    /// Looks at the org again, until it shows what the browser has saved.
    async fn after(&mut self, ended: &Result<(), SetupStopped>) -> Result<Plan, Failure> {
        let schedule = Schedule::read_back();
        let mut looks = 0;
        loop {
            self.observer.look(&[Look::Softphone].into()).await?;
            let plan = self.ask().await?;
            looks += 1;
            let seen = left(&plan).is_none();
            if seen || ended.is_err() || looks > self.context.patience.read_backs {
                return Ok(plan);
            }
            tokio::time::sleep(schedule.wait(looks)).await;
        }
    }

    fn tell_how(&self, ended: Result<(), SetupStopped>, done: bool) {
        let text = match ended {
            Ok(()) if done => return,
            Ok(()) => "The browser has saved it, and the org tells another softphone layout for you: your \
                       profile may have one of its own (Setup > Softphone Layouts > Softphone Layout \
                       Assignment)."
                .to_owned(),
            Err(SetupStopped { message, evidence, .. }) => {
                let kept = evidence.map(|folder| {
                    format!(" What the page looked like is in {}.", folder.display())
                });
                format!("{message}{} The steps below do the same.", kept.unwrap_or_default())
            }
        };
        self.tell(Event::Note { warning: true, text });
    }

    /// Writes down which layout was the default, before another one is.
    async fn remember_default(
        &mut self,
        task: &SetupTask,
        former: Option<String>,
    ) -> Result<(), String> {
        let SetupTask::Layout(wish) = task else { return Ok(()) };
        let Some(former) = former.filter(|former| *former != wish.name) else { return Ok(()) };
        let change = new_default_softphone_layout(&wish.name, Some(&former));
        self.remember(&[change]).await.map_err(|failure| failure.message())
    }

    /// What the caller reads where an object is meant.
    async fn labels(&self, task: &SetupTask) -> BTreeMap<String, String> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Row {
            qualified_api_name: String,
            label: Option<String>,
        }
        let Some(names) = soql::in_list(task.objects()) else { return BTreeMap::new() };
        let query = Soql::new(
            "SELECT QualifiedApiName, Label FROM EntityDefinition WHERE QualifiedApiName IN ",
        )
        .value(&names);
        // Without an answer the API names are looked for, which many labels are.
        let rows: Vec<Row> = self.client().query(&query).await.unwrap_or_default();
        let labels = rows.into_iter().filter_map(|row| Some((row.qualified_api_name, row.label?)));
        labels.collect()
    }

    /// A link that logs the browser in; the page itself where the login is not good for that.
    async fn way_into_setup(&self, page: Option<&str>) -> SecretString {
        let org = self.client().session().instance_url.as_str().trim_end_matches('/');
        let path = page.and_then(|page| page.strip_prefix(org)).unwrap_or("/");
        match self.client().single_access(path).await {
            Ok(link) => link,
            Err(_) => SecretString::from(format!("{org}{path}")),
        }
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

/// Whether that item is left to a person, who has not said that it is done.
fn is_left(planned: &crate::checklist::PlannedItem, item: ItemId) -> bool {
    let human = planned.verdict.human.as_ref();
    planned.item == item
        && planned.verdict.setup.is_some()
        && human.is_some_and(|human| human.confirmed.is_none())
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
        self.host.event(&OrgEvent { event, org_id: self.org_id.clone(), tenant_id: None });
    }
}

impl SetupWatch for Watch<'_> {
    fn waits(&self, what: &str) {
        let what = format!("you, for the {what} in the browser");
        self.tell(Event::Waiting { item: self.item, what, elapsed_ms: 0 });
    }

    fn step(&self, what: &str) {
        self.tell(Event::Doing { item: self.item, what: what.to_owned() });
    }

    fn remember(&self, former_default: Option<String>) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            let (reply, kept) = oneshot::channel();
            let gone = || "the run has ended".to_owned();
            self.asks.send((former_default, reply)).map_err(|_| gone())?;
            kept.await.map_err(|_| gone())?
        })
    }
}
