//! What of each record is taken.

use webex_client::{Access, Id, Listed, Stored};

use crate::model::{
    AgentProfileRow, AgentRow, AllowedCodes, AniRow, DialNumberRow, EntryPointRow, IdleCodeRow,
    LayoutRow, TeamRow, TenantRecordId, UserProfileRow, VariableRow,
};

pub(super) fn id<T>(id: &Id<T>) -> TenantRecordId {
    TenantRecordId::new(id.as_str())
}

fn ids<T>(ids: Option<&Vec<Id<T>>>) -> Vec<TenantRecordId> {
    ids.into_iter().flatten().map(id).collect()
}

pub(super) fn layout(row: &Listed<webex_client::DesktopLayout>) -> LayoutRow {
    LayoutRow {
        id: id(&row.id),
        name: row.name.clone(),
        untouchable: row.system_default || row.global.unwrap_or_default(),
        active: row.status.unwrap_or(true),
        teams: ids(row.team_ids.as_ref()),
    }
}

pub(super) fn team(row: &Listed<webex_client::Team>) -> TeamRow {
    TeamRow {
        id: id(&row.id),
        name: row.name.clone(),
        layout: row.desktop_layout_id.as_ref().map(id),
    }
}

pub(super) fn idle_code(row: &Listed<webex_client::AuxiliaryCode>) -> IdleCodeRow {
    IdleCodeRow { id: id(&row.id), name: row.name.clone(), active: row.active.unwrap_or(true) }
}

/// `None`: the service leaves out what every variable has, and what is not told is not known to be off.
pub(super) fn variable(row: &Listed<webex_client::CadVariable>) -> Option<VariableRow> {
    Some(VariableRow {
        id: id(&row.id),
        name: row.name().to_owned(),
        active: row.active?,
        viewable: row.agent_viewable?,
        editable: row.agent_editable?,
        reportable: row.reportable?,
        label: row.desktop_label.clone().filter(|label| !label.is_empty()),
    })
}

/// A desktop profile of a list, which leaves out whatever there may be several of.
pub(super) fn agent_profile(row: &Listed<webex_client::AgentProfile>) -> AgentProfileRow {
    profile_row(id(&row.id), row, |_| AllowedCodes::Unread)
}

/// One that was read by itself.
pub(super) fn whole_profile(whole: &Stored<webex_client::AgentProfile>) -> AgentProfileRow {
    let listed = |profile: &webex_client::AgentProfile| match &profile.idle_codes {
        Some(codes) => AllowedCodes::Listed(ids(Some(codes))),
        None => AllowedCodes::Otherwise,
    };
    let options = whole.login_voice_options.as_ref();
    AgentProfileRow {
        voice_options: options.map(|options| options.iter().map(ToString::to_string).collect()),
        ..profile_row(id(whole.id()), whole, listed)
    }
}

fn profile_row(
    id_of_row: TenantRecordId,
    row: &webex_client::AgentProfile,
    some: impl Fn(&webex_client::AgentProfile) -> AllowedCodes,
) -> AgentProfileRow {
    let idle_codes = match row.access_idle_code {
        Some(Access::All) => AllowedCodes::All,
        Some(Access::Specific) => some(row),
        Some(_) | None => AllowedCodes::Otherwise,
    };
    AgentProfileRow {
        id: id_of_row,
        name: row.name.clone(),
        idle_codes,
        outdial: row.outdial_enabled,
        outdial_entry_point: row.outdial_entry_point_id.as_ref().map(id),
        ani: row.outdial_ani_id.as_ref().map(id),
        voice_options: None,
    }
}

/// A list of numbers, without them.
pub(super) fn ani(row: &Listed<webex_client::OutdialAni>) -> AniRow {
    AniRow { id: id(&row.id), name: row.name.clone(), numbers: None }
}

pub(super) fn entry_point(row: &Listed<webex_client::EntryPoint>) -> EntryPointRow {
    let is_set = |text: Option<&String>| text.is_some_and(|text| !text.is_empty());
    EntryPointRow {
        id: id(&row.id),
        name: row.name.clone(),
        active: row.active.unwrap_or(true),
        outdial: row.is_outdial(),
        handled: row.flow_id.is_some()
            || row.outdial_queue_id.is_some()
            || is_set(row.control_flow_script_url.as_ref()),
    }
}

pub(super) fn dial_number(row: &Listed<webex_client::DialNumber>) -> DialNumberRow {
    DialNumberRow {
        number: row.dialled_number.clone().unwrap_or_default(),
        entry_point: row.entry_point_id.as_ref().map(id),
    }
}

/// A user profile of a list, which leaves out what it permits.
pub(super) fn user_profile(row: &Listed<webex_client::UserProfile>) -> UserProfileRow {
    user_profile_row(id(&row.id), row.system_default, row)
}

/// One that was read by itself.
pub(super) fn permissions_of(whole: &Stored<webex_client::UserProfile>) -> UserProfileRow {
    // What is listed beside `ALL` or `NONE` is of a time when it was specific.
    let is_specific = !matches!(whole.permission_access_level, Some(Access::All | Access::None));
    let listed = whole.permissions.iter().flatten().filter(|_| is_specific);
    let access = |it: &webex_client::Permission| {
        it.access.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    UserProfileRow {
        permissions: Some(listed.map(|it| (it.name.clone(), access(it))).collect()),
        ..user_profile_row(id(whole.id()), whole.is_system_default(), whole)
    }
}

fn user_profile_row(
    id: TenantRecordId,
    stock: bool,
    row: &webex_client::UserProfile,
) -> UserProfileRow {
    UserProfileRow {
        id,
        name: row.name.clone(),
        kind: row.profile_type.as_ref().map(ToString::to_string).unwrap_or_default(),
        stock,
        permits_all: row.permission_access_level == Some(Access::All),
        permissions: None,
    }
}

pub(super) fn agent(row: &webex_client::User) -> AgentRow {
    let names = [row.first_name.as_deref(), row.last_name.as_deref()];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let email = row.email.clone().unwrap_or_default();
    AgentRow {
        name: if name.is_empty() { email.clone() } else { name },
        email,
        active: row.active.unwrap_or(true) && row.contact_center_enabled.unwrap_or(true),
        user_profile: row.user_profile_id.as_ref().map(id),
        profile: row.agent_profile_id.as_ref().map(id),
        teams: ids(row.team_ids.as_ref()),
    }
}
