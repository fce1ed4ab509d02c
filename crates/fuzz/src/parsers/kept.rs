//! What the program keeps of an org.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use provision::journal::{Disk as _, MemoryDisk, OrgStore, RunHead, Store, summary};
use provision::model::{Baseline, OrgId};

/// The org of all that is kept here.
const ORG: &str = "00D000000000001EAA";

/// The org's part of a state directory on a disk that holds this one file of it.
fn with(file: &str, bytes: &[u8]) -> (Store, OrgStore) {
    let disk = MemoryDisk::new();
    let path = Path::new("/state/orgs").join(ORG).join(file);
    disk.create_folder(path.parent().expect("a folder")).expect("a folder");
    disk.create(&path).and_then(|mut file| file.append(bytes)).expect("a file");
    let store = Store::on(Arc::new(disk), "/state");
    let org = store.org(&OrgId::parse(ORG).expect("an id"));
    (store, org)
}

/// One of the files that have a document in them: its first byte says which.
pub(super) fn kept_files(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    match which % 4 {
        0 => {
            let (_, org) = with("baseline.json", bytes);
            let Ok(baseline) = org.baseline() else { return };
            org.keep_baseline(&baseline).expect("it is kept");
            assert!(org.baseline().is_ok_and(|it| it == baseline), "kept and read again");
        }
        1 => {
            let (_, org) = with("hints.json", bytes);
            let hints = org.hints();
            org.keep_hints(&hints).expect("they are kept");
            assert!(org.hints() == hints, "kept and read again");
        }
        2 => {
            let (_, org) = with("confirmations.json", bytes);
            let confirmations = org.confirmations();
            let Ok(said) = confirmations.read() else { return };
            confirmations.change(|_| {}).expect("they are kept");
            assert!(confirmations.read().is_ok_and(|it| it == said), "kept and read again");
        }
        _ => {
            let (_, org) = with("unfinished.json", bytes);
            let begun = org.unfinished();
            let Ok(begun) = begun else {
                // Whoever gives it up is not kept from it by what is damaged.
                org.finish(|_| true).ok();
                return;
            };
            for one in &begun {
                org.begin_taking_away(one).expect("it is kept");
            }
            let again = org.unfinished().expect("what was kept can be read");
            assert!(begun.iter().all(|one| again.contains(one)), "kept and read again");
        }
    }
}

/// A baseline that was changed on the disk: the bytes say where and how. It is read as it was, or not at all.
pub(super) fn changed_baseline(bytes: &[u8]) {
    let older = br#"{"format":1,"data":{"entries":[
        {"item":"users","subject":{"type":"User","name":"ada@acme.example","record_type":null},"field":"CallCenterId",
         "before":{"known":null},"ours":"WebexCCAgentDesktopV2","run":"01"},
        {"item":"task-layout","subject":{"type":"ProfileLayout","name":"Agent","record_type":"Call"},
         "field":"Task","before":"unknown","ours":"Webex","run":"01"}]}}"#;
    let (_, org) = with("baseline.json", older);
    let right = org.baseline().expect("a baseline");
    assert_ne!(right, Baseline::default(), "nothing is in it");
    let (disk, path) = (MemoryDisk::new(), Path::new("/state/orgs").join(ORG));
    let store = Store::on(Arc::new(disk.clone()), "/state");
    let org = store.org(&OrgId::parse(ORG).expect("an id"));
    org.keep_baseline(&right).expect("it is kept");
    let path = path.join("baseline.json");
    let mut whole = disk.read(&path, u64::MAX).expect("the file");
    for edit in bytes.chunks_exact(5) {
        let &[how, high, low, length, byte] = edit else { continue };
        let at = usize::from(u16::from_be_bytes([high, low])).min(whole.len());
        let until = (at + usize::from(length)).min(whole.len());
        match how % 4 {
            0 if at < whole.len() => whole[at] ^= byte,
            1 => drop(whole.drain(at..until)),
            2 => drop(whole.splice(at..at, [byte])),
            3 => whole.truncate(at),
            _ => {}
        }
    }
    disk.remove(&path).and_then(|()| disk.create(&path)?.append(&whole)).expect("a file");
    // Without a checksum it is the file of a version that wrote none.
    let has_one = String::from_utf8_lossy(&whole).contains("\"checksum\": \"");
    if let Ok(read) = org.baseline() {
        assert!(read == right || !has_one, "another baseline");
    }
}

/// A run's journal.
pub(super) fn journal(bytes: &[u8]) {
    let (store, org) = with("runs/01/journal.jsonl", bytes);
    store.runs().expect("the folder can be listed");
    org.organization().ok();
    let Ok(records) = org.journal("01") else { return };
    summary(&records);
    let head = RunHead {
        at: Timestamp::UNIX_EPOCH,
        command: "apply",
        alias: None,
        organization: None,
        tenant: None,
        undoes: None,
        continues: None,
        configuration: "c",
    };
    let mut log = org.begin("02", &head).expect("another run begins");
    for record in &records {
        log.record(record.at, record.entry.clone()).expect("a line");
    }
    let again = org.journal("02").expect("what was written can be read");
    assert_eq!(&again[1..], &records[..], "written and read again");
}
