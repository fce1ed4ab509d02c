//! What must hold of every uninstall: the world is as it was, but for what was the connector's, and
//! what others did in between stays.
//!
//! Each case is made from a number: an org, a past that nobody recorded, a configuration, and what
//! others do between the installation and the uninstall. `scripts/uninstall-cases` tries thousands.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use org_emulator::Emulator;
use provision::engine::{Goal, Outcome};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::random::Random;
use crate::support::{Org, demo, differences, everything, wait};

/// How often each interesting thing happened.
#[derive(Default)]
struct Seen(BTreeMap<&'static str, u32>);

/// What must have been among the cases, or they prove too little.
const CLASSES: [&str; 13] = [
    "another vendor's user moved in",
    "assignment for a record type",
    "call center made by hand",
    "class changed by others",
    "earlier version of the package by hand",
    "layout assigned by hand",
    "layout changed by others",
    "nothing done by others",
    "package by hand",
    "package's layout given by others",
    "state sync made",
    "user in by hand",
    "user moved by others",
];

impl Seen {
    fn note(&mut self, class: &'static str, happened: bool) {
        *self.0.entry(class).or_default() += u32::from(happened);
    }

    fn and(mut self, other: Self) -> Self {
        for (class, count) in other.0 {
            *self.0.entry(class).or_default() += count;
        }
        self
    }

    fn all(&self) {
        for class in CLASSES {
            assert!(self.0.get(class).is_some_and(|count| *count > 0), "no case had: {class}");
        }
    }
}

const NEWEST: &str = "04tHp000000wXcZIAU";
const EARLIER: &str = "04tHp000000wXcPIAU";
const STANDARD: &str = "Task.Task Layout";

fn is_connectors(call_center: &Value) -> bool {
    call_center.as_str().is_some_and(|name| name.starts_with("WebexCCAgentDesktopV"))
}

fn is_packaged(layout: &Value) -> bool {
    layout.as_str().is_some_and(|name| name.starts_with("Task.ciscocjs__"))
}

fn rows<'a>(world: &'a Value, part: &str) -> &'a Map<String, Value> {
    world[part].as_object().expect("a part of the world")
}

/// What an org without its connector would be, where nobody recorded what was before it.
fn without_connector(fresh: &Value, start: &Value) -> Value {
    let mut expected = fresh.clone();
    for (name, user) in rows(start, "users") {
        let now = &user["CallCenterId"];
        expected["users"][name]["CallCenterId"] =
            if is_connectors(now) { Value::Null } else { now.clone() };
    }
    for (name, assignment) in rows(start, "profile_layouts") {
        let now = &assignment["LayoutId"];
        let after = if is_packaged(now) { json!(STANDARD) } else { now.clone() };
        if !expected["profile_layouts"][name].is_null() {
            expected["profile_layouts"][name]["LayoutId"] = after;
        }
    }
    expected
}

/// A layout's name as the Metadata API writes it.
fn full_name(layout: &str) -> String {
    let mut text = String::new();
    for letter in layout.chars() {
        if letter.is_alphanumeric() || " _-".contains(letter) {
            text.push(letter);
        } else {
            let mut bytes = [0; 4];
            let codes = letter.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}"));
            text.extend(codes);
        }
    }
    text
}

/// The same, with users of other vendors moved in.
fn moving(configuration: &str) -> String {
    configuration.replace("[users]\n", "[users]\non_conflict = \"move\"\n")
}

/// One case.
struct Case {
    org: Org,
    dice: Random,
    seen: Seen,
}

impl Case {
    fn people_do(&self, changes: &Value) {
        self.org.back_door_with("PATCH", &format!("orgs/{}/world", self.org.id), changes);
    }

    /// The ids of users by their names.
    fn users(&self) -> BTreeMap<String, String> {
        let found = self.org.query("SELECT Id, Username FROM User");
        let text = |row: &Value, field: &str| row[field].as_str().expect("text").to_owned();
        found.iter().map(|row| (text(row, "Username"), text(row, "Id"))).collect()
    }

    fn call_center(&self, name: &str) -> Option<String> {
        let found = self.org.query("SELECT Id, InternalName FROM CallCenter");
        let found = found.iter().find(|row| row["InternalName"] == name)?;
        found["Id"].as_str().map(str::to_owned)
    }

    fn put(&self, user: &str, call_center: Option<&str>) {
        let id = self.users()[user].clone();
        let call_center = call_center.and_then(|name| self.call_center(name));
        self.org.change("User", &id, &json!({ "CallCenterId": call_center }));
    }

