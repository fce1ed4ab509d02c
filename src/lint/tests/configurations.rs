//! Configurations.

use std::io::ErrorKind;

use super::*;
use crate::config::{built_in_demo, template};

const HEAD: &str = "data_center = \"us1\"\n[package]\nversion = \"04t5f000000WxCcAAK\"\n";

#[test]
fn the_demos_configuration_is_clean_and_a_new_one_has_places_to_fill_in() {
    let verdict = judged("provision.toml", built_in_demo());
    assert!(verdict.is_clean(), "{}", lines(&verdict));
    insta::assert_snapshot!(lines(&judged("provision.toml", template(crate::definitions::default_recipe()))), @"
    31:11 CF005 warning package.version `package.version` is still the placeholder of a new configuration.
    37:2 CF006 warning users `users` chooses nobody: everybody whom an earlier run added to the call center would be removed.
    ");
}

#[test]
fn whoever_names_nobody_is_warned_of_what_that_means() {
    for nobody in ["[users]\n", "[users]\nprofiles = []\non_conflict = \"move\"\n"] {
        let told = lines(&judged("provision.toml", format!("{HEAD}{nobody}")));
        assert_eq!(
            told,
            "4:2 CF006 warning users `users` chooses nobody: everybody whom an earlier run added \
            to the call center would be removed."
        );
    }
    for somebody in
        ["", "[users]\nprofiles = [\"Agent\"]\n", "[users]\nwhere = \"IsActive = true\"\n"]
    {
        assert_eq!(lines(&judged("provision.toml", format!("{HEAD}{somebody}"))), "");
    }
}

#[test]
fn callers_who_are_handled_twice_by_one_file_are_found_without_an_org() {
    let both = format!(
        "{HEAD}[call_center.no_match]\nenabled = true\nobject = \"Contact\"\n[softphone_layout]\nname \
         = \"Webex\"\n[softphone_layout.inbound]\nno_match = \"new:Contact\"\n"
    );
    insta::assert_snapshot!(lines(&judged("provision.toml", &both)), @"5:11 CC020 warning call_center.no_match.enabled Unknown callers would be handled twice: by the call center, and by `softphone_layout.inbound.no_match` with `Pop to new Contact`.");
    let once = both.replace("no_match = \"new:Contact\"", "no_match = \"none\"");
    assert_eq!(lines(&judged("provision.toml", once)), "");
}

#[test]
fn a_confirmation_that_counts_no_longer_is_a_warning() {
    let confirmed = |item: &str, of: &str, wanted: &str| {
        format!("[confirmed.{item}]\n{of}\nby = \"ada\"\nat = 2026-11-22\nwanted = \"{wanted}\"\n")
    };
    let org = "org = \"00D000000000001\"";
    let tenant = "webex_org_id = \"7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10\"";
    let layout = "[softphone_layout]\nname = \"Webex\"\n";
    let domains = "*.force.com *.salesforce.com *.lightning.force.com *.lightning.salesforce.com";
    let told = |text: &str| lines(&judged("provision.toml", format!("{HEAD}{text}")));
    let right = confirmed("softphone-layout", org, "Name=Webex, default=true");
    assert_eq!(told(&format!("{layout}{right}")), "");
    let early = right.replace("2026-11-22", "2062-11-22");
    insta::assert_snapshot!(told(&format!("{layout}{early}")), @"9:6 CF010 warning confirmed.softphone-layout.at `confirmed.softphone-layout.at` is 2062-11-22, which is in the future: is the date right?");
    insta::assert_snapshot!(told(&right), @"4:1 CF010 warning confirmed.softphone-layout `confirmed.softphone-layout` confirms something that this configuration does not include.");
    let lapsed = confirmed("softphone-layout", org, "Name=Other, default=true");
    insta::assert_snapshot!(told(&format!("{layout}{lapsed}")), @"10:10 CF010 warning confirmed.softphone-layout.wanted `confirmed.softphone-layout` no longer applies: the configuration has changed since ada confirmed it on 2026-11-22.");
    let nobodys = confirmed("csp-allow-list", tenant, domains);
    insta::assert_snapshot!(told(&nobodys), @"5:16 CF010 warning confirmed.csp-allow-list.webex_org_id `confirmed.csp-allow-list` does not count: it is for 7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10, and `webex.org_id` is missing.");
    let webex = tenant.replace("webex_org_id", "[webex]\norg_id");
    assert_eq!(told(&format!("{nobodys}{webex}\n")), "");
    insta::assert_snapshot!(told(&format!("{nobodys}{}\n", webex.replace("7c1d", "8c1d"))), @"5:16 CF010 warning confirmed.csp-allow-list.webex_org_id `confirmed.csp-allow-list` does not count: it is for 7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10, and `webex.org_id` is 8c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10.");
}

#[test]
fn typographic_quotation_marks_are_named_whole() {
    insta::assert_snapshot!(lines(&judged("provision.toml", "data_center = ”us1”\n")), @"1:15 CF001 error - This is not TOML: `”` is a typographic quotation mark.");
    insta::assert_snapshot!(lines(&judged("provision.toml", "[“users”]\n")), @"
    1:2 CF001 error - This is not TOML: `“` is a typographic quotation mark.
    1:8 CF001 error - This is not TOML: `”` is a typographic quotation mark.
    ");
}

#[test]
fn mistakes_and_broken_rules_have_numbers_places_and_paths() {
    let text = format!(
        "{HEAD}[users]\nprofile = [\"x\"]\n[call_center.softphone]\nwidth = \"300\"\n\
         [orgs.a]\ndata_center = \"us11\"\n"
    );
    insta::assert_snapshot!(lines(&judged("provision.toml", text)), @"
    5:1 CF002 error users.profile `users` has no key `profile`.
    7:9 CF004 error call_center.softphone.width `call_center.softphone.width` is text, but must be a whole number, without quotation marks.
    9:15 CF005 error orgs.a.data_center `orgs.a.data_center` cannot be `us11`.
    ");
    let text =
        format!("{HEAD}[call_center]\nsoftphone.width = 300\nactivity.update_fields = true\n");
    insta::assert_snapshot!(lines(&judged("provision.toml", text)), @"
    5:19 CC005 error call_center.softphone.width `call_center.softphone.width` is `300`, but must be 500 or more.
    6:26 CC032 error call_center.activity.update_fields `call_center.activity.update_fields` is on, but `call_center.activity.mappings` is empty.
    ");
}

#[test]
fn every_org_is_looked_at_and_what_is_wrong_for_all_is_told_once() {
    let text = format!(
        "{HEAD}[call_center.activity]\nopen_when_connected = true\ncreate_when_connected = true\n\
         [call_center.softphone]\nwidth = 300\n\
         [orgs.a]\n[orgs.b.call_center.activity]\ncreate_when_connected = false\n"
    );
    let verdict = judged("provision.toml", &text);
    insta::assert_snapshot!(pictures(&verdict, Style::default()), @"
    error[CC030]: `call_center.activity.open_when_connected` is on, but needs
                  `orgs.b.call_center.activity.create_when_connected`, which is off.
      --> provision.toml:5:23
       |
     5 | open_when_connected = true
       |                       ^^^^
    ...
    11 | create_when_connected = false
       |                         -----
       |
       = help: Set `orgs.b.call_center.activity.create_when_connected` to true, or
               `call_center.activity.open_when_connected` to false.

    error[CC005]: `call_center.softphone.width` is `300`, but must be 500 or more.
     --> provision.toml:8:9
      |
    8 | width = 300
      |         ^^^
    ");
    let only = |org| {
        judge(&Subject {
            name: "provision.toml",
            bytes: text.as_bytes(),
            org: Some(org),
            now: now(),
            read: &|_| Err(ErrorKind::NotFound.into()),
        })
    };
    assert_eq!(only("a").count(Severity::Error), 1);
    assert_eq!(only("b").count(Severity::Error), 2);
}

#[test]
fn what_every_org_says_for_itself_is_not_missing() {
    let text = "[package]\nversion = \"04t5f000000WxCcAAK\"\n\
                [orgs.a]\ndata_center = \"us1\"\n[orgs.b]\ndata_center = \"eu1\"\n";
    assert_eq!(lines(&judged("provision.toml", text)), "");
    let text = text.replace("[orgs.b]\ndata_center = \"eu1\"\n", "[orgs.b]\nprotected = true\n");
    insta::assert_snapshot!(lines(&judged("provision.toml", text)), @"1:1 CF006 error data_center For the org `b`: `data_center` is missing: it is where your Webex Contact Center tenant is.");
}

#[test]
fn a_definitions_file_is_shown_beside_the_line_that_names_it() {
    let definition = "<callCenter><section sortOrder=\"0\" name=\"reqGeneralInfo\" label=\"G\">\n\
        <item sortOrder=\"0\" name=\"reqInternalName\" label=\"I\">Other</item>\n\
        <item sortOrder=\"1\" name=\"reqAdapterUrl\" label=\"U\">https://desktop.wxcc-us1.cisco.com</item>\n\
        </section></callCenter>";
    let text = format!("{HEAD}[call_center]\ndefinition = \"./own.xml\"\n");
    let verdict = judge(&Subject {
        name: "provision.toml",
        bytes: text.as_bytes(),
        org: None,
        now: now(),
        read: &|_| Ok(definition.into()),
    });
    insta::assert_snapshot!(pictures(&verdict, Style::default()), @r#"
    warning[CC001]: The internal name `Other` is not one that Cisco gave: those are
                    `WebexCCAgentDesktopV` and digits.
     --> provision.toml:5:14
      |
    5 | definition = "./own.xml"
      |              ^^^^^^^^^^^
      |
     ::: ./own.xml:2:1
      |
    2 | <item sortOrder="0" name="reqInternalName" label="I">Other</item>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: A call center with another name is later not recognised as an earlier version.
    "#);
    insta::assert_snapshot!(lines(&verdict), @"5:14 CC001 warning call_center.definition The internal name `Other` is not one that Cisco gave: those are `WebexCCAgentDesktopV` and digits.");
}

/// Found by `scripts/fuzz`: each org was judged together with all others, which took 25 seconds here.
#[test]
fn hundreds_of_orgs_are_judged_each_by_itself() {
    let orgs = (0..300).map(|number| format!("[orgs.org{number}]\nunknown = {number}\n"));
    let verdict = judged("provision.toml", format!("{HEAD}{}", orgs.collect::<String>()));
    let told = lines(&verdict);
    let told: Vec<&str> = told.lines().collect();
    // A hundred mistakes are shown, and how many more there are.
    let (more, shown) = told.split_first().expect("mistakes");
    assert!(more.ends_with("200 more mistakes were found."), "{more}");
    assert_eq!(shown.len(), 100, "{shown:#?}");
    for (number, line) in shown.iter().enumerate() {
        assert!(line.contains(&format!(" orgs.org{number}.unknown ")), "{line}");
    }
}
