//! Reading records by themselves: lists leave out what is in them.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use webex_client::{Error, Id};

use super::ended::Ended;
use super::rows::{permissions_of, whole_profile};
use crate::failure::Failure;
use crate::model::{
    AgentProfileRow, Insides, Observed, TenantRecordId, TenantState, UserProfileRow,
};

type Client = webex_client::Client;
type Found<T> = BTreeMap<TenantRecordId, Observed<T>>;

/// What was read.
#[derive(Default)]
pub(super) struct Read {
    contents: Found<String>,
    profiles: Found<AgentProfileRow>,
    anis: Found<Vec<String>>,
    user_profiles: Found<UserProfileRow>,
}

impl Read {
    /// Reads these, at once.
    pub(super) async fn all(client: &Client, ids: &Insides, ended: &Ended) -> Self {
        let (contents, profiles, anis, user_profiles) = tokio::join!(
            each(&ids.layouts, ended, |id| content(client, id)),
            each(&ids.profiles, ended, |id| profile(client, id)),
            each(&ids.anis, ended, |id| numbers(client, id)),
            each(&ids.user_profiles, ended, |id| user_profile(client, id)),
        );
        Self { contents, profiles, anis, user_profiles }
    }

    /// Puts it beside what the lists have shown. What was not shown stays unread there.
    pub(super) fn put_into(self, state: &mut TenantState) {
        state.contents.extend(self.contents);
        let rows = state.agent_profiles.seen_mut().into_iter().flatten();
        for row in rows {
            if let Some(Observed::Seen(whole)) = self.profiles.get(&row.id) {
                row.clone_from(whole);
            }
        }
        for row in state.anis.seen_mut().into_iter().flatten() {
            if let Some(Observed::Seen(numbers)) = self.anis.get(&row.id) {
                row.numbers = Some(numbers.clone());
            }
        }
        for row in state.user_profiles.seen_mut().into_iter().flatten() {
            if let Some(Observed::Seen(whole)) = self.user_profiles.get(&row.id) {
                row.clone_from(whole);
            }
        }
    }
}

/// Reads these, and puts them beside what the lists have shown.
pub(in crate::engine) async fn read_insides(
    client: &Client,
    ids: &Insides,
    state: &mut TenantState,
) -> Result<(), Failure> {
    if ids.is_empty() {
        return Ok(());
    }
    let all = Ended::default();
    // It asks for everything at once, and its future is large.
    let read = Box::pin(Read::all(client, ids, &all)).await;
    read.put_into(state);
    all.into_result(())
}

/// Each of them; `None`: the service leaves out what was asked for.
async fn each<T, F: Future<Output = Result<Option<T>, Error>>>(
    ids: &BTreeSet<TenantRecordId>,
    ended: &Ended,
    read: impl Fn(TenantRecordId) -> F,
) -> Found<T> {
    let one = |id: &TenantRecordId| {
        let (id, reading) = (id.clone(), read(id.clone()));
        async move {
            let found = match ended.seen(reading.await) {
                Observed::Seen(Some(found)) => Observed::Seen(found),
                Observed::Refused(refused) => Observed::Refused(refused),
                Observed::Seen(None) | Observed::Unasked => {
                    Observed::refused("The service shows no content of this layout.")
                }
            };
            (id, found)
        }
    };
    join_all(ids.iter().map(one).collect::<Vec<_>>()).await.into_iter().collect()
}

async fn content(client: &Client, id: TenantRecordId) -> Result<Option<String>, Error> {
    let layout = client.desktop_layouts().get(&Id::new(id.as_str())).await?;
    Ok(layout.json_file_content.clone())
}

async fn profile(client: &Client, id: TenantRecordId) -> Result<Option<AgentProfileRow>, Error> {
    let found = client.agent_profiles().get(&Id::new(id.as_str())).await?;
    Ok(Some(whole_profile(&found)))
}

async fn numbers(client: &Client, id: TenantRecordId) -> Result<Option<Vec<String>>, Error> {
    let numbers = client.outdial_anis().entries(&Id::new(id.as_str())).list().await?;
    Ok(Some(numbers.iter().map(|entry| entry.number.clone()).collect()))
}

async fn user_profile(
    client: &Client,
    id: TenantRecordId,
) -> Result<Option<UserProfileRow>, Error> {
    let found = client.user_profiles().get(&Id::new(id.as_str())).await?;
    Ok(Some(permissions_of(&found)))
}
