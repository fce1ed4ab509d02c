//! `task-layout`: the chosen profiles use the package's Task page layout.
//!
//! A profile has one assignment in general, and one for each record type.

mod adopt;
mod assignment;
mod check;
mod moved;
mod plan;
mod removal;
mod snapshot;
mod status;

pub(in crate::checklist) use status::list_layouts;
pub use status::{LayoutInUse, LayoutUse};

pub(in crate::checklist) use assignment::Current;

use crate::checklist::{
    About, Adoptee, Case, ChangeRow, Check, Checkup, Holdings, Intent, Item, ItemId, Kept, Lookup,
    Noticed, Nouns, Now, SnapshotCase, Verdict, Word,
};
use crate::model::{
    Draft, Look, OrgState, Recipe, RecordTypeChoice, Subject, Target, Value, Wave, Way,
};

/// The item.
pub(super) struct TaskLayout;

impl ItemId {
    /// Task page layout.
    pub const TASK_LAYOUT: Self = Self::new("task-layout");
}

static ABOUT: About = About {
    id: ItemId::TASK_LAYOUT,
    title: "Task page layout",
    needs: &[ItemId::PACKAGE],
    wave: Some(Wave::Deploy),
    of_fields: false,
    noticed: Noticed::SalesforceReload,
    word: Word::NotAsked,
};

impl Item for TaskLayout {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, intent: &Intent<'_>) -> Vec<Look> {
        let given = intent.baseline.of_item(ItemId::TASK_LAYOUT.as_str()).next().is_some();
        let wish = &intent.desired.task_layout;
        let wanted = !wish.profiles.is_empty() || wish.record_types != RecordTypeChoice::All;
        if intent.way == Way::Build && !given && !wanted {
            return Vec::new();
        }
        vec![Look::Profiles, Look::RecordTypes, Look::Layouts, Look::LayoutAssignments]
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired, case.state, case.baseline)
    }

    fn removal(&self, case: Case<'_>) -> Verdict {
        removal::plan(case)
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::new("page layout", "page layouts", "to assign")
    }

    fn kept(&self, case: Case<'_>) -> Vec<Kept> {
        plan::already(case.desired, case.state)
    }

    fn is_connectors(&self, value: &Value, recipe: &Recipe) -> bool {
        let packaged = format!("{}__", recipe.namespace);
        matches!(value, Value::Layout(there) if there.name.starts_with(&packaged))
    }

    fn now(&self, org: &Lookup<'_>, target: &Target) -> Now {
        assignment::now(org, target)
    }

    fn recorded(&self, state: &OrgState, value: &Value) -> Option<Value> {
        assignment::layout_of(state, value).map(Value::Layout)
    }

    fn moved_elsewhere(
        &self,
        before: &OrgState,
        after: &OrgState,
        expected: &[&Target],
    ) -> Vec<Subject> {
        moved::elsewhere(before, after, expected)
    }

    fn checks(&self, checkup: &Checkup<'_>) -> Vec<Check> {
        vec![check::check(checkup)]
    }

    fn names_people(&self) -> bool {
        true
    }

    fn holds(&self, case: &SnapshotCase<'_>, into: &mut Holdings) {
        snapshot::holds(case, into);
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
