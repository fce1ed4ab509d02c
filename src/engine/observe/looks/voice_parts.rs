//! What Salesforce Voice needs beside its package: remote sites and a certificate.

use salesforce_client::{Client, Error};

use super::Fetch;
use crate::engine::observe::refusals::unanswered;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{Observed, VOICE_NAMESPACE, VoiceParts as Parts};

pub(super) struct VoiceParts;

impl Fetch for VoiceParts {
    /// Nobody needs them before Cisco's package for it is there.
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, _: &mut Burst<'a>) {}

    fn follow<'a>(&self, _: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let Some(state) = seen.state() else { return };
        let is_voice = |namespace: Option<&str>| namespace == Some(VOICE_NAMESPACE);
        if !state.packages.iter().any(|package| is_voice(package.namespace.as_deref())) {
            return;
        }
        burst.call(read(burst.client()), |answer, taking| {
            taking.state.voice_parts = match answer {
                Ok(parts) => Observed::Seen(parts),
                Err(error) => Observed::Refused(unanswered(&error)),
            };
            Ok(())
        });
    }
}

/// So many remote sites are looked into, in ten requests at once: an org may have hundreds.
const MOST_SITES: usize = 100;

async fn read(client: &Client) -> Result<Parts, Error> {
    let metadata = client.metadata();
    let (sites, certificates) =
        tokio::try_join!(metadata.list("RemoteSiteSetting"), metadata.list("Certificate"))?;
    let mut names: Vec<String> = sites.into_iter().map(|it| it.full_name).collect();
    let listed = names.len();
    names.truncate(MOST_SITES);
    let sites = metadata.read_remote_sites(&names).await?;
    Ok(Parts {
        unread_sites: listed.saturating_sub(sites.len()),
        sites: sites.into_iter().filter(|site| site.is_active).map(|site| site.url).collect(),
        certificates: certificates.into_iter().map(|it| it.full_name).collect(),
    })
}
