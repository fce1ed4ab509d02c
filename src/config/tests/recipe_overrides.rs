//! `[recipe_overrides]`: names that differ from those of the recipe.

use super::{after_head, wrong_after_head};

#[test]
fn every_name_of_the_recipe_can_be_overridden() {
    let loaded = after_head(
        r#"[recipe_overrides]
namespace = "ciscowx"
app = "Webex"
task_layout = "Webex Task"
old_task_layouts = ["Old"]
custom_metadata = false
internal_name_prefix = "WebexDesktopV"
adapter_hosts = ["desktop.wxcc-eu9.cisco.com"]
permission_sets = ["ciscowx__Agent"]
class = "WebexOmni"
method = "statuses"
test_class = "WebexOmniTest"
permission_set = "Webex_Omni"
agent_permission_set = "Webex_Agents"
agent_objects = ["Task"]
agent_fields = ["Task.Subject"]
"#,
    );
    let recipe = &loaded.desired.connectors[0].recipe;
    assert_eq!(recipe.namespace, "ciscowx");
    assert_eq!(recipe.app.as_deref(), Some("Webex"));
    assert_eq!(recipe.task_layout.as_deref(), Some("Webex Task"));
    assert_eq!(recipe.old_task_layouts, ["Old"]);
    assert_eq!(recipe.custom_metadata_types, 0);
    assert_eq!(recipe.internal_name_prefix, "WebexDesktopV");
    assert_eq!(recipe.adapter_hosts, ["desktop.wxcc-eu9.cisco.com"]);
    assert_eq!(recipe.permission_sets, ["ciscowx__Agent"]);
    let omni = recipe.omni_sync.code.as_ref().unwrap();
    assert_eq!((omni.class.name.as_str(), omni.test.name.as_str()), ("WebexOmni", "WebexOmniTest"));
    assert_eq!(
        (omni.method.as_str(), recipe.omni_sync.permission_set.as_str()),
        ("statuses", "Webex_Omni")
    );
    let agents = &recipe.agent_access;
    assert_eq!(agents.permission_set, "Webex_Agents");
    assert_eq!(
        (&*agents.objects, &*agents.fields),
        (&["Task".to_owned()][..], &["Task.Subject".to_owned()][..])
    );
    for source in [&omni.class, &omni.test] {
        assert!(source.body.contains(&format!("class {} ", source.name)), "{}", source.body);
        assert!(!source.body.contains("sfdcOmniChannel"), "{}", source.body);
    }
    assert!(omni.class.body.contains("statuses("), "{}", omni.class.body);
    // What is taken out is known by what the recipe itself states.
    assert_eq!(recipe.stated.namespace, "ciscocjs");
    assert_eq!(recipe.stated.internal_name_prefix, "WebexCCAgentDesktopV");
}

#[test]
fn contents_that_are_not_expected_are_not_missed() {
    let loaded = after_head("[recipe_overrides]\ncontents = false\n");
    let recipe = &loaded.desired.connectors[0].recipe;
    assert!(recipe.app.is_none() && !recipe.report && recipe.old_task_layouts.is_empty());
    assert!(recipe.task_layout.is_some(), "the layout that profiles are to use stays wanted");
}

#[test]
fn what_is_no_name_is_refused_with_its_place() {
    let told = wrong_after_head("[recipe_overrides]\nnamespace = \"cisco-cjs\"\nmethd = \"a\"\n");
    assert!(told.contains("`recipe_overrides.namespace` cannot be `cisco-cjs`"), "{told}");
    assert!(told.contains("method"), "{told}");
}

#[test]
fn an_adapter_of_ones_own_tells_copies_of_the_call_center() {
    let of = |text: &str| {
        let recipe = &after_head(text).desired.connectors[0].recipe;
        assert!(recipe.adapter_hosts.is_empty(), "{:?}", recipe.adapter_hosts);
        recipe.own_adapter.clone()
    };
    assert_eq!(of(""), None);
    let own = "[call_center]\nadapter_url = \"https://cti.acme.example/webex\"\n";
    assert_eq!(of(own).as_deref(), Some("https://cti.acme.example/webex"));
    let cisco = own.replace("cti.acme.example/webex", "desktop.wxcc-eu1.cisco.com/");
    assert_eq!(of(&cisco), None);
}

#[test]
fn an_address_in_the_place_of_a_host_is_refused() {
    let told = |host: &str| {
        wrong_after_head(&format!(
            "[recipe_overrides]\nadapter_hosts = [\"cti.example\", \"{host}\"]\n"
        ))
    };
    for host in
        ["https://cti.acme.example/webex", "cti.acme.example:8443", "cti acme", "*.acme.example"]
    {
        let told = told(host);
        let said = format!("`recipe_overrides.adapter_hosts` cannot hold `{host}`");
        assert!(told.contains(&said), "{told}");
        assert!(told.contains("Write the host name with its domain"), "{told}");
    }
}
