//! A run that takes something away and has not come to its end.
//!
//! Observing again is enough to go on with it, but not to know that somebody wants that: an `apply`
//! after a crashed uninstall must not put back what was being taken out. Each connector of an org has its
//! own: what one of them has begun, another one's run neither ends nor forgets. An upgrade of a connector
//! outlives an undo of its later runs, so both may stand beside each other.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{Baseline, Confirmations, FIRST_RECIPE, PackageParts};

/// What was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The command: `uninstall`, `undo`, or `upgrade`.
    pub command: String,
    /// The recipe of the connector that it is about. Absent in files of versions that kept one for the
    /// whole org.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<String>,
    /// The run that began it last.
    pub run: String,
    /// When.
    pub began: Timestamp,
    /// What an upgrade takes away for a while and gives back once the newer package is there.
    #[serde(default, skip_serializing_if = "Baseline::is_empty")]
    pub carried: Baseline,
    /// The run that an undo takes back with all later ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// What the package had before an upgrade replaces it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<PackageParts>,
    /// Whether an upgrade installs the version over the old one, which takes nothing away.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_place: bool,
    /// What people have done of what an uninstall leaves to them. It counts for that uninstall, and goes with it.
    #[serde(default, skip_serializing_if = "Confirmations::is_empty")]
    pub confirmed: Confirmations,
}

impl Unfinished {
    /// The word for an upgrade, which takes the old package away before the new one comes.
    pub const UPGRADE: &str = "upgrade";
    /// The command of an uninstall.
    pub const UNINSTALL: &str = "uninstall";

    /// Whether it is an upgrade, which an `apply` goes on with.
    pub fn is_upgrade(&self) -> bool {
        self.command == Self::UPGRADE
    }

    /// Whether it is an uninstall.
    pub fn is_uninstall(&self) -> bool {
        self.command == Self::UNINSTALL
    }

    /// Whether it is an uninstall of the connector of that recipe.
    pub fn uninstalls(&self, recipe: &str) -> bool {
        self.is_uninstall() && self.is_of(recipe)
    }

    /// Whether it is about the connector of that recipe. What an older version wrote of a removal is about
    /// whichever connector asks; of an upgrade, what it carries tells.
    pub fn is_of(&self, recipe: &str) -> bool {
        let carried = || self.carried.entries.first().map_or(FIRST_RECIPE, |entry| entry.recipe());
        match &self.recipe {
            Some(own) => own == recipe,
            None => !self.is_upgrade() || carried() == recipe,
        }
    }

    /// Whether this takes the place of an earlier one: a connector has one upgrade and one removal at most.
    fn replaces(&self, earlier: &Self) -> bool {
        let is_same = self.recipe.as_deref().is_some_and(|recipe| earlier.is_of(recipe))
            || self.recipe == earlier.recipe;
        is_same && self.is_upgrade() == earlier.is_upgrade()
    }
}

/// What the file holds: as a rule one, as in files of versions that knew no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum AllUnfinished {
    /// One.
    One(Box<Unfinished>),
    /// Several, or none.
    Several(Vec<Unfinished>),
}

impl AllUnfinished {
    /// The same as a list.
    pub(super) fn into_list(self) -> Vec<Unfinished> {
        match self {
            Self::One(one) => vec![*one],
            Self::Several(several) => several,
        }
    }

    /// What is there once that was begun too. An uninstall that goes on with another has what was confirmed of it.
    pub(super) fn with(all: Vec<Unfinished>, begun: &Unfinished) -> Self {
        let mut begun = begun.clone();
        let (replaced, mut all): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|earlier| begun.replaces(earlier));
        let goes_on = |earlier: &Unfinished| earlier.is_uninstall() && begun.is_uninstall();
        let confirmed = replaced.into_iter().filter(goes_on).map(|earlier| earlier.confirmed);
        begun.confirmed = confirmed.fold(begun.confirmed.clone(), Confirmations::and);
        all.push(begun);
        Self::from(all)
    }
}

