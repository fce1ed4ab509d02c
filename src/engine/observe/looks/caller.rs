//! Who is calling.

use salesforce_client::rest::UserInfo;

use super::Fetch;
use crate::engine::observe::refusals::unanswered;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{Caller, Observed};

pub(super) struct CallersName;

impl Fetch for CallersName {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.call(burst.client().userinfo(), |answer, taking| {
            taking.beside.caller = match answer {
                Ok(UserInfo { preferred_username: Some(username), name, .. }) => {
                    Observed::Seen(Caller { username, name })
                }
                Ok(_) => Observed::Unasked,
                Err(error) => Observed::Refused(unanswered(&error)),
            };
            Ok(())
        });
    }
}
