//! What a plan is for.

/// What the items are shown for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Somebody wants to know what will happen.
    Plan,
    /// Somebody wants to know whether all is well.
    Verify,
    /// Somebody wants the connector to go.
    Removal,
    /// Somebody wants what runs have changed to be as it was.
    Undo,
    /// Somebody wants an org to be as a snapshot holds it.
    Restore,
}
