//! DL005: the number that callees see.

use crate::model::Severity;

use super::connector::bridge;
use super::json::Node;
use super::parts::is_placeholder;
use super::roles::Layout;
use super::{Findings, Location};

const NUMBER: &str = "outDialAni";

pub(super) fn check(layout: &Layout<'_>, findings: &mut Findings<'_>) {
    let mut first: Option<(&str, &Node)> = None;
    for role in &layout.roles {
        let Some((pointer, node)) = bridge(role).and_then(|bridge| bridge.attribute(NUMBER)) else {
            continue;
        };
        let Some(number) = node.text() else { continue };
        let at = Some(Location { pointer: &pointer, span: &node.span });
        check_number(number, at, findings);
        match first {
            Some((other, there)) if other.trim() != number.trim() => findings.add_beside(
                "DL005",
                Severity::Warning,
                at,
                Some(&there.span),
                format!("`{NUMBER}` differs between roles."),
                "Agents and supervisors who take calls would show callees different numbers.",
            ),
            Some(_) => {}
            None => first = Some((number, node)),
        }
    }
}

fn check_number(number: &str, at: Option<Location<'_>>, findings: &mut Findings<'_>) {
    let number = number.trim();
    // Placeholders are DL004's; an empty text leaves it to the tenant.
    if number.is_empty() || is_placeholder(number) {
        return;
    }
    let digits = number.strip_prefix('+');
    let is_e164 = digits.is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if is_e164 {
        return;
    }
    let is_variable = number.starts_with("$STORE");
    let may_be_number =
        number.chars().all(|letter| letter.is_ascii_digit() || "+-() .".contains(letter));
    let severity = if is_variable || may_be_number { Severity::Warning } else { Severity::Error };
    findings.add(
        "DL005",
        severity,
        at,
        format!("`{NUMBER}` is no number in E.164: `{number}`."),
        "Write a plus, the country and the number: \"+14085550100\"; or \"\" for the tenant's \
         default.",
    );
}
