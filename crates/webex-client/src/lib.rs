//! A typed client of the Webex Contact Center configuration API, for programs that set a contact center
//! up, look into it or keep it as it should be.
//!
//! # What there is
//!
//! | what | where |
//! |---|---|
//! | desktop layouts, and which team has which | [`Client::desktop_layouts`], [`DesktopLayout`] |
//! | teams, sites, users | [`Client::teams`], [`Client::sites`], [`Client::users`] |
//! | idle and wrap-up codes | [`Client::auxiliary_codes`], [`AuxiliaryCode`] |
//! | global variables | [`Client::cad_variables`], [`CadVariable`] |
//! | agent profiles (desktop profiles) | [`Client::agent_profiles`], [`AgentProfile`] |
//! | user profiles and what they permit | [`Client::user_profiles`], [`UserProfile`] |
//! | entry points, dial numbers, numbers to show | [`Client::entry_points`], [`Client::dial_numbers`], [`Client::outdial_anis`] |
//! | multimedia profiles | [`Client::multimedia_profiles`] |
//! | whose contact center it is | [`Client::organization`] |
//! | OAuth: integrations, service apps, personal tokens | [`oauth`], [`Session`], [`Scope`] |
//! | data centres | [`Region`] |
//! | the transport | [`wire`] |
//!
//! ```no_run
//! use webex_client::{Client, Region, SecretString, Session};
//!
//! async fn give_layout(token: SecretString) -> Result<(), Box<dyn std::error::Error>> {
//!     let region: Region = "eu1".parse()?;
//!     let client = Client::connect(region.api_url(), Session::new(token)?, "acme-setup/1.0")?;
//!     println!("{:?}", client.organization().await?.name);
//!
//!     let layout = client.desktop_layouts().named("Salesforce").await?.ok_or("no such layout")?;
//!     let team = client.teams().named("Support").await?.ok_or("no such team")?;
//!     let done = client
//!         .desktop_layouts()
//!         .change(&layout.id, |layout| {
//!             layout.team_ids.get_or_insert_default().push(team.id.clone());
//!         })
//!         .await?;
//!     // The service may answer 200 and keep what there was.
//!     assert!(done.unkept.is_empty(), "not kept: {:?}", done.unkept);
//!     Ok(())
//! }
//! ```
//!
//! # Rules
//!
//! - A change replaces the whole record: it is read ([`Stored`]), changed, and sent back with everything that
//!   this crate has no name for, its version included. A field that the service sends and then refuses by
//!   name is left out, and told ([`Updated::left_out`]).
//! - An answer of 200 is no proof: [`Area::update_and_read`] looks again and tells what was not kept.
//! - A list leaves fields out, so that what it brings ([`Listed`]) cannot be written back.
//! - There is nothing here that changes many records at once, deletes a collection, renames a
//!   variable that flows may use, or replaces the numbers of an ANI list as a whole.
//! - Values of filters are quoted and percent-encoded ([`Filter`]); ids of one kind are no ids of another ([`Id`]).
//! - Lists are read to their end. No more than [`REQUESTS_A_MINUTE`] are sent; `Retry-After` is obeyed.
//! - What happened is a value: an [`Error`], an [`ApiError`] in the service's own words and with its tracking
//!   id, an [`oauth::Reason`]. Which option or button mends it is for the program to say.
//! - No host is computed that Cisco does not publish ([`Region::webrtc_domain`]).
//! - Nothing here reads files or the terminal. Tokens are in no text.

mod agent_profile;
mod api_error;
mod area;
mod auxiliary_code;
mod cad_variable;
mod client;
mod decode;
mod desktop_layout;
mod dial_number;
mod encode;
mod entry_point;
mod error;
mod id;
mod multimedia_profile;
pub mod oauth;
mod organization;
mod outdial_ani;
mod pace;
mod pages;
mod query;
mod redirect;
mod region;
mod resource;
mod rsql;
mod scope;
mod session;
mod site;
mod stored;
mod team;
mod user;
mod user_profile;
mod words;

#[cfg(test)]
mod tests;

pub use agent_profile::{Access, AgentProfile, ParentType, VoiceOption};
pub use api_error::{ApiError, Detail, Reference};
pub use area::{Area, References, Updated, Verified};
pub use auxiliary_code::{AuxiliaryCode, WorkType, WorkTypeCode};
pub use cad_variable::{CadVariable, VariableType};
pub use client::{Client, REQUESTS_A_MINUTE, options};
pub use desktop_layout::DesktopLayout;
pub use dial_number::DialNumber;
pub use entry_point::{ChannelType, EntryPoint, EntryPointType, Flow, Queue};
pub use error::Error;
pub use id::{Id, NotAnOrganizationId, OrganizationId};
pub use multimedia_profile::MultimediaProfile;
pub use organization::Organization;
pub use outdial_ani::{OutdialAni, OutdialAniEntry};
pub use query::Query;
pub use region::{Region, RegionError};
pub use resource::{Creatable, Deletable, Operations, Referable, Replaceable, Resource};
pub use rsql::Filter;
pub use scope::Scope;
pub use secrecy::SecretString;
pub use session::{Renewal, Renewing, Session};
pub use site::Site;
pub use stored::{Listed, Stored};
pub use team::{Team, TeamStatus, TeamType};
pub use user::{SkillProfile, User, UserChange};
pub use user_profile::{Permission, PermissionAccess, ProfileType, RECORDINGS, UserProfile};
pub use wire;
