//! Runs with other parts than one connector: none, and two generations in one org.

use provision::engine::{Goal, ItemOutcome, Outcome, Removal};
use provision::failure::Kind;
use provision::model::{Desired, PackageVersionId, StatedNames, UserSelection};

use serde_json::Value;

use crate::support::{Org, demo, load};

/// The demo's connector, and beside it what a second generation would bring: another package,
/// another call center, and nobody in it.
fn two_generations() -> Desired {
    let mut desired = load(&demo()).desired;
    let mut second = desired.connectors[0].clone();
    "second".clone_into(&mut second.recipe.name);
    "cisco_wxcc".clone_into(&mut second.recipe.namespace);
    "SecondCallCenter".clone_into(&mut second.recipe.internal_name_prefix);
    second.recipe.stated = StatedNames {
        namespace: second.recipe.namespace.clone(),
        internal_name_prefix: second.recipe.internal_name_prefix.clone(),
        bare_internal_name: false,
    };
    "SecondCallCenter1".clone_into(&mut second.call_center.definition.call_center.internal_name);
    second.recipe.app = None;
    second.recipe.task_layout = None;
    second.recipe.old_task_layouts = Vec::new();
    second.recipe.report = false;
    second.recipe.custom_metadata_types = 0;
    second.recipe.omni_sync.code = None;
    "Second_Omni_Sync".clone_into(&mut second.recipe.omni_sync.permission_set);
    second.task_layout.profiles = Vec::new();
    second.users = UserSelection::default();
    second.package.version = PackageVersionId::parse("04tUl000000VK45IAG").expect("an id");
    desired.connectors.push(second);
    desired
}

#[test]
fn a_run_that_is_about_no_org_asks_none() {
    let org = Org::new();
    org.forget_requests();
    let report = org.run_desired(Goal::Apply, &Desired::default());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(report.outcome, Outcome::NothingToDo);
    assert!(report.org.is_none() && report.items.is_empty() && report.run.is_none());
    assert_eq!(org.requests(), [] as [Value; 0]);
}

#[test]
fn what_is_wanted_of_an_org_is_not_left_out_where_no_org_is_named() {
    let org = Org::new();
    let report = org.run_without_client(Goal::Apply, &load(&demo()).desired);
    let failure = report.failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Usage);
    assert!(failure.message().contains("none was given"), "{failure}");
}

#[test]
fn two_generations_of_the_connector_are_set_up_in_one_run() {
    let org = Org::new();
    let desired = two_generations();
    let report = org.run_desired(Goal::Apply, &desired);
    assert!(report.failure.is_none(), "{:#?}", report.failure);

    // Every item is reported once for each generation, side by side.
    let recipes: Vec<_> = report.items.iter().map(|item| item.recipe.as_deref()).collect();
    assert!(
        recipes.chunks(2).all(|pair| pair == [Some("webex-v1"), Some("second")]),
        "{recipes:?}"
    );
    let call_centers = org.query("SELECT InternalName FROM CallCenter");
    let second = |row: &Value| row["InternalName"] == "SecondCallCenter1";
    assert!(call_centers.iter().any(second) && call_centers.len() > 1, "{call_centers:?}");

    // One journal is kept, and nothing is left to do.
    assert_eq!(org.runs().len(), 1, "{:?}", org.runs());
    let again = org.run_desired(Goal::Apply, &desired);
    assert!(again.failure.is_none(), "{:#?}", again.failure);
    let changed = again.items.iter().filter(|item| item.outcome == ItemOutcome::Changed);
    assert_eq!(changed.count(), 0, "{:#?}", again.items);
}

/// What the state directory holds of the org's past, entry by entry; ids that a later look has
/// filled in are left out.
fn past(org: &Org) -> Vec<Value> {
    let path = org.state.path().join("orgs").join(&org.id).join("baseline.json");
    let text = std::fs::read_to_string(path).unwrap_or_else(|_| "null".to_owned());
    let kept: Value = serde_json::from_str(&text).expect("JSON");
    let mut entries = kept["data"]["entries"].as_array().cloned().unwrap_or_default();
    for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
        entry.remove("ids");
    }
    entries
}

/// Either generation can be taken out of an org, and the other stays whole: its package, its call
/// center, its users, and what an uninstall of it will go by.
#[test]
fn taking_one_generation_out_leaves_the_other_whole() {
    for (leaving, staying) in [(0, 1), (1, 0)] {
        let org = Org::new();
        let fresh = org.world();
        let desired = two_generations();
        let of = |at: usize| Desired::of(desired.connectors[at].clone());
        // What the org is with the one generation alone.
        let alone = Org::new();
        let report = alone.run_desired(Goal::Apply, &of(staying));
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        let expected = alone.world();

        let report = org.run_desired(Goal::Apply, &desired);
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        let before = past(&org);
        let recipe = desired.connectors[staying].recipe.name.as_str();
        let kept: Vec<&Value> = before.iter().filter(|it| it["recipe"] == recipe).collect();
        assert!(!kept.is_empty() && kept.len() < before.len(), "{before:#?}");

        let report = org.remove_desired(Goal::Apply, Removal::default(), &of(leaving));
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        let packages = |world: &Value| -> Vec<String> {
            let packages = world["installed_packages"].as_object().expect("packages");
            packages.keys().cloned().collect()
        };
        let world = org.world();
        assert_eq!(packages(&world), packages(&expected));
        for part in ["call_centers", "users", "profile_layouts", "apex_classes"] {
            assert_eq!(world[part], expected[part], "{part}");
        }
        assert_eq!(past(&org).iter().collect::<Vec<_>>(), kept);

        // Nothing is to be done for the one that stays, and it goes as wholly as it came.
        let again = org.run_desired(Goal::Apply, &of(staying));
        assert!(again.failure.is_none(), "{:#?}", again.failure);
        let changed = again.items.iter().filter(|item| item.outcome == ItemOutcome::Changed);
        assert_eq!(changed.count(), 0, "{:#?}", again.items);
        let report = org.remove_desired(Goal::Apply, Removal::default(), &of(staying));
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        assert_eq!(org.world(), fresh);
        assert_eq!(past(&org), [] as [Value; 0]);
    }
}
