//! What the org says of the wanted package version.

use salesforce_client::Error;
use salesforce_client::packages::OfferedPackage;

use super::Fetch;
use super::packages::number;
use crate::engine::observe::inquiry::Purpose;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{self, ConnectorWish, Offer, PackageName, PackageVersionId, Refusal};

pub(super) struct OfferedVersion;

impl Fetch for OfferedVersion {
    /// Beside the queries of the setup, where there is room.
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let Some(desired) = inquiry.desired.filter(|_| !is_asked_later(inquiry)) else { return };
        if !burst.offer(&desired.package.version, inquiry.installation_key) {
            call(inquiry, desired, burst);
        }
    }

    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        if let (Some(desired), Some(answer)) = (inquiry.desired, answers.offered()) {
            let answer = offered(&desired.package.version, answer);
            taking.state.offered = taking.observed(answer)?;
        }
        Ok(())
    }

    /// Whoever only looks is interested where it is not the one that is installed.
    fn follow<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let Some(desired) = inquiry.desired.filter(|_| is_asked_later(inquiry)) else { return };
        let Some(state) = seen.state() else { return };
        let wanted = Some(&desired.package.version);
        if !state.packages.iter().any(|package| package.version_id.as_ref() == wanted) {
            call(inquiry, desired, burst);
        }
    }
}

fn is_asked_later(inquiry: &Inquiry<'_>) -> bool {
    inquiry.purpose == Purpose::Survey
}

fn call<'a>(inquiry: &'a Inquiry<'a>, desired: &'a ConnectorWish, burst: &mut Burst<'a>) {
    let (client, version) = (burst.client(), &desired.package.version);
    let key = inquiry.installation_key;
    let request = async move { client.packages().offered(version.as_str(), key).await };
    burst.call(request, move |answer, taking| {
        taking.state.offered = taking.observed(offered(version, answer))?;
        Ok(())
    });
}

/// What the org said.
fn offered(
    id: &PackageVersionId,
    answer: Result<Option<OfferedPackage>, Error>,
) -> Result<model::OfferedVersion, Error> {
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
    Ok(model::OfferedVersion { id: *id, answer })
}

/// What a refused question about a version says about the version; other troubles stay troubles: an
/// org that fails at answering has not said that there is no such version.
fn refusal(error: Error) -> Result<Refusal, Error> {
    let Some(api) = error.api() else { return Err(error) };
    let message = api.message.clone();
    let text = format!("{} {message}", api.code).to_ascii_uppercase();
    // What an org refuses in the query itself quotes it, with the name of the key's field in it.
    let of_the_query = api.code == "INVALID_FIELD" || api.code == "MALFORMED_QUERY";
    let of_the_key = text.contains("INSTALL_KEY")
        || (text.contains("INSTALLATIONKEY") && !of_the_query && !api.is_missing());
    if of_the_key && text.contains("INVALID") {
        Ok(Refusal::KeyInvalid { message })
    } else if of_the_key {
        Ok(Refusal::KeyRequired { message })
    } else if says_unknown(&api.code, &text) {
        Ok(Refusal::Unknown { message })
    } else {
        Err(error)
    }
}

/// Whether an error says that there is no version of that id. A type that is not there is the
/// business of permissions, not of the id.
fn says_unknown(code: &str, text: &str) -> bool {
    const CODES: [&str; 6] = [
        "NOT_FOUND",
        "INVALID_CROSS_REFERENCE_KEY",
        "INVALID_ID_FIELD",
        "MALFORMED_ID",
        "INVALID_QUERY_FILTER_OPERATOR",
        "ENTITY_IS_DELETED",
    ];
    CODES.contains(&code) || (code == "UNKNOWN_EXCEPTION" && text.contains("INVALID ID"))
}
