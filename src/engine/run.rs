//! A run: the parts that it has, led through their steps together.
//!
//! A part is one connector in the Salesforce org, or the Webex organization. All of them are looked
//! at before anything is checked, everything is checked before anything is approved, one approval is
//! for all of it, and nothing is changed before. Parts in the same org change it one after another,
//! for an org deploys one thing at a time; the Webex organization is changed beside them.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;

use super::event::Event;
use super::host::{Half, OrgEvent, Question};
use super::org_run::{Consent, OrgRun};
use super::report::{ItemOutcome, ItemReport, Parties, StageReport, TenantReport};
use super::tenant_run::TenantRun;
use super::{Aim, Approval, Context, Goal, Order, Request, start};
use crate::checklist::{ChangeRow, Plan, with_kept_values};
use crate::failure::{Failure, Kind};
use crate::journal::Entry;
use crate::model::{Command, ConnectorWish, Hint};

/// One run over everything that the configuration speaks of.
pub(super) struct Run<'a> {
    request: &'a Request<'a>,
    context: &'a Context<'a>,
    id: String,
    /// One part a connector.
    parts: Vec<OrgRun<'a>>,
    /// The Webex organization's part.
    tenant: Option<TenantRun<'a>>,
    /// What kept single parts from being looked at, while the others were.
    unseen: Vec<Failure>,
}

impl<'a> Run<'a> {
    /// A run that has done nothing yet.
    pub(super) fn new(request: &'a Request<'a>, context: &'a Context<'a>) -> Self {
        let id = context.host.new_run();
        let connectors = request.desired.connectors.iter();
        let parts = context.client.into_iter().flat_map(|client| {
            connectors.clone().map(|it| OrgRun::new(request, context, client, it, &id))
        });
        let parts = parts.collect();
        let wish = request.desired.tenant.as_ref();
        let tenant = context.webex.zip(wish);
        let tenant =
            tenant.map(|(client, wish)| TenantRun::new(request, context, client, wish, &id));
        Self { request, context, parts, tenant, id, unseen: Vec::new() }
    }

    /// Goes as far as the goal asks.
    pub(super) async fn go(&mut self) -> Result<(), Failure> {
        // All parts look at once, and their futures together are large.
        Box::pin(self.look()).await?;
        self.tell(Event::Planned { items: self.items() });
        if self.request.goal == Goal::Verify {
            return self
                .each_plan(|plan| start::no_problems(plan).and_then(|()| start::only_names(plan)));
        }
        self.is_as_saved()?;
        match self.request.goal {
            Goal::Plan if self.request.validate => {
                for part in &mut self.parts {
                    part.validate().await?;
                }
            }
            Goal::Export(source) => {
                for part in &mut self.parts {
                    part.write_source(source).await?;
                }
            }
            _ => {}
        }
        if self.request.goal != Goal::Apply {
            return Ok(());
        }
        let answer = self.ask_for_consent()?;
        // One half that may not begin keeps the other from beginning, too.
        self.parts.iter().try_for_each(|part| part.allowed(answer))?;
        self.tenant.iter().try_for_each(|part| part.allowed(answer))?;
        self.proceed().await
    }

    /// Looks at all parts at once. A part that cannot be seen ends a run that would change
    /// something; any other run goes on with the rest.
    async fn look(&mut self) -> Result<(), Failure> {
        self.tell(Event::Observing);
        self.unseen = self.left_out();
        let Self { parts, tenant, context, request, id, .. } = self;
        let tenants_look = async {
            match tenant {
                Some(tenant) => tenant.look().await.err(),
                None => None,
            }
        };
        let (of_org, mut of_tenant) =
            tokio::join!(look_at_org(parts, context, request, id), tenants_look);
        if let (None, Some(tenant)) = (&of_tenant, tenant) {
            let kept = |desired: &ConnectorWish| {
                let seen = parts.iter().find(|it| it.recipe_name() == desired.recipe.name);
                let seen = seen.and_then(|part| Some((part, part.state().ok()?)));
                let seen = seen.filter(|(_, state)| state.call_center.is_seen());
                seen.map_or_else(
                    // What the org keeps is not known, and nothing is taken back for that.
                    || desired.with_unnamed_kept(),
                    |(part, state)| with_kept_values(desired, &state, &part.records.past.baseline),
                )
            };
            let beside = request.desired.beside.iter().map(ConnectorWish::with_unnamed_kept);
            let connectors = request.desired.connectors.iter().map(kept).chain(beside);
            of_tenant = tenant.plan(connectors.collect()).err();
        }
        let looked = self.parts.len() + usize::from(self.tenant.is_some());
        let failed = of_org.len() + usize::from(of_tenant.is_some());
        self.unseen.extend(of_org);
        self.unseen.extend(of_tenant);
        let blind = looked == failed && !self.unseen.is_empty();
        if blind || self.request.goal == Goal::Apply {
            return Failure::joined(std::mem::take(&mut self.unseen)).map_or(Ok(()), Err);
        }
        Ok(())
    }

