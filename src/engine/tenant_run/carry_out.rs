//! Making the changes, record by record, in an order in which each finds what it speaks of.

use webex_client::wire::Schedule;
use webex_client::{AgentProfile, AuxiliaryCode, DesktopLayout, Id, WorkTypeCode};

use super::{TenantRun, told};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::failure::{Failure, Kind};
use crate::model::tenant::field::{
    ALLOWED_IDLE_CODE, OUTDIAL_ANI, OUTDIAL_ENABLED, OUTDIAL_ENTRY_POINT, VARIABLE_ACTIVE,
    VARIABLE_EDITABLE, VARIABLE_LABEL, VARIABLE_REPORTABLE, VARIABLE_VIEWABLE,
};
use crate::model::{DesktopLayoutValue, Ref, Target, TenantRecord, TenantRecordId, Value, Way};

/// Who last wrote a layout, as the portal shows it.
pub(super) const EDITED_BY: &str = "provision";

/// What is made before what speaks of it; it goes in the opposite order.
const BUILD: [TenantRecord; 5] = [
    TenantRecord::AuxiliaryCode,
    TenantRecord::DesktopLayout,
    TenantRecord::Team,
    TenantRecord::CadVariable,
    TenantRecord::AgentProfile,
];

/// The failure with the name of the record that it is about.
fn named(failure: Failure, name: &str) -> Failure {
    let says = failure.message().contains(name);
    if says { failure } else { failure.after(format_args!("\"{name}\":")) }
}

impl TenantRun<'_> {
    /// Makes all changes; the first that fails ends it.
    pub(super) async fn carry_out(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let mut order = BUILD;
        if self.request.aim.way_of_tenant() == Way::Remove {
            order.reverse();
        }
        let (mut done, total) = (0, changes.len());
        for kind in order {
            let of_kind: Vec<&Change> =
                changes.iter().filter(|it| kind_of(it) == Some(kind)).collect();
            let mut left = of_kind.as_slice();
            while let Some(first) = left.first() {
                // Fields of one record travel in one request.
                let same = left.iter().take_while(|it| is_same_record(it, first)).count();
                let (now, later) = left.split_at(same);
                self.change(kind, now).await?;
                done += same;
                let item = first.item;
                self.tell(Event::Progress { item, done, total, unit: "changes" });
                left = later;
            }
        }
        Ok(())
    }

    async fn change(&mut self, kind: TenantRecord, changes: &[&Change]) -> Result<(), Failure> {
        let Some(first) = changes.first() else { return Ok(()) };
        let Target::Tenant { record, .. } = first.target() else { return Ok(()) };
        let record = record.clone();
        self.tell(Event::Doing { item: first.item, what: format!("changing \"{}\"", record.name) });
        let announced: Vec<Change> = changes.iter().map(|change| (*change).clone()).collect();
        self.announce(&format!("{kind:?} {}", record.name), &announced).await?;
        let done = match kind {
            TenantRecord::DesktopLayout => self.change_layout(first, &record).await,
            TenantRecord::Team => self.change_team(first, &record).await,
            TenantRecord::AuxiliaryCode => self.change_code(first, &record).await,
            TenantRecord::CadVariable => self.change_variable(changes, &record).await,
            TenantRecord::AgentProfile => self.change_profile(changes, &record).await,
        };
        // The service says of which kind it is, and never which one.
        done.map_err(|failure| named(failure, &record.name))
    }

    async fn change_layout(
        &mut self,
        change: &Change,
        record: &Ref<TenantRecordId>,
    ) -> Result<(), Failure> {
        let layouts = self.client.desktop_layouts();
        match (&change.operation.from, &change.operation.to) {
            (None, Some(Value::DesktopLayout(wanted))) => {
                let layout =
                    DesktopLayout::new(&record.name, &wanted.file, &wanted.content, EDITED_BY);
                let made = layouts.create(&layout).await.map_err(told)?;
                self.made(change, TenantRecordId::new(made.id().as_str())).await
            }
            (Some(_), Some(Value::DesktopLayout(wanted))) => {
                let id = self.id_of(TenantRecord::DesktopLayout, record)?;
                let id_there = Id::new(id.as_str());
                let written = layouts.change(&id_there, |layout| {
                    layout.json_file_content = Some(wanted.content.clone());
                    layout.json_file_name = Some(wanted.file.clone());
                    layout.edited_by = Some(EDITED_BY.to_owned());
                });
                let written = written.await.map_err(told)?;
                let is_unkept = |field: &String| field == "jsonFileContent";
                if written.unkept.iter().any(is_unkept) && !self.is_kept_later(&id, wanted).await? {
                    return self.replace_layout(change, &id, wanted).await;
                }
                Ok(())
            }
            (Some(_), None) => {
                let id = self.id_of(TenantRecord::DesktopLayout, record)?;
                layouts.delete(&Id::new(id.as_str())).await.map_err(told)
            }
            _ => Ok(()),
        }
    }

    /// Whether a layout shows its new content after a while: reads may lag behind writes.
    async fn is_kept_later(
        &self,
        id: &TenantRecordId,
        wanted: &DesktopLayoutValue,
    ) -> Result<bool, Failure> {
        let (schedule, id) = (Schedule::read_back(), Id::new(id.as_str()));
        for look in 1..=self.context.patience.read_backs {
            tokio::time::sleep(schedule.wait(look)).await;
            let now = self.client.desktop_layouts().get(&id).await.map_err(told)?;
            let now = DesktopLayoutValue::of("", now.json_file_content.clone().unwrap_or_default());
            if now.means_the_same(wanted) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn change_team(
        &mut self,
        change: &Change,
        record: &Ref<TenantRecordId>,
    ) -> Result<(), Failure> {
        let layout = match &change.operation.to {
            Some(Value::TenantRecord(layout)) => {
                Some(self.id_of(TenantRecord::DesktopLayout, layout)?)
            }
            _ => None,
        };
        let id = self.id_of(TenantRecord::Team, record)?;
        self.give_layout(&id, layout.as_ref()).await
    }

    /// Gives a team a layout of its own, or the global one.
    pub(super) async fn give_layout(
        &self,
        team: &TenantRecordId,
        layout: Option<&TenantRecordId>,
    ) -> Result<(), Failure> {
        let layout = layout.map(|id| Id::new(id.as_str()));
        let (teams, id) = (self.client.teams(), Id::new(team.as_str()));
        let written = teams.change(&id, |team| team.desktop_layout_id = layout);
        written.await.map(drop).map_err(told)
    }

    async fn change_code(
        &mut self,
        change: &Change,
        record: &Ref<TenantRecordId>,
    ) -> Result<(), Failure> {
        let codes = self.client.auxiliary_codes();
        if change.operation.to.is_none() {
            let id = self.id_of(TenantRecord::AuxiliaryCode, record)?;
            return codes.delete(&Id::new(id.as_str())).await.map_err(told);
        }
        // The id of the kind of work is no longer to be asked for: any other idle code has it.
        let siblings = codes.of(&WorkTypeCode::Idle).await.map_err(told)?;
        let Some(sibling) = siblings.first() else {
            return Err(Failure::new(
                Kind::Failed,
                format!(
                    "The idle code \"{}\" cannot be made: the contact center has none from which \
                     its kind could be taken.",
                    record.name
                ),
            )
            .hint("Make a first one in Control Hub, then run this again."));
        };
        let made = codes.create(&AuxiliaryCode::like(sibling, &record.name)).await.map_err(told)?;
        self.made(change, TenantRecordId::new(made.id().as_str())).await
    }

    async fn change_variable(
        &mut self,
        changes: &[&Change],
        record: &Ref<TenantRecordId>,
    ) -> Result<(), Failure> {
        let id = self.id_of(TenantRecord::CadVariable, record)?;
        let (variables, id) = (self.client.cad_variables(), Id::new(id.as_str()));
        let written = variables.change(&id, |variable| {
            for change in changes {
                let on = Some(change.operation.to == Some(Value::Text("true".to_owned())));
                match field_of(change) {
                    Some(VARIABLE_ACTIVE) => variable.active = on,
                    Some(VARIABLE_EDITABLE) => variable.agent_editable = on,
                    Some(VARIABLE_REPORTABLE) => variable.reportable = on,
                    Some(VARIABLE_VIEWABLE) => variable.agent_viewable = on,
                    Some(VARIABLE_LABEL) => {
                        variable.desktop_label = match &change.operation.to {
                            Some(Value::Text(label)) => Some(label.clone()),
                            _ => None,
                        };
                    }
                    _ => {}
                }
            }
        });
        written.await.map(drop).map_err(told)
    }

    async fn change_profile(
        &mut self,
        changes: &[&Change],
        record: &Ref<TenantRecordId>,
    ) -> Result<(), Failure> {
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
        let (profiles, id) = (self.client.agent_profiles(), Id::new(id.as_str()));
        let written = profiles.change(&id, |profile| {
            for edit in &edits {
                edit.make(profile);
            }
        });
        written.await.map(drop).map_err(told)
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
            .hint("Run this again: it looks anew.")
        })
    }
}

