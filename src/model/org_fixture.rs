//! Orgs for tests: what a test is about is said, everything else was not seen.

use std::collections::BTreeMap;

use super::{
    CallCenterId, CallCenterRow, Layout, LayoutAssignment, LayoutId, LayoutName, Observed, OrgId,
    OrgKind, OrgState, Organization, Profile, ProfileId, RecordType, RecordTypeId, User, UserId,
};

/// The 15 characters of the id of the record of that number.
pub(crate) fn id(prefix: &str, number: usize) -> String {
    format!("{prefix}{number:012}")
}

/// An active user of that number, with no profile and in no call center.
pub(crate) fn user(number: usize) -> User {
    User {
        id: UserId::parse(&id("005", number)).unwrap(),
        username: format!("user{number}@example.com"),
        name: format!("User {number}"),
        email: format!("user{number}@example.com"),
        active: true,
        standard: true,
        profile: None,
        call_center: None,
        chosen_by: Vec::new(),
    }
}

/// An org that is made part by part. Records have the numbers of their places as ids, from 1.
#[derive(Debug)]
pub(crate) struct OrgFixture(OrgState);

impl OrgFixture {
    /// The sandbox Acme, of which nothing else was seen.
    pub(crate) fn new() -> Self {
        Self(OrgState::new(Organization {
            id: OrgId::parse(&id("00D", 1)).unwrap(),
            name: "Acme".to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: "https://acme.my.salesforce.com".to_owned(),
        }))
    }

    /// The same with profiles, by label and API name, and the names of all of them.
    pub(crate) fn profiles(mut self, names: &[(&str, &str)]) -> Self {
        let profiles = names.iter().zip(1..).map(|((label, api_name), number)| Profile {
            id: ProfileId::parse(&id("00e", number)).unwrap(),
            label: (*label).to_owned(),
            api_name: Some((*api_name).to_owned()),
        });
        self.0.profiles = profiles.collect();
        self.0.profile_names = Observed::Seen(BTreeMap::new());
        self
    }

    /// The same with record types of Task, by name, and whether they are active.
    pub(crate) fn record_types(mut self, names: &[(&str, bool)]) -> Self {
        let record_types = names.iter().zip(1..).map(|((name, active), number)| RecordType {
            id: RecordTypeId::parse(&id("012", number)).unwrap(),
            api_name: (*name).to_owned(),
            label: (*name).to_owned(),
            active: *active,
        });
        self.0.record_types = record_types.collect();
        self
    }

    /// The same with page layouts of Task. Every profile has the first of them, for each record type and
    /// without one.
    pub(crate) fn layouts(mut self, names: impl IntoIterator<Item = LayoutName>) -> Self {
        let layout = |number| LayoutId::parse(&id("00h", number)).unwrap();
        let layouts =
            names.into_iter().zip(1..).map(|(name, number)| Layout { id: layout(number), name });
        self.0.layouts = layouts.collect();
        let record_types = || [None].into_iter().chain(self.0.record_types.iter().map(Some));
        let assignments = self.0.profiles.iter().flat_map(|profile| {
            record_types().map(|record_type| LayoutAssignment {
                profile: profile.id,
                record_type: record_type.map(|it| it.id),
                layout: Some(layout(1)),
            })
        });
        self.0.layout_assignments = assignments.collect();
        self
    }

    /// The same with call centers: internal name, name, and the adapter's address.
    pub(crate) fn call_centers(mut self, rows: &[(&str, &str, Option<&str>)]) -> Self {
        let rows = rows.iter().zip(1..).map(|((internal_name, name, url), number)| CallCenterRow {
            id: CallCenterId::parse(&id("04v", number)).unwrap(),
            internal_name: (*internal_name).to_owned(),
            name: (*name).to_owned(),
            adapter_url: url.map(str::to_owned),
        });
        self.0.call_centers = rows.collect();
        self
    }

    /// The same with users.
    pub(crate) fn users(mut self, users: impl IntoIterator<Item = User>) -> Self {
        self.0.users = users.into_iter().collect();
        self
    }

    /// The same with whatever else was seen.
    pub(crate) fn with(mut self, see: impl FnOnce(&mut OrgState)) -> Self {
        see(&mut self.0);
        self
    }

    /// The org.
    pub(crate) fn build(self) -> OrgState {
        self.0
    }
}