    /// Nothing that is wanted may be left out in silence.
    fn left_out(&self) -> Vec<Failure> {
        let desired = self.request.desired;
        let org = !desired.connectors.is_empty() && self.context.client.is_none();
        let tenant = desired.tenant.is_some() && self.context.webex.is_none();
        let no_org = || {
            Failure::new(
                Kind::Usage,
                "The configuration is for a Salesforce org, but none was given.",
            )
            .hint("Name the org's alias with --org.")
        };
        let no_tenant = || {
            Failure::new(
                Kind::Authentication,
                "The configuration is for a Webex organization, but there is no login to it.",
            )
            .hint(Hint::command(
                "Log in to the Webex organization once:",
                Command::of_machine("login webex ALIAS"),
                ".",
            ))
        };
        let why = |half: Half, otherwise: &dyn Fn() -> Failure| {
            self.context.host.unreached(half).map_or_else(otherwise, Failure::again)
        };
        let org = org.then(|| why(Half::Org, &no_org));
        org.into_iter().chain(tenant.then(|| why(Half::Tenant, &no_tenant))).collect()
    }

    /// Makes sure that nothing stands in the way of what is planned, and that it is what was saved.
    fn is_as_saved(&mut self) -> Result<(), Failure> {
        let saved = self.request.saved;
        if let Some(saved) = saved {
            saved.belongs_to(self.parties(), self.request.configuration)?;
        }
        self.nothing_stops()?;
        self.each_plan(start::no_problems)?;
        if let Some(saved) = saved {
            let rows: Vec<ChangeRow> = self.plans().flat_map(Plan::rows).collect();
            // Where all of it is done already, nothing can be changed that was not reviewed.
            if rows.iter().any(ChangeRow::is_ours) {
                saved.still_holds(&rows)?;
            }
        }
        self.parts.iter().try_for_each(OrgRun::check)?;
        self.tenant.iter().try_for_each(TenantRun::check)
    }

    /// Where nothing may begin, that is told alone: what stands still would not have gone on either.
    fn nothing_stops(&mut self) -> Result<(), Failure> {
        let stopped = self.each_plan(start::nothing_stops);
        if stopped.is_err() {
            let of_org = self.parts.iter_mut().map(|part| &mut part.findings.progress);
            let of_tenant = self.tenant.iter_mut().map(|part| &mut part.progress);
            of_org.chain(of_tenant).for_each(|progress| progress.held(None));
        }
        stopped
    }

    /// Shows the plan to whoever may say no, unless nothing of it needs a yes.
    fn ask_for_consent(&self) -> Result<Approval, Failure> {
        let mut asked: Option<Question> = None;
        for part in &self.parts {
            if let Consent::Asked(question) = part.consent()? {
                asked = Some(asked.unwrap_or_default().and(question));
            }
        }
        if self
            .tenant
            .as_ref()
            .is_some_and(|it| it.consent() == Consent::Asked(Question::default()))
        {
            asked.get_or_insert_default();
        }
        let parties = self.parties();
        Ok(match (parties.org, parties.tenant, asked) {
            // A plan for an org that nobody can name is not carried out.
            (None, None, Some(_)) => Approval::No,
            (_, _, Some(asked)) => self.context.host.approve(parties, &self.items(), &asked),
            (_, _, None) => Approval::Unasked,
        })
    }

