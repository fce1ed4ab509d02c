//! Between what the APIs speak and what everybody else speaks.

use std::collections::BTreeMap;

use salesforce_client::metadata::FileProperties;
use salesforce_client::packages::OfferedPackage;
use salesforce_client::{Error, softphone as api};

use super::rows::number;
use crate::failure::Failure;
use crate::model::{
    CallKind, CallTypeLayout, Match, Offer, OfferedVersion, OpensIn, PackageName, PackageVersionId,
    Refusal, ScreenPop, SoftphoneLayout,
};

/// API names of profiles by the first 15 characters of their ids.
pub(super) fn profile_names(listed: Vec<FileProperties>) -> BTreeMap<String, String> {
    listed
        .into_iter()
        .filter_map(|file| Some((file.id?.get(..15)?.to_owned(), file.full_name)))
        .collect()
}

/// What the org said of the wanted version.
pub(super) fn offered(
    id: &PackageVersionId,
    answer: Result<Option<OfferedPackage>, Error>,
) -> Result<OfferedVersion, Failure> {
    let answer = match answer {
        Ok(Some(OfferedPackage { version, package, .. })) => Ok(Offer {
            package: package.map(|package| PackageName {
                name: package.name,
                namespace: package.namespace_prefix,
            }),
            package_id: version.subscriber_package_id.clone(),
            version: number(&version),
            status: version
                .install_validation_status
                .clone()
                .unwrap_or_else(|| "PACKAGE_UNAVAILABLE".to_owned()),
            sites: version.sites().into_iter().map(str::to_owned).collect(),
        }),
        Ok(None) => Err(Refusal::Unknown { message: String::new() }),
        Err(error) => Err(refusal(error)?),
    };
    Ok(OfferedVersion { id: id.clone(), answer })
}

/// What a refused question about a version says about the version; other troubles stay troubles.
fn refusal(error: Error) -> Result<Refusal, Failure> {
    let Some(api) = error.api() else { return Err(error.into()) };
    let message = api.message.clone();
    let text = format!("{} {message}", api.code).to_ascii_uppercase();
    let of_the_key = text.contains("INSTALL_KEY") || text.contains("INSTALLATIONKEY");
    if of_the_key && text.contains("INVALID") {
        Ok(Refusal::KeyInvalid { message })
    } else if of_the_key {
        Ok(Refusal::KeyRequired { message })
    } else if api.is_session_expired() || api.is_limit() || api.is_permission() {
        Err(error.into())
    } else {
        Ok(Refusal::Unknown { message })
    }
}

/// What the caller's softphone layout does. Whoever has none, or may not ask, leaves the question
/// open.
pub(super) fn softphone(
    answer: Result<Option<api::SoftphoneLayout>, Error>,
) -> Result<Option<SoftphoneLayout>, Failure> {
    let layout = match answer {
        Ok(layout) => layout,
        Err(Error::Api { error, .. }) if !error.is_session_expired() => None,
        Err(error) => return Err(error.into()),
    };
    Ok(layout.map(|layout| SoftphoneLayout {
        call_types: layout.call_types.iter().filter_map(call_type).collect(),
        name: layout.name,
    }))
}

fn call_type(call: &api::CallType) -> Option<(CallKind, CallTypeLayout)> {
    let kind =
        CallKind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(&call.kind))?;
    let layout = CallTypeLayout {
        objects: call.objects.iter().map(|object| object.name.clone()).collect(),
        opens_in: match call.pops_open_within.as_deref() {
            Some("ExistingWindow") => Some(OpensIn::Existing),
            Some("NewWindow") => Some(OpensIn::New),
            _ => None,
        },
        pops: Match::ALL.map(|outcome| screen_pop(call, outcome)),
    };
    Some((kind, layout))
}

/// What pops up. That nothing does is told by leaving the option out, as far as anybody knows.
fn screen_pop(call: &api::CallType, outcome: Match) -> ScreenPop {
    let name = match outcome {
        Match::None => "NoMatch",
        Match::Single => "SingleMatch",
        Match::Multiple => "MultipleMatches",
    };
    let Some(pop) = call.screen_pops.iter().find(|pop| pop.match_type == name) else {
        return ScreenPop::Nothing;
    };
    match (pop.kind.as_str(), outcome) {
        ("", _) => ScreenPop::Nothing,
        ("PopToEntity", Match::None) => ScreenPop::New(pop.data.clone()),
        ("PopToEntity", _) => ScreenPop::Detail,
        ("PopToSearch", _) => ScreenPop::Search,
        ("PopToVisualforce", _) => ScreenPop::Page(pop.data.clone()),
        ("PopToFlow", _) => ScreenPop::Flow(pop.data.clone()),
        (other, _) => ScreenPop::Other(format!("{other} {}", pop.data).trim_end().to_owned()),
    }
}
