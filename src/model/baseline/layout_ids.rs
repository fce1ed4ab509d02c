//! Ids of desktop layouts in what teams were given.

use super::Baseline;
use crate::model::{Target, TenantRecord, Value};

impl Baseline {
    /// Gives teams' layouts the ids by which the same past knows these: a layout that is made in the run that
    /// gives it to a team has no id yet when that is written down, and names can be changed.
    pub fn fill_in_layout_ids(&mut self) {
        let of_layout = |target: &Target| match target {
            Target::Tenant { kind: TenantRecord::DesktopLayout, record, field: None } => {
                Some((record.name.clone(), record.id.clone()?))
            }
            _ => None,
        };
        let known: Vec<_> = self.entries.iter().filter_map(|it| of_layout(&it.target)).collect();
        for entry in &mut self.entries {
            let is_team = matches!(entry.target, Target::Tenant { kind: TenantRecord::Team, .. });
            if let (true, Some(Value::TenantRecord(layout))) = (is_team, &mut entry.ours)
                && layout.id.is_none()
            {
                let found = known.iter().rev().find(|(name, _)| *name == layout.name);
                layout.id = found.map(|(_, id)| id.clone());
            }
        }
    }
}
