//! A script at work: which fault is due, and what earlier ones left behind.

use std::collections::BTreeSet;

use super::effect::Effect;
use super::lag::Lag;
use super::pattern::Pattern;
use super::trouble::Trouble;
use crate::asked::Asked;
use crate::server::Request;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(super) pattern: Pattern,
    /// How many such requests pass before it happens.
    pub(super) skip: u32,
    /// How many requests it happens to.
    pub(super) times: u32,
    pub(super) effect: Effect,
}

/// The faults of one org, and how far they are.
#[derive(Debug, Default)]
pub(crate) struct Script {
    /// Each with the number of requests that it has seen.
    faults: Vec<(Fault, u32)>,
    expired: BTreeSet<String>,
    /// What goes wrong inside the request that is being answered.
    pub(crate) trouble: Trouble,
    pub(super) lag: Option<Lag>,
}

impl Script {
    /// A script from its beginning.
    pub(crate) fn new(faults: &[Fault]) -> Self {
        let faults = faults.iter().map(|fault| (fault.clone(), 0)).collect();
        Self { faults, ..Self::default() }
    }

    /// What happens to this request, which counts.
    pub(super) fn strike(&mut self, request: &Request, asked: &Asked) -> Option<Effect> {
        for (fault, seen) in &mut self.faults {
            let concerned =
                fault.pattern.fits(request, asked) && fault.effect.concerns(request, asked);
            if concerned && *seen < fault.skip.saturating_add(fault.times) {
                *seen += 1;
                if *seen > fault.skip {
                    return Some(fault.effect.clone());
                }
            }
        }
        None
    }

    /// Ends a session.
    pub(super) fn expire(&mut self, token: &str) {
        self.expired.insert(token.to_owned());
    }

    /// Whether a fault has ended this session.
    pub(crate) fn has_expired(&self, token: &str) -> bool {
        self.expired.contains(token)
    }
}
