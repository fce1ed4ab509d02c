//! Apps and their utility bars: where a softphone can be, and where it is not.

use crate::clock::Millis;
use crate::ids::Id;
use crate::metadata::flexi_page;
use crate::world::World;
use crate::world::stored::StoredComponent;
use crate::world::things::App;

/// The type of Lightning pages.
const PAGE: &str = "FlexiPage";
/// The standard component that shows a call center's softphone.
pub(super) const SOFTPHONE: &str = "opencti:softPhone";

/// Gives the apps of an org their navigation and their utility bars, and adds the classic one.
pub(crate) fn furnish(world: &mut World) {
    let bars = [
        (
            "LightningService",
            "Console",
            "Service Console",
            &[SOFTPHONE, "runtime_sales_activities:historyUtility"][..],
        ),
        ("LightningSales", "Standard", "Sales", &["runtime_sales_activities:historyUtility"][..]),
    ];
    for (name, navigation, label, components) in bars {
        let bar = format!("{name}_UtilityBar");
        let components: Vec<String> = components.iter().map(|&name| name.to_owned()).collect();
        let label = format!("{label} Utility Bar");
        put(world, &bar, &flexi_page::utility_bar(&label, &components));
        for app in world.apps.iter_mut().filter(|app| app.developer_name == name) {
            navigation.clone_into(&mut app.nav_type);
            app.utility_bar = Some(bar.clone());
        }
    }
    if world.apps.iter().any(|app| app.ui_type == "Aloha" && app.developer_name == "Service") {
        return;
    }
    let id = world.new_id("02u");
    let mut classic = App::lightning(id, "Service", "Service", Some("standard"));
    "Aloha".clone_into(&mut classic.ui_type);
    world.apps.push(classic);
}

/// Sets which components a utility bar has; makes the bar where there is none of that name.
pub(super) fn set_utility_bar(world: &mut World, name: &str, components: &[String]) {
    let known = world.stored.find(PAGE, name);
    let label = known.and_then(|page| flexi_page::facts(&page.description));
    let label = label.map_or_else(|| name.replace('_', " "), |facts| facts.master_label);
    put(world, name, &flexi_page::utility_bar(&label, components));
}

/// Gives an app of the org's own a utility bar; makes the app where there is none of that name.
pub(super) fn set_app(world: &mut World, name: &str, bar: &str) {
    let id = world.new_id("02u");
    let is_it = |app: &App| app.namespace_prefix.is_none() && app.developer_name == name;
    if !world.apps.iter().any(is_it) {
        world.apps.push(App::lightning(id, name, name, None));
    }
    for app in world.apps.iter_mut().filter(|app| is_it(app)) {
        app.utility_bar = Some(bar.to_owned());
    }
}

fn put(world: &mut World, name: &str, file: &str) {
    let known = world.stored.find(PAGE, name).map(|page| page.id.clone());
    let id = known.unwrap_or_else(|| world.new_id("0M0"));
    let author = world.users.first().map_or_else(super::unassigned, |user| user.id.clone());
    let born: Millis = world.born;
    world.stored.put(PAGE, page(id, name, file, author, born));
}

fn page(id: Id, name: &str, file: &str, author: Id, at: Millis) -> StoredComponent {
    StoredComponent {
        id,
        full_name: name.to_owned(),
        description: file.to_owned(),
        files: std::collections::BTreeMap::new(),
        created_by_id: author.clone(),
        created_date: at,
        last_modified_by_id: author,
        last_modified_date: at,
    }
}
