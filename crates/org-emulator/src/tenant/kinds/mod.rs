//! Which kinds of records there are, a file each.

mod agent_profile;
mod auxiliary_code;
mod cad_variable;
mod desktop_layout;
mod dial_number;
mod entry_point;
mod multimedia_profile;
mod outdial_ani;
mod site;
mod team;
mod user;
mod user_profile;

use super::kind::Kind;

/// All kinds.
pub(crate) const KINDS: &[Kind] = &[
    desktop_layout::KIND,
    team::KIND,
    site::KIND,
    auxiliary_code::KIND,
    cad_variable::KIND,
    agent_profile::KIND,
    user::KIND,
    entry_point::KIND,
    dial_number::KIND,
    outdial_ani::KIND,
    user_profile::KIND,
    multimedia_profile::KIND,
];

/// The kind of that name.
pub(crate) fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
