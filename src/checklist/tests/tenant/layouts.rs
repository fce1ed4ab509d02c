//! Desktop layouts, and which team has which.

use super::*;
use crate::checklist::{Note, new_layout_of};
use crate::definitions::built_in;
use crate::model::Place;

#[test]
fn a_team_without_a_layout_gets_ours_and_another_keeps_its_own_with_the_connector_in_it() {
    let plan = ask(&wish(), &state(), &Baseline::default());
    let layouts = of(&plan, ItemId::DESKTOP_LAYOUT);
    let names: Vec<&str> = layouts.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["Salesforce", "Sales desk + Salesforce"]);
    assert!(layouts.iter().all(|(_, from, _)| from.is_none()), "both are made anew: {layouts:?}");
    assert_eq!(
        of(&plan, ItemId::TEAMS),
        [
            ("Support".to_owned(), None, Some("Salesforce".to_owned())),
            (
                "Sales".to_owned(),
                Some("Sales desk".to_owned()),
                Some("Sales desk + Salesforce".to_owned())
            ),
        ]
    );
    let notes: Vec<String> =
        plan.items.iter().flat_map(|it| &it.verdict.notes).map(Note::text).collect();
    assert!(notes.iter().any(|it| it.contains("keeps everything in its own layout")), "{notes:?}");
}

