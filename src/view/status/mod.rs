//! What of the connector is in an org, and in a Webex organization.

mod page;
mod tenant;

use page::{Page, named, part};
pub use tenant::TenantStatus;

use super::Screen;
use super::paint::{FAINT, GREEN, YELLOW, paint};
use super::plan::heading;
use super::screen::Sign;
use super::text::{clean, counted, padded, wrapped};
use crate::checklist::call_center::{CallCenterInUse, Role};
use crate::checklist::data_center::RegionalSettings;
use crate::checklist::inventory::Part;
use crate::checklist::omni_sync::StateSync;
use crate::checklist::package::PackageInUse;
use crate::checklist::permission_set::PermissionSetInUse;
use crate::checklist::softphone_layout::Softphone;
use crate::checklist::task_layout::{LayoutInUse, LayoutUse};
use crate::checklist::{Inventory, VoiceReadiness};
use crate::engine::{OrgReport, Parties};
use crate::model::Invocation;

/// The whole of it.
pub(super) fn render_status(
    org: Option<(&OrgReport, &Inventory)>,
    tenant: &TenantStatus,
    invocation: &Invocation,
    screen: Screen,
) -> String {
    let mut out = org.map(|(org, inventory)| of_org(org, inventory, screen)).unwrap_or_default();
    tenant::add(&mut out, tenant, invocation, screen);
    out
}

fn of_org(org: &OrgReport, inventory: &Inventory, screen: Screen) -> String {
    let page = Page { screen };
    let mut out = heading("Status", Parties::org(Some(org)), screen);
    let parts = [
        ("Package", Part::Packages, packages(inventory, page)),
        ("Call centers", Part::CallCenters, call_centers(&inventory.call_centers, page)),
        ("Task page layouts", Part::TaskLayouts, layouts(&inventory.task_layouts, page)),
        ("Data centre in the package", Part::CustomMetadata, region(inventory, page)),
        ("Your softphone layout", Part::SoftphoneLayout, softphone(inventory, page)),
        ("Omni-Channel state sync", Part::OmniSync, omni_sync(&inventory.omni_sync, page)),
        (
            "Permission sets",
            Part::PermissionSets,
            permission_sets(&inventory.permission_sets, page),
        ),
    ];
    for (title, of, text) in parts {
        match inventory.unseen(of) {
            None => part(&mut out, title, &text),
            Some(unseen) => part(&mut out, title, &warning(&unseen.message, screen)),
        }
    }
    part(&mut out, "Salesforce Voice", &voice(inventory, page));
    let left: String = inventory
        .leftovers
        .iter()
        .map(|left| match left.users.as_slice() {
            [] => warning(&left.message, screen),
            users => warning(&format!("{} {}", left.message, named(users)), screen),
        })
        .collect();
    if !left.is_empty() {
        part(&mut out, "Left over", &left);
    }
    out
}

/// A line that asks for attention.
fn warning(text: &str, screen: Screen) -> String {
    let sign = padded(screen.sign(Sign::Warning), screen.sign_width());
    let indent = 3 + screen.sign_width();
    wrapped(&format!("  {} ", paint(YELLOW, &sign)), &clean(text), indent, screen)
}

fn packages(inventory: &Inventory, page: Page) -> String {
    let mut out: String = inventory.packages.iter().map(|found| package(found, page)).collect();
    if inventory.packages.is_empty() {
        out = page.line("The package is not installed.");
    }
    if let Some(unseen) = inventory.unseen(Part::Installing) {
        out.push_str(&warning(&unseen.message, page.screen));
    }
    if inventory.installing {
        out.push_str(&page.line("A package is being installed right now."));
    }
    out
}

fn package(found: &PackageInUse, page: Page) -> String {
    let version = found.version.as_deref().unwrap_or("of unknown version");
    let generation = found.generation_of_connector;
    let generation = generation.map(|title| format!(", {title} of the connector"));
    let first = format!("{} {version}{}", clean(&found.name), generation.unwrap_or_default());
    let mut facts: Vec<String> = Vec::new();
    facts.extend(found.version_id.as_ref().map(ToString::to_string));
    facts.extend(found.namespace.as_ref().map(|name| format!("namespace {}", clean(name))));
    facts.push(if found.managed { "managed" } else { "not managed" }.to_owned());
    facts.extend(found.generation.map(|generation| match generation {
        "1GP" => "first generation (1GP)".to_owned(),
        _ => "second generation (2GP)".to_owned(),
    }));
    if !found.supported {
        facts.push("not the generation that provision sets up".to_owned());
    }
    page.line(&first) + &page.below(&facts.join(", "))
}

fn call_centers(found: &[CallCenterInUse], page: Page) -> String {
    if found.is_empty() {
        return page.line("The org has none.");
    }
    found.iter().map(|center| call_center(center, page)).collect()
}

