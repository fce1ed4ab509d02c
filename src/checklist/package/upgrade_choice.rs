//! Which ways an upgrade of the package can take, where the configuration does not choose one.

use super::plan::there;
use super::removal;
use crate::checklist::names::counted;
use crate::checklist::{Case, Human, Link, Sight, Step};
use crate::model::{InstalledPackage, LayoutAssignment, Offer};

/// An older version than the wanted one is there. A person upgrades it; everything that does not
/// need the new version goes on without.
pub(super) fn upgrade(package: &InstalledPackage, offer: &Offer, case: Case<'_>) -> Human {
    let Case { desired, state, .. } = case;
    let wanted = &desired.package.version;
    let page = Link::installation(&state.organization.instance_url, wanted);
    // Two ids that are known to differ are of two packages, of which none replaces the other.
    let is_one_package = package.package_id.is_some() && offer.package_id.is_some();
    let in_place = if is_one_package {
        "Set upgrade = \"in-place\" under [package]: provision installs the new version over the old \
            one and keeps the data. Both are versions of one package, so Salesforce can do that."
    } else {
        "Set upgrade = \"in-place\" under [package]: provision installs the new version over the old \
            one and keeps the data. That works only if both are versions of one package, which this org \
            does not show (they share the namespace): otherwise Salesforce refuses it, and \"clean\" is \
            the way."
    };
    Human {
        why: format!(
            "The org has {} of \"{}\", and the configuration wants version {}. provision does \
            not replace it by itself.",
            there(package),
            package.name,
            offer.version
        ),
        steps: vec![
            Step::new("Choose one:")
                .choice(format!(
                    "Set upgrade = \"clean\" under [package]: provision uninstalls the old \
                    version first, as Cisco's article requires, and afterwards restores {}. Access to \
                    the package's parts that your own profiles and permission sets give is lost. {}",
                    restored(case),
                    removal::fate_of_data(&state.removal.data)
                ))
                .choice(in_place)
                .choice("Upgrade it yourself: open ")
                .link(page)
                .words(" and choose Upgrade.")
                .choice("Keep the installed version: set `package.version` to its 04t id."),
        ],
        sight: Sight::Undone,
        unseen: None,
        confirmed: None,
    }
}

/// What a clean upgrade gives back, counted where the org has shown it.
fn restored(case: Case<'_>) -> String {
    let Case { state, .. } = case;
    let packaged = case.leaving_layouts();
    let is_packaged =
        |it: &&LayoutAssignment| it.layout.as_ref().is_some_and(|layout| packaged.contains(layout));
    let assignments =
        state.layout_assignments.seen().map(|all| all.iter().filter(is_packaged).count());
    // Where the connector needs none of the package's sets, nobody has asked who has them.
    let given = state.permission_set_assignments.seen();
    let sets = given.filter(|_| !case.recipe().permission_sets.is_empty()).map(|given| {
        let packaged = case.leaving_permission_sets();
        given.iter().filter(|it| packaged.contains(&it.permission_set)).count()
    });
    let of_layouts = match assignments {
        Some(number) => counted(number, "page layout assignment", "page layout assignments"),
        None => "page layout assignments".to_owned(),
    };
    let of_sets = match sets {
        Some(number) => counted(number, "permission set assignment", "permission set assignments"),
        None => "permission set assignments".to_owned(),
    };
    format!("{of_layouts} and {of_sets}")
}
