//! Seeing the organization's contact center.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use webex_client::{Access, Error, Id, Listed, Stored, WorkTypeCode};

use super::{TenantCase, TenantRun, contents_needed, tenant_looks, told, unseen};
use crate::engine::event::Event;
use crate::engine::report::TenantReport;
use crate::failure::Failure;
use crate::model::{
    AgentProfileRow, AgentRow, AllowedCodes, AniRow, DialNumberRow, EntryPointRow, IdleCodeRow,
    LayoutRow, Observed, Target, TeamRow, Tenant, TenantLook, TenantRecord, TenantRecordId,
    TenantState, UserProfileRow, VariableRow, Way,
};

impl TenantRun<'_> {
    /// Looks for the first time: whose contact center it is, and all that is needed of it, at once.
    pub(super) async fn first_look(&mut self) -> Result<TenantReport, Failure> {
        let begun = Instant::now();
        let id = self.wish.id.clone();
        let mut state = TenantState::new(Tenant {
            id: id.clone(),
            name: String::new(),
            api_url: self.client.transport().base_url().to_string(),
        });
        let looks = self.looks(&state);
        // What earlier runs have written is known already, and is read beside the lists.
        let known = self.recorded_layouts();
        let (organization, ()) = tokio::join!(
            self.client.organization(),
            // It asks for everything at once, and its future is large.
            Box::pin(take_all(self.client, &looks, &known, &mut state))
        );
        state.tenant.name = match organization {
            Ok(organization) => organization.name.unwrap_or_else(|| id.clone()),
            // Every request names the organization, and the login is for it: its name is for people.
            Err(error) if tells_no_name(&error) => {
                let text = format!(
                    "The name of the Webex organization {id} is not known. {}",
                    told(error)
                );
                self.tell(Event::Note { warning: true, text });
                id.clone()
            }
            Err(error) => return Err(told(error)),
        };
        self.take_contents(&mut state).await;
        let report = TenantReport { id, name: state.tenant.name.clone() };
        self.state = Some(state);
        self.looked_at = begun;
        Ok(report)
    }

    /// Looks again at all that is needed.
    pub(super) async fn look_again(&mut self) -> Result<(), Failure> {
        let begun = Instant::now();
        let tenant = self.state.as_ref().ok_or_else(unseen)?.tenant.clone();
        let mut state = TenantState::new(tenant);
        let looks = self.looks(&state);
        let known = self.recorded_layouts();
        Box::pin(take_all(self.client, &looks, &known, &mut state)).await;
        self.take_contents(&mut state).await;
        self.state = Some(state);
        self.looked_at = begun;
        Ok(())
    }

    /// Contents that are needed and were not read beside the lists.
    async fn take_contents(&self, state: &mut TenantState) {
        let past = self.past();
        let case = TenantCase { baseline: &past, ..self.case(state) };
        let needed =
            self.ways().flat_map(|way| contents_needed(&case, way)).collect::<BTreeSet<_>>();
        let left: BTreeSet<TenantRecordId> =
            needed.into_iter().filter(|id| !state.contents.contains_key(id)).collect();
        state.contents.extend(read_contents(self.client, &left).await);
    }

    /// What has to be looked at.
    fn looks(&self, state: &TenantState) -> BTreeSet<TenantLook> {
        let past = self.past();
        let case = TenantCase { baseline: &past, ..self.case(state) };
        self.ways().flat_map(|way| tenant_looks(&case, way)).collect()
    }

    /// Which ways are gone: what is taken back may go one way and come the other.
    fn ways(&self) -> impl Iterator<Item = Way> + use<> {
        let aim = self.request.aim;
        let both = aim.past_of_tenant().is_some() && aim.way_of_tenant() == Way::Build;
        [aim.way_of_tenant()].into_iter().chain(both.then_some(Way::Remove))
    }

    fn recorded_layouts(&self) -> BTreeSet<TenantRecordId> {
        let past = self.past();
        let id = |target: &Target| match target {
            Target::Tenant { kind: TenantRecord::DesktopLayout, record, .. } => record.id.clone(),
            _ => None,
        };
        past.entries.iter().filter_map(|entry| id(&entry.target)).collect()
    }
}

