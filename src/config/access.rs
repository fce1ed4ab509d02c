//! `[omni_sync]` and `[permission_sets]`: what agents need access to, and what gives it to them.

use crate::model::{OmniAccess, OmniSyncWish, nearest};

use super::key::names;
use super::mistake::{Mistake, MistakeKind};
use super::people::PROFILES;
use super::scope::{Scope, unknown_key};

/// Reads `[omni_sync]`.
pub(super) fn read_omni_sync(scope: Option<Scope<'_>>) -> OmniSyncWish {
    let Some(scope) = scope else {
        return OmniSyncWish::default();
    };
    check_keys(&scope);
    let chosen = scope.choice("access");
    let profiles = scope.texts("profiles", PROFILES);
    let by_profiles = chosen.as_ref().map(|found| found.value == "profiles");
    match (by_profiles, scope.entry("profiles")) {
        (Some(false), Some(entry)) if !profiles.is_empty() => {
            let mistake = Mistake::new(
                MistakeKind::TwoSources,
                &entry.path,
                format!(
                    "`{}` has no effect: access comes from a permission set, which every user \
                     chosen under `[users]` gets.",
                    entry.path
                ),
            )
            .at(&entry.key_span, "")
            .help("Remove it, or write access = \"profiles\".");
            scope.mistakes.push(match chosen.as_ref() {
                Some(access) => mistake.related(&access.span, "the permission set"),
                None => mistake,
            });
        }
        (Some(true), _) if profiles.is_empty() => {
            let entry = scope.entry("access");
            let path = entry.map_or("omni_sync.access", |entry| entry.path.as_str());
            let mistake = Mistake::new(
                MistakeKind::Missing,
                path,
                format!("`{path}` is \"profiles\", but no profiles are named."),
            )
            .help("For example: profiles = [\"Contact Center Agent\"]");
            scope.mistakes.push(match entry {
                Some(entry) => mistake.at(&entry.node.span, ""),
                None => mistake,
            });
        }
        _ => {}
    }
    OmniSyncWish {
        access: if profiles.is_empty() {
            OmniAccess::PermissionSet
        } else {
            OmniAccess::Profiles(profiles)
        },
        presence_statuses: scope.texts("presence_statuses", "a list of presence statuses"),
    }
}

/// The call center has settings of the same name, which people look for here.
fn check_keys(scope: &Scope<'_>) {
    const SETTINGS: [&str; 3] = ["enabled", "presence_status", "idle_code"];
    let known_keys = names(scope.keys);
    for (key, entry) in &scope.table.entries {
        if known_keys.contains(&key.as_str()) {
            continue;
        }
        let mut mistake = unknown_key(key, entry, &known_keys);
        if let Some(setting) = SETTINGS.into_iter().find(|known| known == key).or_else(|| {
            nearest(key, SETTINGS).filter(|_| nearest(key, known_keys.iter().copied()).is_none())
        }) {
            mistake = mistake.suggestion(None).help(format!(
                "It is a setting of the call center: write `{setting}` under \
                 `[call_center.omni_sync]`."
            ));
        }
        scope.mistakes.push(mistake);
    }
}

/// Reads `[permission_sets]`.
pub(super) fn read_permission_sets(scope: Option<Scope<'_>>) -> Vec<String> {
    let Some(scope) = scope else {
        return Vec::new();
    };
    scope.only_known();
    scope.texts("assign", "a list of permission sets, by label or API name")
}
