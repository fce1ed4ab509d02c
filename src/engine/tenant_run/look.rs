//! Seeing the organization's contact center.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use tokio::time::Instant;
use webex_client::{Error, Id, Listed, Stored, User, WorkTypeCode};

use super::ended::Ended;
use super::read::{Read, read_insides};
use super::rows::{
    agent, agent_profile, ani, dial_number, entry_point, idle_code, layout, team, user_profile,
    variable,
};
use super::{TenantCase, TenantRun, insides_needed, tenant_looks, told, unseen};
use crate::engine::event::Event;
use crate::engine::report::TenantReport;
use crate::failure::Failure;
use crate::journal::Hints;
use crate::model::tenant::field::allowed_idle_code;
use crate::model::{
    AgentRow, Insides, Observed, Target, Tenant, TenantLook, TenantRecord, TenantState, Way,
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
        // What earlier runs have written or read is known already, and is read beside the lists.
        let known = known(&looks, self.recorded().and(self.records.hints.webex.clone()));
        let (organization, taken) = tokio::join!(
            self.client.organization(),
            // It asks for everything at once, and its future is large.
            Box::pin(take_all(self.client, &looks, &known, &mut state))
        );
        state.tenant.name = match organization {
            Ok(organization) => organization.name.unwrap_or_else(|| id.clone()),
            // Every request names the organization, and the login is for it: its name is for people.
            Err(error) if tells_no_name(&error) => {
                let text = format!(
                    "The name of the Webex organization {id} could not be read. {}",
                    told(error)
                );
                self.tell(Event::Note { warning: true, text });
                id.clone()
            }
            Err(error) => return Err(told(error)),
        };
        taken?;
        let read = self.take_insides(&known, &mut state).await?;
        self.records.keep_hints(Hints { webex: read, ..self.records.hints.clone() }).await;
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
        let known = known(&looks, self.recorded().and(self.records.hints.webex.clone()));
        Box::pin(take_all(self.client, &looks, &known, &mut state)).await?;
        self.take_insides(&known, &mut state).await?;
        self.state = Some(state);
        self.looked_at = begun;
        Ok(())
    }

    /// What is needed and was not read beside the lists; gives all that is needed.
    async fn take_insides(
        &self,
        known: &Insides,
        state: &mut TenantState,
    ) -> Result<Insides, Failure> {
        let past = self.past();
        let case = TenantCase { baseline: &past, ..self.case(state) };
        let needed = self.ways().map(|way| insides_needed(&case, way));
        let needed = needed.fold(Insides::default(), Insides::and);
        read_insides(self.client, &needed.without(known), state).await?;
        Ok(needed)
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

    /// The records that the past is about, as far as it has their ids.
    fn recorded(&self) -> Insides {
        let mut recorded = Insides::default();
        for entry in self.past().entries {
            let Target::Tenant { kind, record, field } = entry.target else { continue };
            let allows = field.is_some_and(|field| allowed_idle_code(kind, &field).is_some());
            match kind {
                TenantRecord::DesktopLayout => recorded.layouts.extend(record.id),
                TenantRecord::AgentProfile if allows => recorded.profiles.extend(record.id),
                _ => {}
            }
        }
        recorded
    }
}

