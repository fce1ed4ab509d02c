//! A world: an org and a Webex organization of a seed, and what somebody wants of both.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use org_emulator::{Emulator, Guesses, JobTime, Seed};
use provision::config;
use provision::model::OrgId;

use crate::random::Random;

/// The org's id, the same in every world.
const ID: &str = "00DNxJ7C0000001MFA";

/// The guess by which a call center stays for a person to delete, as whatever run came last has left it: what
/// becomes of it then, `tests/integration/guesses.rs` tries.
const LEFT_TO_PEOPLE: &str = "call_center_deletable";

/// The package's newest version, and the one before it; the same of Version 2, whose newest one no
/// configuration has to name.
const NEWEST: &str = "04tHp000000wXcZIAU";
const OLDER: &str = "04tHp000000wXcPIAU";
const OLDER_OF_VERSION_2: &str = "04tUl000000VK2PIAW";

/// How long jobs may take.
const TIMES: [JobTime; 6] = [
    JobTime::Polls(1),
    JobTime::Seconds(Duration::ZERO),
    JobTime::Polls(2),
    JobTime::Polls(3),
    JobTime::Seconds(Duration::from_secs(20)),
    JobTime::Seconds(Duration::from_secs(90)),
];

/// Both services, and what is wanted of them.
pub(crate) struct World {
    pub(crate) emulator: Arc<Emulator>,
    pub(crate) org: OrgId,
    pub(crate) org_id: String,
    pub(crate) tenant: String,
    /// What is wanted in the end.
    pub(crate) wanted: config::Loaded,
    /// What somebody may want at other times.
    pub(crate) other: config::Loaded,
    /// What is wanted in the end, with an older version of the package.
    pub(crate) older: config::Loaded,
    /// What is wanted in the end, by an upgrade over that one, and by one that takes it out first.
    pub(crate) in_place: config::Loaded,
    pub(crate) clean: config::Loaded,
    /// What is there once people have moved to Version 2.
    pub(crate) version_2: config::Loaded,
    /// Whether Version 1 is wanted, from which they may.
    pub(crate) is_first: bool,
    /// Whether the org does something else than is believed of it.
    pub(crate) is_odd: bool,
    made_of: String,
}

impl World {
    /// The world of that number.
    pub(crate) fn new(number: u64) -> Self {
        let mut random = Random(number ^ 0x0057_0071);
        let of_org = 1 + random.below(500) as u64;
        let users = 6 + random.below(20);
        let (package_time, deploy_time) = (random.one(&TIMES), random.one(&TIMES));
        let turned: Vec<&str> = (0..random.one(&[0, 0, 0, 1, 1, 2]))
            .map(|_| random.one(Guesses::NAMES))
            .filter(|name| *name != LEFT_TO_PEOPLE)
            .collect();
        let guesses = turned.iter().fold(Guesses::default(), |guesses, name| {
            guesses.turned(name).expect("the name of a guess")
        });
        let emulator = Emulator::builder()
            .seed(Seed::number(of_org).organization("Id", ID))
            .users(users)
            .guesses(guesses)
            .package_time(package_time)
            .deploy_time(deploy_time)
            .in_process()
            .expect("an emulator");
        let has_omni = emulator.org().world()["features"]["OmniChannel"] == true;
        let is_second = random.below(3) == 0;
        let text = if is_second {
            version_2(&mut random, has_omni)
        } else {
            version_1(&mut random, has_omni)
        };
        let other = text
            .replace("height = 600", "height = 620")
            .replace("teams = [\"Support\", \"Billing\"]", "teams = [\"Support\"]")
            .replace("open_at_wrap_up = true", "open_at_wrap_up = false");
        assert_ne!(text, other);
        let upgrade = |way: &str| load(&with_package(&text, &format!("upgrade = \"{way}\"\n")));
        let before = if is_second { OLDER_OF_VERSION_2 } else { OLDER };
        let older = load(&with_package(&text, &format!("version = \"{before}\"\n")));
        let tenant = emulator.tenant().announcement();
        let tenant = tenant["organization_id"].as_str().expect("an id").to_owned();
        let version = if is_second { 2 } else { 1 };
        Self {
            org: OrgId::parse(ID).expect("an id"),
            org_id: ID.to_owned(),
            emulator: Arc::new(emulator),
            tenant,
            wanted: load(&text),
            other: load(&other),
            older,
            in_place: upgrade("in-place"),
            clean: upgrade("clean"),
            version_2: load(config::built_in_demo_of_version_2()),
            is_first: !is_second,
            is_odd: !turned.is_empty(),
            made_of: format!(
                "Version {version}, org {of_org} with {users} users, package {package_time:?}, deploys \
                 {deploy_time:?}, turned over {turned:?}"
            ),
        }
    }
}

impl fmt::Display for World {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.made_of)
    }
}

/// A configuration with that said of the package. Where it says no version, the newest one is wanted.
fn with_package(text: &str, lines: &str) -> String {
    let newest = format!("version = \"{NEWEST}\"\n");
    if text.contains("[package]\n") {
        assert!(text.contains(&newest), "{text}");
        let kept = if lines.starts_with("version") { "" } else { newest.as_str() };
        text.replace(&newest, &format!("{kept}{lines}"))
    } else {
        format!("{text}\n[package]\n{lines}")
    }
}

/// Users of other vendors' call centers may be moved.
fn moving(text: &str) -> String {
    text.replace("[users]\n", "[users]\non_conflict = \"move\"\n")
}

/// The demo of Version 1 with more of what it leaves out.
fn version_1(random: &mut Random, has_omni: bool) -> String {
    let mut text = moving(config::built_in_demo());
    if has_omni && random.flip() {
        text += "\n[call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\n\n[omni_sync]\n\
                 presence_statuses = [\"Available\", \"Обед (Lunch)\"]\n";
    }
    if random.flip() {
        text += "\n[permission_sets]\nassign = [\"Call Recording Review\", \"Record_View\"]\n";
    }
    if random.below(3) == 0 {
        text += "\n[agent_access]\nmanage = true\n";
    }
    text
}

/// The demo of Version 2, and of the Webex organization what both versions share.
fn version_2(random: &mut Random, has_omni: bool) -> String {
    let (_, webex) = config::built_in_demo().split_once("[webex]").expect("both halves");
    let id = webex.lines().find(|line| line.starts_with("org_id")).expect("an organization");
    let mut text = moving(config::built_in_demo_of_version_2());
    if has_omni && random.flip() {
        text = text.replace(
            "[call_center.softphone]",
            "[call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\nidle_code = \"On a \
             Salesforce call\"\n\n[call_center.softphone]",
        );
    }
    if random.flip() {
        text += "\n[permission_sets]\nassign = [\"Record_View\"]\n";
    }
    text + &format!(
        "\n[webex]\n{id}\n[webex.idle_codes]\nnames = [\"On a Salesforce call\"]\nmanage = true\n\
         [webex.variables]\nmanage = true\n"
    )
}

fn load(text: &str) -> config::Loaded {
    let read = |path: &str| match path {
        "desktop_layout.json" => {
            Ok(include_bytes!("../../metadata/demo_desktop_layout.json").to_vec())
        }
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    config::load(text, "provision.toml", None, &read)
        .map_err(|mistakes| format!("{mistakes}\n{text}"))
        .expect("a configuration without mistakes")
}
