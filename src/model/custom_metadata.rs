//! The package's custom metadata: where the region stands in it, and what is wanted there.
//!
//! Types, records and fields have names that nobody published, so that they are data here.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Observed, Region, Wanted};

/// One of the three values that carry the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionalValue {
    /// The data centre: `US1`.
    DataCenter,
    /// Where recordings are played from.
    ApiUrl,
    /// Where a sign-in for that comes back to.
    RedirectUri,
}

/// A value of a record: `ns__Type__mdt.ns__Record.ns__Field__c`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CustomMetadataPlace {
    /// API name of the type: `ns__Type__mdt`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Name of the record, with the namespace of the package that brought it: `ns__Record`.
    pub record: String,
    /// API name of the field: `ns__Field__c`.
    pub field: String,
}

/// A record of a custom metadata type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomMetadataRecord {
    /// API name of its type: `ns__Type__mdt`.
    pub kind: String,
    /// Its name, with the namespace of the package that brought it.
    pub name: String,
    /// What people see.
    pub label: String,
    /// Whether it is protected.
    pub protected: bool,
    /// Values by the field's API name; `None`: empty.
    pub values: BTreeMap<String, Option<String>>,
}

/// What was seen of the package's custom metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomMetadata {
    /// How much of it was seen; unasked, too, where what was remembered is not there any more.
    pub seen: Observed<SeenRecords>,
    /// The records.
    pub records: Vec<CustomMetadataRecord>,
    /// Where the values were found before, in this version of the package.
    pub remembered: BTreeMap<RegionalValue, CustomMetadataPlace>,
    /// Values that this version of the package does not let anybody change.
    pub locked: Vec<LockedPlace>,
}

/// Which records were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeenRecords {
    /// Those of the remembered places.
    Remembered,
    /// Every record of the package's types that shows.
    Everything,
}

/// A value that the package keeps to itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedPlace {
    /// Which.
    pub place: CustomMetadataPlace,
    /// What the org said when it was to be changed.
    pub words: String,
    /// The value that it was to get; another one is tried again. Older versions did not write it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// What is wanted of the three values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomMetadataWish {
    /// Where they stand, as far as the configuration says.
    pub places: BTreeMap<RegionalValue, CustomMetadataPlace>,
    /// What each is to hold.
    pub values: BTreeMap<RegionalValue, Wanted>,
}

impl RegionalValue {
    /// All three, in the order of the article.
    pub const ALL: [Self; 3] = [Self::DataCenter, Self::ApiUrl, Self::RedirectUri];

    /// Its key in the configuration.
    pub fn key(self) -> &'static str {
        match self {
            Self::DataCenter => "data_center",
            Self::ApiUrl => "api_url",
            Self::RedirectUri => "redirect_uri",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::DataCenter => "data centre",
            Self::ApiUrl => "API URL",
            Self::RedirectUri => "redirect URI",
        }
    }

    /// What it holds for a data centre.
    pub fn of(self, region: &Region) -> String {
        match self {
            Self::DataCenter => region.name.to_ascii_uppercase(),
            Self::ApiUrl => region.audio_url.clone(),
            Self::RedirectUri => redirect_of(&region.audio_url),
        }
    }
}

impl fmt::Display for RegionalValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.title())
    }
}

/// Where a sign-in at that address comes back to.
pub fn redirect_of(api_url: &str) -> String {
    format!("{}/auth", api_url.trim_end_matches('/'))
}

impl CustomMetadataWish {
    /// Everything follows from the data centre.
    pub fn of(region: &Region, asked_by: &str) -> Self {
        let wanted = |value: RegionalValue| Wanted {
            value: value.of(region),
            asked_by: asked_by.to_owned(),
        };
        Self {
            places: BTreeMap::new(),
            values: RegionalValue::ALL.into_iter().map(|value| (value, wanted(value))).collect(),
        }
    }

    /// What one of them is to hold.
    pub fn value(&self, value: RegionalValue) -> &str {
        self.values.get(&value).map_or("", |wanted| wanted.value.as_str())
    }
}

impl CustomMetadataPlace {
    /// Reads `ns__Type__mdt.Record.ns__Field__c`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (kind, record, field) = (parts.next()?, parts.next()?, parts.next()?);
        let is_name = |part: &str| {
            part.starts_with(|letter: char| letter.is_ascii_alphabetic())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        let all_names = [kind, record, field].into_iter().all(is_name) && parts.next().is_none();
        (all_names && kind.ends_with("__mdt") && field.ends_with("__c")).then(|| Self {
            kind: kind.to_owned(),
            record: record.to_owned(),
            field: field.to_owned(),
        })
    }

