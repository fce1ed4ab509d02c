//! Every target starts, and has its parser read what is nothing at all.

use std::process::Command;

#[test]
fn every_target_reads_nothing() {
    let targets = [
        env!("CARGO_BIN_EXE_archives"),
        env!("CARGO_BIN_EXE_changed_baseline"),
        env!("CARGO_BIN_EXE_configuration"),
        env!("CARGO_BIN_EXE_definition"),
        env!("CARGO_BIN_EXE_desktop_layout"),
        env!("CARGO_BIN_EXE_exported_baseline"),
        env!("CARGO_BIN_EXE_journal"),
        env!("CARGO_BIN_EXE_kept_files"),
        env!("CARGO_BIN_EXE_org_answers"),
        env!("CARGO_BIN_EXE_org_requests"),
        env!("CARGO_BIN_EXE_saved_plan"),
        env!("CARGO_BIN_EXE_sealed_vault"),
        env!("CARGO_BIN_EXE_snapshot"),
        env!("CARGO_BIN_EXE_soql"),
        env!("CARGO_BIN_EXE_tenant_requests"),
        env!("CARGO_BIN_EXE_webex_answers"),
    ];
    let nothing = tempfile::NamedTempFile::new().expect("a file");
    for target in targets {
        let read = Command::new(target).arg(nothing.path()).output().expect("it starts");
        assert!(read.status.success(), "{target}: {}", String::from_utf8_lossy(&read.stderr));
    }
}