fn call_center(center: &CallCenterInUse, page: Page) -> String {
    let whose = match center.role {
        Role::Connector => paint(GREEN, "the connector's"),
        Role::Predecessor => paint(YELLOW, "the connector's, of an older definition"),
        Role::Version1 => paint(YELLOW, "the connector's Version 1"),
        Role::Version2 => paint(YELLOW, "the connector's Version 2"),
        Role::Clone => paint(YELLOW, "the connector's, cloned under another name"),
        Role::Other => paint(FAINT, "another vendor's"),
    };
    let first = format!("{}, {whose}", clean(&center.internal_name));
    let mut rows = vec![("name".to_owned(), clean(&center.name))];
    if let Some(address) = &center.adapter_url {
        let of = center.data_center.as_ref().map(|name| format!(" (data centre {name})"));
        rows.push(("adapter".to_owned(), clean(address) + &of.unwrap_or_default()));
    }
    rows.push(("users".to_owned(), users(center)));
    page.line(&first) + &page.table(4, &rows)
}

fn users(center: &CallCenterInUse) -> String {
    if center.active_users + center.inactive_users == 0 {
        return "nobody".to_owned();
    }
    let mut text = center.active_users.to_string();
    if center.inactive_users > 0 {
        text = format!("{text} and {} inactive", center.inactive_users);
    }
    let profiles: Vec<String> = center
        .profiles
        .iter()
        .map(|found| {
            let count = match (found.active, found.inactive) {
                (active, 0) => active.to_string(),
                (0, inactive) => format!("{inactive} inactive"),
                (active, inactive) => format!("{active} and {inactive} inactive"),
            };
            let label = if found.profile.is_empty() { "without a profile" } else { &found.profile };
            format!("{} {count}", clean(label))
        })
        .collect();
    format!("{text}: {}", named(&profiles))
}

fn layouts(found: &[LayoutInUse], page: Page) -> String {
    if found.is_empty() {
        return page.line("The package's layouts are not in this org.");
    }
    let mut out = String::new();
    for layout in found {
        let outdated = if layout.outdated { paint(FAINT, ", outdated") } else { String::new() };
        out.push_str(&page.line(&format!("{}{outdated}", clean(&layout.layout))));
        let rows: Vec<(String, String)> =
            layout.profiles.iter().map(|found| (clean(&found.profile), uses(found))).collect();
        if rows.is_empty() {
            out.push_str(&page.below("no profile uses it"));
        }
        out.push_str(&page.table(4, &rows));
    }
    out
}

fn uses(found: &LayoutUse) -> String {
    let types = found.record_types.iter().map(|name| clean(name));
    match (found.master, found.every_active) {
        (true, true) => "every active record type".to_owned(),
        (true, false) => {
            std::iter::once("master".to_owned()).chain(types).collect::<Vec<_>>().join(", ")
        }
        (false, _) => format!("{} (not the master)", types.collect::<Vec<_>>().join(", ")),
    }
}

fn region(inventory: &Inventory, page: Page) -> String {
    let RegionalSettings { data_center, api_url, redirect_uri, look_alikes } =
        &inventory.custom_metadata;
    let mut rows = Vec::new();
    let values =
        [("data centre", data_center), ("API URL", api_url), ("redirect URI", redirect_uri)];
    for (label, found) in values {
        if let Some(found) = found {
            let place = paint(FAINT, &clean(&found.place));
            rows.push((label.to_owned(), format!("{} {place}", clean(&found.value))));
        }
    }
    if !rows.is_empty() {
        return page.table(2, &rows);
    }
    if look_alikes.is_empty() {
        let is_gone = inventory.packages.is_empty() && inventory.unseen(Part::Packages).is_none();
        let text = if is_gone {
            "None: the package is not installed."
        } else {
            "None are visible; a package can hide its settings."
        };
        return page.line(text);
    }
    let lead = page.line("They could be any of these:");
    let rows: Vec<(String, String)> = look_alikes
        .iter()
        .map(|found| (clean(&found.value), paint(FAINT, &clean(&found.place))))
        .collect();
    lead + &page.table(4, &rows)
}

fn softphone(inventory: &Inventory, page: Page) -> String {
    let Some(Softphone { name, calls }) = &inventory.softphone_layout else {
        return page.line("You have none, and Salesforce shows only your own.");
    };
    let mut out = page.line(&clean(name));
    let rows: Vec<(String, String)> = ["inbound", "outbound", "internal"]
        .into_iter()
        .filter_map(|kind| {
            let call = calls.get(kind)?;
            let objects = call.objects.join(", ");
            let text = format!(
                "{}; no match: {}; one: {}; several: {}",
                clean(if objects.is_empty() { "no objects" } else { &objects }),
                clean(&call.pops.no_match),
                clean(&call.pops.single_match),
                clean(&call.pops.multiple_matches),
            );
            Some((kind.to_owned(), text))
        })
        .collect();
    out.push_str(&page.table(4, &rows));
    out
}

