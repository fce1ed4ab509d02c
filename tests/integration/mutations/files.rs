//! Files: what people write, what other programs write, and what the program keeps.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use provision::config;
use provision::definitions::{built_in, names, write_setup_file};
use provision::journal::{Store, Unfinished};
use provision::model::{Confirmation, OrgId, PackageParts};
use provision::vault::{Error, Owner, PassphrasePrompt, PassphraseSource, SealedFile, Vault as _};
use secrecy::SecretString;
use tempfile::TempDir;

use super::mutation::{each, parse};
use crate::desk::Desk;
use crate::support::{Org, everything, shared};
use crate::webex;

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

/// A configuration of several orgs.
fn with_orgs() -> String {
    let webex = config::built_in_demo().split_once("[webex]").map_or("", |(org, _)| org);
    format!(
        "{webex}\n[orgs.uat]\ninstance_url = \"https://acme--uat.sandbox.my.salesforce.com\"\n\
         [orgs.production]\nprotected = true\ndata_center = \"eu1\"\n"
    )
}

#[test]
fn configurations() {
    let corpus =
        [everything(), config::built_in_demo().to_owned(), with_orgs()].map(String::into_bytes);
    parse("configuration", &corpus);
}

#[test]
fn call_center_definitions() {
    let written = |name| write_setup_file(&built_in(name).expect("a definition").call_center);
    let mut corpus: Vec<Vec<u8>> = names().map(|name| written(name).into_bytes()).collect();
    corpus.extend(beside("samples/call-centers", "xml"));
    corpus.extend(beside("samples/bad-definitions", "xml"));
    parse("definition", &corpus);
}

#[test]
fn desktop_layouts() {
    let mut corpus = vec![webex::layout().into_bytes()];
    corpus.extend(beside("samples/desktop-layouts", "json"));
    parse("desktop_layout", &corpus);
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
    parse("saved_plan", &[desk.read("plan.json").into_bytes(), older("plan.json")]);
    parse("exported_baseline", &[desk.read("baseline.json").into_bytes(), older("exported.json")]);
    desk.run(&[&at[..], &["snapshot", "save", "snapshot.toml"]].concat()).exits(0);
    parse("snapshot", &[desk.read("snapshot.toml").into_bytes()]);
}

/// The same as a version wrote it that knew no checksums: whoever changes it does not have to know them.
fn without_checksums(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).expect("text");
    let without = |line: &str| match line.rsplit_once(",\"checksum\":\"") {
        Some((rest, _)) => format!("{rest}}}\n"),
        None if line.trim_start().starts_with("\"checksum\":") => String::new(),
        None => format!("{line}\n"),
    };
    text.lines().map(without).collect::<String>().into_bytes()
}

/// A baseline is changed by edits: what is changed, at which place, and how.
#[test]
fn edited_baselines() {
    parse(
        "changed_baseline",
        &[b"\0\0\x60\0\x01".to_vec(), b"\x01\0\x90\x04\0\x03\x02\0\0\0".to_vec()],
    );
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
        confirmed: provision::model::Confirmations::default(),
    };
    store.org(&id).begin_taking_away(&begun).expect("a mark");
    keeps("baseline.json", &|| {
        // A checksum tells whatever is no longer what was written.
        if let Ok(read) = store.org(&id).baseline() {
            assert!(read == kept, "another baseline");
        }
    });
    let kept = ["baseline.json", "hints.json", "confirmations.json", "unfinished.json"];
    let kept = kept.iter().zip(b"0123").flat_map(|(name, which)| {
        let whole = fs::read(place.join(name)).expect(name);
        [without_checksums(&whole), whole].map(|it| [&[*which], it.as_slice()].concat())
    });
    parse("kept_files", &kept.collect::<Vec<_>>());
    let run = fs::read_dir(place.join("runs")).expect("runs").next().expect("a run");
    let journal = run.expect("a run").file_name();
    let journal = format!("runs/{}/journal.jsonl", journal.to_string_lossy());
    keeps(&journal, &|| drop((store.runs(), store.journals(""), store.org(&id).organization())));
    let whole = fs::read(place.join(journal)).expect("a journal");
    parse("journal", &[without_checksums(&whole), whole]);
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
    parse("sealed_vault", std::slice::from_ref(&whole));
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