/// One edit of a desktop profile.
enum Edit {
    Outdial(bool),
    EntryPoint(Option<TenantRecordId>),
    Ani(Option<TenantRecordId>),
    Allow(TenantRecordId),
    Forbid(TenantRecordId),
}

impl Edit {
    fn make(&self, profile: &mut AgentProfile) {
        match self {
            Self::Outdial(on) => profile.outdial_enabled = Some(*on),
            Self::EntryPoint(id) => {
                profile.outdial_entry_point_id = id.as_ref().map(|id| Id::new(id.as_str()));
            }
            Self::Ani(id) => profile.outdial_ani_id = id.as_ref().map(|id| Id::new(id.as_str())),
            Self::Allow(id) => {
                let codes = profile.idle_codes.get_or_insert_default();
                let id = Id::new(id.as_str());
                if !codes.contains(&id) {
                    codes.push(id);
                }
            }
            Self::Forbid(id) => {
                let codes = profile.idle_codes.get_or_insert_default();
                codes.retain(|code| code.as_str() != id.as_str());
            }
        }
    }
}

fn kind_of(change: &Change) -> Option<TenantRecord> {
    match change.target() {
        Target::Tenant { kind, .. } => Some(*kind),
        _ => None,
    }
}

fn field_of(change: &Change) -> Option<&str> {
    match change.target() {
        Target::Tenant { field, .. } => field.as_deref(),
        _ => None,
    }
}

fn is_same_record(one: &Change, other: &Change) -> bool {
    match (one.target(), other.target()) {
        (
            Target::Tenant { record: one, field: Some(_), .. },
            Target::Tenant { record: other, field: Some(_), .. },
        ) => one.is(other),
        (one, other) => one == other,
    }
}
