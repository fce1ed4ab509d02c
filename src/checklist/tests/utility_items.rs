//! Items of the utility bar of an app of one's own.

use serde_json::{Value as Json, json};

use super::agent_access::{self, fields, told, verdict};
use super::fixture::{done, past};
use super::omni_sync;
use crate::checklist::{Blockers, ItemId, Note, plan, removal};
use crate::model::{
    App, Baseline, ConnectorWish, FlexiPageRecord, Observed, Operation, OrgState, SOFTPHONE,
    Target, UtilityBar, UtilityItem,
};

/// Whatever it is called in the org.
const OMNI: &str = "runtime_service_omnichannel:omniWidget";

fn page(name: &str, components: &[&str]) -> FlexiPageRecord {
    let item = |component: &&str| {
        json!({ "componentInstance": {
            "componentName": component,
            "identifier": component.replace(':', "_"),
        }})
    };
    let items: Vec<Json> = components.iter().map(item).collect();
    let regions = json!([{ "itemInstances": items, "name": "utilityItems", "type": "Region" }]);
    FlexiPageRecord::of(name, json!({ "flexiPageRegions": regions, "type": "UtilityBar" }))
}

fn bar(number: usize, name: &str, page: FlexiPageRecord) -> UtilityBar {
    UtilityBar {
        id: format!("0M0{number:015}"),
        name: name.to_owned(),
        namespace: None,
        components: Some(page.components.clone()),
        page: Some(page),
    }
}

fn app(name: &str, bar: &str) -> App {
    App {
        label: name.to_owned(),
        name: name.to_owned(),
        namespace: None,
        lightning: true,
        utility_bar: Some(bar.to_owned()),
    }
}

/// An org whose agents work in an app of its own, without the phone, beside a Service Console with it.
fn org() -> OrgState {
    let mut state = agent_access::org();
    let console = App { namespace: Some("standard".to_owned()), ..app("Console", "Bar") };
    state.apps = Observed::Seen(vec![console, app("Support", "Support_Bar")]);
    state.utility_bars = Observed::Seen(vec![
        bar(1, "Bar", page("Bar", &[SOFTPHONE, OMNI])),
        bar(2, "Support_Bar", page("Support_Bar", &["console:history"])),
    ]);
    state
}

fn in_app(name: &str, desired: ConnectorWish) -> ConnectorWish {
    let mut agent_access = agent_access::wanting(true).agent_access.unwrap();
    agent_access.app = Some(name.to_owned());
    ConnectorWish { agent_access: Some(agent_access), ..desired }
}

fn wanting() -> ConnectorWish {
    in_app("Support", agent_access::wanting(true))
}

fn syncing() -> ConnectorWish {
    in_app("Support", omni_sync::wanted())
}

/// Lets a change of a utility bar come true.
pub(super) fn come_true(state: &mut OrgState, operation: &Operation) {
    let Target::UtilityItem(name, component) = &operation.target else {
        panic!("no such change: {operation:?}")
    };
    for bar in state.utility_bars.iter_mut().filter(|bar| &bar.qualified() == name) {
        let page = bar.page.take().unwrap();
        let page = match operation.to {
            Some(_) => page.with_item(UtilityItem { component, properties: &[] }).unwrap(),
            None => page.without_item(component).unwrap(),
        };
        bar.components = Some(page.components.clone());
        bar.page = Some(page);
    }
}

/// The items of utility bars among what is planned.
fn items(desired: &ConnectorWish, state: &OrgState) -> Vec<String> {
    let found = verdict(desired, state, &Baseline::default());
    fields(&found).into_iter().filter(|field| field.contains(':')).collect()
}

#[test]
fn the_phone_comes_into_an_app_of_ones_own_and_goes_again() {
    let (desired, start) = (wanting(), org());
    let found = verdict(&desired, &start, &Baseline::default());
    assert_eq!(found.human, None);
    assert_eq!(items(&desired, &start), ["+opencti:softPhone"]);
    // Agents see the app by the same deploy.
    assert!(fields(&found).contains(&"+applicationVisibilities/Support".to_owned()));
    let (state, baseline) = done(&desired, start);
    let settled = plan(&desired, &state, &past(&baseline));
    assert!(settled.is_empty(), "{:#?}", settled.rows());
    let gone = removal(&desired, &state, &past(&baseline), Blockers::Stop);
    let gone = gone.of(ItemId::AGENT_ACCESS).unwrap();
    assert!(fields(gone).contains(&"-opencti:softPhone".to_owned()), "{gone:#?}");
}

