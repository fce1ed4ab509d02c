//! The version of the package that an org has, as a configuration wants it.

use super::PackageInUse;
use crate::checklist::Adoptee;
use crate::model::{Audience, Draft, DraftValue, in_a_row};

/// What the item would have a configuration say.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    draft.table("package");
    let packages = adoptee.inventory.packages.iter();
    let found: Vec<&PackageInUse> = packages
        .filter(|package| package.recipe == Some(&adoptee.connector().recipe.name))
        .collect();
    let package = found.first();
    if found.len() > 1 {
        // Whichever stands in the configuration is what an uninstall takes.
        let named: Vec<String> = found.iter().map(|package| named(package)).collect();
        draft.left_out(format!(
            "The org has several packages of the connector's namespace, and does not tell which one is the \
             connector's: enter its 04t id here. They are {}.",
            in_a_row(&named, named.len())
        ));
        draft.example("version", DraftValue::Text("04t…".to_owned()));
    } else if let Some((package, id)) =
        package.and_then(|found| Some((found, found.version_id.as_ref()?)))
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

/// `"Webex Contact Center" 1.10 (04t…)`
fn named(package: &PackageInUse) -> String {
    let number = package.version.as_deref().unwrap_or("of unknown number");
    let id = package.version_id.as_ref().map_or("no 04t id shown", |id| id.as_str());
    format!("\"{}\" {number} ({id})", package.name)
}