/// Whether the service only does not say who the organization is. That it can be asked is a guess: the
/// published description has no such request.
pub(in crate::engine) fn tells_no_name(error: &Error) -> bool {
    match error {
        Error::Api { error, .. } => error.status != 401,
        Error::Decode { .. } => true,
        _ => false,
    }
}

type Client = webex_client::Client;

/// Takes every look at once.
pub(in crate::engine) async fn take_all(
    client: &Client,
    looks: &BTreeSet<TenantLook>,
    contents: &BTreeSet<TenantRecordId>,
    state: &mut TenantState,
) {
    let is_asked = |look: TenantLook| looks.contains(&look);
    let known = async {
        if is_asked(TenantLook::DesktopLayouts) {
            read_contents(client, contents).await
        } else {
            BTreeMap::new()
        }
    };
    (
        state.layouts,
        state.teams,
        state.idle_codes,
        state.variables,
        state.agent_profiles,
        state.entry_points,
        state.dial_numbers,
        state.anis,
        state.user_profiles,
        state.agents,
        state.contents,
    ) = tokio::join!(
        some(asked(
            is_asked(TenantLook::DesktopLayouts),
            async { client.desktop_layouts().overview().await },
            layout
        )),
        asked(is_asked(TenantLook::Teams), async { client.teams().list().await }, team),
        some(asked(
            is_asked(TenantLook::IdleCodes),
            async { client.auxiliary_codes().of(&WorkTypeCode::Idle).await },
            idle_code
        )),
        whole(asked(
            is_asked(TenantLook::Variables),
            async { client.cad_variables().list().await },
            variable
        )),
        some(asked(
            is_asked(TenantLook::AgentProfiles),
            async { client.agent_profiles().list().await },
            agent_profile
        )),
        asked(
            is_asked(TenantLook::EntryPoints),
            async { client.entry_points().list().await },
            entry_point
        ),
        asked(
            is_asked(TenantLook::DialNumbers),
            async { client.dial_numbers().list().await },
            dial_number
        ),
        anis(client, is_asked(TenantLook::OutdialAnis)),
        user_profiles(client, is_asked(TenantLook::UserProfiles)),
        asked(is_asked(TenantLook::Agents), async { client.users().list().await }, agent),
        known,
    );
}

/// A list, where it is asked for.
async fn asked<T, R>(
    is_asked: bool,
    list: impl Future<Output = Result<Vec<Listed<T>>, Error>>,
    row: impl Fn(&Listed<T>) -> R,
) -> Observed<Vec<R>> {
    if !is_asked {
        return Observed::Unasked;
    }
    seen(list.await.map(|records| records.iter().map(row).collect()))
}

/// The same of what every contact center has at least one of: an answer without any is none.
async fn some<R>(list: impl Future<Output = Observed<Vec<R>>>) -> Observed<Vec<R>> {
    match list.await {
        Observed::Seen(rows) if rows.is_empty() => {
            Observed::refused("Webex answers with none, and every contact center has some")
        }
        found => found,
    }
}

/// The same of records of which each has to tell all that is asked for.
async fn whole<R>(list: impl Future<Output = Observed<Vec<Option<R>>>>) -> Observed<Vec<R>> {
    match list.await.map(|rows| rows.into_iter().collect::<Option<Vec<R>>>()) {
        Observed::Seen(Some(rows)) => Observed::Seen(rows),
        Observed::Seen(None) => Observed::refused("Webex leaves out of some what each of them has"),
        Observed::Refused(refused) => Observed::Refused(refused),
        Observed::Unasked => Observed::Unasked,
    }
}

fn seen<T>(answer: Result<T, Error>) -> Observed<T> {
    match answer {
        Ok(found) => Observed::Seen(found),
        Err(error) => Observed::refused(told(error).message()),
    }
}

/// The content is only in what is read by itself.
pub(in crate::engine) async fn read_contents(
    client: &Client,
    ids: &BTreeSet<TenantRecordId>,
) -> BTreeMap<TenantRecordId, Observed<String>> {
    let read = |id: TenantRecordId| async move {
        let answer = client.desktop_layouts().get(&Id::new(id.as_str())).await;
        let content = match answer {
            Ok(layout) => layout.json_file_content.clone().map_or_else(
                || Observed::refused("The service shows no content of this layout."),
                Observed::Seen,
            ),
            Err(error) => Observed::refused(told(error).message()),
        };
        (id, content)
    };
    futures_util::future::join_all(ids.iter().cloned().map(read)).await.into_iter().collect()
}

