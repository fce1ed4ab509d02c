//! The version of the package that an org has, as a configuration wants it.

use crate::checklist::Adoptee;
use crate::model::{Audience, Draft, DraftValue};

/// What the item would have a configuration say.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    draft.table("package");
    let package = adoptee
        .inventory
        .packages
        .iter()
        .find(|package| package.recipe == Some(&adoptee.connector().recipe.name));
    if let Some((package, id)) = package.and_then(|found| Some((found, found.version_id.as_ref()?)))
    {
        let number = package.version.as_deref().unwrap_or("of unknown number");
        draft.comment(format!("{} {number}", package.name));
        draft.text("version", id.as_str());
    } else {
        let what = if package.is_some() {
            "The org does not tell which version of the package it has"
        } else {
            "The package is not installed"
        };
        draft.left_out(format!("{what}: enter the 04t id from its install link here."));
        draft.example("version", DraftValue::Text("04t…".to_owned()));
    }
    draft.comment(
        "Who got access and which sites were approved cannot be read; these values apply to the next installation.",
    );
    let audience = match adoptee.connector().audience {
        Audience::Admins => "admins",
        Audience::AllUsers | Audience::Profiles(_) => "all-users",
    };
    draft.example("install_for", DraftValue::Text(audience.to_owned()));
    draft.example("approve_sites", DraftValue::texts(&["https://cpc.ccone.net"]));
    draft
}
