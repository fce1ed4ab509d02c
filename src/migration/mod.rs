//! From Version 1 of the connector to Version 2: what becomes of each setting, and who moves when.
//!
//! Cisco's paper on the migration maps the settings of one generation to those of the other; this is
//! that map as a function of the call center that an org has ([`convert()`]), and the wish that follows
//! from it ([`to_version_2`]). What has no counterpart is named one by one, with where it was. The two
//! packages stand side by side, so that moving is putting users into the other call center, some at a
//! time ([`Wave`]), and moving back the same.

mod convert;
mod dates;
mod fit;
mod generation;
mod mappings;
mod others;
mod report;
mod teams;
#[cfg(test)]
mod tests;
mod unknown_callers;
mod wave;
mod wish;

pub use convert::{Conversion, Fate, Setting, convert};
pub use generation::{Generation, Generations};
pub use others::{Difference, OtherCallCenter, compare};
pub use report::{Readiness, Settings};
pub use teams::{KeepingTeam, Teams};
pub use wave::{InClone, Movers, Wave};
pub use wish::{Beside, moving_back, moving_forth, to_version_2};
