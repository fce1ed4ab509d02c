//! The values that an operation changes, one by one.

use super::{CallCenterPart, Operation, Target, Value};
use crate::model::CallCenter;

impl Operation {
    /// The operation as changes of single values: what people read, and what a baseline keeps.
    ///
    /// A permission set of ours is deployed as a whole, and read as a label and its accesses.
    pub fn parts(&self) -> Vec<Self> {
        let (Target::PermissionSet(set), to) = (&self.target, &self.to) else {
            return vec![self.clone()];
        };
        let grants = |value: &Option<Value>| match value {
            Some(Value::PermissionSet(set)) => set.grants.clone(),
            _ => Vec::new(),
        };
        let whole = self.from.is_none() || to.is_none();
        let mut parts: Vec<Self> = whole.then(|| self.clone()).into_iter().collect();
        if to.is_none() {
            return parts;
        }
        let (before, after) = (grants(&self.from), grants(to));
        let access = |grant| Target::PermissionSetAccess(set.clone(), grant);
        let new = after.iter().filter(|grant| !before.contains(grant));
        parts.extend(new.map(|grant| Self::new(access(grant.clone()), None, Some(Value::Given))));
        let gone = before.iter().filter(|grant| !after.contains(grant));
        parts.extend(gone.map(|grant| Self::new(access(grant.clone()), Some(Value::Given), None)));
        parts
    }
}

impl CallCenterPart {
    /// Where it stands in a call center; `None` where that has no such part.
    pub fn place_in<'a>(&self, call_center: &'a mut CallCenter) -> Option<&'a mut String> {
        Some(match self {
            Self::DisplayName => &mut call_center.display_name,
            Self::DisplayNameLabel => &mut call_center.display_name_label,
            Self::InternalNameLabel => &mut call_center.internal_name_label,
            Self::SectionLabel(name) => {
                let mut sections = call_center.sections.iter_mut();
                &mut sections.find(|section| &section.name == name)?.label
            }
            Self::ItemLabel(key) => &mut call_center.item_mut(key)?.label,
            Self::Item(key) => &mut call_center.item_mut(key)?.value,
        })
    }
}
