//! Making the changes, record by record, in an order in which each finds what it speaks of.

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use webex_client::DesktopLayout;

use super::TenantRun;
use super::work::{EDITED_BY, Edit, End, Work, field_of};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::failure::{Failure, Kind};
use crate::model::tenant::field::{
    ALLOWED_IDLE_CODE, LAYOUT_NAME, LAYOUT_STATUS, OUTDIAL_ANI, OUTDIAL_ENABLED,
    OUTDIAL_ENTRY_POINT,
};
use crate::model::{Ref, Target, TenantRecord, TenantRecordId, Value, Way};

/// How many records are changed at once. The client keeps to what the service takes in a minute.
const AT_ONCE: usize = 24;

/// What is made before what speaks of it; it goes in the opposite order.
const BUILD: [TenantRecord; 5] = [
    TenantRecord::AuxiliaryCode,
    TenantRecord::DesktopLayout,
    TenantRecord::Team,
    TenantRecord::CadVariable,
    TenantRecord::AgentProfile,
];

/// Which changes of a kind are made in one go.
#[derive(Debug, Clone, Copy)]
enum Pass {
    All,
    Comes,
    Goes,
}

impl Pass {
    fn has(self, change: &Change) -> bool {
        let goes = field_of(change).is_none() && change.operation.to.is_none();
        match self {
            Self::All => true,
            Self::Comes => !goes,
            Self::Goes => goes,
        }
    }
}

/// The failure with the name of the record that it is about.
fn named(failure: Failure, name: &str) -> Failure {
    let says = failure.message().contains(name);
    if says { failure } else { failure.after(format_args!("\"{name}\":")) }
}

impl<'a> TenantRun<'a> {
    /// Makes all changes, kind by kind, and those of one kind beside each other. The first that fails
    /// ends it, once what is under way was answered.
    pub(super) async fn carry_out(&mut self, changes: &[Change]) -> Result<(), Failure> {
        // What is no longer wanted goes last, once nothing speaks of it.
        let order: Vec<(TenantRecord, Pass)> = match self.request.aim.way_of_tenant() {
            Way::Remove => BUILD.into_iter().rev().map(|kind| (kind, Pass::All)).collect(),
            Way::Build => {
                let comes = BUILD.into_iter().map(|kind| (kind, Pass::Comes));
                comes.chain(BUILD.into_iter().rev().map(|kind| (kind, Pass::Goes))).collect()
            }
        };
        let (mut done, total) = (0, changes.len());
        for (kind, pass) in order {
            let of_kind = changes.iter().filter(|it| kind_of(it) == Some(kind) && pass.has(it));
            let mut waiting = by_record(of_kind).into_iter();
            let mut under_way = FuturesUnordered::new();
            let mut failure = None;
            // Layouts that the service keeps in silence are replaced once nothing else is under way: that
            // takes a while, in which nobody would hear the other answers.
            let mut silent = Vec::new();
            loop {
                while failure.is_none()
                    && under_way.len() < AT_ONCE
                    && let Some(record) = waiting.next()
                {
                    match self.begin(kind, &record).await {
                        Ok(work) => under_way.push(self.perform(record, work)),
                        Err(error) => failure = Some(error),
                    }
                }
                let Some((record, result)) = under_way.next().await else { break };
                let Some(first) = record.first() else { continue };
                let ended = match result {
                    Ok(End::Done) => Ok(()),
                    Ok(End::Made(change, id)) => self.made(&change, id).await,
                    Ok(End::NotKept(change, id, wanted, name)) => {
                        silent.push((record, change, id, wanted, name));
                        continue;
                    }
                    Err(error) => Err(error),
                };
                match ended {
                    Ok(()) => {
                        done += record.len();
                        let item = first.item;
                        self.tell(Event::Progress { item, done, total, unit: "changes" });
                    }
                    // The service says of which kind it is, and never which one.
                    Err(error) => {
                        let error = named(error, &first.target().place().0.name);
                        if failure.is_some() {
                            self.tell(Event::Note { warning: true, text: error.message() });
                        }
                        failure = failure.or(Some(error));
                    }
                }
            }
            if let Some(failure) = failure {
                return Err(failure);
            }
            for (record, change, id, wanted, name) in silent {
                let replaced = self.replace_layout(&change, &id, &wanted, name.as_deref()).await;
                replaced.map_err(|error| named(error, &change.target().place().0.name))?;
                done += record.len();
                let item = change.item;
                self.tell(Event::Progress { item, done, total, unit: "changes" });
            }
        }
        Ok(())
    }

