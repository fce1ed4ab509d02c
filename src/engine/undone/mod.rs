//! What earlier runs have changed, as their journals tell it.

mod found;
mod half;
mod kept_call_center;
mod kept_layout;
mod taken_back;

use std::collections::BTreeSet;

pub(super) use found::{FoundBy, found_by};
use half::Half;
pub(super) use kept_call_center::call_center_subject;
pub(super) use kept_layout::KeptChange;

use crate::failure::Failure;
use crate::journal::{Store, summary};
use crate::model::{BaselineEntry, Before, Command, Desired, Hint, OrgId, Target, Undoing, Undone};

/// The runs that are to be taken back: one, and all that came after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoneRuns {
    /// The first of them; `None` where there is nothing to take back.
    pub run: Option<String>,
    /// How many came after it.
    pub later: usize,
    /// What they have changed of the Salesforce org.
    pub org: Undone,
    /// What they have changed of the Webex organization.
    pub tenant: Undone,
    /// What they have done besides, which stays, in sentences.
    pub stays: Vec<String>,
}

impl UndoneRuns {
    /// What taking back `wanted` and every later run undoes; where no run is named, the newest one
    /// that was not taken back yet.
    pub fn find(
        store: &Store,
        org: Option<&OrgId>,
        desired: &Desired,
        wanted: Option<&str>,
    ) -> Result<Self, Failure> {
        let tenant = desired.tenant.as_ref().map(|wish| wish.id.as_str());
        let of_org = org.map(|id| Half::read(store.org(id))).transpose()?.unwrap_or_default();
        let of_tenant =
            tenant.map(|id| Half::read(store.tenant(Some(id)))).transpose()?.unwrap_or_default();
        let first = match wanted {
            Some(prefix) => Some(named(prefix, &of_org, &of_tenant)?),
            None => newest(&of_org, &of_tenant)?,
        };
        let Some(run) = first else { return Ok(Self::default()) };
        let run = begun_by(run, &of_org)?;
        let all: BTreeSet<&String> =
            of_org.runs.iter().chain(&of_tenant.runs).filter(|id| **id >= run).collect();
        let mut stays = of_org.made_in_browser(&run)?;
        stays.extend(elsewhere(store, &all, org, tenant)?);
        let mut found = Self {
            org: of_org.since(&run)?,
            tenant: of_tenant.since(&run)?,
            later: all.iter().filter(|id| ***id > run).count(),
            run: Some(run),
            stays,
        };
        found.is_not_upgrading(&of_org, desired)?;
        found.leave_deleted_call_centers();
        found.is_one_way()?;
        found.is_configured(desired)?;
        Ok(found)
    }

    /// A call center that gave way to one of another definition does not come back: which definition it
    /// was made from, the configuration does not say any more.
    fn leave_deleted_call_centers(&mut self) {
        if self.org.undoing() != Undoing::Both {
            return;
        }
        // One that was made before, or by the same run, has taken its place; ids of runs are made of time.
        let is_center = |entry: &BaselineEntry| matches!(entry.target, Target::CallCenter(_));
        let entries = self.org.past.entries.iter();
        let made = entries.filter(|it| is_center(it) && it.before == Before::Known(None));
        let Some(first) = made.filter(|it| it.ours.is_some()).map(|it| it.run.clone()).min() else {
            return;
        };
        let is_deleted = |entry: &mut BaselineEntry| {
            is_center(entry)
                && entry.before.value().is_some()
                && entry.ours.is_none()
                && entry.run >= first
        };
        let deleted: Vec<BaselineEntry> =
            self.org.past.entries.extract_if(.., is_deleted).collect();
        self.stays.extend(deleted.iter().map(|entry| {
            format!(
                "The call center \"{}\", which run {} deleted, is not restored; the run's \
                journal has its settings.",
                entry.target.place().0.name,
                entry.run
            )
        }));
        self.org.settled.entries.extend(deleted);
    }

    /// Between the removal of the old version and the installation of the new one, there is no package that
    /// the rest could be put back on: unless the configuration asks for the old version again.
    fn is_not_upgrading(&self, org: &Half, desired: &Desired) -> Result<(), Failure> {
        let is_gone = |entry: &&BaselineEntry| {
            let is_removed = entry.before.value().is_some() && entry.ours.is_none();
            matches!(entry.target, Target::Package(_)) && is_removed
        };
        let Some(gone) = self.org.past.entries.iter().find(is_gone) else { return Ok(()) };
        let Some(begun) = org.upgrading(gone.recipe())? else { return Ok(()) };
        let before =
            gone.before.value().map(|it| it.recorded_text(&gone.target)).unwrap_or_default();
        let wanted = desired.connectors.iter().find(|it| it.recipe.name == gone.recipe());
        if wanted.is_some_and(|it| it.package.version.to_string() == before) {
            return Ok(());
        }
        Err(Failure::refused(format!(
            "The upgrade that run {} began has uninstalled the old version of the package, and the new one \
             is not installed yet.",
            begun.run
        ))
        .hint(Hint::command(
            "Nothing was changed. To continue the upgrade, run",
            Command::of_org("apply"),
            "; after that it can be undone.",
        ))
        .hint(Hint::command(
            &format!(
                "To go back to the old version, put its 04t id into the configuration (package.version = \
                 \"{before}\"), and run"
            ),
            Command::of_org("undo"),
            " again.",
        )))
    }

