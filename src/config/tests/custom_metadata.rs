//! `[custom_metadata]`: places, and other values than the data centre's.

use super::*;
use crate::model::RegionalValue;

#[test]
fn the_three_values_follow_from_the_data_center() {
    let wish = after_head("").desired.connectors[0].custom_metadata.clone();
    assert!(wish.places.is_empty());
    let url = "https://audioconnector.prodeu1.ciscoccservice.com";
    assert_eq!(wish.value(RegionalValue::DataCenter), "EU1");
    assert_eq!(wish.value(RegionalValue::ApiUrl), url);
    assert_eq!(wish.value(RegionalValue::RedirectUri), format!("{url}/auth"));
    assert!(wish.values.values().all(|wanted| wanted.asked_by == "data_center"));
}

#[test]
fn places_may_be_named() {
    let loaded = after_head(
        "[custom_metadata]\ndata_center = \"ciscocjs__A__mdt.Default.ciscocjs__B__c\"\n",
    );
    let place = &loaded.desired.connectors[0].custom_metadata.places[&RegionalValue::DataCenter];
    assert_eq!((place.record.as_str(), place.field.as_str()), ("Default", "ciscocjs__B__c"));
    assert_ne!(loaded.hash, after_head("").hash);
    assert!(loaded.warnings.is_empty());
}

#[test]
fn what_is_no_place_is_told() {
    let text = wrong_after_head(
        "[custom_metadata]\ndata_center = \"EU1\"\napi_url = \"ciscocjs__A.B.ciscocjs__C__c\"\nurl = \"\"\n",
    );
    insta::assert_snapshot!(text, @r#"
    error[CF005]: `custom_metadata.data_center` names no place in custom metadata: `EU1`.
     --> provision.toml:5:15
      |
    5 | data_center = "EU1"
      |               ^^^^^
      |
      = help: This key says where the data centre stands. Its value follows from `data_center`; another
              one belongs into [custom_metadata.values].

    error[CF005]: `custom_metadata.api_url` names no place in custom metadata:
                  `ciscocjs__A.B.ciscocjs__C__c`.
     --> provision.toml:6:11
      |
    6 | api_url = "ciscocjs__A.B.ciscocjs__C__c"
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Write type, record and field with dots between:
              "ciscocjs__Type__mdt.Record.ciscocjs__Field__c", as Setup > Custom Metadata Types names
              them.

    error[CF002]: `custom_metadata` has no key `url`.
     --> provision.toml:7:1
      |
    7 | url = ""
      | ^^^
      |
      = help: Allowed here: `data_center`, `api_url`, `redirect_uri`, `values`.
    "#);
    let text = wrong_after_head(
        "[custom_metadata]\ndata_center = \"a__mdt.b.c__c\"\napi_url = \"a__mdt.b.c__c\"\n",
    );
    insta::assert_snapshot!(text, @r#"
    error[CF007]: `custom_metadata.data_center` and `custom_metadata.api_url` name the same place.
     --> provision.toml:6:11
      |
    5 | data_center = "a__mdt.b.c__c"
      |               --------------- and here
    6 | api_url = "a__mdt.b.c__c"
      |           ^^^^^^^^^^^^^^^ named here
      |
      = help: Each of the three values stands in a place of its own.
    "#);
}

#[test]
fn a_value_of_ones_own_is_taken_with_a_warning() {
    let loaded = after_head("[custom_metadata.values]\napi_url = \"https://audio.example.com\"\n");
    let wish = &loaded.desired.connectors[0].custom_metadata;
    assert_eq!(wish.value(RegionalValue::DataCenter), "EU1");
    assert_eq!(wish.value(RegionalValue::RedirectUri), "https://audio.example.com/auth");
    assert_ne!(loaded.hash, after_head("").hash);
    insta::assert_snapshot!(warnings(&loaded), @r#"
    warning[CF010]: `custom_metadata.values.api_url` may disagree with `data_center`: for `eu1` the API
                    URL is https://audioconnector.prodeu1.ciscoccservice.com.
     --> provision.toml:5:11
      |
    1 | data_center = "eu1"
      |               ----- the data centre
    ...
    5 | api_url = "https://audio.example.com"
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Recordings play only where the three values name the tenant's data centre.
    "#);
    let same = after_head("[custom_metadata.values]\ndata_center = \"EU1\"\n");
    assert!(same.warnings.is_empty());
    assert_eq!(same.hash, after_head("").hash);
    let other = after_head("[custom_metadata.values]\nredirect_uri = \"https://a.example/b\"\n");
    assert_eq!(other.warnings.len(), 1);
}

#[test]
fn addresses_must_be_https() {
    let text = wrong_after_head("[custom_metadata.values]\napi_url = \"http://a.example\"\n");
    insta::assert_snapshot!(text, @r#"
    error[CF005]: `custom_metadata.values.api_url` is not an https address: `http://a.example`.
     --> provision.toml:5:11
      |
    5 | api_url = "http://a.example"
      |           ^^^^^^^^^^^^^^^^^^
      |
      = help: For `eu1` it is https://audioconnector.prodeu1.ciscoccservice.com.
    "#);
}
