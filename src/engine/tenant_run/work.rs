//! What is sent for one record, as a value: records of one kind are changed beside each other.

use webex_client::wire::Schedule;
use webex_client::{AgentProfile, AuxiliaryCode, Client, DesktopLayout, Id, Team, WorkTypeCode};

use super::told;
use crate::checklist::Change;
use crate::failure::{Failure, Kind};
use crate::model::tenant::field::{
    VARIABLE_ACTIVE, VARIABLE_EDITABLE, VARIABLE_LABEL, VARIABLE_REPORTABLE, VARIABLE_VIEWABLE,
};
use crate::model::{DesktopLayoutValue, Target, TenantRecordId, Value};

/// Who last wrote a layout, as the portal shows it.
pub(super) const EDITED_BY: &str = "provision";

/// The field of a record that a change is about; `None` where it is about the record as a whole.
pub(super) fn field_of(change: &Change) -> Option<&str> {
    match change.target() {
        Target::Tenant { field, .. } => field.as_deref(),
        _ => None,
    }
}

/// What is sent for one record.
pub(super) enum Work {
    /// A new layout, with the change that it is.
    MakeLayout(Box<DesktopLayout>, Change),
    /// Another content of a layout, with the change that it is, another name, or another status.
    Layout {
        id: TenantRecordId,
        content: Option<(Change, DesktopLayoutValue)>,
        name: Option<String>,
        is_on: Option<bool>,
    },
    /// A layout goes.
    DeleteLayout(TenantRecordId),
    /// A team has a layout of its own, or the global one.
    Team { id: TenantRecordId, layout: Option<TenantRecordId> },
    /// A new idle code of that name, with the change that it is.
    MakeCode(String, Change),
    /// An idle code goes.
    DeleteCode(TenantRecordId),
    /// Fields of a variable.
    Variable { id: TenantRecordId, changes: Vec<Change> },
    /// Fields of a desktop profile.
    Profile { id: TenantRecordId, edits: Vec<Edit> },
    /// There is nothing to send.
    Nothing,
}

/// What came of it.
pub(super) enum End {
    /// It is done.
    Done,
    /// A record was made, and has that id.
    Made(Change, TenantRecordId),
    /// A layout has kept its old content although the service said otherwise; it was to have the name, where
    /// there is one.
    NotKept(Change, TenantRecordId, DesktopLayoutValue, Option<String>),
}

impl Work {
    /// Sends it. `read_backs` says how often a content is looked for that was not there at once.
    pub(super) async fn perform(self, client: &Client, read_backs: u32) -> Result<End, Failure> {
        match self {
            Self::MakeLayout(layout, change) => {
                let made = client.desktop_layouts().create(&layout).await.map_err(told)?;
                Ok(End::Made(change, TenantRecordId::new(made.id().as_str())))
            }
            Self::Layout { id, content, name, is_on } => {
                change_layout(client, id, content, (name, is_on), read_backs).await
            }
            Self::DeleteLayout(id) => {
                let (layouts, id) = (client.desktop_layouts(), Id::new(id.as_str()));
                layouts.delete_or_tell_references(&id).await.map_err(told)?;
                Ok(End::Done)
            }
            Self::Team { id, layout } => {
                give_layout(client, &id, layout.as_ref()).await?;
                Ok(End::Done)
            }
            Self::MakeCode(name, change) => make_code(client, &name, change).await,
            Self::DeleteCode(id) => {
                let (codes, id) = (client.auxiliary_codes(), Id::new(id.as_str()));
                codes.delete_or_tell_references(&id).await.map_err(told)?;
                Ok(End::Done)
            }
            Self::Variable { id, changes } => {
                change_variable(client, &id, &changes).await?;
                Ok(End::Done)
            }
            Self::Profile { id, edits } => {
                let (profiles, id) = (client.agent_profiles(), Id::new(id.as_str()));
                let written = profiles.change(&id, |profile| {
                    for edit in &edits {
                        edit.make(profile);
                    }
                });
                written.await.map_err(told)?;
                Ok(End::Done)
            }
            Self::Nothing => Ok(End::Done),
        }
    }
}