fn omni_sync(found: &StateSync, page: Page) -> String {
    if !found.omni_channel {
        return page.line("Omni-Channel is off in this org.");
    }
    let classes: Vec<String> = found
        .classes
        .iter()
        .map(|class| format!("{} ({})", clean(&class.name), clean(&class.status).to_lowercase()))
        .collect();
    let or_none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
    let mut rows = vec![
        ("classes".to_owned(), or_none(classes.join(", "))),
        ("statuses".to_owned(), or_none(named(&found.presence_statuses))),
    ];
    for given in &found.access {
        let kind = if given.kind == "Profile" { "profile" } else { "permission set" };
        let to: Vec<&str> =
            given.classes.iter().chain(&given.presence_statuses).map(String::as_str).collect();
        rows.push(("access".to_owned(), format!("{kind} {}: {}", clean(&given.name), named(&to))));
    }
    page.table(2, &rows)
}

fn permission_sets(found: &[PermissionSetInUse], page: Page) -> String {
    if found.is_empty() {
        return page.line("None related to the connector.");
    }
    let rows: Vec<(String, String)> = found
        .iter()
        .map(|set| {
            let inside = counted(set.call_center_users, "call center user", "call center users");
            let outside = match set.other_users {
                0 => String::new(),
                others => format!(" and {}", counted(others, "other", "others")),
            };
            (clean(&set.name), format!("{inside}{outside}"))
        })
        .collect();
    page.table(2, &rows)
}

/// Nothing is wrong with an org that lacks it today: this is for planning.
fn voice(inventory: &Inventory, page: Page) -> String {
    let VoiceReadiness { there, missing, not_seen, by_hand } = &inventory.salesforce_voice;
    let rows: Vec<(String, String)> =
        [("available", there), ("missing", missing), ("not shown", not_seen), ("by hand", by_hand)]
            .into_iter()
            .filter(|(_, parts)| !parts.is_empty())
            .map(|(label, parts)| (label.to_owned(), clean(&parts.join("; "))))
            .collect();
    page.table(2, &rows)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::checklist::inventory::fixture::{org, user};
    use crate::view::samples::plain;
    use crate::view::text::columns;

    fn shown(width: usize) -> String {
        let mut state = org();
        state.users.get_or_insert_default().push(user(9, 1, Some(1)));
        state.users.get_or_insert_default().last_mut().unwrap().active = false;
        let report = OrgReport::new(&state.organization, Some("uat"));
        plain(&of_org(&report, &Inventory::take(&state), Screen::new(width, true)))
    }

    #[test]
    fn it_folds_on_a_narrow_terminal() {
        assert_snapshot!(shown(44), @r#"
        Status for Acme
          (sandbox, 00D000000000001, called uat)

        Package
          Webex Contact Center 4.2, Version 1 of the
            connector
            04t5f000000WxCcAAK, namespace ciscocjs,
              managed, first generation (1GP)

        Call centers
          WebexCCAgentDesktopV20241121, the
            connector's
            name     Call center 1
            adapter
              https://desktop.wxcc-us1.cisco.com/
                (data centre us1)
            users    3 and 1 inactive: Agent 3,
                     System Administrator 1 inactive
          BrightCTI, another vendor's
            name     Call center 2
            adapter  https://cti.bright.example/
            users    1: Standard User 1

        Task page layouts
          ciscocjs__Webex Contact Center Task Layout
            Agent  every active record type
          ciscocjs__Cisco Webex Contact Center Task
            Layout, outdated
            no profile uses it

        Data centre in the package
          data centre
            US1
              ciscocjs__Aa__mdt.ciscocjs__Default.ciscocjs__Value__c
          API URL
            https://audioconnector.produs1.ciscoccservice.com
              ciscocjs__Bb__mdt.ciscocjs__Default.ciscocjs__Value__c
          redirect URI
            https://audioconnector.produs1.ciscoccservice.com/auth
              ciscocjs__Cc__mdt.ciscocjs__Default.ciscocjs__Value__c

        Your softphone layout
          You have none, and Salesforce shows only
            your own.

        Omni-Channel state sync
          classes   none
          statuses  Available, Busy

        Permission sets
          None related to the connector.

        Salesforce Voice
          available  Omni-Channel with 2 presence
                     statuses
          missing    Cisco's package for it
                     (cisco_wxcc_scv)
          not shown  the edition; licences
                     "Salesforce Voice User (Partner
                     Telephony)"
          by hand    Partner Telephony and Enhanced
                     Omni-Channel in Setup; Webex's
                     add-on A-SF-VOICE in Control
                     Hub

        Left over
          ! 1 inactive user is still in the call
            center WebexCCAgentDesktopV20241121, so
            it cannot be deleted. user9@example.com
        "#);
    }

    #[test]
    fn nothing_is_wider_than_the_terminal_but_single_words() {
        for width in 30..140 {
            for line in shown(width).lines() {
                let word = !line.trim().contains(' ');
                assert!(columns(line) <= width || word, "{width}: {line}");
            }
        }
    }
}
