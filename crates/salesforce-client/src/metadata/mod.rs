//! The Metadata API: listing and reading over SOAP, deploying over REST.

mod access;
mod bundle;
pub mod call_center;
mod custom_metadata;
mod deploy;
mod deploy_result;
pub mod flexi_page;
pub(super) mod list;
mod names;
mod profile;
mod remote_site;

pub use access::{AccessChange, PermissionSetRecord};
pub use bundle::{Bundle, BundleError};
pub use call_center::{CallCenter, CallCenterRecord};
pub use custom_metadata::{CustomMetadataFile, CustomMetadataRecord, CustomMetadataValue};
pub use deploy::{
    DeployId, DeployOptions, RunningDeploy, TestLevel, all_running_deploys_query,
    running_deploys_query,
};
pub use deploy_result::{Component, DeployResult, DeployStatus, TestFailure, TestRun};
pub use flexi_page::{FlexiPageRecord, UtilityItem};
pub use list::FileProperties;
pub use names::{decode_name, encode_name, layout_full_name, managed_layout_name};
pub use profile::{LayoutAssignment, ProfileSettings};
pub use remote_site::RemoteSiteRecord;

use super::Client;

/// The namespace of all metadata.
const NAMESPACE: &str = "http://soap.sforce.com/2006/04/metadata";

/// The Metadata API of an org.
#[derive(Debug, Clone, Copy)]
pub struct Metadata<'a> {
    client: &'a Client,
}

impl<'a> Metadata<'a> {
    pub(super) fn new(client: &'a Client) -> Self {
        Metadata { client }
    }
}