    /// Carries everything out, and waits for people where that is wanted.
    async fn proceed(&mut self) -> Result<(), Failure> {
        // It changes both halves, and its future is large.
        let (of_org, of_tenant) = Box::pin(self.change()).await;
        let failures = [of_org, of_tenant].into_iter().filter_map(Result::err);
        Failure::joined(failures).map_or(Ok(()), Err)?;
        if let Some(tenant) = &mut self.tenant {
            // Whoever wants to change it while a person is waited for may.
            tenant.records.lock = None;
        }
        let changed = self.items().iter().any(|item| item.outcome == ItemOutcome::Changed);
        if self.request.aim == Aim::Installed {
            for part in &mut self.parts {
                let tried = part.set_up_in_browser().await?.is_some();
                // Whoever has just seen a browser stop goes on by hand at once.
                if changed || tried {
                    part.watch().await;
                }
            }
        }
        Ok(())
    }

    /// Changes both halves, in the order that is wanted.
    async fn change(&mut self) -> (Result<(), Failure>, Result<(), Failure>) {
        let Self { parts, tenant, request, .. } = self;
        let tenants_work = async {
            match tenant {
                Some(tenant) => tenant.proceed().await,
                None => Ok(()),
            }
        };
        match request.order {
            // One half that fails does not keep the other from being brought to its end.
            Order::Beside => tokio::join!(change_org(parts), tenants_work),
            Order::OrgFirst => {
                let of_org = change_org(parts).await;
                let has_failed = parts.iter().any(|it| it.findings.progress.has_failures());
                if of_org.is_ok() && !has_failed {
                    return (of_org, tenants_work.await);
                }
                drop(tenants_work);
                if let Some(tenant) = tenant {
                    tenant.progress.not_reached();
                }
                (of_org, Ok(()))
            }
            Order::TenantFirst => {
                let of_tenant = tenants_work.await;
                let has_failed = tenant.as_ref().is_some_and(|it| it.progress.has_failures());
                if of_tenant.is_ok() && !has_failed {
                    return (change_org(parts).await, of_tenant);
                }
                for part in parts {
                    part.findings.progress.not_reached();
                }
                (Ok(()), of_tenant)
            }
        }
    }

    /// Stops what is under way, for a person has interrupted the run. `None`: everything was done, and
    /// only a person was waited for.
    pub(super) async fn stop(&mut self) -> Option<Failure> {
        if self.parts.iter().any(OrgRun::is_watching) {
            return None;
        }
        let mut failures = Vec::new();
        for part in &mut self.parts {
            failures.push(part.stop().await);
        }
        failures.extend(self.tenant.as_mut().and_then(TenantRun::stop));
        let mut failures = failures.into_iter();
        let first = failures.next().unwrap_or_else(|| {
            Failure::new(Kind::Interrupted, "The run was interrupted before anything was done.")
        });
        Some(failures.fold(first, |first, next| {
            next.diagnostic.hints.into_iter().fold(first, |all, hint| {
                if all.diagnostic.hints.contains(&hint) { all } else { all.hint(hint) }
            })
        }))
    }

    /// Single things that failed while the run went on, and what was left out of it.
    pub(super) fn failures(&mut self) -> Vec<Failure> {
        let of_parts = self.parts.iter_mut().flat_map(|part| part.findings.progress.failures());
        let of_tenant = self.tenant.iter_mut().flat_map(|part| part.progress.failures());
        let mut failures: Vec<Failure> = of_parts.chain(of_tenant).collect();
        failures.append(&mut self.unseen);
        failures
    }

    /// What was planned and not done was not reached.
    pub(super) fn not_reached(&mut self) {
        for part in &mut self.parts {
            part.findings.progress.not_reached();
        }
        if let Some(tenant) = &mut self.tenant {
            tenant.progress.not_reached();
        }
    }

    /// Writes the end into the journals that were begun.
    pub(super) async fn note_down_end(&self, outcome: &str) -> Result<(), Failure> {
        let entry = || Entry::Finished { outcome: outcome.to_owned() };
        // The parts in one org share its journal.
        if let Some(part) = self.parts.iter().find(|part| part.records.log.is_some()) {
            part.note_down(entry()).await?;
        }
        match self.tenant.as_ref().filter(|part| part.records.log.is_some()) {
            Some(part) => part.note_down(entry()).await,
            None => Ok(()),
        }
    }

