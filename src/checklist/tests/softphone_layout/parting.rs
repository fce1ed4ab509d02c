//! What an uninstall wants of a layout.

use super::{made, names, org_of, recorded, recorded_by, removal, right, standard, told, wished};
use crate::checklist::tests::removal::removed;
use crate::checklist::{ItemId, Sight, Verdict, forget_given_back};
use crate::model::{
    CallKind, Match, Observed, SetupBefore, SetupTask, SetupWay, SoftphoneField, SoftphoneLayout,
};

#[test]
fn a_layout_that_was_made_for_the_connector_is_deleted() {
    let verdict = removal(&made(), Some(right()));
    insta::assert_snapshot!(told(&verdict), @r#"
    Default: Some("Webex") -> Some("Standard")
    Name: Some("Webex") -> None
    The softphone layout "Webex" is still in use, and no API can change that.
    Open Setup > Softphone Layouts: https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home
    Beside "Standard", click Edit, tick Is Default Layout and save: a default layout cannot be deleted.
    Beside "Webex", click Del.
    "#);
    assert_eq!(verdict.human.unwrap().sight, Sight::Undone);
    assert_eq!(
        verdict.setup,
        Some(SetupTask::RemoveLayout {
            name: "Webex".to_owned(),
            defaults: names(&["Standard", "Standard Softphone Layout"]),
            deletes: true,
            profiles: Vec::new(),
            apply: SetupWay::Auto,
        })
    );
}

/// Another name in the configuration makes another layout; what came first is what goes back.
#[test]
fn a_layout_of_an_earlier_name_is_told_and_its_default_is_found() {
    let mut desired = wished();
    let mut baseline = recorded_by(&desired, &made());
    "Webex 2".clone_into(&mut desired.softphone_layout.as_mut().unwrap().name);
    let before = SetupBefore { former_default: Some("Webex".to_owned()), ..made() };
    baseline.entries.extend(recorded_by(&desired, &before).entries);
    let seen = SoftphoneLayout { name: "Webex 2".to_owned(), ..right() };
    let state = org_of(Some(seen));
    let verdict = removed(&desired, &state, &baseline);
    let verdict = verdict.of(ItemId::SOFTPHONE_LAYOUT).unwrap();
    let Some(SetupTask::RemoveLayout { name, defaults, .. }) = &verdict.setup else { panic!() };
    assert_eq!((name.as_str(), defaults[0].as_str()), ("Webex 2", "Standard"));
    let said = told(verdict);
    let words = "The softphone layout \"Webex\" was created for the connector and is no longer configured. \
                 If nobody uses it, make \"Standard\" the default and delete it";
    assert!(said.contains(words), "{said}");
    // Where nothing is configured, it is told all the same.
    desired.softphone_layout = None;
    let verdict = removed(&desired, &state, &baseline);
    assert_eq!(verdict.of(ItemId::SOFTPHONE_LAYOUT).unwrap().notes.len(), 2);
}

#[test]
fn a_layout_that_nobody_recorded_to_have_made_stays() {
    let verdict = removal(&SetupBefore::default(), Some(right()));
    assert_eq!((verdict.human.as_ref(), verdict.setup.as_ref()), (None, None));
    insta::assert_snapshot!(told(&verdict), @r#"note: The softphone layout "Webex" is kept: there is no record that it was created for the connector. If it was, make another layout the default and delete this one in Setup > Softphone Layouts."#);
}

#[test]
fn of_a_layout_that_was_there_before_what_it_held_is_given_back() {
    let before = SetupBefore {
        former_default: Some("Standard".to_owned()),
        made: false,
        replaced: vec![
            (CallKind::Inbound, SoftphoneField::Objects, "Lead".to_owned()),
            (CallKind::Inbound, SoftphoneField::Pop(Match::Single), "Pop to flow Old".to_owned()),
        ],
        profiles: Vec::new(),
    };
    let mut seen = right();
    // Somebody has changed this one since.
    seen.call_types[0].1.objects = names(&["Account"]);
    let verdict = removal(&before, Some(seen));
    insta::assert_snapshot!(told(&verdict), @r#"
    Default: Some("Webex") -> Some("Standard")
    Inbound: Single-matching record: Some("Pop detail page") -> Some("Pop to flow Old")
    The softphone layout "Webex" is still in use, and no API can change that.
    Open Setup > Softphone Layouts: https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home
    Beside "Standard", click Edit, tick Is Default Layout and save.
    Beside "Webex", click Edit.
    Select Call Type: Inbound
    - Single-matching record: Pop to flow Old
    Choose Save.
    "#);
    let Some(SetupTask::RemoveLayout { deletes, defaults, .. }) = verdict.setup else {
        panic!("the default goes back")
    };
    assert_eq!((deletes, defaults), (false, names(&["Standard"])));
    // Once the former default is back, nobody sees what the other layout holds.
    let verdict = removal(&before, Some(standard()));
    assert_eq!((verdict.human.as_ref(), verdict.setup.as_ref()), (None, None));
    insta::assert_snapshot!(told(&verdict), @r#"note: The softphone layout "Webex" existed before the connector and is kept. Before the connector it had Inbound: Display these salesforce.com objects: Lead; Inbound: Single-matching record: Pop to flow Old."#);
}

#[test]
fn an_uninstall_that_was_broken_off_between_its_two_saves_still_deletes() {
    for seen in [Some(standard()), None] {
        let is_back = seen.is_some();
        let verdict = removal(&made(), seen);
        assert_ne!(
            verdict.human.as_ref().unwrap().sight,
            Sight::Undone,
            "nobody sees whether it is gone"
        );
        let steps = told(&verdict);
        assert!(steps.contains("Beside \"Webex\", click Del."), "{steps}");
        assert_eq!(verdict.changes.len(), if is_back { 1 } else { 2 }, "{steps}");
        assert!(matches!(verdict.setup, Some(SetupTask::RemoveLayout { deletes: true, .. })));
    }
    let mut hidden = org_of(None);
    hidden.softphone = Observed::refused("INSUFFICIENT_ACCESS: no");
    let plan = removed(&wished(), &hidden, &recorded(&made()));
    assert!(plan.of(ItemId::SOFTPHONE_LAYOUT).unwrap().human.is_some());
}

#[test]
fn what_a_browser_has_given_back_is_past() {
    let mut baseline = recorded(&made());
    let task = removal(&made(), Some(standard())).setup.unwrap();
    forget_given_back(&mut baseline, &task);
    assert!(baseline.is_empty(), "{baseline:?}");
    let verdict = removed(&wished(), &org_of(Some(standard())), &baseline);
    assert_eq!(verdict.of(ItemId::SOFTPHONE_LAYOUT).unwrap(), &Verdict::default());
}
