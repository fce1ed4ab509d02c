//! Everything written is valid against the API's own schemas.

use std::fs;
use std::path::Path;
use std::process::Command;

use secrecy::SecretString;

use super::metadata::{call_center, custom_metadata, permission_set, profile};
use super::{TOKEN, beside};
use crate::metadata::Bundle;
use crate::metadata::call_center::write_read;
use crate::metadata::list::write_list;
use crate::soap::{Api, envelope};
use crate::{ApiVersion, xml::Xml};

/// Runs the checker on the files of a folder; says so and returns where it cannot run.
fn check(arguments: &[&str], files: &[(String, Vec<u8>)]) {
    let Some(schemas) = beside("wsdl") else {
        return;
    };
    let lxml = Command::new("python3").args(["-c", "import lxml"]).output();
    if !lxml.is_ok_and(|output| output.status.success()) {
        println!("skipped: python3 with lxml is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = files
        .iter()
        .map(|(name, bytes)| {
            let path = folder.path().join(Path::new(name).file_name().unwrap());
            fs::write(&path, bytes).unwrap();
            path
        })
        .collect();
    let output = Command::new("python3")
        .arg(schemas.join("validate.py"))
        .args(arguments)
        .args(&paths)
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{report}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(report.matches("VALID  ").count(), files.len(), "{report}");
}

#[test]
fn component_files_are_valid() {
    let mut bundle = Bundle::new(ApiVersion::NEWEST_KNOWN);
    let mut full = call_center();
    bundle.call_center(&full).unwrap();
    full.full_name = "Versioned".to_owned();
    full.version = Some("4".to_owned());
    full.adapter_url = None;
    bundle.call_center(&full).unwrap();
    bundle.profile(&profile()).unwrap();
    bundle.custom_metadata(&custom_metadata()).unwrap();
    bundle.permission_set(&permission_set()).unwrap();
    bundle.apex_class("Sync", "public class Sync {}", "Active").unwrap();
    let mut files: Vec<(String, Vec<u8>)> = bundle
        .files()
        .filter(|(_, bytes)| bytes.starts_with(b"<?xml"))
        .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
        .collect();
    files.push(("package.xml".to_owned(), bundle.manifest().unwrap()));
    check(&["component", "--strict-order"], &files);
}

#[test]
fn requests_are_valid() {
    let token = SecretString::from(TOKEN);
    let call = |api: Api, name: &str, arguments: &dyn Fn(&mut Xml)| {
        let bytes = envelope(api, &token, name, arguments).unwrap();
        (format!("{name}.xml"), bytes)
    };
    let files = [
        call(Api::Metadata, "listMetadata", &|xml| {
            write_list(xml, "Profile", "68.0");
        }),
        call(Api::Metadata, "readMetadata", &|xml| {
            write_read(xml, "CallCenter", &["A & B", "<取引先>"]);
        }),
        (
            "readCustomMetadata.xml".to_owned(),
            envelope(Api::Metadata, &token, "readMetadata", |xml| {
                write_read(xml, "CustomMetadata", &["ns__Zone.ns__Default"]);
            })
            .unwrap(),
        ),
        call(Api::Partner, "describeSoftphoneLayout", &|_| {}),
    ];
    check(&["soap"], &files);
}
