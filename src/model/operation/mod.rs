//! A change of an org as a value: what it is about, what is there, and what is to be there.
//!
//! Plans are made of operations, waves carry them out, and baselines keep what was there before
//! them. Text for people, documents and files is made from an operation by [`Target::place`] and
//! [`Operation::texts`], and read back by [`Target::read`] and [`Value::read`]: the only place that
//! knows how a target and its value are written down.

mod by_target;
mod ids;
mod keyed;
mod needs;
mod parts;
mod place;
mod record;
mod sight;
mod target;
mod text;
mod value;

#[cfg(test)]
mod tests;

pub use by_target::{ByRef, ByTarget, TargetPlaces, TargetSet};
pub use ids::Ids;
pub use keyed::{Key, Keyed};
pub use record::Ref;
pub use target::{CallCenterPart, Target, Wave, Way};
pub use value::{
    Definition as DefinitionValue, DesktopLayout as DesktopLayoutValue, InstallAudience,
    Package as PackageValue, PermissionSet as PermissionSetValue, Source as SourceValue,
    Status as StatusValue, Value,
};

/// One change of one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What it is about.
    pub target: Target,
    /// What is there; `None`: nothing.
    pub from: Option<Value>,
    /// What is to be there; `None`: nothing.
    pub to: Option<Value>,
}

/// What an operation does to the thing it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It comes into being.
    Create,
    /// One of its values changes.
    Update,
    /// It goes.
    Delete,
}

impl Operation {
    /// Brings a target from one value to another.
    pub fn new(target: Target, from: Option<Value>, to: Option<Value>) -> Self {
        Self { target, from, to }
    }

    /// The operation that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { target: self.target, from: self.to, to: self.from }
    }

    /// What it does to the thing it is about.
    pub fn effect(&self) -> Effect {
        match (self.target.is_value(), &self.from, &self.to) {
            (true, ..) | (false, Some(_), Some(_)) => Effect::Update,
            (false, None, _) => Effect::Create,
            (false, Some(_), None) => Effect::Delete,
        }
    }

    /// Whether it removes the thing it is about as a whole.
    pub fn removes(&self) -> bool {
        self.effect() == Effect::Delete
    }
}
