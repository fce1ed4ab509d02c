//! What twice as many users cost: twice the requests for what is written, and no more.

use org_emulator::Emulator;
use serde_json::Value;

use crate::support::{Org, assert_nothing_to_do, demo};

/// Requests that read, looks at running jobs left out. How many rows go into one that writes depends on
/// how fast the org answers.
fn reads(org: &Org) -> Vec<Value> {
    let writes = |request: &Value| {
        let operation = request["operation"].as_str().unwrap_or_default();
        operation == "composite" || operation.starts_with("composite/sobjects")
    };
    let mut all = org.requests();
    all.retain(|request| request["poll"] == false && !writes(request));
    all
}

/// How many queries were asked in them, those in batches and composites one by one.
fn questions(org: &Org) -> u64 {
    let counted = |request: &Value| request["subrequests"].as_u64().unwrap_or(0).max(1);
    reads(org).iter().map(counted).sum()
}

/// What applying, applying again and taking out cost in an org of so many users: requests and questions.
fn costs(users: usize, configuration: &str) -> [(usize, u64); 3] {
    let org = Org::with(Emulator::builder().users(users));
    let counted = |what: &dyn Fn()| {
        org.forget_requests();
        what();
        (reads(&org).len(), questions(&org))
    };
    [
        counted(&|| drop(org.apply(configuration))),
        counted(&|| assert_nothing_to_do(&org.apply(configuration))),
        counted(&|| drop(org.uninstall(configuration))),
    ]
}

#[test]
fn requests_grow_no_faster_than_users() {
    let sets = "on_conflict = \"move\"\npermission_sets = [\"Call Recording Review\"]";
    let configuration = format!(
        "{}\n[permission_sets]\nassign = [\"Record_View\"]\n",
        demo().replace("[users]", &format!("[users]\n{sets}"))
    );
    let costs = [25, 1_250, 2_500].map(|users| costs(users, &configuration));
    for (number, what) in ["apply", "apply again", "uninstall"].into_iter().enumerate() {
        let [few, many, twice] = costs.map(|costs| costs[number]);
        let requests = [few.0, many.0, twice.0].map(|count| count as u64);
        for [few, many, twice] in [requests, [few.1, many.1, twice.1]] {
            // Lists are read and written in pages, the last of which is not full. What grew with the
            // square would be four times.
            let allowed = 3 * many.saturating_sub(few) + 4;
            assert!(twice.saturating_sub(few) <= allowed, "{what}: {few}, {many}, {twice}");
        }
    }
}
