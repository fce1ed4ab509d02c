//! Which items a person wants of a run, and what becomes of those that they leave out.

use std::collections::BTreeSet;

use super::hold::{self, Hold};
use super::{ITEMS, ItemId, Plan, Stop, TENANT_ITEMS, Verdict};
use crate::model::{Desired, Effect, Way};

/// The items that a run is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Selection {
    /// Every item.
    #[default]
    All,
    /// These alone.
    Only(BTreeSet<ItemId>),
    /// All but these.
    Without(BTreeSet<ItemId>),
}

impl Selection {
    /// Whether the run is about that item.
    pub fn has(&self, item: ItemId) -> bool {
        match self {
            Self::All => true,
            Self::Only(items) => items.contains(&item),
            Self::Without(items) => !items.contains(&item),
        }
    }

    /// Leaves out of what is wanted the halves of which no item is chosen, so that nobody looks at
    /// them or logs in to them; says which.
    pub fn narrow(&self, desired: &mut Desired) -> Vec<&'static str> {
        let mut left = Vec::new();
        let of_org = ITEMS.iter().any(|item| self.has(item.about().id));
        if !of_org && !desired.connectors.is_empty() {
            desired.beside = std::mem::take(&mut desired.connectors);
            left.push("the Salesforce org");
        }
        let of_tenant = TENANT_ITEMS.iter().any(|item| self.has(item.about().id));
        if !of_tenant && desired.tenant.take().is_some() {
            left.push("the Webex organization");
        }
        left
    }

    /// What a person adds to a command, so that it is about the same items.
    pub fn arguments(&self) -> Vec<String> {
        let items = match self {
            Self::All => return Vec::new(),
            Self::Only(items) | Self::Without(items) => items,
        };
        let items: Vec<&str> = items.iter().map(|item| item.as_str()).collect();
        vec![self.option().to_owned(), items.join(",")]
    }

    /// How a person says it on the command line.
    pub fn option(&self) -> &'static str {
        match self {
            Self::All | Self::Only(_) => "--only",
            Self::Without(_) => "--skip",
        }
    }
}

impl Plan {
    /// Leaves out what a person did not choose. What builds on it, and cannot be without it, waits;
    /// nothing is taken out from below what stays.
    pub fn select(&mut self, selection: &Selection, way: Way) {
        let mut lacking = Vec::new();
        for planned in self.items.iter_mut().filter(|planned| !selection.has(planned.item)) {
            let verdict = &planned.verdict;
            // Its questions are asked all the same: what is left undone can only be told then.
            let needs = verdict.needs.clone();
            let is_told = !verdict.is_held() && verdict.stops.is_empty() && needs.is_empty();
            let ours = verdict.changes.iter().filter(|change| change.is_ours());
            let changes = is_told.then_some(ours.count());
            let creates = verdict
                .changes
                .iter()
                .any(|change| change.is_ours() && change.operation.effect() == Effect::Create);
            let leaves = match way {
                // Without what is yet to be made, nothing can be made of it.
                Way::Build => creates,
                Way::Remove => {
                    !verdict.changes.is_empty() || verdict.is_held() || !verdict.stops.is_empty()
                }
            };
            if leaves {
                lacking.push(planned.item);
            }
            let hold = Some(Hold::LeftOut { changes });
            planned.verdict = Verdict { needs, hold, ..Verdict::default() };
        }
        for planned in self.items.iter_mut().filter(|planned| selection.has(planned.item)) {
            let on = lacking.iter().find(|it| hold::builds_on(planned.item, **it, way));
            let Some(on) = on.filter(|_| !planned.verdict.changes.is_empty()) else { continue };
            match way {
                Way::Build => {
                    planned.verdict =
                        Verdict { hold: Some(Hold::Waiting(*on)), ..Verdict::default() };
                }
                Way::Remove => planned.verdict.stops.push(stays(planned.item, *on, selection)),
            }
        }
        // Whatever builds on what stands still or waits now, waits too.
        hold::wait(&mut self.items, way);
    }
}

fn stays(item: ItemId, on: ItemId, selection: &Selection) -> Stop {
    Stop::refused(format!(
        "{} ({item}) cannot be removed while {} ({on}) stays, and {} excludes it.",
        item.title(),
        on.title(),
        selection.option(),
    ))
    .hint(match selection {
        Selection::All | Selection::Only(_) => {
            format!("Remove both: --only {item},{on}. Or keep both: drop {item} from --only.")
        }
        Selection::Without(_) => {
            format!("Keep both: --skip {item},{on}. Or remove both: drop {on} from --skip.")
        }
    })
}
