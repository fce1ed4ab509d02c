//! From every published definition to every later one: the org ends as a fresh installation of the later one
//! with the same values, whichever way the package is replaced beside it.

use std::fs;
use std::path::PathBuf;

use provision::checklist::{ItemId, Selection};
use provision::definitions::SetupFile;
use provision::engine::{Aim, Goal, Outcome, Report};
use provision::model::{CallCenter, normalised};

use crate::newer_definition::{import, loaded, wanting, with_own_values};
use crate::support::{Org, assert_same_world, is_whole_proof, shared};
use crate::undo::undo;
use crate::upgrade::{CLEAN, IN_PLACE, OLDER, wanting as replacing};
use crate::version_2::demo_of_version_2;

/// A published definition.
struct Published {
    path: PathBuf,
    call_center: CallCenter,
}

/// All of a generation, oldest first.
fn published(folder: &str) -> Vec<Published> {
    let Some(folder) = shared(&format!("samples/call-centers/{folder}")) else { return Vec::new() };
    let entries = fs::read_dir(folder).expect("the folder of samples");
    let mut paths: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("a sample");
        Published { call_center: SetupFile::read(&bytes).expect("a definition").call_center, path }
    };
    paths.into_iter().map(read).collect()
}

/// Every pair of an older and a later one; unless the whole proof is wanted, one of seven.
fn pairs(all: &[Published]) -> Vec<(&Published, &Published)> {
    let mut pairs = Vec::new();
    for (at, old) in all.iter().enumerate() {
        pairs.extend(all[at + 1..].iter().map(|new| (old, new)));
    }
    let step = if is_whole_proof() { 1 } else { 7 };
    pairs.into_iter().step_by(step).collect()
}

/// What somebody would write down who sets the later one up from nothing with the values of the older one.
fn said(old: &CallCenter, new: &CallCenter, of_data_center: &[&str]) -> String {
    let mut said = "\n[call_center.values]\n".to_owned();
    for (key, item) in new.items().filter(|(key, _)| !of_data_center.contains(&key.item.as_str())) {
        let names = [key.item.as_str(), key.item.trim_end_matches('1')];
        let of_old = old
            .items()
            .find(|(it, _)| it.section == key.section && names.contains(&it.item.as_str()));
        if let Some((_, found)) = of_old
            && normalised(&found.value) != normalised(&item.value)
        {
            let (key, value) = (key.to_string(), normalised(&found.value));
            said.extend([format!("{key:?} = {value:?}\n")]);
        }
    }
    said
}

#[track_caller]
fn fine(report: &Report, name: &str) {
    assert!(report.failure.is_none(), "{name}: {:#?}", report.failure);
    let ended = [Outcome::Done, Outcome::NeedsHuman];
    assert!(ended.contains(&report.outcome), "{name}: {:#?}", report.items);
}

fn named(old: &Published, new: &Published) -> String {
    let name = |it: &Published| it.path.file_stem().map(|it| it.to_string_lossy().into_owned());
    format!("{:?} to {:?}", name(old).unwrap_or_default(), name(new).unwrap_or_default())
}

#[test]
fn of_version_1_every_pair_ends_the_same_with_either_upgrade_of_the_package() {
    let all = published("v1");
    for (place, (old, new)) in pairs(&all).into_iter().enumerate() {
        let kinds = [CLEAN, IN_PLACE];
        let kinds = if is_whole_proof() { &kinds[..] } else { &kinds[place % 2..][..1] };
        let configuration = wanting(&format!("definition = {:?}", new.path));
        let old_one = with_own_values(old.call_center.clone());
        let values = said(&old_one, &new.call_center, &["reqAdapterUrl"]);
        let fresh = Org::new();
        fine(&fresh.run(Goal::Apply, &format!("{configuration}{values}")), &named(old, new));
        for kind in kinds {
            let name = format!("{}, {kind}", named(old, new));
            let mut org = Org::new();
            import(&org, &old_one);
            // The older package, and nothing but it.
            org.selection = Selection::Only([ItemId::PACKAGE].into());
            fine(&org.run(Goal::Apply, &replacing(&configuration, OLDER, "")), &name);
            org.selection = Selection::All;
            org.delete_data = Some(org.id.clone());
            let wanted = loaded(&replacing(&configuration, crate::upgrade::NEWEST, kind), true);
            fine(&org.run_loaded((Goal::Apply, Aim::Installed), &wanted), &name);
            // A run that replaces the package deletes no call center.
            fine(&org.run_loaded((Goal::Apply, Aim::Installed), &wanted), &name);
            assert_same_world(&org.world(), &fresh.world(), &name);
        }
    }
}

/// What a run has installed from the older one is there again once the move to the later one is undone.
#[test]
fn of_version_1_every_pair_is_undone() {
    let all = published("v1");
    let other_names = |(old, new): &(&Published, &Published)| {
        old.call_center.internal_name != new.call_center.internal_name
    };
    for (old, new) in pairs(&all).into_iter().filter(other_names) {
        let name = named(old, new);
        let of = |it: &Published| wanting(&format!("definition = {:?}", it.path));
        let org = Org::new();
        fine(&org.run(Goal::Apply, &of(old)), &name);
        let installed = org.world();
        fine(&org.run(Goal::Apply, &of(new)), &name);
        undo(&org, None, &of(new));
        assert_same_world(&org.world(), &installed, &name);
        fine(&org.run(Goal::Verify, &of(old)), &name);
    }
}

/// Cisco gives every definition of Version 2 the same internal name: a later one has one of its own.
#[test]
fn of_version_2_every_pair_ends_the_same() {
    let all = published("v2");
    for (old, new) in pairs(&all) {
        let name = named(old, new);
        let all = demo_of_version_2();
        let (head, rest) = all.split_once("[call_center.softphone]").expect("settings");
        let users = format!("{head}{}", of_users(rest));
        let configuration = format!(
            "{users}\n[call_center]\ndefinition = {:?}\ninternal_name = \"wxCcCallCenter2\"\n",
            new.path
        );
        let old_one = with_values_of_version_2(old.call_center.clone());
        let values = said(&old_one, &new.call_center, &["openCtiWxCCRegion", "wxccWebRtcDomain"]);
        let fresh = Org::new();
        fine(&fresh.run(Goal::Apply, &format!("{configuration}{values}")), &name);
        let org = Org::new();
        import(&org, &old_one);
        let wanted = loaded(&configuration, true);
        fine(&org.run_loaded((Goal::Apply, Aim::Installed), &wanted), &name);
        assert_same_world(&org.world(), &fresh.world(), &name);
    }
}

/// The tables about people.
fn of_users(rest: &str) -> String {
    let from = rest.find("[users]").expect("users");
    rest[from..].to_owned()
}

fn with_values_of_version_2(mut call_center: CallCenter) -> CallCenter {
    let own = [
        ("reqSoftphoneHeight", "611"),
        ("subjectTemplate", "Call of {direction}"),
        ("outdialRemovePrefix", "+49"),
        ("openCtiRemoveANIPrefix", "+1,+44"),
    ];
    for item in call_center.sections.iter_mut().flat_map(|section| &mut section.items) {
        if let Some((_, value)) = own.iter().find(|(name, _)| *name == item.name) {
            (*value).clone_into(&mut item.value);
        }
    }
    call_center
}
