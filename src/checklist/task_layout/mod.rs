//! `task-layout`: the chosen profiles use the package's Task page layout.
//!
//! Which profiles get the layout is decided in [`chosen`], which record types in
//! [`chosen_record_types`]; what follows for each assignment in [`plan`].

mod adopt;
mod assignment;
mod check;
mod moved;
mod plan;
mod removal;
mod status;

pub(in crate::checklist) use status::list_layouts;
pub use status::{LayoutInUse, LayoutUse};

use crate::checklist::{
    About, Adoptee, Case, ChangeRow, Check, Checkup, Item, ItemId, Kept, Nouns, Verdict, Word,
};
use crate::model::{Draft, OrgState, Recipe, Subject, Value, Wave};

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
    noticed_at_login: false,
    word: Word::NotAsked,
};

impl Item for TaskLayout {
    fn about(&self) -> &'static About {
        &ABOUT
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

    fn moved_elsewhere(
        &self,
        before: &OrgState,
        after: &OrgState,
        expected: &[&Subject],
    ) -> Vec<Subject> {
        moved::elsewhere(before, after, expected)
    }

    fn checks(&self, checkup: &Checkup<'_>) -> Vec<Check> {
        vec![check::check(checkup)]
    }

    fn names_people(&self) -> bool {
        true
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        adopt::adopt(adoptee)
    }
}
