//! The values that an operation changes, one by one.

use super::{Operation, Target, Value};

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
