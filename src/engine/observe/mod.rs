//! Looking at an org: everything in one burst, and afterwards only what a wave touched.
//!
//! Every [`Look`](crate::model::Look) has its file in [`looks`]: what it asks, and what the answer
//! says. The [`pipeline`] is the same for runs, surveys and examinations; they differ in their looks,
//! their [`Inquiry`], and in what a refusal means to them ([`Refusals`]).

mod answers;
mod burst;
mod inquiry;
mod looks;
mod memory;
mod names;
mod observation;
mod observer;
mod pipeline;
mod refusals;
mod written;

pub(super) use inquiry::Inquiry;
pub(in crate::engine) use looks::agent::read_moment;
pub(in crate::engine) use looks::call_center::call_center;
pub(super) use looks::permission_sets::{SetAssignmentRow, assignments_of};
pub(super) use names::{names, organization};
pub(super) use observation::Observation;
pub(super) use observer::Observer;
pub(super) use refusals::Refusals;

use answers::Answers;
use burst::Burst;
use observation::Taking;