    /// What was there before provision came, and that nobody recorded. Tells whether `apply` can
    /// build on it.
    fn by_hand(&mut self) -> bool {
        match self.dice.below(6) {
            0 => self.people_do(&json!({ "installed": [NEWEST] })),
            1 => {
                self.people_do(&json!({ "installed": [EARLIER] }));
                self.seen.note("earlier version of the package by hand", true);
                self.use_layouts();
                return false;
            }
            2 => {
                // Another machine set a part of it up.
                let part = moving(&demo()).replace("[task_layout]", "[task_layout_of_others]");
                let part: String = part
                    .split("\n[")
                    .filter(|table| !table.starts_with("task_layout_of_others]"))
                    .collect::<Vec<_>>()
                    .join("\n[");
                self.org.apply(&part);
                self.org.state = TempDir::new().expect("a state directory");
            }
            3 => {
                self.org.apply(&moving(&demo()));
                self.org.state = TempDir::new().expect("a state directory");
            }
            _ => {}
        }
        let world = self.org.world();
        if rows(&world, "installed_packages").keys().any(|name| name.starts_with("Webex")) {
            self.seen.note("package by hand", true);
            self.use_layouts();
        }
        true
    }

    /// People put profiles on the package's layouts themselves.
    fn use_layouts(&mut self) {
        let world = self.org.world();
        let packaged: Vec<String> = rows(&world, "layouts")
            .keys()
            .filter(|name| is_packaged(&json!(name)))
            .cloned()
            .collect();
        for _ in 0..self.dice.below(4) {
            let layout = self.dice.pick(&packaged).cloned();
            self.assign(layout.as_deref());
        }
    }

    /// Somebody gives a profile a layout.
    fn assign(&mut self, layout: Option<&str>) {
        let world = self.org.world();
        let places: Vec<(String, Value)> = rows(&world, "profile_layouts")
            .iter()
            .filter(|(name, _)| name.starts_with("Task / "))
            .map(|(name, assignment)| (name.clone(), assignment.clone()))
            .collect();
        let (Some((_, place)), Some(layout)) = (self.dice.pick(&places), layout) else { return };
        let profile = &world["profiles"][place["ProfileId"].as_str().expect("a profile")];
        if profile["Hidden"] == true {
            return;
        }
        let record_type =
            place["RecordTypeId"].as_str().and_then(|name| name.strip_prefix("Task."));
        let layout = layout.strip_prefix("Task.").expect("a layout of Task");
        self.people_do(&json!({ "page_layouts": [{
            "Profile": profile["Name"], "RecordType": record_type,
            "Layout": format!("Task-{}", full_name(layout)),
        }]}));
    }

    /// What others do between the installation and the uninstall.
    fn interfere(&mut self) {
        let acts = self.dice.below(4);
        self.seen.note("nothing done by others", acts == 0);
        for _ in 0..acts {
            let world = self.org.world();
            let layouts = |packaged: bool| -> Vec<String> {
                let all = rows(&world, "layouts").keys().filter(|name| name.starts_with("Task."));
                all.filter(|name| is_packaged(&json!(name)) == packaged).cloned().collect()
            };
            match self.dice.below(5) {
                0 => {
                    let names: Vec<String> = rows(&world, "users").keys().cloned().collect();
                    let user = self.dice.pick(&names).expect("a user").clone();
                    let target = if self.dice.flip() { Some("BrightCTI") } else { None };
                    self.put(&user, target);
                    self.seen.note("user moved by others", true);
                }
                1 => {
                    let layout = self.dice.pick(&layouts(false)).cloned();
                    self.assign(layout.as_deref());
                    self.seen.note("layout changed by others", true);
                }
                2 => {
                    let layout = self.dice.pick(&layouts(true)).cloned();
                    self.assign(layout.as_deref());
                    self.seen.note("package's layout given by others", layout.is_some());
                }
                _ => self.change_class(),
            }
        }
    }

    /// Somebody rewrites the class that state sync made.
    fn change_class(&mut self) {
        use salesforce_client::ApiVersion;
        use salesforce_client::metadata::{Bundle, DeployOptions};
        const CLASS: &str = "sfdcOmniChannel";
        let world = self.org.world();
        let Some(found) = world["apex_classes"].get(CLASS) else { return };
        let body = format!("{}// ours now\n", found["Body"].as_str().expect("a source"));
        let mut bundle = Bundle::new(ApiVersion::NEWEST_KNOWN);
        bundle.apex_class(CLASS, &body, "Active").expect("a class");
        let client = self.org.client();
        let archive = bundle.to_zip().expect("an archive");
        let id = wait(client.metadata().deploy(archive, &DeployOptions::default())).expect("an id");
        let result = wait(client.metadata().deploy_status(&id)).expect("a result");
        assert!(result.success, "{result:#?}");
        self.seen.note("class changed by others", true);
    }