    /// The run's id, where it has a journal.
    pub(super) fn journal(&self) -> Option<String> {
        let has_one = self.parts.iter().any(|part| part.records.log.is_some())
            || self.tenant.as_ref().is_some_and(|part| part.records.log.is_some());
        has_one.then(|| self.id.clone())
    }

    /// How long a person was waited for.
    pub(super) fn watched(&self) -> Duration {
        self.parts.iter().map(|part| part.findings.watched).sum()
    }

    /// What was carried out: in the org in order, and in the Webex organization beside it.
    pub(super) fn stages(&self) -> Vec<StageReport> {
        let of_org = self.parts.iter().flat_map(|part| &part.findings.stages);
        of_org.chain(self.tenant.iter().flat_map(|part| &part.stages)).cloned().collect()
    }

    /// The parts, to take from them what they have to show.
    pub(super) fn into_parts(self) -> (Vec<OrgRun<'a>>, Option<TenantReport>) {
        (self.parts, self.tenant.and_then(|part| part.tenant))
    }

    /// Every item of every part, in the order of the checklist.
    pub(super) fn items(&self) -> Vec<ItemReport> {
        let several = self.parts.len() > 1;
        let of_part = |part: &OrgRun<'_>| {
            let recipe = several.then(|| part.desired().recipe.name.clone());
            let items = part.items().iter().cloned();
            items
                .map(|item| ItemReport { recipe: recipe.clone(), ..item })
                .collect::<Vec<ItemReport>>()
        };
        let mut items: Vec<ItemReport> = self.parts.iter().flat_map(of_part).collect();
        items.extend(self.tenant.iter().flat_map(|part| part.progress.items()).cloned());
        // The parts of one item stand together, in the order of the configuration.
        items.sort_by_key(|item| item.id);
        items
    }

    fn parties(&self) -> Parties<'_> {
        Parties {
            org: self.parts.iter().find_map(|part| part.findings.org.as_ref()),
            tenant: self.tenant.as_ref().and_then(|part| part.tenant.as_ref()),
        }
    }

    fn plans(&self) -> impl Iterator<Item = &Plan> {
        let of_tenant = self.tenant.iter().filter_map(|part| part.plan.as_ref());
        self.parts.iter().filter_map(|part| part.plan.as_ref()).chain(of_tenant)
    }

    fn each_plan(&self, check: impl Fn(&Plan) -> Result<(), Failure>) -> Result<(), Failure> {
        let failures = self.plans().filter_map(|plan| check(plan).err());
        Failure::joined(failures).map_or(Ok(()), Err)
    }

    fn tell(&self, event: Event) {
        let org_id = self.parts.iter().find_map(|part| part.findings.org_id);
        self.context.host.event(&OrgEvent { event, org_id, tenant_id: None });
    }
}

/// Looks at the org for each of its connectors at once.
async fn look_at_org(
    parts: &mut [OrgRun<'_>],
    context: &Context<'_>,
    request: &Request<'_>,
    run: &str,
) -> Vec<Failure> {
    let Some(client) = context.client.filter(|_| !parts.is_empty()) else { return Vec::new() };
    let known = async {
        let org = start::org_id(client).await?;
        let lock = match request.goal {
            // Taken before the first look, so that nobody else's run can end in between.
            Goal::Apply => Some(Arc::new(context.store.org(&org).lock(run)?)),
            Goal::Plan | Goal::Verify | Goal::Export(_) => None,
        };
        Ok::<_, Failure>((org, lock))
    };
    match known.await {
        Ok((org, lock)) => {
            let looks = parts.iter_mut().map(|part| part.look(&org, lock.clone()));
            join_all(looks).await.into_iter().filter_map(Result::err).collect()
        }
        Err(failure) => vec![failure],
    }
}

/// Changes the org for one connector after another.
async fn change_org(parts: &mut [OrgRun<'_>]) -> Result<(), Failure> {
    for at in 0..parts.len() {
        let (before, rest) = parts.split_at_mut(at);
        let Some(part) = rest.first_mut() else { break };
        if let Some(before) = before.last() {
            part.follow(before);
        }
        part.proceed().await?;
    }
    Ok(())
}