#[test]
fn what_is_there_is_left_alone_and_what_was_there_comes_back() {
    let (wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    let again = ask(&wish, &now, &baseline);
    assert!(again.is_empty(), "{:#?}", again.rows());

    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let mut removal: Vec<Change> = tenant_removal(&case).changes().cloned().collect();
    // Teams are given back before a layout goes.
    removal.sort_by_key(|change| change.item != ItemId::TEAMS);
    for change in &removal {
        // A run that was killed has written down names alone.
        let Target::Tenant { record, .. } = change.target() else { panic!("{change:?}") };
        assert!(record.id.is_some(), "{change:?}");
        come_true(&mut now, change);
    }
    assert_eq!(now, state());
}

#[test]
fn a_replacement_says_what_disappears() {
    let mut wish = wish();
    wish.desktop_layout.as_mut().unwrap().replace = true;
    let mut now = state();
    let own =
        document("Sales", false).replace("\"children\":[]", "\"children\":[{\"comp\":\"acme\"}]");
    now.contents.insert(id("Sales desk"), Observed::Seen(own));
    let plan = ask(&wish, &now, &Baseline::default());
    assert_eq!(of(&plan, ItemId::DESKTOP_LAYOUT).len(), 1);
    let notes = &plan.of(ItemId::DESKTOP_LAYOUT).unwrap().notes;
    let losses = "Team Sales loses what only its own layout \"Sales desk\" contains: the title \
                  \"Sales\", acme.";
    assert!(notes.iter().any(|it| it.text() == losses), "{notes:?}");
}

/// Support has a layout of its own that is called as ours is to be.
fn with_a_namesake(content: String) -> TenantState {
    let mut now = state();
    now.layouts.seen_mut().unwrap().push(LayoutRow {
        id: id("Salesforce"),
        name: "Salesforce".to_owned(),
        untouchable: false,
        active: true,
        teams: vec![id("Support")],
    });
    now.teams.seen_mut().unwrap()[0].layout = Some(id("Salesforce"));
    now.contents.insert(id("Salesforce"), Observed::Seen(content));
    now
}

/// A layout with a widget of somebody's.
fn with_a_widget(connector: bool) -> String {
    document("Support", connector).replace("\"children\":[]", "\"children\":[{\"comp\":\"acme\"}]")
}

#[test]
fn a_layout_that_is_only_called_like_ours_is_kept_and_copied() {
    let mut wish = wish();
    wish.teams = vec!["Support".to_owned()];
    for connector in [false, true] {
        let mut now = with_a_namesake(with_a_widget(connector));
        let plan = ask(&wish, &now, &Baseline::default());
        assert_eq!(plan.stops().count(), 0);
        let names: Vec<String> =
            of(&plan, ItemId::DESKTOP_LAYOUT).into_iter().map(|(name, ..)| name).collect();
        if connector {
            // It has the connector already, and stays where it is, as any other would.
            assert!(plan.is_empty(), "{:#?}", plan.rows());
            continue;
        }
        assert_eq!(names, ["Salesforce + Salesforce"]);
        apply(&wish, &mut now);
        assert!(now.content(&id("Salesforce + Salesforce")).unwrap().contains("acme"));
        assert_eq!(now.content(&id("Salesforce")), Some(with_a_widget(false).as_str()));
    }
}

#[test]
fn the_name_of_somebodys_layout_is_not_taken_by_writing_it_over() {
    let mut wish = wish();
    let now = with_a_namesake(with_a_widget(false));
    // Sales has none of its own, and nobody; both would get the layout of that name.
    for teams in [vec!["Back office".to_owned()], Vec::new()] {
        wish.teams = teams;
        let plan = ask(&wish, &now, &Baseline::default());
        let stops: Vec<_> = plan.stops().collect();
        let [(_, stop)] = stops.as_slice() else { panic!("{stops:?}") };
        assert!(stop.message().contains("\"Salesforce\" that is not"), "{stop:?}");
        let place = stop.diagnostic.place.as_ref().map(Place::path);
        assert_eq!(place.as_deref(), Some("webex.desktop_layout.name"));
        assert!(plan.is_empty());
    }
    // Whoever says so has it written over, and reads what goes.
    wish.desktop_layout.as_mut().unwrap().replace = true;
    wish.teams = vec!["Support".to_owned(), "Back office".to_owned()];
    let plan = ask(&wish, &now, &Baseline::default());
    let notes = &plan.of(ItemId::DESKTOP_LAYOUT).unwrap().notes;
    let loses = notes.iter().filter(|it| it.text().contains("loses"));
    let loses: Vec<String> = loses.map(Note::text).collect();
    assert_eq!(loses, ["\"Salesforce\" loses what only it contains: the title \"Support\", acme."]);
    let mut later = now.clone();
    let baseline = apply(&wish, &mut later);
    assert!(ask(&wish, &later, &baseline).is_empty());
    assert!(!later.content(&id("Salesforce")).unwrap().contains("acme"));
    let case = TenantCase { wish: &wish, connectors: &[], state: &later, baseline: &baseline };
    for change in tenant_removal(&case).changes().cloned().collect::<Vec<_>>() {
        come_true(&mut later, &change);
    }
    assert_eq!(later.contents, now.contents);
}

/// Somebody has uploaded another of Cisco's files by hand: it has more or less than the configured one.
#[test]
fn another_version_of_ciscos_layout_is_the_connectors() {
    let ciscos = document("Webex", true)
        .replace("\"children\":[]", "\"children\":[{\"comp\":\"agentx-outdial\"}]");
    let mut wish = wish();
    for teams in [vec!["Support".to_owned()], vec!["Back office".to_owned()], Vec::new()] {
        wish.teams = teams;
        let mut now = with_a_namesake(ciscos.clone());
        let plan = ask(&wish, &now, &Baseline::default());
        assert_eq!(plan.stops().count(), 0);
        let layouts = of(&plan, ItemId::DESKTOP_LAYOUT);
        let [(name, from, _)] = layouts.as_slice() else { panic!("{layouts:?}") };
        assert!(name == "Salesforce" && from.is_some(), "{layouts:?}");
        let baseline = apply(&wish, &mut now);
        assert!(ask(&wish, &now, &baseline).is_empty());
    }
}

#[test]
fn what_somebody_has_put_into_our_layout_is_told_before_it_goes() {
    let (mut wish, mut now) = (wish(), state());
    wish.teams = vec!["Support".to_owned()];
    let baseline = apply(&wish, &mut now);
    let told = |now: &TenantState| {
        let plan = ask(&wish, now, &baseline);
        let notes = plan.of(ItemId::DESKTOP_LAYOUT).unwrap().notes.clone();
        notes.into_iter().any(|it| it.text().contains("loses"))
    };
    assert!(!told(&now));
    now.contents.insert(id("Salesforce"), Observed::Seen(with_a_widget(true)));
    assert!(told(&now));
}

#[test]
fn a_switched_off_widget_goes_from_copies_too() {
    let actions = r#""children":[{"comp":"md-tab"},{"comp":"md-tab-panel","children":[{"comp":"agentx-custom-desktop"}]}]"#;
    let mut wish = wish();
    wish.teams = vec!["Sales".to_owned()];
    let without = wish.desktop_layout.as_ref().unwrap().content.clone();
    wish.desktop_layout.as_mut().unwrap().content = without.replace("\"children\":[]", actions);
    let mut now = state();
    let baseline = apply(&wish, &mut now);
    let copy = id("Sales desk + Salesforce");
    assert!(now.content(&copy).unwrap().contains("md-tab-panel"));
    wish.desktop_layout.as_mut().unwrap().content = without;
    let plan = ask(&wish, &now, &baseline);
    let [change] = plan.changes().cloned().collect::<Vec<_>>().try_into().unwrap();
    come_true(&mut now, &change);
    assert!(!now.content(&copy).unwrap().contains("md-tab-panel"));
    assert!(ask(&wish, &now, &baseline).is_empty());
}

#[test]
fn a_layout_that_is_switched_off_is_switched_on_and_off_again() {
    let (mut wish, mut now) = (wish(), state());
    wish.teams = vec!["Support".to_owned()];
    // Somebody has uploaded the connector's file, and switched it off.
    now.layouts.seen_mut().unwrap().push(LayoutRow {
        id: id("Salesforce"),
        name: "Salesforce".to_owned(),
        untouchable: false,
        active: false,
        teams: vec![id("Support")],
    });
    now.teams.seen_mut().unwrap()[0].layout = Some(id("Salesforce"));
    now.contents.insert(id("Salesforce"), Observed::Seen(document("Webex", true)));
    let before = now.clone();
    let plan = ask(&wish, &now, &Baseline::default());
    assert_eq!(
        of(&plan, ItemId::DESKTOP_LAYOUT),
        [("Salesforce".to_owned(), Some("false".to_owned()), Some("true".to_owned()))]
    );
    let baseline = apply(&wish, &mut now);
    assert!(ask(&wish, &now, &baseline).is_empty());
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    for change in tenant_removal(&case).changes().cloned().collect::<Vec<_>>() {
        come_true(&mut now, &change);
    }
    assert_eq!(now, before);
}

#[test]
fn of_a_layout_of_ours_that_goes_nothing_is_put_back_before() {
    let (mut wish, mut now) = (wish(), state());
    wish.teams = vec!["Support".to_owned()];
    let mut baseline = apply(&wish, &mut now);
    now.layouts.seen_mut().unwrap()[2].active = false;
    for change in ask(&wish, &now, &baseline).changes() {
        for entry in tenant_entries(change, "2") {
            baseline.record(entry);
        }
        come_true(&mut now, change);
    }
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let removal = of(&tenant_removal(&case), ItemId::DESKTOP_LAYOUT);
    assert_eq!(removal.len(), 1, "{removal:?}");
    assert_eq!(removal[0].2, None);
}

#[test]
fn the_global_layout_is_never_written_even_under_the_wanted_name() {
    let mut now = state();
    now.layouts.seen_mut().unwrap()[0].name = "Salesforce".to_owned();
    let wish = wish();
    let plan = ask(&wish, &now, &Baseline::default());
    let writes_global = |change: &Change| match change.target() {
        Target::Tenant { record: Ref { id: Some(id), .. }, .. } => id.as_str() == "Global",
        _ => false,
    };
    assert!(!plan.changes().any(writes_global));
}

#[test]
fn what_could_not_be_read_is_not_written_over() {
    let mut now = state();
    now.contents.insert(id("Sales desk"), Observed::refused("HTTP 403"));
    let plan = ask(&wish(), &now, &Baseline::default());
    let unseen = &plan.of(ItemId::DESKTOP_LAYOUT).unwrap().unseen;
    assert!(unseen[0].text.contains("the content of"), "{unseen:?}");
    // The team that can be seen gets its layout all the same.
    assert_eq!(of(&plan, ItemId::TEAMS).len(), 1);
    assert!(of(&plan, ItemId::TEAMS).iter().all(|(team, ..)| team != "Sales"));
}

#[test]
fn an_unknown_team_is_named_with_the_one_that_is_meant() {
    let mut wish = wish();
    wish.teams = vec!["Suport".to_owned()];
    let plan = ask(&wish, &state(), &Baseline::default());
    let (_, stop) = plan.stops().next().unwrap();
    assert_eq!(stop.advice(), ["Did you mean \"Support\"?"]);
}

#[test]
fn contents_are_read_of_the_layouts_that_decide_and_of_no_other() {
    let (wish, state) = (wish(), state());
    let baseline = Baseline::default();
    let case = TenantCase { wish: &wish, connectors: &[], state: &state, baseline: &baseline };
    let needed: Vec<String> =
        insides_needed(&case, Way::Build).layouts.iter().map(ToString::to_string).collect();
    assert_eq!(needed, ["Sales desk"]);
}

#[test]
fn a_team_that_is_gone_keeps_no_uninstall_from_its_end() {
    let (wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    now.teams.seen_mut().unwrap().retain(|team| team.name != "Sales");
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let plan = tenant_removal(&case);
    assert_eq!(of(&plan, ItemId::TEAMS).len(), 1);
    assert!(plan.items.iter().all(|item| item.verdict.unseen.is_empty()));
    assert!(still_unseen(&case).entries.is_empty());

    // A list that is refused is another thing: what it would show is neither gone nor forgotten.
    now.teams = Observed::refused("HTTP 500");
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    assert_eq!(tenant_removal(&case).of(ItemId::TEAMS).unwrap().unseen.len(), 2);
    assert_eq!(still_unseen(&case).entries.len(), 2);
}

/// The service takes no reference to what is not there.
#[test]
fn a_team_whose_former_layout_is_gone_gets_the_global_one() {
    let (mut wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    now.layouts.seen_mut().unwrap().retain(|layout| layout.name != "Sales desk");
    let sales = |to: Option<&str>| {
        let to = to.map(str::to_owned);
        ("Sales".to_owned(), Some("Sales desk + Salesforce".to_owned()), to)
    };
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let removal = tenant_removal(&case);
    assert!(of(&removal, ItemId::TEAMS).contains(&sales(None)), "{:?}", removal.rows());
    let notes = &removal.of(ItemId::TEAMS).unwrap().notes;
    let told = "The desktop layout \"Sales desk\", which \"Sales\" had before, is gone: it gets the \
                global layout.";
    assert!(notes.iter().any(|note| note.text() == told), "{notes:?}");
    let goes = of(&removal, ItemId::DESKTOP_LAYOUT);
    assert!(goes.iter().any(|(name, ..)| name == "Sales desk + Salesforce"), "{goes:?}");

    // The same where the team is configured no more, and once.
    wish.teams = vec!["Support".to_owned()];
    let plan = ask(&wish, &now, &baseline);
    assert_eq!(of(&plan, ItemId::TEAMS), [sales(None)]);
    let mut settled = baseline.clone();
    for change in plan.changes() {
        for entry in tenant_entries(change, "2") {
            settled.record(entry);
        }
        come_true(&mut now, change);
    }
    let again = ask(&wish, &now, &settled);
    assert!(again.is_empty(), "{:?}", again.rows());

    // One that somebody has made anew is as good.
    let (wish, mut now) = (self::wish(), state());
    let baseline = apply(&wish, &mut now);
    for layout in now.layouts.seen_mut().unwrap().iter_mut().filter(|it| it.name == "Sales desk") {
        layout.id = id("anew");
    }
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let removal = tenant_removal(&case);
    let back = |change: &&Change| change.target().place().0.name == "Sales";
    let to = &removal.changes().find(back).unwrap().operation.to;
    assert_eq!(*to, Some(Value::TenantRecord(Ref::seen("Sales desk", &id("anew")))));
}

/// Everything of the layouts that a plan would change, and what it tells of losses.
fn changes_of(plan: &Plan) -> (Vec<Row>, Vec<String>) {
    let changes = [ItemId::DESKTOP_LAYOUT, ItemId::TEAMS].map(|item| of(plan, item)).concat();
    let notes = plan.items.iter().flat_map(|it| &it.verdict.notes).map(Note::text);
    (changes, notes.filter(|it| it.contains("loses")).collect())
}

#[test]
fn a_copy_gives_way_where_layouts_are_to_be_replaced_and_comes_back_where_they_are_not() {
    let (mut wish, mut now) = (wish(), state());
    let before = now.clone();
    let mut baseline = apply(&wish, &mut now);
    let first = now.clone();
    wish.desktop_layout.as_mut().unwrap().replace = true;
    let text = |text: &str| Some(text.to_owned());
    let (changes, told) = changes_of(&ask(&wish, &now, &baseline));
    assert_eq!(
        changes,
        [("Sales".to_owned(), text("Sales desk + Salesforce"), text("Salesforce"))]
    );
    let lost = "Team Sales loses what only its own layout \"Sales desk + Salesforce\" contains: the \
                title \"Sales\".";
    assert_eq!(told, [lost]);
    apply_again(&wish, &mut now, &mut baseline);
    assert!(ask(&wish, &now, &baseline).is_empty());

    wish.desktop_layout.as_mut().unwrap().replace = false;
    apply_again(&wish, &mut now, &mut baseline);
    assert!(ask(&wish, &now, &baseline).is_empty());
    assert_eq!(now.teams, first.teams);
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let mut removal: Vec<Change> = tenant_removal(&case).changes().cloned().collect();
    removal.sort_by_key(|change| change.item != ItemId::TEAMS);
    for change in &removal {
        come_true(&mut now, change);
    }
    assert_eq!(now, before);
}

/// A team that had the same layout as another gets that one's copy, with what somebody has added to it.
#[test]
fn what_somebody_has_added_to_a_copy_stays_whichever_team_comes_first() {
    let (wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    let copy =
        now.layouts.iter().find(|it| it.name == "Sales desk + Salesforce").unwrap().id.clone();
    let Some(Observed::Seen(content)) = now.contents.get_mut(&copy) else { panic!("{now:?}") };
    *content = content.replacen("\"children\":[]", "\"children\":[{\"comp\":\"acme\"}]", 1);
    assert!(content.contains("acme"), "{content}");
    // Somebody gives the former layout of Sales to Support, which comes first.
    now.teams.seen_mut().unwrap()[0].layout = Some(id("Sales desk"));
    let (changes, _) = changes_of(&ask(&wish, &now, &baseline));
    let to_copy = Some("Sales desk + Salesforce".to_owned());
    assert_eq!(changes, [("Support".to_owned(), Some("Sales desk".to_owned()), to_copy)]);
    // Another machine has no record of it, and takes nothing out either.
    let (changes, _) = changes_of(&ask(&wish, &now, &Baseline::default()));
    assert!(changes.iter().all(|(name, ..)| !name.contains(" + ")), "{changes:?}");
}

/// Whoever chose the connector's layout for a team after the run keeps it.
#[test]
fn a_layout_that_somebody_has_chosen_since_is_not_undone() {
    let (wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    now.teams.seen_mut().unwrap()[1].layout = Some(id("Salesforce"));
    for layout in now.layouts.seen_mut().unwrap() {
        layout.teams.retain(|team| team != &id("Sales"));
    }
    assert!(ask(&wish, &now, &baseline).is_empty());
}

#[test]
fn a_layout_of_ours_gets_the_new_name_and_all_that_the_file_says() {
    let (mut wish, mut now) = (wish(), state());
    let before = now.clone();
    let mut baseline = apply(&wish, &mut now);
    {
        let layout = wish.desktop_layout.as_mut().unwrap();
        layout.name = "Webex".to_owned();
        layout.content = document("Our desk", true);
    }
    wish.teams.push("Back office".to_owned());
    let plan = ask(&wish, &now, &baseline);
    let text = |text: &str| Some(text.to_owned());
    let (changes, _) = changes_of(&plan);
    let name = ("Salesforce".to_owned(), text("Salesforce"), text("Webex"));
    assert!(changes.contains(&name), "{changes:?}");
    let teams: Vec<_> = of(&plan, ItemId::TEAMS).into_iter().map(|(team, ..)| team).collect();
    assert_eq!(teams, ["Back office"], "the others have it already");
    apply_again(&wish, &mut now, &mut baseline);
    assert!(ask(&wish, &now, &baseline).is_empty());
    let names: Vec<&str> = now.layouts.iter().map(|layout| layout.name.as_str()).collect();
    assert_eq!(names, ["Global", "Sales desk", "Webex", "Sales desk + Salesforce"]);
    assert!(now.content(&id("Salesforce")).unwrap().contains("Our desk"));
    // The copy keeps what is the team's.
    assert!(now.content(&id("Sales desk + Salesforce")).unwrap().contains("\"Sales\""));
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let mut removal: Vec<Change> = tenant_removal(&case).changes().cloned().collect();
    removal.sort_by_key(|change| change.item != ItemId::TEAMS);
    for change in &removal {
        come_true(&mut now, change);
    }
    assert_eq!(now, before);
}

/// Names are given once: where the new one is taken by a layout that is as good, the teams move there.
#[test]
fn a_new_name_that_another_layout_of_the_connector_has_moves_the_teams() {
    let (mut wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    now.layouts.seen_mut().unwrap().push(LayoutRow {
        id: id("Webex"),
        name: "Webex".to_owned(),
        untouchable: false,
        active: true,
        teams: Vec::new(),
    });
    now.contents.insert(id("Webex"), Observed::Seen(document("Webex", true)));
    wish.desktop_layout.as_mut().unwrap().name = "Webex".to_owned();
    let (changes, _) = changes_of(&ask(&wish, &now, &baseline));
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(changes, [("Support".to_owned(), text("Salesforce"), text("Webex"))]);
}

#[test]
fn a_layout_that_replaces_a_silent_one_keeps_its_name_and_is_kept_up_to_date() {
    let (mut wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    now.layouts.seen_mut().unwrap()[2].name = format!("{}abc123)", new_layout_of("Salesforce", ""));
    assert!(ask(&wish, &now, &baseline).is_empty());
    wish.desktop_layout.as_mut().unwrap().content = document("Our desk", true);
    let (changes, _) = changes_of(&ask(&wish, &now, &baseline));
    let ours = changes.iter().find(|(name, ..)| name == "Salesforce (provision abc123)");
    assert!(ours.is_some_and(|(_, from, _)| from.is_some()), "{changes:?}");
    assert_eq!(new_layout_of(&"x".repeat(300), "abc123").chars().count(), 254);
}

#[test]
fn a_copy_whose_name_would_be_too_long_is_refused_before_anything_begins() {
    let (wish, mut now) = (wish(), state());
    now.layouts.seen_mut().unwrap()[1].name = "x".repeat(243);
    let plan = ask(&wish, &now, &Baseline::default());
    let (_, stop) = plan.stops().next().expect("13 characters more are one too many");
    assert!(stop.message().contains("at most 255 characters"), "{stop:?}");
    now.layouts.seen_mut().unwrap()[1].name = "x".repeat(242);
    assert_eq!(ask(&wish, &now, &Baseline::default()).stops().count(), 0);
}

#[test]
fn a_copy_that_another_machine_has_made_is_kept_up_to_date_and_not_copied() {
    let (mut wish, mut now) = (wish(), state());
    apply(&wish, &mut now);
    let layout = wish.desktop_layout.as_mut().unwrap();
    layout.content = layout.content.replace("v1.1.9", "v1.2.0");
    // This machine knows nothing of the past.
    let plan = ask(&wish, &now, &Baseline::default());
    let names: Vec<String> =
        of(&plan, ItemId::DESKTOP_LAYOUT).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["Salesforce", "Sales desk + Salesforce"]);
    assert!(of(&plan, ItemId::TEAMS).is_empty());
}

#[test]
fn teams_that_nobody_chose_are_named_where_their_layout_changes() {
    let (mut wish, mut now) = (wish(), state());
    let baseline = apply(&wish, &mut now);
    wish.teams = vec!["Sales".to_owned()];
    let layout = wish.desktop_layout.as_mut().unwrap();
    layout.content = layout.content.replace("v1.1.9", "v1.2.0");
    now.layouts.seen_mut().unwrap()[2].teams.push(id("Back office"));
    now.teams.seen_mut().unwrap()[2].layout = Some(id("Salesforce"));
    wish.teams.push("Support".to_owned());
    let plan = ask(&wish, &now, &baseline);
    let notes = &plan.of(ItemId::DESKTOP_LAYOUT).unwrap().notes;
    assert!(
        notes.iter().any(|it| it.text().ends_with("in `webex.teams`: Back office.")),
        "{notes:?}"
    );
}

#[test]
fn a_layout_of_another_version_than_the_definitions_is_told() {
    let (wish, now, baseline) = (wish(), state(), Baseline::default());
    let mut connector = desired();
    let mut told = |versions: &[&str]| {
        let versions = versions.iter().map(ToString::to_string).collect();
        connector.recipe.desktop_layouts = [(INTERNAL_NAME.to_owned(), versions)].into();
        let connectors = [connector.clone()];
        let case =
            TenantCase { wish: &wish, connectors: &connectors, state: &now, baseline: &baseline };
        let plan = tenant_plan(&case);
        let notes = plan.of(ItemId::DESKTOP_LAYOUT).unwrap().notes.clone();
        notes.into_iter().map(|it| it.text()).find(|it| it.contains("has version"))
    };
    assert_eq!(told(&["1.1.8", "1.1.9"]), None);
    let text = told(&["1.1.6", "1.1.7"]).unwrap();
    assert!(text.starts_with("salesforce.json has version 1.1.9."), "{text}");
    assert!(text.contains("version 1.1.6 or 1.1.7;"), "{text}");
}

/// The data centre stands in the call center too, and agents sign in where that leads.
#[test]
fn a_call_center_of_another_data_centre_is_refused() {
    let (wish, now, baseline) = (wish(), state(), Baseline::default());
    let mut connector = desired();
    connector.call_center.definition = built_in("2024-11").unwrap();
    let setting = connector.call_center.definition.setting("adapter_url").unwrap().item.clone();
    let mut stop = |address: &str| {
        let value = Wanted { value: address.to_owned(), asked_by: "call_center".to_owned() };
        connector.call_center.values.insert(setting.clone(), value);
        let connectors = [connector.clone()];
        let case =
            TenantCase { wish: &wish, connectors: &connectors, state: &now, baseline: &baseline };
        let plan = tenant_plan(&case);
        plan.stops().next().map(|(_, stop)| stop.message())
    };
    assert_eq!(stop("https://desktop.wxcc-us1.cisco.com"), None);
    // One that is nobody's data centre says nothing.
    assert_eq!(stop("https://phones.acme.example"), None);
    let text = stop("https://desktop.wxcc-eu1.cisco.com").unwrap();
    assert!(text.contains("the call center's address says eu1"), "{text}");
}

proptest! {
    /// Whatever layouts the teams have, a second look plans nothing, and an uninstall restores.
    #[test]
    fn every_arrangement_converges_and_is_undone(
        own in prop::collection::vec(prop::option::of(0_usize..3), 3),
        connectors in prop::collection::vec(any::<bool>(), 3),
        chosen in prop::collection::vec(any::<bool>(), 3),
        replace in any::<bool>(),
        // One of them may have the name that ours is to have, and one may be switched off.
        namesake in prop::option::of(0_usize..3),
        off in prop::option::of(0_usize..3),
        adds in any::<bool>(),
        // What the configuration says later on.
        replace_later in any::<bool>(),
        renamed in any::<bool>(),
    ) {
        let teams = ["Support", "Sales", "Back office"];
        let mut before = state();
        let layouts = before.layouts.seen_mut().unwrap();
        layouts.truncate(1);
        before.contents.clear();
        for (at, connector) in connectors.iter().enumerate() {
            let name = if namesake == Some(at) { "Salesforce".to_owned() } else { format!("Own {at}") };
            let of_layout = |team: usize| own[team] == Some(at);
            layouts.push(LayoutRow {
                id: id(&name),
                name: name.clone(),
                untouchable: false,
                active: off != Some(at),
                teams: (0..3).filter(|team| of_layout(*team)).map(|team| id(teams[team])).collect(),
            });
            let widget = if adds { "\"children\":[{\"comp\":\"acme\"}]" } else { "\"children\":[]" };
            let content = document(&name, *connector).replace("\"children\":[]", widget);
            before.contents.insert(id(&name), Observed::Seen(content));
        }
        for (team, row) in before.teams.seen_mut().unwrap().iter_mut().enumerate() {
            let name = |at| if namesake == Some(at) { id("Salesforce") } else { id(&format!("Own {at}")) };
            row.layout = own[team].map(name);
        }
        let mut wish = wish();
        wish.desktop_layout.as_mut().unwrap().replace = replace;
        wish.teams =
            (0..3).filter(|team| chosen[*team]).map(|team| teams[team].to_owned()).collect();

        let mut now = before.clone();
        let first = ask(&wish, &now, &Baseline::default());
        if let Some((_, stop)) = first.stops().next() {
            prop_assert!(namesake.is_some() && !replace, "{:?}", stop);
            return Ok(());
        }
        // Nobody's widget goes without being asked for, and without a word.
        let told = |name: &str| first.items.iter().flat_map(|it| &it.verdict.notes).any(|note| {
            note.text().contains("acme") && note.text().contains(&format!("\"{name}\""))
        });
        for change in first.changes() {
            let Target::Tenant { kind: TenantRecord::DesktopLayout, record, field: None } =
                change.target()
            else {
                continue;
            };
            let there = record.id.as_ref().and_then(|id| before.content(id));
            let keeps = |to: &Option<Value>| matches!(to, Some(Value::DesktopLayout(it)) if it.content.contains("acme"));
            if there.is_some_and(|it| it.contains("acme")) && !keeps(&change.operation.to) {
                prop_assert!(replace && told(&record.name), "{}", record.name);
            }
        }
        let baseline = apply(&wish, &mut now);
        let again = ask(&wish, &now, &baseline);
        prop_assert!(again.is_empty(), "{:#?}", again.rows());

        let mut baseline = baseline;
        let layout = wish.desktop_layout.as_mut().unwrap();
        layout.replace = replace_later;
        if renamed {
            "Webex".clone_into(&mut layout.name);
        }
        if ask(&wish, &now, &baseline).stops().next().is_none() {
            apply_again(&wish, &mut now, &mut baseline);
            let again = ask(&wish, &now, &baseline);
            prop_assert!(again.is_empty(), "{:#?}", again.rows());
        } else {
            prop_assert!(namesake.is_some() && !replace_later);
        }

        let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
        let mut removal: Vec<Change> = tenant_removal(&case).changes().cloned().collect();
        removal.sort_by_key(|change| change.item != ItemId::TEAMS);
        for change in &removal {
        come_true(&mut now, change);
    }
        for row in now.layouts.seen_mut().unwrap() {
            row.teams.sort();
        }
        for row in before.layouts.seen_mut().unwrap() {
            row.teams.sort();
        }
        prop_assert_eq!(now, before);
    }
}
