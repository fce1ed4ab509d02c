//! The programs of `examples/`, run as they stand: each ends with an error where it does not find what
//! it shows.

#[path = "../../examples/emulated_org.rs"]
mod emulated_org;
#[path = "../../examples/plan.rs"]
mod plan;
#[path = "../../examples/query.rs"]
mod query;

#[test]
fn a_client_queries_an_org() {
    query::main().unwrap();
}

#[test]
fn a_test_has_an_org_of_its_own() {
    emulated_org::main().unwrap();
}

#[test]
fn a_plan_is_made_by_the_library() {
    plan::main().unwrap();
}

#[test]
fn no_example_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let run = include_str!("examples.rs");
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(run.contains(&format!("examples/{name}\"")), "no test runs examples/{name}");
    }
}
