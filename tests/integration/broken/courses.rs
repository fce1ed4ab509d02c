//! The commands that are disturbed: what is there before each of them, and what comes of it where nothing
//! disturbs it.

use super::scene::{Beginning, EXPORT, Ended, Half, Left, OF_VERSION_2, Scene};
use crate::newer_definition::OLD;
use crate::upgrade::{CLEAN, IN_PLACE, NEWEST, OLDER};

pub(crate) const APPLY: [&str; 2] = ["apply", "--yes"];

/// A command that is disturbed, from where it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Command {
    Apply,
    Uninstall,
    /// Of an org in which people have worked.
    UninstallAndExport,
    Undo,
    /// An apply whose configuration no longer names agents, and page layouts of their profile.
    GiveBack,
    Upgrade,
    UpgradeInPlace,
    UndoUpgrade,
    UndoUpgradeInPlace,
    /// A takeover from an older definition, whose call center goes.
    DeleteOld,
    Migrate,
}

impl Command {
    pub(crate) const ALL: [Self; 11] = [
        Self::Apply,
        Self::Uninstall,
        Self::UninstallAndExport,
        Self::Undo,
        Self::GiveBack,
        Self::Upgrade,
        Self::UpgradeInPlace,
        Self::UndoUpgrade,
        Self::UndoUpgradeInPlace,
        Self::DeleteOld,
        Self::Migrate,
    ];

    /// As it is typed for the org of that id.
    pub(crate) fn words(self, id: &str) -> Vec<&str> {
        match self {
            Self::Apply | Self::UpgradeInPlace => APPLY.to_vec(),
            Self::Uninstall => vec!["uninstall", "--yes-delete-data", id, "--no-export"],
            Self::UninstallAndExport => {
                vec!["uninstall", "--yes-delete-data", id, "--export", EXPORT]
            }
            Self::Undo => vec!["undo", "--yes-delete-data", id, "--no-export"],
            Self::GiveBack => vec!["apply", "--yes", "--allow-removals"],
            Self::Upgrade => vec!["apply", "--yes", "--yes-delete-data", id],
            Self::UndoUpgrade | Self::UndoUpgradeInPlace => vec!["undo", "--yes"],
            Self::DeleteOld => vec!["apply", "--yes", "--delete-old"],
            Self::Migrate => vec!["migrate", "--to", "webex-v2", "--yes"],
        }
    }

    /// Does what comes before it in a scene that nobody has touched.
    pub(crate) fn prepare(self, scene: &Scene) {
        match self {
            Self::Apply => {}
            Self::Uninstall | Self::Undo | Self::Migrate => applied(scene),
            Self::UninstallAndExport => {
                applied(scene);
                scene.work();
            }
            Self::GiveBack => naming_less(scene),
            Self::Upgrade => older(scene, CLEAN),
            Self::UpgradeInPlace => older(scene, IN_PLACE),
            Self::UndoUpgrade => upgraded(scene, CLEAN),
            Self::UndoUpgradeInPlace => upgraded(scene, IN_PLACE),
            Self::DeleteOld => with_older_definition(scene),
        }
    }

    /// Whether the connector is out afterwards.
    pub(crate) fn takes_out(self) -> bool {
        matches!(self, Self::Uninstall | Self::UninstallAndExport | Self::Undo)
    }

    /// Whether a run that ended well has left what an undisturbed one leaves.
    pub(crate) fn is_done(self, ended: &Ended, course: &Course, left: &Left) -> bool {
        // What it did not see of the Webex organization keeps nobody from moving, and is told.
        if self == Self::Migrate && ended.err.contains("Desktop layouts of teams stay.") {
            return left.worlds["org"] == course.end.worlds["org"];
        }
        *left == course.end
    }

