//! Configurations that are right, and every way in which they are wrong, read aloud.

mod access;
mod confirmed;
mod custom_metadata;
mod documented;
mod hostile;
mod mistakes;
mod orgs;
mod people;
mod places;
mod reading;
mod recipe_overrides;
mod schema;
mod values;
mod version_2;

use super::*;
use crate::view::{Style, draw};

const HEAD: &str = r#"data_center = "eu1"
[package]
version = "04t5f000000WxCcAAK"
"#;

/// A definition file with one item that the data files know and one that nobody knows.
const SMALL_FILE: &str = r#"<callCenter>
  <section sortOrder="0" name="reqGeneralInfo" label="General">
    <item sortOrder="0" name="reqInternalName" label="Internal Name">WebexCCAgentDesktopV20300101</item>
    <item sortOrder="1" name="reqDisplayName" label="Display Name">Future</item>
    <item sortOrder="2" name="reqAdapterUrl" label="URL">https://desktop.wxcc-us1.cisco.com</item>
    <item sortOrder="3" name="reqSoftphoneHeight" label="Height">550</item>
  </section>
  <section sortOrder="1" name="futureSection" label="Future">
    <item sortOrder="0" name="futureItem" label="Future">1</item>
  </section>
</callCenter>"#;

fn read(name: &str) -> io::Result<Vec<u8>> {
    match name {
        "small.xml" => Ok(SMALL_FILE.into()),
        "page.xml" => Ok(b"<!DOCTYPE html><html></html>".to_vec()),
        "broken.xml" => Ok(b"<callCenter>\n  <section name=\"a\">\n</callCenter>".to_vec()),
        _ => Err(io::Error::new(io::ErrorKind::NotFound, "no such file")),
    }
}

fn good(text: &str, org: Option<&str>) -> Loaded {
    load(text, "provision.toml", org, &read)
        .unwrap_or_else(|errors| panic!("{}", draw(&errors.diagnostics, Style::default())))
}

fn after_head(text: &str) -> Loaded {
    good(&format!("{HEAD}{text}"), None)
}

fn wrong(text: &str) -> String {
    let errors = load(text, "provision.toml", None, &read).expect_err("mistakes");
    draw(&errors.diagnostics, Style::default())
}

fn wrong_after_head(text: &str) -> String {
    wrong(&format!("{HEAD}{text}"))
}

fn warnings(loaded: &Loaded) -> String {
    draw(&loaded.warnings, Style::default())
}

fn value<'a>(loaded: &'a Loaded, key: &str) -> &'a str {
    let wish = &loaded.desired.connectors[0].call_center;
    let item = &wish.definition.setting(key).unwrap().item;
    wish.values.get(item).map_or("(not configured)", |wanted| &wanted.value)
}
