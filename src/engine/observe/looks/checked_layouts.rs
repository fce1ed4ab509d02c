//! The softphone layouts of the check users, each asked for with the user's own login.
//!
//! Whatever keeps one of them from an answer is written down: it is never a reason to stop.

use std::collections::BTreeSet;

use salesforce_client::softphone as api;
use salesforce_client::{Client, Error, SessionUser};

use super::softphone::layout;
use crate::engine::check_user::{CheckUser, unseen_by};
use crate::engine::observe::refusals::unanswered;
use crate::engine::observe::{Burst, Inquiry};
use crate::failure::Failure;
use crate::model::{
    CheckedLayout, Command, Hint, LayoutOfUser, OrgId, OrgState, Organization, ProfileId,
    UnseenLayout, UserId,
};

/// What is asked of one user's session, both at once.
type Answer = (Result<SessionUser, Error>, Result<Option<api::SoftphoneLayout>, Error>);

/// Asks for the layout of every check user, beside everything else.
pub(super) fn ask<'a>(inquiry: &'a Inquiry<'a>, burst: &mut Burst<'a>) {
    let wish = inquiry.desired.and_then(|desired| desired.softphone_layout.as_ref());
    let Some(wish) = wish.filter(|_| !inquiry.is_removal()) else { return };
    let version = burst.client().version();
    let here = burst.client().session().org_id_hint();
    let mut asked = BTreeSet::new();
    for alias in wish.check_users.iter().filter(|alias| asked.insert(*alias)) {
        let login = inquiry.check_users.iter().find(|login| login.alias == *alias);
        let client = login.and_then(|login| login.client.as_ref().ok());
        // Nothing is sent to another org: which one a login is for is known beforehand.
        let client = client.filter(|it| is_same(it, here.as_deref()));
        let client = client.map(|client| client.with_version(version));
        let call = async move {
            match &client {
                Some(client) => {
                    Some(tokio::join!(client.session_user(), client.softphone_layout()))
                }
                None => None,
            }
        };
        burst.call(call, move |answer, taking| {
            let org = &taking.state.organization;
            let seen = match (login, answer) {
                (None, _) => Err(nobody(alias, org)),
                (Some(login), Some(answer)) => seen(login, answer, org),
                (Some(login), None) => Err(match &login.client {
                    Err(unseen) => unseen.clone(),
                    Ok(client) => elsewhere(alias, client.session().org_id_hint(), org),
                }),
            };
            keep(taking.state, CheckedLayout { alias: alias.clone(), seen });
            Ok(())
        });
    }
}

/// Whether a login may be for that org, as far as both say which one they are for.
fn is_same(client: &Client, here: Option<&str>) -> bool {
    client.session().org_id_hint().as_deref().zip(here).is_none_or(|(there, here)| there == here)
}

/// What the user gets, where the session is that user's and in this org.
fn seen(
    login: &CheckUser,
    (user, layout_of_user): Answer,
    org: &Organization,
) -> Result<LayoutOfUser, UnseenLayout> {
    let user = user.map_err(unseen)?;
    if OrgId::parse(&user.organization_id).ok().as_ref() != Some(&org.id) {
        return Err(elsewhere(&login.alias, Some(user.organization_id), org));
    }
    let (of_login, of_session) = (UserId::parse(&login.user_id), UserId::parse(&user.user_id));
    if of_login.ok() != of_session.ok() {
        return Err(UnseenLayout {
            why: format!(
                "the session is of {}, and the login `{}` is for another user ({})",
                user.user_name, login.alias, login.user_id
            ),
            remedy: vec![log_in(log_in_as(&login.alias, org))],
        });
    }
    Ok(LayoutOfUser {
        username: user.user_name,
        profile: ProfileId::parse(&user.profile_id).ok(),
        layout: layout_of_user.map_err(unseen)?.map(layout),
    })
}

/// Why a request with the login was not answered.
fn unseen(error: Error) -> UnseenLayout {
    match error {
        // What the checklist needs is nothing that an agent needs.
        Error::Api { .. } if error.obstacle().is_none() => {
            UnseenLayout { why: unanswered(&error).words, remedy: Vec::new() }
        }
        error => unseen_by(&Failure::from(error)),
    }
}

fn nobody(alias: &str, org: &Organization) -> UnseenLayout {
    UnseenLayout {
        why: "nobody has logged in under that alias on this machine".to_owned(),
        remedy: vec![log_in(log_in_as(alias, org))],
    }
}

fn elsewhere(alias: &str, there: Option<String>, org: &Organization) -> UnseenLayout {
    let there = there.unwrap_or_default();
    UnseenLayout {
        why: format!("that login is for another org ({there}), which was not asked"),
        remedy: vec![log_in(log_in_as(alias, org).option("--replace"))],
    }
}

/// What a person does, as that user.
fn log_in(login: Command) -> Hint {
    Hint::command("Log in as that user:", login, "")
}

fn log_in_as(alias: &str, org: &Organization) -> Command {
    let url = org.instance_url.trim_end_matches('/');
    Command::of_machine("login").argument(alias).option("--login-url").argument(url)
}

/// Keeps what was seen, in the place of what was seen before.
fn keep(state: &mut OrgState, seen: CheckedLayout) {
    match state.checked_layouts.iter_mut().find(|it| it.alias == seen.alias) {
        Some(known) => *known = seen,
        None => state.checked_layouts.push(seen),
    }
}
