//! An entry of a baseline as it is written down: names and texts, and ids beside them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::baseline::at;
use super::{BaselineEntry, Before, Ids, Subject, Target, Value};

/// An entry of a baseline as files hold it and people read it. Files of older versions have no
/// ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineRow {
    /// Id of the checklist item that changed it.
    pub item: String,
    /// What it belongs to.
    pub subject: Subject,
    /// Which value of it.
    pub field: String,
    /// What was there before the first change.
    pub before: Before<String>,
    /// What `provision` last set; `None`: nothing was to be there.
    pub ours: Option<String>,
    /// The run that last set it.
    pub run: String,
    /// The recipe of the connector whose value it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<String>,
    /// Whether what was there before is being put back, and nobody has seen it there yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub giving_back: bool,
    /// Ids of what the entry speaks of; that of what `provision` set is the one `after`.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub ids: Ids,
}

impl BaselineRow {
    /// When the run that last set the value began: ids of runs are made of time.
    pub fn at(&self) -> Option<Timestamp> {
        at(&self.run)
    }
}

impl From<BaselineEntry> for BaselineRow {
    fn from(entry: BaselineEntry) -> Self {
        let BaselineEntry { item, target, before, ours, run, recipe, giving_back } = entry;
        let (subject, field) = target.place();
        let id = |value: Option<&Value>| value.and_then(Value::id).map(str::to_owned);
        let ids = Ids { before: id(before.value()), after: id(ours.as_ref()), ..target.ids() };
        let text = |value: &Value| value.recorded_text(&target);
        let (before, ours) = (before.map(text), ours.as_ref().map(text));
        Self { item, subject, field, before, ours, run, recipe, giving_back, ids }
    }
}

impl From<BaselineRow> for BaselineEntry {
    fn from(row: BaselineRow) -> Self {
        let BaselineRow { item, subject, field, before, ours, run, recipe, giving_back, ids } = row;
        let target = Target::read(&subject, &field, &ids);
        let before = before.map(|text| Value::read(&target, text, ids.before.as_deref()));
        let ours = ours.map(|text| Value::read(&target, &text, ids.after.as_deref()));
        Self { item, target, before, ours, run, recipe, giving_back }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::SubjectKind;

    /// Names and fields of every kind of subject, and such as no version ever wrote.
    fn places() -> impl Strategy<Value = (Subject, String)> {
        use SubjectKind::{
            ApexClass, CallCenter, CustomMetadata, InstalledPackage, PermissionSet,
            PermissionSetAssignment, Profile, ProfileLayout, SoftphoneLayout, User,
        };
        let kinds = prop::sample::select(vec![
            InstalledPackage,
            CallCenter,
            User,
            ProfileLayout,
            SoftphoneLayout,
            ApexClass,
            PermissionSet,
            PermissionSetAssignment,
            Profile,
            CustomMetadata,
        ]);
        let names = prop_oneof![
            2 => "[a-z]{1,4}(__[A-Z][a-z]{0,3})?(__mdt)?(\\.[a-z]{1,3}(__[A-Z][a-z]{0,3})?)?",
            1 => any::<String>(),
        ];
        let known = prop::sample::select(vec![
            "version",
            "definition",
            "displayName",
            "displayName label",
            "internalName label",
            "CallCenterId",
            "layout",
            "label",
            " label",
            "Body",
            "Status",
            "data_center",
            "api_url",
            "redirect_uri",
            "ns__F__c",
        ]);
        let fields = prop_oneof![
            2 => known.prop_map(str::to_owned),
            1 => "(classAccesses/|servicePresenceStatusAccesses/)?[a-z /]{0,9}( label)?",
            1 => any::<String>(),
        ];
        let record_types = prop::option::of("[A-Za-z]{0,4}");
        (kinds, names, record_types, fields).prop_map(|(kind, name, record_type, field)| {
            let record_type = record_type.filter(|_| kind == ProfileLayout);
            (Subject { kind, name, record_type }, field)
        })
    }

    fn texts() -> impl Strategy<Value = Option<String>> {
        let known = ["enabled", "assigned", "Active", "04t000000000001", "04t000000000001AAA"];
        let known = prop::sample::select(known.to_vec()).prop_map(str::to_owned);
        prop::option::of(prop_oneof![known, any::<String>()])
    }

    proptest! {
        /// Files of older versions hold no ids, and lose nothing to this one.
        #[test]
        fn what_a_file_says_is_written_again((subject, field) in places(), before in texts(), is_known in any::<bool>(), ours in texts()) {
            let before = if is_known { Before::Known(before) } else { Before::Unknown };
            let (item, run) = ("item".to_owned(), "01".to_owned());
            let recipe = None;
            let row = BaselineRow { item, subject, field, before, ours, run, recipe, ids: Ids::default(), giving_back: false };
            let entry = BaselineEntry::from(row.clone());
            prop_assert_eq!(BaselineRow::from(entry.clone()), row.clone());
            let text = serde_json::to_string(&row).unwrap();
            prop_assert_eq!(serde_json::to_string(&entry).unwrap(), text.clone());
            prop_assert_eq!(serde_json::from_str::<BaselineEntry>(&text).unwrap(), entry);
        }
    }
}