#[test]
fn what_was_there_before_is_not_ours_and_what_is_gone_is_not_missed() {
    let desired = wanting();
    let (mut state, baseline) = done(&desired, org());
    let of = |state: &OrgState, baseline: &Baseline| {
        let gone = removal(&desired, state, &past(baseline), Blockers::Stop);
        let fields = fields(gone.of(ItemId::AGENT_ACCESS).unwrap());
        fields.into_iter().filter(|field| field.contains(':')).collect::<Vec<_>>()
    };
    // Nobody has recorded that a run put it there.
    assert_eq!(of(&state, &Baseline::default()), [""; 0]);
    assert_eq!(of(&state, &baseline), ["-opencti:softPhone"]);
    // By now another app shows the bar: who needs what is in it, a person knows.
    let mut shared = state.clone();
    shared.apps.seen_mut().unwrap().push(app("Sales", "Support_Bar"));
    assert_eq!(of(&shared, &baseline), [""; 0]);
    state.utility_bars = Observed::Seen(vec![bar(2, "Support_Bar", page("Support_Bar", &[]))]);
    assert_eq!(of(&state, &baseline), [""; 0]);
    state.utility_bars = Observed::Seen(Vec::new());
    assert_eq!(of(&state, &baseline), [""; 0]);
}

#[test]
fn omni_channel_comes_along_where_states_are_synchronised() {
    let mut state = org();
    assert_eq!(items(&wanting(), &state), ["+opencti:softPhone"], "states are not synchronised");
    assert_eq!(
        items(&syncing(), &state),
        ["+opencti:softPhone", "+runtime_service_omnichannel:omniWidget"]
    );
    let warns = |state: &OrgState| {
        let found = verdict(&syncing(), state, &Baseline::default());
        found.notes.iter().map(Note::text).any(|text| text.contains("Omni-Channel beside"))
    };
    assert!(!warns(&state));
    // What others call so is none of it, wherever it is.
    for components in [&[SOFTPHONE][..], &[SOFTPHONE, "acme:omniSupervisor"]] {
        state.utility_bars.seen_mut().unwrap()[0] = bar(1, "Bar", page("Bar", components));
        assert_eq!(items(&syncing(), &state), ["+opencti:softPhone", &*format!("+{OMNI}")]);
        assert!(!warns(&state));
    }
    // In the bar itself it might be one that nobody knows: then nothing is added.
    let own = page("Support_Bar", &["acme:omniSupervisor"]);
    state.utility_bars.seen_mut().unwrap()[1] = bar(2, "Support_Bar", own);
    assert_eq!(items(&syncing(), &state), ["+opencti:softPhone"]);
}

#[test]
fn what_is_not_ones_own_is_left_to_a_person() {
    let desired = wanting();
    let kept = |change: &dyn Fn(&mut OrgState)| {
        let mut state = org();
        change(&mut state);
        let found = verdict(&desired, &state, &Baseline::default());
        assert_eq!(items(&desired, &state), [""; 0]);
        told(&found)
    };
    let apps = |state: &mut OrgState, change: &dyn Fn(&mut Vec<App>)| {
        change(state.apps.seen_mut().unwrap());
    };
    let step = "click Edit beside \"Support\"";
    for told in [
        kept(&|state| apps(state, &|apps| apps[1].namespace = Some("standard".to_owned()))),
        kept(&|state| apps(state, &|apps| apps.push(app("Sales", "Support_Bar")))),
        kept(&|state| apps(state, &|apps| apps[1].utility_bar = None)),
        kept(&|state| {
            let strange = FlexiPageRecord::of("Support_Bar", json!({ "type": "UtilityBar" }));
            state.utility_bars.seen_mut().unwrap()[1] = bar(2, "Support_Bar", strange);
        }),
    ] {
        assert!(told.contains(step), "{told}");
    }
    let refused = kept(&|state| {
        state.refused_bars.insert("Support_Bar".to_owned(), "It is locked.".to_owned());
    });
    assert!(refused.contains("does not let a deploy change that bar: It is locked."), "{refused}");
    // Without an app nobody knows which one agents use, and without `manage` nothing is changed.
    let mut unnamed = wanting();
    unnamed.agent_access.as_mut().unwrap().app = None;
    let mut unmanaged = wanting();
    unmanaged.agent_access.as_mut().unwrap().manage = false;
    let mut state = org();
    state.utility_bars.seen_mut().unwrap()[0] = bar(1, "Bar", page("Bar", &[]));
    for desired in [&unnamed, &unmanaged] {
        assert_eq!(items(desired, &state), [""; 0]);
    }
    let found = told(&verdict(&unnamed, &state, &Baseline::default()));
    assert!(found.contains("name an app of your own as `app` under [agent_access]"), "{found}");
}