/// The lists of numbers, each with its own.
async fn anis(client: &Client, is_asked: bool) -> Observed<Vec<AniRow>> {
    if !is_asked {
        return Observed::Unasked;
    }
    let answer = async {
        let lists = client.outdial_anis().list().await?;
        let numbers = lists.iter().map(|list| async move {
            let entries = client.outdial_anis().entries(&list.id).list().await?;
            let numbers = entries.iter().map(|entry| entry.number.clone()).collect();
            Ok::<_, Error>(AniRow { id: id(&list.id), name: list.name.clone(), numbers })
        });
        futures_util::future::try_join_all(numbers).await
    };
    seen(answer.await)
}

/// What a profile permits is only in what is read by itself.
async fn user_profiles(client: &Client, is_asked: bool) -> Observed<Vec<UserProfileRow>> {
    if !is_asked {
        return Observed::Unasked;
    }
    let answer = async {
        let profiles = client.user_profiles().list().await?;
        let read = profiles.iter().map(|it| async { client.user_profiles().get(&it.id).await });
        let read = futures_util::future::try_join_all(read).await?;
        Ok(read.iter().map(user_profile).collect())
    };
    seen(answer.await)
}

fn id<T>(id: &Id<T>) -> TenantRecordId {
    TenantRecordId::new(id.as_str())
}

fn ids<T>(ids: Option<&Vec<Id<T>>>) -> Vec<TenantRecordId> {
    ids.into_iter().flatten().map(id).collect()
}

fn layout(row: &Listed<webex_client::DesktopLayout>) -> LayoutRow {
    LayoutRow {
        id: id(&row.id),
        name: row.name.clone(),
        untouchable: row.system_default || row.global.unwrap_or_default(),
        active: row.status.unwrap_or(true),
        teams: ids(row.team_ids.as_ref()),
    }
}

fn team(row: &Listed<webex_client::Team>) -> TeamRow {
    TeamRow {
        id: id(&row.id),
        name: row.name.clone(),
        layout: row.desktop_layout_id.as_ref().map(id),
    }
}

fn idle_code(row: &Listed<webex_client::AuxiliaryCode>) -> IdleCodeRow {
    IdleCodeRow { id: id(&row.id), name: row.name.clone(), active: row.active.unwrap_or(true) }
}

/// `None`: the service leaves out what every variable has, and what is not told is not known to be off.
fn variable(row: &Listed<webex_client::CadVariable>) -> Option<VariableRow> {
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

fn agent_profile(row: &Listed<webex_client::AgentProfile>) -> AgentProfileRow {
    let idle_codes = match row.access_idle_code {
        Some(Access::All) => AllowedCodes::All,
        Some(Access::Specific) => match &row.idle_codes {
            Some(codes) => AllowedCodes::Listed(ids(Some(codes))),
            None => AllowedCodes::Otherwise,
        },
        Some(_) | None => AllowedCodes::Otherwise,
    };
    AgentProfileRow {
        id: id(&row.id),
        name: row.name.clone(),
        idle_codes,
        outdial: row.outdial_enabled,
        outdial_entry_point: row.outdial_entry_point_id.as_ref().map(id),
        ani: row.outdial_ani_id.as_ref().map(id),
        voice_options: row
            .login_voice_options
            .as_ref()
            .map(|options| options.iter().map(ToString::to_string).collect()),
    }
}

fn entry_point(row: &Listed<webex_client::EntryPoint>) -> EntryPointRow {
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

fn dial_number(row: &Listed<webex_client::DialNumber>) -> DialNumberRow {
    DialNumberRow {
        number: row.dialled_number.clone().unwrap_or_default(),
        entry_point: row.entry_point_id.as_ref().map(id),
    }
}

fn user_profile(row: &Stored<webex_client::UserProfile>) -> UserProfileRow {
    let permissions = row.permissions.iter().flatten();
    let access = |it: &webex_client::Permission| {
        it.access.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    UserProfileRow {
        id: id(row.id()),
        name: row.name.clone(),
        kind: row.profile_type.as_ref().map(ToString::to_string).unwrap_or_default(),
        permissions: permissions.map(|it| (it.name.clone(), access(it))).collect(),
    }
}

fn agent(row: &Listed<webex_client::User>) -> AgentRow {
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