    /// Takes out what is there afterwards, and looks whether all is as nobody ever touched it.
    pub(crate) fn take_out(self, scene: &Scene, untouched: &Left) -> Result<(), String> {
        let away = Self::Uninstall.words(scene.id());
        let of_version_2 = [&["--config", OF_VERSION_2], &away[..]].concat();
        // Whoever has moved to Version 2 writes down what is there before Version 1 goes.
        let write_down = ["init", "--from-org", "--config", OF_VERSION_2];
        let all: &[&[&str]] = match self {
            _ if self.takes_out() => &[],
            Self::Migrate => &[&write_down, &away, &of_version_2],
            _ => &[&away],
        };
        for words in all {
            let ended = scene.run(words, &[]);
            if ended.code != Some(0) {
                return Err(format!("{words:?}: {:?}\n{}{}", ended.code, ended.out, ended.err));
            }
        }
        let mut left = scene.left();
        if self == Self::UninstallAndExport {
            // What people have written that is not the connector's stays.
            let records = left.worlds["org"]["records"].as_object_mut().expect("records");
            records.remove("Task").ok_or("their tasks are gone")?;
        }
        let restored = left.worlds == untouched.worlds && !left.unfinished;
        if restored { Ok(()) } else { Err(untouched.difference(&left)) }
    }
}

/// Where a command begins, what it asks and does with files, and what it leaves, where nothing disturbs it.
pub(crate) struct Course {
    pub(crate) beginning: Beginning,
    pub(crate) end: Left,
    pub(crate) deploys: usize,
    pub(crate) requests: [usize; 2],
    /// `rename …/baseline.json`
    pub(crate) operations: Vec<String>,
}

impl Course {
    /// The course of a command from where the scene is now.
    pub(crate) fn of(scene: &Scene, words: &[&str]) -> Self {
        let beginning = scene.now();
        let ended = scene.run(words, &[]);
        assert_eq!(ended.code, Some(0), "{words:?}\n{}{}", ended.out, ended.err);
        Self {
            beginning,
            end: scene.left(),
            deploys: scene.deploys().count(),
            requests: ended.requests.map(|requests| requests.len()),
            operations: scene.disk_operations(),
        }
    }

    /// Each request, by its number.
    pub(crate) fn each_request(&self) -> impl Iterator<Item = (Half, usize)> {
        let [org, tenant] = self.requests;
        let of = |half, count| (0..count).map(move |number| (half, number));
        of(Half::Salesforce, org).chain(of(Half::Webex, tenant))
    }
}

/// Has everything applied first.
pub(crate) fn applied(scene: &Scene) {
    done(scene, &APPLY);
}

fn done(scene: &Scene, words: &[&str]) {
    let ended = scene.run(words, &[]);
    assert_eq!(ended.code, Some(0), "{words:?}\n{}", ended.err);
}

/// More agents and page layouts of more profiles, and a configuration that names fewer.
fn naming_less(scene: &Scene) {
    let users = |more: &str| {
        format!("[users]\non_conflict = \"move\"\nprofiles = [\"Contact Center Agent\"{more}]\n")
    };
    let many = users(", \"Standard User\"");
    scene.configure("[users]\nprofiles = [\"Contact Center Agent\"]\n", &many);
    applied(scene);
    scene.configure(&many, &users(""));
    scene.configure("[\"System Administrator\", \"Standard User\", ", "[");
}

/// The older version as configured, and a configuration that asks for the newest one in that way.
fn older(scene: &Scene, way: &str) {
    let [newest, older] = [NEWEST, OLDER].map(|version| format!("version = \"{version}\"\n"));
    scene.configure(&newest, &older);
    applied(scene);
    scene.configure(&older, &format!("{newest}{way}"));
}

/// The newest version in the place of an older one, by the only run that this machine knows of.
fn upgraded(scene: &Scene, way: &str) {
    older(scene, way);
    // Somebody else has installed the connector: an undo that is through finds no other run to take back.
    scene.forget_runs();
    scene.configure("height = 600", "height = 620");
    let id = scene.id().to_owned();
    done(scene, &Command::Upgrade.words(&id));
}

/// A call center of an older definition, and a configuration that wants the newest one.
fn with_older_definition(scene: &Scene) {
    let own = format!("[call_center]\ninternal_name = \"{OLD}\"\n\n");
    scene.configure("[call_center.softphone]\n", &format!("{own}[call_center.softphone]\n"));
    applied(scene);
    scene.configure(&own, "");
}
