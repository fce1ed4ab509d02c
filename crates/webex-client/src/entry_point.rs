//! Entry points: where contacts come in, and where calls go out.

use serde::{Deserialize, Serialize};

use crate::resource::{Sealed, operations};
use crate::words::words;
use crate::{Area, Client, Creatable, Deletable, Id, Operations, Referable, Replaceable, Resource};

/// A flow; what is in it has no place in this API.
#[derive(Debug)]
#[non_exhaustive]
pub enum Flow {}

/// A queue; only its id is used here.
#[derive(Debug)]
#[non_exhaustive]
pub enum Queue {}

/// An entry point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EntryPoint {
    /// The name: letters, digits, spaces, `&`, `_` and `-`, at most 80.
    pub name: String,
    /// A description.
    pub description: Option<String>,
    /// Which way contacts go.
    pub entry_point_type: Option<EntryPointType>,
    /// By what they come.
    pub channel_type: Option<ChannelType>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// Within how many seconds a contact is to be answered; more than 0.
    pub service_level_threshold: Option<i32>,
    /// How many contacts there may be at once.
    pub maximum_active_contacts: Option<i32>,
    /// The flow that contacts go through; a new entry point that names one may fail with 500.
    pub flow_id: Option<Id<Flow>>,
    /// Which version of the flow.
    pub flow_tag_id: Option<String>,
    /// The older form of a flow: the address of a script. Whether an entry point with neither works is
    /// not known.
    pub control_flow_script_url: Option<String>,
    /// The queue of outgoing calls.
    pub outdial_queue_id: Option<Id<Queue>>,
    /// How many numbers lead to it, where that is asked for.
    pub dn_ep_mapping_count: Option<i64>,
}

words! {
    /// Which way contacts go.
    EntryPointType {
        /// In.
        Inbound = "INBOUND",
        /// Out.
        Outbound = "OUTBOUND",
    }
}

words! {
    /// By what contacts come.
    ChannelType {
        /// Calls.
        Telephony = "TELEPHONY",
        /// E-mail.
        Email = "EMAIL",
        /// Chat.
        Chat = "CHAT",
        /// Social media.
        Social = "SOCIAL_CHANNEL",
    }
}

impl EntryPoint {
    /// An entry point of outgoing calls, with all that the service really asks for.
    pub fn outdial(name: &str) -> EntryPoint {
        EntryPoint {
            name: name.to_owned(),
            description: None,
            entry_point_type: Some(EntryPointType::Outbound),
            channel_type: Some(ChannelType::Telephony),
            active: Some(true),
            service_level_threshold: Some(30),
            maximum_active_contacts: Some(100),
            flow_id: None,
            flow_tag_id: None,
            control_flow_script_url: None,
            outdial_queue_id: None,
            dn_ep_mapping_count: None,
        }
    }

    /// Whether calls go out by it.
    pub fn is_outdial(&self) -> bool {
        self.entry_point_type == Some(EntryPointType::Outbound)
            && self.channel_type == Some(ChannelType::Telephony)
    }
}

impl Resource for EntryPoint {
    const LIST: &'static str = "/v2/entry-point";
    const ITEM: &'static str = "/entry-point";
    const OPERATIONS: Operations = operations!("an entry point", "entry points");
}

impl Sealed for EntryPoint {}
impl Creatable for EntryPoint {}
impl Replaceable for EntryPoint {}
impl Deletable for EntryPoint {}

impl Referable for EntryPoint {
    const REFERENCES: &'static str = Self::ITEM;
}

impl Client {
    /// Entry points.
    pub fn entry_points(&self) -> Area<'_, EntryPoint> {
        Area::new(self)
    }
}
