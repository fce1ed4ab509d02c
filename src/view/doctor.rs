//! What is wrong with an org, and what to do about it.

use anstyle::Style;

use super::Look;
use super::look::Sign;
use super::paint::{BOLD, FAINT, GREEN, RED, YELLOW, paint};
use super::plan::heading;
use super::text::{clean, columns, counted, padded, wrapped};
use crate::checklist::{Check, Group, Health, Topic};
use crate::diagnosis::{Diagnosis, Seen, TROUBLES, UserDiagnosis};
use crate::engine::OrgReport;

/// Text beside a title gets no less room than this.
const ROOM: usize = 34;
/// What checks of permissions are called in documents.
const PERMISSION: &str = "permission-";

/// The whole of it; with `verbose` also every check that is as it should be, and what no program
/// sees.
pub fn diagnosis(org: Option<&OrgReport>, found: &Diagnosis, verbose: bool, look: Look) -> String {
    let mut out = heading("Doctor", org, look);
    if let Some(user) = &found.user {
        out.push_str(&of_user(user, look));
    }
    for group in [Group::Login, Group::Org, Group::Connector, Group::People] {
        let all: Vec<&Check> = found.checks.iter().filter(|check| check.group == group).collect();
        let shown: Vec<&Check> = all
            .iter()
            .copied()
            .filter(|check| {
                verbose
                    || check.health != Health::Ok
                    || (found.user.is_none() && !check.id.starts_with(PERMISSION))
            })
            .collect();
        let permissions = all.iter().filter(|check| check.id.starts_with(PERMISSION));
        let given = permissions.clone().filter(|check| check.health == Health::Ok).count();
        let folded = !verbose && found.user.is_none() && given > 0;
        let summary = folded.then(|| permissions_given(given, permissions.count()));
        part(&mut out, group.title(), shown.into_iter().chain(&summary), look);
    }
    out.push_str(&in_short(found, look));
    if verbose {
        out.push_str(&beyond(look));
    }
    out
}

/// Permissions that are given, in one line.
fn permissions_given(given: usize, all: usize) -> Check {
    let evidence = if given == all {
        format!("All {all} that the checklist needs.")
    } else {
        format!("{given} of the {all} that the checklist needs.")
    };
    Check::ok(Topic::new(Group::Login, 0, PERMISSION, "Permissions"), evidence)
}

fn of_user(user: &UserDiagnosis, look: Look) -> String {
    let mut out = String::new();
    let who = match (&user.name, &user.username) {
        (Some(name), Some(username)) => format!("{} ({})", clean(name), clean(username)),
        _ => "The user".to_owned(),
    };
    out.extend(["\n", &wrapped("", &paint(BOLD, &who), 2, look.width)]);
    out.push_str(&wrapped("  ", &clean(&user.answer), 2, look.width));
    out.push('\n');
    out.push_str(&rows(user.checks.iter(), look));
    out
}

fn part<'a>(
    out: &mut String,
    title: &str,
    checks: impl Iterator<Item = &'a Check> + Clone,
    look: Look,
) {
    let text = rows(checks, look);
    if !text.is_empty() {
        out.extend(["\n", &paint(BOLD, title), "\n", &text]);
    }
}

/// Checks below each other, with what was seen beside their titles, or below where there is little
/// room.
fn rows<'a>(checks: impl Iterator<Item = &'a Check> + Clone, look: Look) -> String {
    let widest = checks.clone().map(|check| columns(&check.title)).max().unwrap_or(0);
    let lead = 2 + look.sign_width() + 1;
    let beside = lead + widest + 2;
    let below = lead + 2;
    let mut out = String::new();
    for check in checks {
        let (sign, style) = sign(check.health, look);
        let sign = paint(style, &padded(sign, look.sign_width()));
        let evidence = clean(&check.evidence);
        if beside + ROOM <= look.width {
            let title = padded(&check.title, widest);
            out.push_str(&wrapped(&format!("  {sign} {title}  "), &evidence, beside, look.width));
        } else {
            out.push_str(&wrapped(&format!("  {sign} "), &check.title, lead, look.width));
            out.push_str(&wrapped(&" ".repeat(below), &evidence, below, look.width));
        }
        for step in &check.fix {
            let step: Vec<String> = step.lines().map(clean).collect();
            let arrow = format!("{}{} ", " ".repeat(below), look.arrow());
            out.push_str(&wrapped(&arrow, &step.join("\n"), columns(&arrow), look.width));
        }
    }
    out
}

fn sign(health: Health, look: Look) -> (&'static str, Style) {
    match health {
        Health::Ok => (look.sign(Sign::Done), GREEN),
        Health::Unknown => (look.sign(Sign::Skipped), FAINT),
        Health::Warning => (look.sign(Sign::Warning), YELLOW),
        Health::Problem => (look.sign(Sign::Failed), RED),
    }
}

/// How many of each kind, and what that means for `apply`.
fn in_short(found: &Diagnosis, look: Look) -> String {
    let of_user = found.user.iter().flat_map(|user| &user.checks);
    let all: Vec<&Check> = found.checks.iter().chain(of_user).collect();
    let number = |health| all.iter().filter(|check| check.health == health).count();
    let mut parts = Vec::new();
    let problems = number(Health::Problem);
    if problems > 0 {
        parts.push(paint(RED, &counted(problems, "problem", "problems")));
    }
    let warnings = number(Health::Warning);
    if warnings > 0 {
        parts.push(paint(YELLOW, &counted(warnings, "warning", "warnings")));
    }
    let unknown = number(Health::Unknown);
    if unknown > 0 {
        parts.push(format!("{unknown} unknown"));
    }
    let fine = number(Health::Ok);
    if fine > 0 || parts.is_empty() {
        parts.push(paint(GREEN, &format!("{fine} fine")));
    }
    let keeps = match found.checks.iter().filter(|it| is_in_the_way(it)).count() {
        0 => "",
        1 => " One of them keeps apply from beginning.",
        _ => " Some of them keep apply from beginning.",
    };
    let keeps =
        if problems == 1 && !keeps.is_empty() { " It keeps apply from beginning." } else { keeps };
    wrapped("\n", &format!("{}.{keeps}", parts.join(", ")), 0, look.width)
}

fn is_in_the_way(check: &Check) -> bool {
    check.blocks && check.health == Health::Problem
}

/// What people in the field have trouble with and no program sees.
fn beyond(look: Look) -> String {
    let mut out = format!("\n{}\n", paint(BOLD, "What no program sees"));
    for trouble in TROUBLES {
        if let Seen::ByNobody(why) = trouble.seen {
            out.push_str(&wrapped("  ", trouble.symptom, 2, look.width));
            out.push_str(&wrapped("    ", &paint(FAINT, why), 4, look.width));
        }
    }
    out
}
