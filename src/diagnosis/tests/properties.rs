//! Whatever an org shows or refuses, there is something to say.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::configured::wanted;
use super::fixture::{agent, assign, evidence, org};
use super::{Checkup, Diagnosis, Health, diagnosed};
use crate::checklist::inventory::fixture::{call_center_id, records};
use crate::checklist::{Past, plan};
use crate::config::Loaded;
use crate::model::{AgentFound, Evidence, Look, Observed, OrgState, Permission, ScreenPop};

const LOOKS: [Look; 18] = [
    Look::CallCenters,
    Look::CallCenter,
    Look::Profiles,
    Look::RecordTypes,
    Look::Users,
    Look::Packages,
    Look::LayoutAssignments,
    Look::Layouts,
    Look::Deploys,
    Look::Installs,
    Look::CustomMetadata,
    Look::PermissionSets,
    Look::PresenceStatuses,
    Look::OmniSync,
    Look::AgentAccess,
    Look::Apps,
    Look::UtilityBars,
    Look::Softphone,
];

/// An org with some of what may be odd about one.
fn states() -> impl Strategy<Value = OrgState> {
    let flags = proptest::collection::vec(any::<bool>(), 14);
    let texts = (".{0,12}", "(WebexCCAgentDesktopV)?[0-9]{0,9}", proptest::option::of(".{0,20}"));
    (flags, texts, proptest::collection::vec(any::<bool>(), Permission::ALL.len()), 0_usize..4)
        .prop_map(|(flags, (text, name, url), given, place)| {
            let mut state = org();
            state.permissions = Observed::Seen(Permission::ALL.into_iter().zip(given).collect());
            let mut clear = |at: usize, change: fn(&mut OrgState)| {
                if flags[at] {
                    change(&mut state);
                }
            };
            clear(0, |state| state.packages.get_or_insert_default().clear());
            clear(1, |state| state.call_center = Observed::Seen(None));
            clear(2, |state| state.call_centers.get_or_insert_default().clear());
            clear(3, |state| state.profiles.get_or_insert_default().clear());
            clear(4, |state| state.users.get_or_insert_default().clear());
            clear(5, |state| state.layouts.get_or_insert_default().clear());
            clear(6, |state| state.permission_sets = Observed::Unasked);
            clear(7, |state| state.presence_statuses = Observed::Unasked);
            clear(8, |state| state.omni = Observed::Unasked);
            clear(9, |state| state.softphone = Observed::Seen(None));
            clear(10, |state| state.custom_metadata.records = records("eu1"));
            clear(11, |state| state.contents = crate::model::PackageContents::default());
            clear(12, |state| assign(state, 3, Some(1), 3));
            if flags[13] {
                state.permissions = Observed::Unasked;
            }
            if let Some(row) = state.call_centers.get_or_insert_default().first_mut() {
                row.internal_name = name;
                row.adapter_url = url;
            }
            if let Some(center) = state.call_center.found_mut() {
                for section in &mut center.sections {
                    if let Some(item) = section.items.get_mut(place) {
                        item.value.clone_from(&text);
                    }
                }
            }
            if let Some(layout) = state.softphone.found_mut() {
                layout.call_types[0].1.pops[place % 3] = ScreenPop::Other(text);
            }
            for user in &mut state.users {
                user.call_center = Some(call_center_id(place));
            }
            state
        })
}

/// Looks that an org refuses, with its words, and whether it says that there is no such thing.
fn refused() -> impl Strategy<Value = BTreeMap<Look, (String, bool)>> {
    let look = proptest::sample::select(LOOKS.to_vec());
    proptest::collection::btree_map(look, (".{0,20}", any::<bool>()), 0..6)
}

/// What was seen beside it.
fn seen() -> impl Strategy<Value = Evidence> {
    (0_i64..4_000_000_000, ".{0,20}", any::<[bool; 6]>(), 0_usize..4).prop_map(
        |(at, text, flags, place)| {
            let mut evidence = evidence();
            evidence.at = jiff::Timestamp::from_second(at).unwrap();
            if flags[0] {
                evidence.instance_url.clone_from(&text);
            }
            if flags[1] {
                evidence.spoken.clone_from(&text);
            }
            if flags[2] {
                evidence.calls = Observed::Unasked;
            }
            let mut agent = agent(1, flags[3].then_some(place));
            agent.profile = None;
            agent.frozen =
                if flags[4] { Observed::Unasked } else { Observed::refused(text.clone()) };
            agent.permission_sets = Observed::refused(text.clone());
            if flags[5] {
                evidence.agent = Observed::Seen(AgentFound::One(Box::new(agent)));
            }
            evidence
        },
    )
}

/// A configuration that wants something of everything.
static CONFIGURED: LazyLock<Loaded> = LazyLock::new(|| {
    wanted(
        "[users]\nprofiles = [\"Agent\"]\n[call_center.omni_sync]\nenabled = true\n\
         presence_status = \"Busy\"\n[softphone_layout]\nname = \"Webex\"\n",
    )
});

fn is_sound(found: &Diagnosis) -> Result<(), TestCaseError> {
    for check in found.checks.iter().chain(found.user.iter().flat_map(|user| &user.checks)) {
        prop_assert!(!check.evidence().is_empty(), "{check:?}");
        prop_assert!(!check.blocks || check.health == Health::Problem, "{check:?}");
    }
    if let Some(user) = &found.user {
        prop_assert!(!user.answer.is_empty());
    }
    Ok(())
}

proptest! {
    #[test]
    fn there_is_always_something_to_say(
        mut state in states(),
        refused in refused(),
        evidence in seen(),
    ) {
        for (look, (words, missing)) in &refused {
            state.refuse(*look, words, *missing);
        }
        let alone = diagnosed(&state, &evidence);
        is_sound(&alone)?;
        for check in &alone.checks {
            let asks = matches!(check.health, Health::Problem | Health::Warning);
            prop_assert!(!asks || !check.fix().is_empty() || check.id == "package", "{check:?}");
        }
        let desired = &CONFIGURED.desired.connectors[0];
        let plan = plan(desired, &state, &Past::default());
        is_sound(&Diagnosis::of(&Checkup::new(&state, &evidence, Some((desired, &plan)))))?;
    }
}
