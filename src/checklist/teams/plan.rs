//! What the item wants.

use crate::checklist::desktop_layout::arrange;
use crate::checklist::tenant::put_back_where;
use crate::checklist::{Change, ItemId, TenantCase, Verdict};
use crate::model::tenant::field::TEAM_LAYOUT;
use crate::model::{Ref, Target, TenantRecord, Value};

/// What the item wants. What keeps a team's layout from being made, the layout's item tells.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    for placement in arrange(case).teams {
        if placement.now.as_ref().is_some_and(|now| now.is(&placement.to)) {
            continue;
        }
        let target = Target::Tenant {
            kind: TenantRecord::Team,
            record: Ref::seen(&placement.team.name, &placement.team.id),
            field: Some(TEAM_LAYOUT.to_owned()),
        };
        let from = placement.now.map(Value::TenantRecord);
        let change =
            Change::new(ItemId::TEAMS, target, from, Some(Value::TenantRecord(placement.to)));
        verdict.changes.push(change);
    }
    // A team that is no longer chosen gets back what it had.
    let has_layout = case.wish.desktop_layout.is_some();
    let given_back = put_back_where(case, ItemId::TEAMS, |target| {
        let name = target.place().0.name;
        match &case.wish.given_back {
            Some(names) => names.contains(&name),
            None => !(has_layout && case.wish.teams.contains(&name)),
        }
    });
    verdict.changes.extend(given_back.changes);
    verdict.notes.extend(given_back.notes);
    verdict.unseen.extend(given_back.unseen);
    verdict
}