    /// Some components go and others come back only where runs both made and removed some.
    fn is_one_way(&self) -> Result<(), Failure> {
        if self.org.undoing() != Undoing::Both && self.tenant.undoing() != Undoing::Both {
            return Ok(());
        }
        let run = self.run.as_deref().unwrap_or_default();
        let refused = Failure::refused(format!(
            "Since run {run} began, components were both created and removed, which cannot be \
            undone in one step."
        ));
        Err(if self.later == 0 {
            refused.hint("Nothing was changed. Configure what you want and apply it.")
        } else {
            refused.hint(Hint::command(
                "Nothing was changed. Undo the runs one by one, newest first:",
                Command::of_org("undo"),
                ".",
            ))
        })
    }

    /// Only what belongs to a connector that the configuration speaks of can be looked at.
    fn is_configured(&self, desired: &Desired) -> Result<(), Failure> {
        let is_known = |recipe: &str| desired.connectors.iter().any(|it| it.recipe.name == recipe);
        let recipes: BTreeSet<&str> =
            self.org.past.entries.iter().map(BaselineEntry::recipe).collect();
        let Some(other) = recipes.into_iter().find(|recipe| !is_known(recipe)) else {
            return Ok(());
        };
        let run = self.run.as_deref().unwrap_or_default();
        Err(Failure::refused(format!(
            "Run {run}, or a later one, changed the connector of the recipe `{other}`, which this \
             configuration does not include."
        ))
        .hint("Nothing was changed. Name the configuration that the run was made with: --config FILE.")
        .hint(Hint::command(
            "To move users back after `migrate`, use",
            Command::of_org("migrate --to webex-v1"),
            ".",
        )))
    }
}

/// The run that began what this one only went on with: an upgrade that took several runs is taken back
/// whole, for in between there was no package.
fn begun_by(run: String, org: &Half) -> Result<String, Failure> {
    let mut first = run;
    while let Some(begun) = org.begun_by(&first)? {
        first = begun;
    }
    Ok(first)
}

/// The run whose id begins with that.
fn named(prefix: &str, org: &Half, tenant: &Half) -> Result<String, Failure> {
    let all = org.runs.iter().chain(&tenant.runs);
    let ids: BTreeSet<&String> = all.filter(|id| id.starts_with(prefix)).collect();
    let list = Hint::command("", Command::of_machine("runs"), " lists them all.");
    let mut ids = ids.into_iter();
    match (ids.next(), ids.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(Failure::usage(format!(
            "No run in this org has an id that begins with `{prefix}`."
        ))
        .hint(list)),
        (Some(_), Some(_)) => Err(Failure::usage(format!(
            "The ids of several runs in this org begin with `{prefix}`: type more characters."
        ))
        .hint(list)),
    }
}

/// The newest run that was not taken back yet. One that takes others back is only taken back where
/// it is named.
fn newest(org: &Half, tenant: &Half) -> Result<Option<String>, Failure> {
    let ids: BTreeSet<&String> = org.runs.iter().chain(&tenant.runs).collect();
    for half in [org, tenant] {
        // One that was broken off is gone on with: the changes that it has made are none of their own.
        if let Some(run) = half.being_undone()?.filter(|run| ids.contains(run)) {
            return Ok(Some(run));
        }
    }
    // Where only one half could be taken back, the other is still to be.
    let halves = [org, tenant].map(|half| (half, taken_back::find(half)));
    for id in ids.into_iter().rev() {
        let mut changed = false;
        for (half, _) in halves.iter().filter(|(_, gone)| !gone.contains(id)) {
            let run = summary(&half.journal(id)?);
            changed |= run.is_some_and(|run| {
                run.command != UNDO && (run.changes > 0 || run.outcome.is_none())
            });
        }
        if !changed {
            continue;
        }
        for half in [org, tenant] {
            let undone = half.since(id)?;
            if !undone.past.entries.is_empty() || half.still_remembers(&undone)? {
                return Ok(Some(id.clone()));
            }
        }
    }
    Ok(None)
}

/// What these runs have done in other orgs than those that are looked at.
fn elsewhere(
    store: &Store,
    runs: &BTreeSet<&String>,
    org: Option<&OrgId>,
    tenant: Option<&str>,
) -> Result<Vec<String>, Failure> {
    let (known, _) = store.runs()?;
    let mut stays = BTreeSet::new();
    for run in known.iter().filter(|run| runs.contains(&run.run) && run.changes > 0) {
        if run.org.is_some() && run.org.as_ref() != org {
            let name = run.org_name.as_deref().unwrap_or("another org");
            stays.insert(format!(
                "What run {} has changed in the Salesforce org \"{name}\" is kept: this is a \
                different org.",
                run.run
            ));
        }
        if let Some(id) = run.tenant.as_deref().filter(|id| Some(*id) != tenant) {
            stays.insert(format!(
                "What run {} has changed in the Webex organization {id} is kept: the \
                configuration does not include it.",
                run.run
            ));
        }
    }
    Ok(stays.into_iter().collect())
}

/// What begins the subject under which journals keep that a browser has done something in Setup.
pub(super) const SOFTPHONE_LAYOUT: &str = "SoftphoneLayout ";

/// The command's word in journals and documents.
pub(super) const UNDO: &str = "undo";
