//! Files: what people write, what other programs write, and what the program keeps.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use provision::config;
use provision::definitions::{built_in, names, write_setup_file};
use provision::engine::{BaselineFile, SavedPlan, read_snapshot};
use provision::journal::{Store, Unfinished};
use provision::lint::{Subject, judge};
use provision::model::{Confirmation, OrgId, PackageParts};
use provision::vault::{Error, Owner, PassphrasePrompt, PassphraseSource, SealedFile, Vault as _};
use secrecy::SecretString;
use tempfile::TempDir;

use super::mutation::each;
use crate::desk::Desk;
use crate::support::{Org, everything, shared};
use crate::webex;

fn judges(name: &str, corpus: &[Vec<u8>]) {
    each(corpus, |bytes| {
        let read = |_: &str| Err(io::ErrorKind::NotFound.into());
        let now = jiff::Timestamp::UNIX_EPOCH;
        judge(&Subject { name, bytes, org: None, now, read: &read });
    });
}

/// Files that others have published, where they are at hand, their copies in folders included.
fn beside(place: &str, extension: &str) -> Vec<Vec<u8>> {
    let Some(folder) = shared(place) else { return Vec::new() };
    let mut folders = vec![folder];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push(fs::read(path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn configurations() {
    let corpus =
        [everything(), config::built_in_demo().to_owned()].map(String::into_bytes).to_vec();
    judges("provision.toml", &corpus);
    each(&corpus, |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        config::load(text, "provision.toml", None, &config::built_in_demo_file).ok();
    });
}

#[test]
fn call_center_definitions() {
    let written = |name| write_setup_file(&built_in(name).expect("a definition").call_center);
    let mut corpus: Vec<Vec<u8>> = names().map(|name| written(name).into_bytes()).collect();
    corpus.extend(beside("samples/call-centers", "xml"));
    corpus.extend(beside("samples/bad-definitions", "xml"));
    judges("definition.xml", &corpus);
}

#[test]
fn desktop_layouts() {
    let mut corpus = vec![webex::layout().into_bytes()];
    corpus.extend(beside("samples/desktop-layouts", "json"));
    judges("layout.json", &corpus);
}

#[test]
fn saved_plans_and_baselines_of_others() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &everything());
    let at = ["--instance-url", &org.url];
    desk.run(&[&at[..], &["plan", "--save", "plan.json"]].concat()).exits(0);
    desk.run(&[&at[..], &["apply"]].concat()).exits(0);
    desk.run(&[&at[..], &["baseline", "export", "baseline.json"]].concat()).exits(0);
    let older = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/older").join(name);
        fs::read(path).expect("a file of an older version")
    };
    each(&[desk.read("plan.json").into_bytes(), older("plan.json")], |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        SavedPlan::read(text).ok();
    });
    each(&[desk.read("baseline.json").into_bytes(), older("exported.json")], |bytes| {
        BaselineFile::read(bytes, "baseline.json").ok();
    });
    desk.run(&[&at[..], &["snapshot", "save", "snapshot.toml"]].concat()).exits(0);
    each(&[desk.read("snapshot.toml").into_bytes()], |bytes| {
        read_snapshot(bytes, "snapshot.toml").ok();
    });
}

/// A state directory in which something was done.
fn worked_in(org: &Org) -> TempDir {
    org.apply(&everything());
    crate::blindness::copy_of(org.state.path())
}

#[test]
fn what_the_program_keeps_of_an_org() {
    let org = Org::new();
    let folder = worked_in(&org);
    let store = Store::at(folder.path());
    let id = OrgId::parse(&org.id).expect("an id");
    let place = folder.path().join("orgs").join(&org.id);
    let keeps = |name: &str, read: &dyn Fn()| {
        let whole = fs::read(place.join(name)).expect(name);
        each(std::slice::from_ref(&whole), |bytes| {
            fs::write(place.join(name), bytes).expect("a file");
            read();
        });
        fs::write(place.join(name), whole).expect("a file");
    };
    let kept = store.org(&id).baseline().expect("a baseline");
    let at = jiff::Timestamp::UNIX_EPOCH;
    let said = Confirmation {
        item: "csp-allow-list".to_owned(),
        by: "ada@acme.example".to_owned(),
        at,
        wanted: "*.force.com".to_owned(),
    };
    let confirmations = store.org(&id).confirmations();
    confirmations.change(|all| all.take(said)).expect("a confirmation");
    let begun = Unfinished {
        command: Unfinished::UPGRADE.to_owned(),
        recipe: Some("webex-v1".to_owned()),
        run: "1".to_owned(),
        began: at,
        carried: kept.clone(),
        undoes: Some("0".to_owned()),
        replaced: Some(PackageParts::default()),
        in_place: true,
    };
    store.org(&id).begin_taking_away(&begun).expect("a mark");
    keeps("baseline.json", &|| {
        // A checksum tells whatever is no longer what was written.
        if let Ok(read) = store.org(&id).baseline() {
            assert!(read == kept, "another baseline");
        }
    });
    keeps("hints.json", &|| drop(store.org(&id).hints()));
    keeps("confirmations.json", &|| drop(store.org(&id).confirmations().read()));
    keeps("unfinished.json", &|| drop(store.org(&id).unfinished()));
    let run = fs::read_dir(place.join("runs")).expect("runs").next().expect("a run");
    let journal = run.expect("a run").file_name();
    let journal = format!("runs/{}/journal.jsonl", journal.to_string_lossy());
    keeps(&journal, &|| drop((store.runs(), store.journals(""), store.org(&id).organization())));
}

/// A passphrase that is known.
struct Known;

impl PassphraseSource for Known {
    fn passphrase(&self, _: PassphrasePrompt) -> Result<SecretString, Error> {
        Ok(SecretString::from("open sesame"))
    }
}

#[test]
fn sealed_vaults() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("vault.json");
    let owner =
        |user: &str| Owner { org_id: "00D000000000001EAA".to_owned(), user_id: user.to_owned() };
    let vault = SealedFile::at(path.clone(), Known);
    vault.put(&owner("ada"), &SecretString::from("a secret")).expect("it is kept");
    let whole = fs::read(&path).expect("the vault");
    let derived = Mutex::new(0);
    each(&[whole], |bytes| {
        fs::write(&path, bytes).expect("a file");
        let vault = SealedFile::at(path.clone(), Known);
        vault.get(&owner("grace")).ok();
        // Deriving a key is slow on purpose.
        let mut derived = derived.lock().expect("a lock");
        if *derived < 20 {
            *derived += 1;
            vault.get(&owner("ada")).ok();
        }
    });
}
