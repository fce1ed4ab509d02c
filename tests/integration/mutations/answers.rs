//! What an org and a Webex organization answer, changed on the way: REST, SOAP, deploy results and
//! lists of records. A lie that looks like an answer nobody can tell; no answer makes the program fail
//! by a mistake of its own.

use std::time::Duration;

use provision::engine::{Aim, Goal};
use provision::failure::Kind;

use super::mutation::{mutated, tries};
use crate::broken::line::{Break, Line};
use crate::random::Random;
use crate::support::Org;
use crate::webex::{both, load};

/// Each of these is a whole run.
const RUNS: usize = 10;

#[test]
fn no_answer_of_either_service_is_a_mistake_of_ours() {
    let org = Org::new().with_tenant();
    let (of_org, of_tenant) = (Line::to(&org.url), Line::to(org.tenant().url()));
    let loaded = load(&both(&org));
    let untouched = (org.emulated.snapshot(), org.tenant().snapshot());
    let mut behind = org.behind(&of_org.url);
    behind.patience.read_backs = 1;
    behind.patience.silence = Duration::from_secs(1);
    for number in tries().step_by(RUNS) {
        let mut random = Random(number);
        org.emulated.restore(&untouched.0).expect("the org goes back");
        org.tenant().restore(&untouched.1);
        behind.state = tempfile::TempDir::new().expect("a folder");
        behind.webex = Some(org.webex_client_at(&of_tenant.url, "access_token"));
        let line = if random.below(3) == 0 { &of_tenant } else { &of_org };
        let at = random.below(30);
        line.break_at(at, Break::Change(number), None);
        let goal = if random.below(2) == 0 { Goal::Plan } else { Goal::Apply };
        let report = behind.run_loaded((goal, Aim::Installed), &loaded);
        line.mend();
        let is_mistake = report.failure.as_ref().is_some_and(|it| it.kind == Kind::Bug);
        assert!(!is_mistake, "PROVISION_MUTATIONS_SEED={number}: {:#?}", report.failure);
    }
}

/// Changes the body of an answer.
pub(crate) fn changed(body: &[u8], number: u64) -> Vec<u8> {
    mutated(body, &mut Random(number))
}