    /// The place of a field in a record as deploys name it: `ns__Type.ns__Record`.
    pub fn in_member(member: &str, field: &str) -> Option<Self> {
        let (kind, record) = member.split_once('.')?;
        Some(Self {
            kind: format!("{kind}__mdt"),
            record: record.to_owned(),
            field: field.to_owned(),
        })
    }

    /// The record as deploys name it: `ns__Type.ns__Record`.
    pub fn member(&self) -> String {
        member(&self.kind, &self.record)
    }
}

impl fmt::Display for CustomMetadataPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.kind, self.record, self.field)
    }
}

impl CustomMetadataRecord {
    /// Whether a package brought it, and no person of this org made it.
    pub fn is_packaged(&self) -> bool {
        self.name.contains("__")
    }

    /// The record as deploys name it: `ns__Type.ns__Record`.
    pub fn member(&self) -> String {
        member(&self.kind, &self.name)
    }

    /// Its field of that name.
    pub fn field(&self, name: &str) -> Option<(&str, Option<&str>)> {
        let found = self.values.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(field, value)| (field.as_str(), value.as_deref()))
    }
}

fn member(kind: &str, record: &str) -> String {
    format!("{}.{record}", kind.strip_suffix("__mdt").unwrap_or(kind))
}

impl CustomMetadata {
    /// The record and field at a place, by the names that the org gives them.
    ///
    /// A record may be named without the namespace; one that a person made under that very name
    /// comes first.
    pub fn at(&self, place: &CustomMetadataPlace) -> Option<(CustomMetadataPlace, Option<&str>)> {
        let namespace = place.kind.split_once("__").map_or("", |(namespace, _)| namespace);
        let of_type =
            |record: &&CustomMetadataRecord| record.kind.eq_ignore_ascii_case(&place.kind);
        let named = |name: &str| {
            let mut records = self.records.iter().filter(of_type);
            records.find(|record| record.name.eq_ignore_ascii_case(name))
        };
        let record =
            named(&place.record).or_else(|| named(&format!("{namespace}__{}", place.record)))?;
        let (field, value) = record.field(&place.field)?;
        let place = CustomMetadataPlace {
            kind: record.kind.clone(),
            record: record.name.clone(),
            field: field.to_owned(),
        };
        Some((place, value))
    }

    /// What the org said when that place was to get that value.
    pub fn locked(&self, place: &CustomMetadataPlace, value: &str) -> Option<&str> {
        let is_it = |locked: &&LockedPlace| {
            let same = locked.value.as_ref().is_none_or(|refused| refused == value);
            same && &locked.place == place
        };
        let found = self.locked.iter().find(is_it);
        found.map(|locked| locked.words.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> CustomMetadataPlace {
        CustomMetadataPlace::parse(text).unwrap()
    }

    #[test]
    fn places_are_read_and_written() {
        let text = "ns__Zone__mdt.ns__Default.ns__Value__c";
        assert_eq!(place(text).to_string(), text);
        assert_eq!(place(text).member(), "ns__Zone.ns__Default");
        let back = CustomMetadataPlace::in_member("ns__Zone.ns__Default", "ns__Value__c");
        assert_eq!(back, Some(place(text)));
        for wrong in ["", "ns__Zone__mdt.Default", "ns__Zone.Default.ns__Value__c", "a__mdt..b__c"]
        {
            assert_eq!(CustomMetadataPlace::parse(wrong), None, "{wrong}");
        }
        assert_eq!(CustomMetadataPlace::parse("a__mdt.b.c__c.d"), None);
        assert_eq!(CustomMetadataPlace::parse("a__mdt.b'.c__c"), None);
    }

    #[test]
    fn a_record_may_be_named_without_its_namespace() {
        let record = |name: &str| CustomMetadataRecord {
            kind: "ns__Zone__mdt".to_owned(),
            name: name.to_owned(),
            values: BTreeMap::from([("ns__Value__c".to_owned(), Some(name.to_owned()))]),
            ..CustomMetadataRecord::default()
        };
        let mut seen =
            CustomMetadata { records: vec![record("ns__Default")], ..CustomMetadata::default() };
        let short = place("NS__Zone__mdt.default.ns__value__c");
        let full = place("ns__Zone__mdt.ns__Default.ns__Value__c");
        assert_eq!(seen.at(&short), Some((full.clone(), Some("ns__Default"))));
        assert_eq!(seen.at(&full), Some((full.clone(), Some("ns__Default"))));
        seen.records.push(record("Default"));
        assert_eq!(seen.at(&short).unwrap().1, Some("Default"));
        assert_eq!(seen.at(&full).unwrap().1, Some("ns__Default"));
        assert_eq!(seen.at(&place("ns__Zone__mdt.Default.ns__Other__c")), None);
    }
}