impl From<Vec<Unfinished>> for AllUnfinished {
    fn from(all: Vec<Unfinished>) -> Self {
        match <[Unfinished; 1]>::try_from(all) {
            Ok([one]) => Self::One(Box::new(one)),
            Err(all) => Self::Several(all),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::journal::{Error, MemoryDisk, Store};
    use crate::model::{Confirmation, OrgId};

    fn begun(command: &str, recipe: Option<&str>) -> Unfinished {
        Unfinished {
            command: command.to_owned(),
            recipe: recipe.map(str::to_owned),
            run: "1".to_owned(),
            began: Timestamp::UNIX_EPOCH,
            carried: Baseline::default(),
            undoes: None,
            replaced: None,
            in_place: false,
            confirmed: Confirmations::default(),
        }
    }

    #[test]
    fn what_is_begun_takes_the_place_of_its_own_kind_and_connector_alone() {
        let store = Store::on(Arc::new(MemoryDisk::new()), "/state")
            .org(&OrgId::parse("00D000000000001EAA").unwrap());
        let upgrade = begun(Unfinished::UPGRADE, Some(FIRST_RECIPE));
        let undo = begun("undo", Some(FIRST_RECIPE));
        let removal = begun("uninstall", Some("webex-v2"));
        for what in [&upgrade, &undo, &removal, &undo] {
            store.begin_taking_away(what).unwrap();
        }
        let all = || store.unfinished().unwrap();
        assert_eq!(all(), [upgrade.clone(), removal.clone(), undo.clone()]);
        assert_eq!(store.unfinished_upgrade("webex-v2").unwrap(), None);
        assert_eq!(store.unfinished_upgrade(FIRST_RECIPE).unwrap(), Some(upgrade.clone()));
        store.finish(|it| it.is_of("webex-v2")).unwrap();
        assert_eq!(all(), [upgrade.clone(), undo]);
        store.finish(|it| !it.is_upgrade()).unwrap();
        assert_eq!(all(), [upgrade]);
        store.finish(Unfinished::is_upgrade).unwrap();
        assert!(!store.is_taking_away().unwrap());
    }

    #[test]
    fn what_was_confirmed_of_an_uninstall_goes_on_with_it_and_ends_with_it() {
        let store = Store::on(Arc::new(MemoryDisk::new()), "/state")
            .org(&OrgId::parse("00D000000000001EAA").unwrap());
        let confirm = |recipe: &str| {
            let said = Confirmation {
                item: "softphone-layout".to_owned(),
                by: "ada".to_owned(),
                at: Timestamp::UNIX_EPOCH,
                wanted: "removed: Webex".to_owned(),
            };
            store.confirm_uninstall(recipe, |all| all.take(said)).unwrap()
        };
        let said = |recipe: &str| {
            let begun = store.unfinished_uninstall(recipe).unwrap();
            begun.map(|begun| begun.confirmed.entries.len())
        };
        assert_eq!(confirm(FIRST_RECIPE), None, "nothing is being uninstalled");
        store.begin_taking_away(&begun(Unfinished::UNINSTALL, Some(FIRST_RECIPE))).unwrap();
        store.begin_taking_away(&begun(Unfinished::UNINSTALL, Some("webex-v2"))).unwrap();
        assert_eq!(confirm(FIRST_RECIPE), Some(()));
        assert_eq!((said(FIRST_RECIPE), said("webex-v2")), (Some(1), Some(0)));
        // It is run again, and the other connector's comes to its end.
        store.begin_taking_away(&begun(Unfinished::UNINSTALL, Some(FIRST_RECIPE))).unwrap();
        store.finish(|it| it.is_of("webex-v2")).unwrap();
        assert_eq!(said(FIRST_RECIPE), Some(1));
        // It is taken back, and begun once more.
        store.begin_taking_away(&begun("undo", Some(FIRST_RECIPE))).unwrap();
        assert_eq!(said(FIRST_RECIPE), None);
        store.begin_taking_away(&begun(Unfinished::UNINSTALL, Some(FIRST_RECIPE))).unwrap();
        assert_eq!(said(FIRST_RECIPE), Some(0));
    }

    #[test]
    fn nothing_takes_the_place_of_a_damaged_file_unseen() {
        let folder = tempfile::tempdir().unwrap();
        let id = OrgId::parse("00D000000000001EAA").unwrap();
        let store = Store::at(folder.path()).org(&id);
        let path = store.folder.join("unfinished.json");
        let copy = store.folder.join("unfinished.json.copy");
        let upgrade = begun(Unfinished::UPGRADE, Some(FIRST_RECIPE));
        let removal = begun("uninstall", Some("webex-v2"));
        store.begin_taking_away(&upgrade).unwrap();
        std::fs::write(&path, "{").unwrap();
        let error = store.begin_taking_away(&removal).unwrap_err();
        assert!(matches!(&error, Error::Damaged { copy: Some(it), .. } if *it == copy), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), b"{");
        // Whoever gives up a removal gives up no upgrade, as far as anybody can tell.
        store.finish(|it| !it.is_upgrade()).unwrap();
        assert_eq!(store.unfinished().unwrap(), [upgrade]);
        for file in [&path, &copy] {
            std::fs::write(file, "{").unwrap();
        }
        assert!(store.is_taking_away().unwrap());
        assert!(matches!(store.unfinished(), Err(Error::Damaged { copy: None, .. })));
        store.finish(|it| !it.is_upgrade()).unwrap();
        assert!(!path.exists() && !copy.exists());
        store.begin_taking_away(&removal).unwrap();
        store.finish(|_| true).unwrap();
        assert!(!path.exists() && !copy.exists());
    }

    #[test]
    fn files_of_older_versions_hold_one_without_a_recipe() {
        let read = |text: &str| {
            serde_json::from_str::<AllUnfinished>(text).unwrap().into_list().pop().unwrap()
        };
        let upgrade = read(
            r#"{ "command": "upgrade", "run": "1", "began": "2026-11-22T10:00:00Z", "in_place": true }"#,
        );
        assert!(upgrade.is_of(FIRST_RECIPE) && !upgrade.is_of("webex-v2"));
        let removal =
            read(r#"{ "command": "uninstall", "run": "1", "began": "2026-11-22T10:00:00Z" }"#);
        assert!(removal.is_of(FIRST_RECIPE) && removal.is_of("webex-v2"));
        assert!(begun("undo", Some("webex-v2")).replaces(&removal));
        assert!(!begun(Unfinished::UPGRADE, Some(FIRST_RECIPE)).replaces(&removal));
    }
}
