//! What a run may cost, counted in the emulator's own log.

use std::time::Duration;

use provision::engine::{Goal, Outcome};
use serde_json::Value;

use crate::support::{Org, demo, everything};

/// How late each answer is where depth is measured: long against what else a request costs.
pub(crate) const LATENCY: Duration = Duration::from_millis(40);

/// Requests without status polls.
fn count(requests: &[Value]) -> usize {
    requests.iter().filter(|request| request["poll"] == false).count()
}

/// The longest chain of requests of which each began after the one before had ended.
pub(crate) fn depth(requests: &[Value]) -> usize {
    let mut spans: Vec<(u64, u64)> = requests
        .iter()
        .map(|request| {
            let begun = request["at_ms"].as_u64().expect("a time");
            (begun, begun + request["duration_ms"].as_u64().expect("a duration"))
        })
        .collect();
    spans.sort_by_key(|(_, ended)| *ended);
    let mut depth = 0;
    let mut free = 0;
    for (begun, ended) in spans {
        if begun >= free {
            depth += 1;
            free = ended;
        }
    }
    depth
}

fn operations(requests: &[Value]) -> Vec<&str> {
    requests.iter().filter_map(|request| request["operation"].as_str()).collect()
}

/// Another data centre than the one that the package ships with.
fn elsewhere(configuration: &str) -> String {
    configuration.replace("data_center = \"us1\"", "data_center = \"eu1\"")
}

/// The demo, and every item with something to do.
fn configurations() -> [String; 2] {
    [demo(), elsewhere(&everything())]
}

#[test]
fn a_whole_install_stays_within_its_budget() {
    for configuration in configurations() {
        let org = Org::late(LATENCY);
        org.forget_requests();
        let report = org.apply(&configuration);
        assert_eq!(report.outcome, Outcome::NeedsHuman);
        let requests = org.requests();
        let operations = operations(&requests);
        assert!(count(&requests) <= 24, "{} requests: {operations:?}", count(&requests));
        assert!(depth(&requests) <= 10, "{} deep: {operations:?}", depth(&requests));
        assert_eq!(report.requests, count(&requests) as u64, "the report counts as the org does");
        assert_eq!(report.polls, (requests.len() - count(&requests)) as u64);
        let calls: u64 = requests
            .iter()
            .map(|request| request["subrequests"].as_u64().unwrap_or(0).max(1))
            .sum();
        assert!(report.api_calls <= calls, "{} of {calls}", report.api_calls);
    }
}

#[test]
fn nothing_to_do_costs_four_requests_side_by_side() {
    for configuration in configurations() {
        let org = Org::late(LATENCY);
        org.apply(&configuration);
        for goal in [Goal::Apply, Goal::Plan, Goal::Verify] {
            org.forget_requests();
            let report = org.run(goal, &configuration);
            assert!(report.failure.is_none(), "{:#?}", report.failure);
            let requests = org.requests();
            assert!(requests.len() <= 4, "{:?}", operations(&requests));
            assert_eq!(depth(&requests), 1, "{:?}", operations(&requests));
        }
    }
}

#[test]
fn nothing_to_do_with_a_new_state_directory_stays_within_its_budget() {
    for configuration in configurations() {
        let mut org = Org::late(LATENCY);
        org.apply(&configuration);
        org.state = tempfile::TempDir::new().expect("another state directory");
        org.forget_requests();
        let report = org.run(Goal::Apply, &configuration);
        assert_eq!(report.outcome, Outcome::NeedsHuman);
        let requests = org.requests();
        assert!(requests.len() <= 8, "{:?}", operations(&requests));
        assert!(depth(&requests) <= 4, "{} deep: {:?}", depth(&requests), operations(&requests));
    }
}