    /// Announces what is done to a record, and works out what is to be sent.
    async fn begin(&mut self, kind: TenantRecord, changes: &[Change]) -> Result<Work, Failure> {
        let Some(first) = changes.first() else { return Ok(Work::Nothing) };
        let Target::Tenant { record, .. } = first.target() else { return Ok(Work::Nothing) };
        self.tell(Event::Doing { item: first.item, what: format!("changing \"{}\"", record.name) });
        self.announce(&format!("{kind:?} {}", record.name), changes).await?;
        let work = match kind {
            TenantRecord::DesktopLayout => self.layout_work(changes, record),
            TenantRecord::Team => self.team_work(first, record),
            TenantRecord::AuxiliaryCode => self.code_work(first, record),
            TenantRecord::CadVariable => self.variable_work(changes, record),
            TenantRecord::AgentProfile => self.profile_work(changes, record),
        };
        work.map_err(|failure| named(failure, &record.name))
    }

    /// Does it. Nothing of the run is borrowed, so that much can be done at once.
    fn perform(
        &self,
        changes: Vec<Change>,
        work: Work,
    ) -> impl Future<Output = (Vec<Change>, Result<End, Failure>)> + use<'a> {
        let (client, read_backs) = (self.client, self.context.patience.read_backs);
        async move {
            let end = work.perform(client, read_backs).await;
            (changes, end)
        }
    }

    fn layout_work(
        &self,
        changes: &[Change],
        record: &Ref<TenantRecordId>,
    ) -> Result<Work, Failure> {
        let status = changes.iter().find(|change| field_of(change) == Some(LAYOUT_STATUS));
        let is_on = status.map(|it| it.operation.to == Some(Value::Text("true".to_owned())));
        let name = changes.iter().find(|change| field_of(change) == Some(LAYOUT_NAME));
        let name = name.and_then(|it| match &it.operation.to {
            Some(Value::Text(name)) => Some(name.clone()),
            _ => None,
        });
        let whole = changes.iter().find(|change| field_of(change).is_none());
        let id = || self.id_of(TenantRecord::DesktopLayout, record);
        let Some(whole) = whole else {
            return Ok(Work::Layout { id: id()?, content: None, name, is_on });
        };
        Ok(match (&whole.operation.from, &whole.operation.to) {
            (None, Some(Value::DesktopLayout(wanted))) => {
                let layout =
                    DesktopLayout::new(&record.name, &wanted.file, &wanted.content, EDITED_BY);
                Work::MakeLayout(Box::new(layout), whole.clone())
            }
            (Some(_), Some(Value::DesktopLayout(wanted))) => {
                let content = Some((whole.clone(), wanted.clone()));
                Work::Layout { id: id()?, content, name, is_on }
            }
            (Some(_), None) => Work::DeleteLayout(id()?),
            _ => Work::Nothing,
        })
    }

    fn team_work(&self, change: &Change, record: &Ref<TenantRecordId>) -> Result<Work, Failure> {
        let layout = match &change.operation.to {
            Some(Value::TenantRecord(layout)) => {
                Some(self.id_of(TenantRecord::DesktopLayout, layout)?)
            }
            _ => None,
        };
        Ok(Work::Team { id: self.id_of(TenantRecord::Team, record)?, layout })
    }

    fn code_work(&self, change: &Change, record: &Ref<TenantRecordId>) -> Result<Work, Failure> {
        if change.operation.to.is_none() {
            return Ok(Work::DeleteCode(self.id_of(TenantRecord::AuxiliaryCode, record)?));
        }
        Ok(Work::MakeCode(record.name.clone(), change.clone()))
    }

    fn variable_work(
        &self,
        changes: &[Change],
        record: &Ref<TenantRecordId>,
    ) -> Result<Work, Failure> {
        let id = self.id_of(TenantRecord::CadVariable, record)?;
        Ok(Work::Variable { id, changes: changes.to_vec() })
    }

    fn profile_work(
        &self,
        changes: &[Change],
        record: &Ref<TenantRecordId>,
    ) -> Result<Work, Failure> {
        let id = self.id_of(TenantRecord::AgentProfile, record)?;
        // Names become ids before anything is sent.
        let mut edits: Vec<Edit> = Vec::new();
        for change in changes {
            let (Some(field), to) = (field_of(change), &change.operation.to) else { continue };
            edits.push(match (field, to) {
                (OUTDIAL_ENABLED, to) => Edit::Outdial(*to == Some(Value::Text("true".to_owned()))),
                (OUTDIAL_ENTRY_POINT, Some(Value::TenantRecord(it))) => {
                    Edit::EntryPoint(it.id.clone())
                }
                (OUTDIAL_ENTRY_POINT, _) => Edit::EntryPoint(None),
                (OUTDIAL_ANI, Some(Value::TenantRecord(it))) => Edit::Ani(it.id.clone()),
                (OUTDIAL_ANI, _) => Edit::Ani(None),
                (field, to) => {
                    let Some(name) = field.strip_prefix(ALLOWED_IDLE_CODE) else { continue };
                    let code = self.id_of(TenantRecord::AuxiliaryCode, &Ref::named(name));
                    match (to, code) {
                        (Some(_), code) => Edit::Allow(code?),
                        (None, Ok(code)) => Edit::Forbid(code),
                        // A code that is gone is allowed to nobody.
                        (None, Err(_)) => continue,
                    }
                }
            });
        }
        Ok(Work::Profile { id, edits })
    }

    /// Takes in the id of what was made: names can be given to another record.
    pub(super) async fn made(
        &mut self,
        change: &Change,
        id: TenantRecordId,
    ) -> Result<(), Failure> {
        let mut change = change.clone();
        if let Target::Tenant { record, .. } = &mut change.operation.target {
            record.id = Some(id.clone());
            self.created.push((change.clone(), id));
        }
        self.remember(&[change]).await
    }

    /// The id of a record: as it was seen, or as it was just made.
    pub(super) fn id_of(
        &self,
        kind: TenantRecord,
        record: &Ref<TenantRecordId>,
    ) -> Result<TenantRecordId, Failure> {
        let made = self.created.iter().rev().find(|(change, _)| {
            kind_of(change) == Some(kind) && change.target().place().0.name == record.name
        });
        let state = self.state.as_ref();
        let seen = || match kind {
            TenantRecord::AuxiliaryCode => {
                let codes = state?.idle_codes.seen()?.iter();
                codes.clone().find(|code| code.name == record.name).map(|code| code.id.clone())
            }
            _ => None,
        };
        let id = record.id.clone().or_else(|| made.map(|(_, id)| id.clone())).or_else(seen);
        id.ok_or_else(|| {
            Failure::new(
                Kind::Failed,
                format!("\"{}\" is no longer in the contact center.", record.name),
            )
            .hint("Run this again.")
        })
    }
}

fn kind_of(change: &Change) -> Option<TenantRecord> {
    match change.target() {
        Target::Tenant { kind, .. } => Some(*kind),
        _ => None,
    }
}

/// The changes of each record together: its fields travel in one request, and what a layout holds with
/// them.
fn by_record<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<Vec<Change>> {
    let mut records: Vec<Vec<Change>> = Vec::new();
    for change in changes {
        let same = records.iter_mut().find(|it| it.iter().any(|it| is_same_record(it, change)));
        match same {
            Some(record) => record.push(change.clone()),
            None => records.push(vec![change.clone()]),
        }
    }
    records
}

fn is_same_record(one: &Change, other: &Change) -> bool {
    match (one.target(), other.target()) {
        (
            Target::Tenant { kind, record: one, .. },
            Target::Tenant { kind: same, record: other, .. },
        ) => kind == same && one.is(other),
        (one, other) => one == other,
    }
}