    /// What is expected once the connector is gone: as before, but for what others did since.
    fn expected(fresh: &Value, start: &Value, installed: &Value, later: &Value) -> Value {
        let mut expected = without_connector(fresh, start);
        for (name, user) in rows(later, "users") {
            let (was, now) = (&installed["users"][name]["CallCenterId"], &user["CallCenterId"]);
            if was != now && !is_connectors(now) {
                expected["users"][name]["CallCenterId"] = now.clone();
            }
        }
        for (name, assignment) in rows(later, "profile_layouts") {
            let layout = |world: &Value| world["profile_layouts"][name]["LayoutId"].clone();
            let (before, was, now) = (layout(start), layout(installed), &assignment["LayoutId"]);
            let place = &mut expected["profile_layouts"][name];
            if place.is_null() {
                continue;
            }
            if is_packaged(now) && (before == was || is_packaged(&before)) {
                // Nobody recorded what this assignment was.
                place["LayoutId"] = json!(STANDARD);
            } else if was != *now && !is_packaged(now) {
                place["LayoutId"] = now.clone();
            }
        }
        for (name, class) in rows(later, "apex_classes") {
            if installed["apex_classes"].get(name) != Some(class) {
                expected["apex_classes"][name] = class.clone();
            }
        }
        expected
    }
}

fn case(number: u64, so_far: Seen) -> Seen {
    let mut dice = Random(number);
    let of_org = 1 + dice.below(500) as u64;
    let options = Emulator::builder().seed(of_org).users(12);
    let mut case = Case { org: Org::with(options), dice, seen: so_far };
    let fresh = case.org.world();
    let can_apply = case.by_hand();
    let start = case.org.world();
    let has_omni = start["features"]["OmniChannel"] == true;
    let all = case.dice.flip() && has_omni;
    // Seeds but the first have an agent in another vendor's call center.
    let configuration = if all { everything() } else { demo() };
    let configuration = moving(&configuration);
    if can_apply {
        case.org.apply(&configuration);
    }
    let installed = case.org.world();
    case.interfere();
    let later = case.org.world();
    let expected = Case::expected(&fresh, &start, &installed, &later);
    let report = case.org.uninstall(&configuration);
    let after = case.org.world();
    let mut moved = Vec::new();
    differences("", &expected, &after, &mut moved);
    assert!(moved.is_empty(), "case {number} (seed {of_org}):\n{}", moved.join("\n"));
    assert_eq!(report.outcome, Outcome::Done, "case {number} (seed {of_org}): {report:#?}");
    let plan = case.org.remove(Goal::Plan, provision::engine::Removal::default(), &configuration);
    assert!(plan.failure.is_none() && plan.items.iter().all(|item| item.changes.is_empty()));
    let any = |world: &Value, part: &str, is: &dyn Fn(&str, &Value) -> bool| {
        rows(world, part).iter().any(|(name, row)| is(name, row))
    };
    let moved = |name: &str, row: &Value| {
        is_connectors(&row["CallCenterId"]) && start["users"][name]["CallCenterId"] == "BrightCTI"
    };
    let seen = &mut case.seen;
    seen.note("another vendor's user moved in", any(&installed, "users", &moved));
    let by_hand = |_: &str, row: &Value| is_connectors(&row["CallCenterId"]);
    seen.note("user in by hand", any(&start, "users", &by_hand));
    let made = |name: &str, _: &Value| is_connectors(&json!(name));
    seen.note("call center made by hand", any(&start, "call_centers", &made));
    let used = |_: &str, row: &Value| is_packaged(&row["LayoutId"]);
    seen.note("layout assigned by hand", any(&start, "profile_layouts", &used));
    let typed =
        |_: &str, row: &Value| is_packaged(&row["LayoutId"]) && !row["RecordTypeId"].is_null();
    seen.note("assignment for a record type", any(&installed, "profile_layouts", &typed));
    let synced = |name: &str, _: &Value| name == "sfdcOmniChannel";
    seen.note("state sync made", any(&installed, "apex_classes", &synced));
    case.seen
}

/// How many cases a script asks for; else as many as there is time for on every change.
fn asked_for() -> u64 {
    std::env::var("PROVISION_UNINSTALL_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}

#[test]
fn an_uninstall_restores_every_world() {
    let next = AtomicU64::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let seen = std::thread::scope(|scope| {
        let work = || {
            let mut seen = Seen::default();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= asked_for() {
                    return seen;
                }
                seen = case(number, seen);
            }
        };
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let seen = workers.into_iter().map(|worker| worker.join().expect("every case holds"));
        seen.fold(Seen::default(), Seen::and)
    });
    seen.all();
}
