//! CC002: the adapter URL, and the region of Version 2, whose adapter is the same everywhere.

use crate::model::{
    ADAPTER_URL, Diagnostic, Item, ItemKey, Place, Region, Setting, SettingKind, Severity, is_host,
};

use crate::definitions::{RecipeData, recipe_of_call_center, regions};

use super::subject::{Subject, finding, quoted};

pub(super) fn check(subject: &Subject<'_>, region: &Region, findings: &mut Vec<Diagnostic>) {
    check_region(subject, region, findings);
    let Some((key, item)) = adapter(subject, findings) else {
        return;
    };
    if is_fixed(subject, &key) {
        check_fixed(subject, &key, item, findings);
        return;
    }
    // An address that nobody set is the definition's own business.
    if subject.configured(&key).is_none() {
        return;
    }
    let name = subject.name(&key);
    let value = item.value.trim();
    let Some(host) = host(value) else {
        findings.push(
            finding(
                "CC002",
                Severity::Error,
                Some(&key),
                format!("The adapter URL {} is not an https address.", quoted(value)),
            )
            .hint(format!("For `{}` it is {}.", region.name, region.desktop_url)),
        );
        return;
    };
    let own_host = self::host(&region.desktop_url).unwrap_or_default();
    if host == own_host {
        if !region.listed {
            findings.push(finding(
                "CC002",
                Severity::Info,
                Some(&key),
                format!(
                    "Cisco does not list {} for this connector; it follows the pattern of the \
                     other data centres.",
                    region.desktop_url
                ),
            ));
        }
        return;
    }
    let message = match data_centre(host) {
        Some(other) if !is_known(other) => format!(
            "`{name}` leads to `{other}`, which is not a known data centre; `data_center` is `{}`.",
            region.name
        ),
        Some(other) => format!(
            "`{name}` leads to the data centre `{other}`, but `data_center` is `{}`.",
            region.name
        ),
        None => {
            format!("`{name}` leads to {host}, which is not the Agent Desktop of a data centre.")
        }
    };
    findings.push(
        finding("CC002", Severity::Warning, Some(&key), message)
            .beside(Place::Key("data_center".to_owned()))
            .hint("Agents cannot sign in at the wrong data centre: leave the address out."),
    );
}

/// The same for a definition that no data centre was chosen for.
pub(super) fn check_alone(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let Some((key, item)) = adapter(subject, findings) else {
        return;
    };
    if is_fixed(subject, &key) {
        check_fixed(subject, &key, item, findings);
        return;
    }
    let value = item.value.trim();
    if host(value).is_none() {
        findings.push(finding(
            "CC002",
            Severity::Error,
            Some(&key),
            format!("The adapter URL {} is not an https address.", quoted(value)),
        ));
        return;
    }
    if let Some(other) = host(value).and_then(data_centre).filter(|it| !is_known(it)) {
        findings.push(
            finding(
                "CC002",
                Severity::Warning,
                Some(&key),
                format!("The adapter URL leads to `{other}`, which is not a known data centre."),
            )
            .hint(known()),
        );
    }
}

/// The region that agents are to be in, as Version 2 writes it.
fn check_region(subject: &Subject<'_>, region: &Region, findings: &mut Vec<Diagnostic>) {
    let of_region = |setting: &&Setting| setting.kind == SettingKind::Region;
    let Some(setting) = subject.settings().iter().find(of_region) else { return };
    let Some(value) = subject.configured(&setting.item).filter(|value| *value != region.name)
    else {
        return;
    };
    findings.push(
        finding(
            "CC002",
            Severity::Warning,
            Some(&setting.item),
            format!(
                "`{}` is {}, but `data_center` is `{}`.",
                subject.name(&setting.item),
                quoted(value),
                region.name
            ),
        )
        .beside(Place::Key("data_center".to_owned()))
        .hint("Agents cannot sign in at the wrong data centre: leave the region out."),
    );
}

/// Whether the definition has one address for every data centre.
fn is_fixed(subject: &Subject<'_>, key: &ItemKey) -> bool {
    let setting = subject.wish.definition.setting_of(key);
    setting.is_some_and(|setting| setting.kind == SettingKind::Constant)
}

/// The one address. A file may name another than the one that is known, as Cisco may move it; what is
/// no address is none.
fn check_fixed(subject: &Subject<'_>, key: &ItemKey, item: &Item, findings: &mut Vec<Diagnostic>) {
    let value = item.value.trim();
    if host(value).is_none() {
        findings.push(finding(
            "CC002",
            Severity::Error,
            Some(key),
            format!("The adapter URL {} is not an https address.", quoted(value)),
        ));
        return;
    }
    let known = recipe_of_call_center(subject.effective)
        .and_then(RecipeData::newest_definition)
        .and_then(|known| known.call_center.adapter_url().map(str::to_owned));
    let Some(known) = known.filter(|known| known != value) else { return };
    findings.push(
        finding(
            "CC002",
            Severity::Warning,
            Some(key),
            format!(
                "The adapter URL {} is not the one that Cisco gave to this version of the connector.",
                quoted(value)
            ),
        )
        .hint(format!("That is {known}.")),
    );
}

fn is_known(name: &str) -> bool {
    regions().iter().any(|region| data_centre_of(&region.desktop_url) == Some(name))
}

/// The data centre of a desktop's address.
fn data_centre_of(address: &str) -> Option<&str> {
    host(address).and_then(data_centre)
}

fn known() -> String {
    let names: Vec<&str> =
        regions().iter().filter_map(|it| data_centre_of(&it.desktop_url)).collect();
    format!("Known are: {}.", names.join(", "))
}

/// The item that holds the address.
fn adapter<'a>(
    subject: &Subject<'a>,
    findings: &mut Vec<Diagnostic>,
) -> Option<(ItemKey, &'a Item)> {
    let found = subject.effective.items().find(|(key, _)| key.item == ADAPTER_URL);
    if found.is_none() {
        findings.push(finding(
            "CC002",
            Severity::Error,
            None,
            format!("The definition has no item `{ADAPTER_URL}`, which every call center needs."),
        ));
    }
    found
}

/// The host of an https address.
fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_address = is_host(name) && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = !address.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    (is_address && is_plain).then_some(host)
}

/// The data centre whose desktop a host is.
fn data_centre(host: &str) -> Option<&str> {
    host.strip_prefix("desktop.wxcc-")?.strip_suffix(".cisco.com")
}
