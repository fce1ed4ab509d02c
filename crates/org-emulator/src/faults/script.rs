//! A script at work: which fault is due, and what earlier ones left behind.

use std::collections::BTreeSet;

use super::effect::Effect;
use super::fault::Fault;
use super::lag::Lag;
use super::part::Part;
use super::trouble::Trouble;
use crate::request::{Request, RequestInfo};

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
        self.next(|fault| fault.pattern.fits(request, info) && fault.effect.concerns(request, info))
    }

    /// What happens to this single request, which counts.
    pub(crate) fn strike_part(&mut self, part: &Part<'_>) -> Option<Effect> {
        self.next(|fault| fault.pattern.fits_part(part))
    }

    /// What happens to this row of a write, which counts.
    pub(crate) fn strike_row(&mut self, object: &str, names: &[&str]) -> Option<Effect> {
        self.next(|fault| fault.pattern.fits_row(object, names))
    }

    /// Whether any fault is about single requests or rows.
    pub(crate) fn looks_inside(&self) -> bool {
        self.faults.iter().any(|(fault, _)| fault.pattern.is_of_part() || fault.pattern.is_of_row())
    }

    /// Counts for the first fault that fits and is due.
    fn next(&mut self, fits: impl Fn(&Fault) -> bool) -> Option<Effect> {
        for (fault, seen) in &mut self.faults {
            if fits(fault) && *seen < fault.skip.saturating_add(fault.times) {
                *seen = seen.saturating_add(1);
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
