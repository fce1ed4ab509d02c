//! Seeing the organization's contact center.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use tokio::time::Instant;
use webex_client::{Error, Id, Listed, WorkTypeCode};

use super::rows::{
    agent, agent_profile, dial_number, entry_point, id, idle_code, layout, team, user_profile,
    variable,
};
use super::{TenantCase, TenantRun, contents_needed, tenant_looks, told, unseen};
use crate::engine::event::Event;
use crate::engine::report::TenantReport;
use crate::failure::Failure;
use crate::model::{
    AniRow, Observed, Target, Tenant, TenantLook, TenantRecord, TenantRecordId, TenantState,
    UserProfileRow, Way,
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
        let (known, named) = (self.recorded_layouts(), self.named());
        let (organization, taken) = tokio::join!(
            self.client.organization(),
            // It asks for everything at once, and its future is large.
            Box::pin(take_all(self.client, &looks, &known, &named, &mut state))
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
        self.take_contents(&mut state).await?;
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
        let (known, named) = (self.recorded_layouts(), self.named());
        Box::pin(take_all(self.client, &looks, &known, &named, &mut state)).await?;
        self.take_contents(&mut state).await?;
        self.state = Some(state);
        self.looked_at = begun;
        Ok(())
    }

    /// Contents that are needed and were not read beside the lists.
    async fn take_contents(&self, state: &mut TenantState) -> Result<(), Failure> {
        let past = self.past();
        let case = TenantCase { baseline: &past, ..self.case(state) };
        let needed =
            self.ways().flat_map(|way| contents_needed(&case, way)).collect::<BTreeSet<_>>();
        let left: BTreeSet<TenantRecordId> =
            needed.into_iter().filter(|id| !state.contents.contains_key(id)).collect();
        state.contents.extend(read_contents(self.client, &left).await?);
        Ok(())
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

    /// Whose insides are read: those that the configuration names. Where it names no list of numbers, the
    /// desktop profiles do, and all are read.
    fn named(&self) -> Named {
        let rights = self.wish.recording_rights.iter();
        let ani = self.wish.outdial.as_ref().map(|outdial| outdial.ani.as_ref());
        Named {
            user_profiles: Among::These(rights.flat_map(|it| it.user_profiles.clone()).collect()),
            anis: match ani {
                Some(None) => Among::All,
                Some(Some(name)) => Among::These(BTreeSet::from([name.clone()])),
                None => Among::These(BTreeSet::new()),
            },
        }
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

/// Which records of a list are looked into: what is in them is only in what is read by itself.
#[derive(Debug, Default)]
pub(in crate::engine) enum Among {
    /// Each of them.
    #[default]
    All,
    /// Those of these names.
    These(BTreeSet<String>),
}

impl Among {
    fn has(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(names) => names.contains(name),
        }
    }
}

/// The records that are looked into; by default all.
#[derive(Debug, Default)]
pub(in crate::engine) struct Named {
    user_profiles: Among,
    anis: Among,
}

/// What is not about one question, and ends all of them: it is told once.
#[derive(Default)]
struct Ended(OnceLock<Failure>);

impl Ended {
    /// What an answer shows; an error that is about everything is kept.
    fn seen<T>(&self, answer: Result<T, Error>) -> Observed<T> {
        let error = match answer {
            Ok(found) => return Observed::Seen(found),
            Err(error) => error,
        };
        let is_limit = error.api().is_some_and(webex_client::ApiError::is_limit);
        let is_about_all = is_limit
            || matches!(error, Error::SessionEnded { .. } | Error::Login(_) | Error::Wire(_));
        let failure = told(error);
        let refused = Observed::refused(failure.message());
        if is_about_all {
            self.0.set(failure).ok();
        }
        refused
    }

    fn into_result<T>(self, found: T) -> Result<T, Failure> {
        self.0.into_inner().map_or(Ok(found), Err)
    }
}

/// Takes every look at once. What is refused is written down; an error is that nothing can be seen.
pub(in crate::engine) async fn take_all(
    client: &Client,
    looks: &BTreeSet<TenantLook>,
    contents: &BTreeSet<TenantRecordId>,
    named: &Named,
    state: &mut TenantState,
) -> Result<(), Failure> {
    let all = Ended::default();
    let ended = &all;
    let is_asked = |look: TenantLook| looks.contains(&look);
    let known = async {
        if is_asked(TenantLook::DesktopLayouts) {
            contents_of(client, contents, ended).await
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
        anis(client, ended, is_asked(TenantLook::OutdialAnis), &named.anis),
        user_profiles(client, ended, is_asked(TenantLook::UserProfiles), &named.user_profiles),
        asked(ended, is_asked(TenantLook::Agents), async { client.users().list().await }, agent),
        known,
    );
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

/// The content is only in what is read by itself.
pub(in crate::engine) async fn read_contents(
    client: &Client,
    ids: &BTreeSet<TenantRecordId>,
) -> Result<BTreeMap<TenantRecordId, Observed<String>>, Failure> {
    let all = Ended::default();
    let found = contents_of(client, ids, &all).await;
    all.into_result(found)
}

async fn contents_of(
    client: &Client,
    ids: &BTreeSet<TenantRecordId>,
    ended: &Ended,
) -> BTreeMap<TenantRecordId, Observed<String>> {
    let read = |id: TenantRecordId| async move {
        let answer = client.desktop_layouts().get(&Id::new(id.as_str())).await;
        let content = match ended.seen(answer).map(|layout| layout.json_file_content.clone()) {
            Observed::Seen(Some(content)) => Observed::Seen(content),
            Observed::Refused(refused) => Observed::Refused(refused),
            Observed::Seen(None) | Observed::Unasked => {
                Observed::refused("The service shows no content of this layout.")
            }
        };
        (id, content)
    };
    futures_util::future::join_all(ids.iter().cloned().map(read)).await.into_iter().collect()
}

/// The lists of numbers; those that are asked about, with their numbers.
async fn anis(
    client: &Client,
    ended: &Ended,
    is_asked: bool,
    among: &Among,
) -> Observed<Vec<AniRow>> {
    if !is_asked {
        return Observed::Unasked;
    }
    let answer = async {
        let lists = client.outdial_anis().list().await?;
        let numbers = lists.iter().map(|list| async move {
            let mut numbers = Vec::new();
            if among.has(&list.name) {
                let entries = client.outdial_anis().entries(&list.id).list().await?;
                numbers.extend(entries.iter().map(|entry| entry.number.clone()));
            }
            Ok::<_, Error>(AniRow { id: id(&list.id), name: list.name.clone(), numbers })
        });
        futures_util::future::try_join_all(numbers).await
    };
    ended.seen(answer.await)
}

/// The user profiles; those that are asked about, with what they permit.
async fn user_profiles(
    client: &Client,
    ended: &Ended,
    is_asked: bool,
    among: &Among,
) -> Observed<Vec<UserProfileRow>> {
    if !is_asked {
        return Observed::Unasked;
    }
    let answer = async {
        let profiles = client.user_profiles().list().await?;
        let read = profiles.iter().map(|row| async move {
            let whole = if among.has(&row.name) {
                Some(client.user_profiles().get(&row.id).await?)
            } else {
                None
            };
            Ok::<_, Error>(user_profile(row, whole.as_ref()))
        });
        futures_util::future::try_join_all(read).await
    };
    ended.seen(answer.await)
}
