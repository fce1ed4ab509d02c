//! CC012: the host that carries the voice of agents who take calls in the browser.

use crate::checklist::region::region_of;
use crate::model::{
    CallCenter, CallCenterWish, Diagnostic, Place, Region, Setting, SettingKind, Severity, is_host,
};

use super::subject::{Subject, finding, quoted};

/// What agents read in the softphone where it is missing.
const SEEN_BY_AGENTS: &str = "WebRTC domain is not configured";

pub(super) fn check(subject: &Subject<'_>, region: &Region, findings: &mut Vec<Diagnostic>) {
    let of_host = |setting: &&Setting| setting.kind == SettingKind::Host;
    let Some(setting) = subject.settings().iter().find(of_host) else { return };
    let name = subject.name(&setting.item);
    let Some(value) = subject.configured(&setting.item) else {
        findings.push(
            finding(
                "CC012",
                Severity::Warning,
                None,
                format!(
                    "`{name}` is missing, and nobody has published that of `{}`. Agents who choose \
                     Desktop as their station read \"{SEEN_BY_AGENTS}\".",
                    region.name
                ),
            )
            .hint(format!(
                "Ask Cisco for the domain and write it there, or write {} = \"\" where agents take \
                 calls on a telephone.",
                setting.key
            )),
        );
        return;
    };
    if value.is_empty() || !check_host(subject, setting, value, findings) {
        return;
    }
    let other = region_of(&format!("https://{value}")).filter(|other| *other != region.name);
    if let Some(other) = other {
        findings.push(
            finding(
                "CC012",
                Severity::Warning,
                Some(&setting.item),
                format!(
                    "`{name}` is of the data centre `{other}`, but `data_center` is `{}`.",
                    region.name
                ),
            )
            .beside(Place::Key("data_center".to_owned())),
        );
    }
}

/// The same of what an org has, or will have, whatever its data centre; an empty domain that somebody
/// configured is meant.
pub fn missing(wish: &CallCenterWish, effective: &CallCenter) -> Option<Diagnostic> {
    let subject = Subject::new(wish, effective);
    let of_host = |setting: &&Setting| setting.kind == SettingKind::Host;
    let setting = subject.settings().iter().find(of_host)?;
    let is_meant = subject.configured(&setting.item).is_some();
    (!is_meant && subject.value(&setting.item).is_empty()).then(|| {
        finding(
            "CC012",
            Severity::Warning,
            Some(&setting.item),
            format!(
                "The call center has no WebRTC domain. Agents who choose Desktop as their station \
                 read \"{SEEN_BY_AGENTS}\"."
            ),
        )
        .hint(format!(
            "Write the domain of your data centre, which Cisco tells, to `call_center.{}` and \
             apply; agents log out and in again.",
            setting.key
        ))
    })
}

/// The same for a definition that no data centre was chosen for: an empty domain is Cisco's own.
pub(super) fn check_alone(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let of_host = |setting: &&Setting| setting.kind == SettingKind::Host;
    let Some(setting) = subject.settings().iter().find(of_host) else { return };
    let value = subject.value(&setting.item);
    if !value.is_empty() {
        check_host(subject, setting, value, findings);
    }
}

/// Whether it is the name of a host; says so where it is not.
fn check_host(
    subject: &Subject<'_>,
    setting: &Setting,
    value: &str,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    if is_host(value) {
        return true;
    }
    let name = subject.name(&setting.item);
    findings.push(
        finding(
            "CC012",
            Severity::Error,
            Some(&setting.item),
            format!("`{name}` is {}, which is not a host name.", quoted(value)),
        )
        .hint("Write the name alone, without `https://` and without a path."),
    );
    false
}
