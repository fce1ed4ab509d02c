//! A script at work: which fault is due, and what earlier ones left behind.

use std::collections::BTreeSet;

use super::effect::Effect;
use super::lag::Lag;
use super::pattern::Pattern;
use super::trouble::Trouble;
use crate::request::{Request, RequestInfo};

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) pattern: Pattern,
    /// How many such requests pass before it happens.
    pub(crate) skip: u32,
    /// How many requests it happens to.
    pub(crate) times: u32,
    pub(crate) effect: Effect,
}

/// The faults of one org, and how far they are.
#[derive(Debug, Default)]
pub(crate) struct Script {
    /// Each with the number of requests that it has seen.
    faults: Vec<(Fault, u32)>,
    expired: BTreeSet<String>,
    /// What goes wrong inside the request that is being answered.
    pub(crate) trouble: Trouble,
    pub(crate) lag: Option<Lag>,
}

impl Script {
    /// A script from its beginning.
    pub(crate) fn new(faults: &[Fault]) -> Self {
        let faults = faults.iter().map(|fault| (fault.clone(), 0)).collect();
        Self { faults, ..Self::default() }
    }

    /// What happens to this request, which counts.
    pub(crate) fn strike(&mut self, request: &Request, info: &RequestInfo) -> Option<Effect> {
        for (fault, seen) in &mut self.faults {
            let concerned =
                fault.pattern.fits(request, info) && fault.effect.concerns(request, info);
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
    pub(crate) fn expire(&mut self, token: &str) {
        self.expired.insert(token.to_owned());
    }

    /// Whether a fault has ended this session.
    pub(crate) fn has_expired(&self, token: &str) -> bool {
        self.expired.contains(token)
    }
}