async fn change_layout(
    client: &Client,
    id: TenantRecordId,
    content: Option<(Change, DesktopLayoutValue)>,
    (name, is_on): (Option<String>, Option<bool>),
    read_backs: u32,
) -> Result<End, Failure> {
    let (layouts, there) = (client.desktop_layouts(), Id::new(id.as_str()));
    let written = layouts.change(&there, |layout| {
        if let Some((_, wanted)) = &content {
            layout.json_file_content = Some(wanted.content.clone());
            layout.json_file_name = Some(wanted.file.clone());
        }
        if let Some(name) = &name {
            layout.name.clone_from(name);
        }
        layout.status = is_on.or(layout.status);
        layout.edited_by = Some(EDITED_BY.to_owned());
    });
    let written = written.await.map_err(told)?;
    let is_unkept = |field: &str| written.unkept.iter().any(|it| it == field);
    let lost_content = content.filter(|_| is_unkept("jsonFileContent"));
    let lost_name = name.as_deref().filter(|_| is_unkept("name"));
    let wanted = lost_content.as_ref().map(|(_, wanted)| wanted);
    let kept = kept_later(client, &there, wanted, lost_name, read_backs).await?;
    match (lost_content, lost_name) {
        // The layout that takes its place has the new name, whether this one has kept it or not.
        (Some((change, wanted)), _) if !kept.content => Ok(End::NotKept(change, id, wanted, name)),
        (_, Some(name)) if !kept.name => Err(Failure::new(
            Kind::NeedsHuman,
            format!("Webex reported that the desktop layout \"{name}\" was renamed but kept its old name."),
        )
        .hint(format!("Rename it to \"{name}\" in Control Hub, then run this again."))),
        _ => Ok(End::Done),
    }
}

/// What of a layout shows after a while.
#[derive(Clone, Copy)]
struct Kept {
    content: bool,
    name: bool,
}

/// Looks for a layout's new content and its new name again: reads may lag behind writes.
async fn kept_later(
    client: &Client,
    id: &Id<DesktopLayout>,
    content: Option<&DesktopLayoutValue>,
    name: Option<&str>,
    read_backs: u32,
) -> Result<Kept, Failure> {
    let schedule = Schedule::read_back();
    let mut kept = Kept { content: content.is_none(), name: name.is_none() };
    for look in 1..=read_backs {
        if kept.content && kept.name {
            break;
        }
        tokio::time::sleep(schedule.wait(look)).await;
        let now = client.desktop_layouts().get(id).await.map_err(told)?;
        let text = now.json_file_content.clone().unwrap_or_default();
        let shown = DesktopLayoutValue::of("", text);
        kept.content = content.is_none_or(|wanted| shown.means_the_same(wanted));
        kept.name = name.is_none_or(|wanted| now.name == wanted);
    }
    Ok(kept)
}

/// Gives a team a layout of its own, or the global one.
pub(super) async fn give_layout(
    client: &Client,
    team: &TenantRecordId,
    layout: Option<&TenantRecordId>,
) -> Result<(), Failure> {
    let layout = layout.map(|id| Id::new(id.as_str()));
    let is_global = layout.is_none();
    let (teams, id) = (client.teams(), Id::new(team.as_str()));
    let written = teams.change(&id, |team| team.desktop_layout_id = layout).await.map_err(told)?;
    match &written.record.desktop_layout_id {
        Some(kept) if is_global => take_from_layout(client, &id, kept).await,
        _ => Ok(()),
    }
}

/// So often a layout is written that others change meanwhile.
const ATTEMPTS: usize = 4;

/// A team that is replaced without a layout gets the global one, or so it is guessed: nothing in the API says
/// "global". Where it keeps its own, that layout gives it up.
async fn take_from_layout(
    client: &Client,
    team: &Id<Team>,
    layout: &Id<DesktopLayout>,
) -> Result<(), Failure> {
    let layouts = client.desktop_layouts();
    let mut attempts = 0;
    loop {
        attempts += 1;
        let mut there = layouts.get(layout).await.map_err(told)?;
        // The layout of teams without one of their own, under its own id, or one that no longer has it.
        let has_team = there.team_ids.as_ref().is_none_or(|ids| ids.contains(team));
        if there.global == Some(true) || !has_team {
            return Ok(());
        }
        there.edited_by = Some(EDITED_BY.to_owned());
        there.team_ids.get_or_insert_default().retain(|id| id != team);
        match layouts.update(&there).await {
            Ok(_) => return Ok(()),
            // Another team was taken out of it in between: its version is another.
            Err(error) if attempts < ATTEMPTS && error.api().is_some_and(|it| it.status == 412) => {
            }
            Err(error) => return Err(told(error)),
        }
    }
}

async fn make_code(client: &Client, name: &str, change: Change) -> Result<End, Failure> {
    let codes = client.auxiliary_codes();
    // The id of the kind of work is no longer to be asked for: any other idle code has it.
    let siblings = codes.of(&WorkTypeCode::Idle).await.map_err(told)?;
    let Some(sibling) = siblings.first() else {
        return Err(Failure::new(
            Kind::Failed,
            format!(
                "The idle code \"{name}\" cannot be created: the contact center has no other \
                idle code to copy the type from."
            ),
        )
        .hint("Create one in Control Hub, then run this again."));
    };
    let made = codes.create(&AuxiliaryCode::like(sibling, name)).await.map_err(told)?;
    Ok(End::Made(change, TenantRecordId::new(made.id().as_str())))
}

async fn change_variable(
    client: &Client,
    id: &TenantRecordId,
    changes: &[Change],
) -> Result<(), Failure> {
    let (variables, id) = (client.cad_variables(), Id::new(id.as_str()));
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

/// One edit of a desktop profile.
pub(super) enum Edit {
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