/// What of these is read for such looks.
pub(in crate::engine) fn known(looks: &BTreeSet<TenantLook>, known: Insides) -> Insides {
    let is_asked = |look: TenantLook| looks.contains(&look);
    let mut left = Insides::default();
    if is_asked(TenantLook::DesktopLayouts) {
        left.layouts = known.layouts;
    }
    if is_asked(TenantLook::AgentProfiles) && is_asked(TenantLook::IdleCodes) {
        left.profiles = known.profiles;
    }
    if is_asked(TenantLook::OutdialAnis) {
        left.anis = known.anis;
    }
    if is_asked(TenantLook::UserProfiles) {
        left.user_profiles = known.user_profiles;
    }
    left
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

/// Takes every look at once. What is refused is written down; an error is that nothing can be seen.
pub(in crate::engine) async fn take_all(
    client: &Client,
    looks: &BTreeSet<TenantLook>,
    known: &Insides,
    state: &mut TenantState,
) -> Result<(), Failure> {
    let all = Ended::default();
    let ended = &all;
    let is_asked = |look: TenantLook| looks.contains(&look);
    let read;
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
        read,
    ) = tokio::join!(
        some(asked(
            ended,
            is_asked(TenantLook::DesktopLayouts),
            async { client.desktop_layouts().overview().await },
            layout
        )),
        asked(ended, is_asked(TenantLook::Teams), async { client.teams().list().await }, team),
        some(asked(
            ended,
            is_asked(TenantLook::IdleCodes),
            async { client.auxiliary_codes().of(&WorkTypeCode::Idle).await },
            idle_code
        )),
        whole(asked(
            ended,
            is_asked(TenantLook::Variables),
            async { client.cad_variables().list().await },
            variable
        )),
        some(asked(
            ended,
            is_asked(TenantLook::AgentProfiles),
            async { client.agent_profiles().list().await },
            agent_profile
        )),
        asked(
            ended,
            is_asked(TenantLook::EntryPoints),
            async { client.entry_points().list().await },
            entry_point
        ),
        asked(
            ended,
            is_asked(TenantLook::DialNumbers),
            async { client.dial_numbers().list().await },
            dial_number
        ),
        asked(
            ended,
            is_asked(TenantLook::OutdialAnis),
            async { client.outdial_anis().list().await },
            ani
        ),
        asked(
            ended,
            is_asked(TenantLook::UserProfiles),
            async { client.user_profiles().list().await },
            user_profile
        ),
        agents(client, ended, is_asked(TenantLook::Agents)),
        Read::all(client, known, ended),
    );
    read.put_into(state);
    all.into_result(())
}

/// A list, where it is asked for.
async fn asked<T, R>(
    ended: &Ended,
    is_asked: bool,
    list: impl Future<Output = Result<Vec<Listed<T>>, Error>>,
    row: impl Fn(&Listed<T>) -> R,
) -> Observed<Vec<R>> {
    if !is_asked {
        return Observed::Unasked;
    }
    ended.seen(list.await.map(|records| records.iter().map(row).collect()))
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

/// So many agents are asked about one by one at most: each costs a request of a minute's allowance.
const MOST_ONE_BY_ONE: usize = 300;

/// So many of them at once.
const AT_ONCE: usize = 8;

/// The agents, with their teams. A list that names no teams of anybody leaves them out, and would make
/// everybody nobody's agent; where it names those of some, the others are in none. What a list leaves
/// out, a user that is read alone may tell.
async fn agents(client: &Client, ended: &Ended, is_asked: bool) -> Observed<Vec<AgentRow>> {
    if !is_asked {
        return Observed::Unasked;
    }
    let users = match ended.seen(client.users().list().await) {
        Observed::Seen(users) if !users.is_empty() && users.iter().all(|it| has_no_teams(it)) => {
            users
        }
        seen => return seen.map(|users| users.iter().map(|user| agent(user)).collect()),
    };
    let left_out = "Webex leaves out in which teams they are";
    if users.len() > MOST_ONE_BY_ONE {
        let many = users.len();
        return Observed::refused(format!(
            "{left_out}, and {many} are too many to be read one by one"
        ));
    }
    match ended.seen(one_by_one(client, &users).await) {
        Observed::Seen(users) if users.iter().all(|it| has_no_teams(it)) => {
            Observed::refused(left_out)
        }
        seen => seen.map(|users| users.iter().map(|user| agent(user)).collect()),
    }
}

async fn one_by_one(client: &Client, users: &[Listed<User>]) -> Result<Vec<Stored<User>>, Error> {
    let mut all = Vec::with_capacity(users.len());
    for some in users.chunks(AT_ONCE) {
        let some: Vec<_> = some.iter().map(|user| read_user(client, &user.id)).collect();
        all.extend(try_join_all(some).await?.into_iter().flatten());
    }
    Ok(all)
}

/// A user, who may have gone since they were listed.
async fn read_user(client: &Client, id: &Id<User>) -> Result<Option<Stored<User>>, Error> {
    match client.users().get(id).await {
        Ok(user) => Ok(Some(user)),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(error),
    }
}

fn has_no_teams(user: &User) -> bool {
    user.team_ids.is_none()
}
