//! A number that stands for a resolved configuration: equal wishes have equal numbers.

use crate::model::{
    Approval, Audience, ConnectorWish, Desired, Match, OmniAccess, OnConflict, RecordTypeChoice,
    SoftphoneLayoutWish,
};

/// FNV-1a with 64 bits: stable between builds and platforms, unlike the standard library's hasher.
struct Fnv(u64);

impl Fnv {
    fn text(&mut self, text: &str) {
        // The length keeps "ab" + "c" from being "a" + "bc".
        self.bytes(&(text.len() as u64).to_le_bytes());
        self.bytes(text.as_bytes());
    }

    fn texts(&mut self, name: &str, texts: &[String]) {
        self.text(name);
        self.bytes(&(texts.len() as u64).to_le_bytes());
        for text in texts {
            self.text(text);
        }
    }

    fn pair(&mut self, name: &str, value: &str) {
        self.text(name);
        self.text(value);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The hash of what is wanted, as 16 hexadecimal digits.
///
/// What people see of the configuration's text (order, comments, spelling of an id) does not count;
/// what would be sent does.
pub(super) fn hash(desired: &Desired) -> String {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    for connector in &desired.connectors {
        take(&mut hash, connector);
    }
    if let Some(tenant) = &desired.tenant {
        hash.pair("tenant", &tenant.id);
    }
    format!("{:016x}", hash.0)
}

fn take(hash: &mut Fnv, desired: &ConnectorWish) {
    hash.pair("recipe", &desired.recipe.name);
    hash.pair("region", &desired.region.name);
    hash.pair("package", desired.package.version.short());
    match &desired.package.audience {
        Audience::Admins => hash.text("admins"),
        Audience::AllUsers => hash.text("all-users"),
        Audience::Profiles(profiles) => hash.texts("audience", profiles),
    }
    match &desired.package.sites {
        Approval::None => hash.text("no sites"),
        Approval::All => hash.text("all sites"),
        Approval::Sites(sites) => hash.texts("sites", sites),
    }
    let wish = &desired.call_center;
    let call_center = &wish.definition.call_center;
    hash.pair("internal name", &call_center.internal_name);
    hash.pair("internal name label", &call_center.internal_name_label);
    hash.pair("display name label", &call_center.display_name_label);
    hash.pair("default display name", &call_center.display_name);
    hash.pair("display name", wish.display_name.as_deref().unwrap_or_default());
    for section in &call_center.sections {
        hash.pair(&section.name, &section.label);
    }
    for (key, item) in call_center.items() {
        hash.pair(&key.to_string(), &item.label);
        hash.text(&item.value);
    }
    hash.text("values");
    for (key, wanted) in &wish.values {
        hash.pair(&key.to_string(), &wanted.value);
    }
    let users = &desired.users;
    hash.texts("profiles", &users.profiles);
    hash.texts("usernames", &users.usernames);
    hash.texts("permission sets", &users.permission_sets);
    hash.pair("where", users.condition.as_deref().unwrap_or_default());
    hash.text(match users.on_conflict {
        OnConflict::Refuse => "refuse",
        OnConflict::Move => "move",
    });
    hash.texts("task layout", &desired.task_layout.profiles);
    match &desired.task_layout.record_types {
        RecordTypeChoice::All => hash.text("all record types"),
        RecordTypeChoice::Named(names) => hash.texts("record types", names),
    }
    if let Some(layout) = &desired.softphone_layout {
        softphone_layout(hash, layout);
    }
    if let Some(id) = &desired.webex_org {
        hash.pair("webex", id);
    }
    // Said only where it is configured, so that the hashes of older configurations stay.
    if let OmniAccess::Profiles(profiles) = &desired.omni_sync.access {
        hash.texts("omni profiles", profiles);
    }
    for (name, texts) in [
        ("presence statuses", &desired.omni_sync.presence_statuses),
        ("assigned permission sets", &desired.permission_sets),
    ] {
        if !texts.is_empty() {
            hash.texts(name, texts);
        }
    }
    // Said only where it does not follow from the data centre.
    for (value, wanted) in &desired.custom_metadata.values {
        if wanted.value != value.of(&desired.region) {
            hash.pair(value.key(), &wanted.value);
        }
    }
    for (value, place) in &desired.custom_metadata.places {
        hash.pair(&format!("place of {}", value.key()), &place.to_string());
    }
}

fn softphone_layout(hash: &mut Fnv, wish: &SoftphoneLayoutWish) {
    hash.pair("softphone layout", &wish.name);
    hash.text(if wish.default { "default" } else { "assigned" });
    for (kind, wish) in &wish.call_types {
        hash.text(kind.name());
        if let Some(objects) = &wish.objects {
            hash.texts("objects", objects);
        }
        if let Some(opens_in) = wish.opens_in {
            hash.text(opens_in.label());
        }
        for (outcome, pop) in Match::ALL.into_iter().zip(&wish.pops) {
            if let Some(pop) = pop {
                hash.pair(outcome.label(), &pop.to_string());
            }
        }
    }
}
