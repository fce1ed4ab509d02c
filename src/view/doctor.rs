//! What is wrong with an org, and what to do about it.

use anstyle::Style;

use super::Screen;
use super::paint::{BOLD, FAINT, GREEN, RED, YELLOW, paint};
use super::plan::heading;
use super::screen::Sign;
use super::text::{clean, columns, counted, padded, wrapped};
use crate::checklist::{Check, Group, Health, Topic};
use crate::diagnosis::{Diagnosis, Seen, TROUBLES, UserDiagnosis};
use crate::engine::{OrgReport, Parties};

/// Text beside a title gets no less room than this.
const ROOM: usize = 34;
/// What is no longer than that may be read twice.
const AT_A_GLANCE: usize = 60;
/// Said of a check that the sentence above is about.
const AS_ABOVE: &str = "See above.";
/// What checks of permissions are called in documents.
const PERMISSION: &str = "permission-";

/// The whole of it; with `verbose` also every check that is as it should be, and what no program
/// sees.
pub(super) fn render_diagnosis(
    org: Option<&OrgReport>,
    found: &Diagnosis,
    verbose: bool,
    screen: Screen,
) -> String {
    let mut out = heading("Doctor", Parties::org(org), screen);
    if let Some(user) = &found.user {
        out.push_str(&of_user(user, screen));
    }
    for group in [Group::Login, Group::Org, Group::Connector, Group::Webex, Group::People] {
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
        part(&mut out, group.title(), shown.into_iter().chain(&summary), screen);
    }
    out.push_str(&in_short(found, verbose, screen));
    if verbose {
        out.push_str(&beyond(screen));
    }
    out
}

/// Permissions that are given, in one line.
fn permissions_given(given: usize, all: usize) -> Check {
    let evidence = match given {
        given if given == all => format!("All {all} that provision needs."),
        1 => "The other one that provision needs.".to_owned(),
        given => format!("The other {given} that provision needs."),
    };
    Check::ok(Topic::new(Group::Login, 0, PERMISSION, "Permissions"), evidence)
}

fn of_user(user: &UserDiagnosis, screen: Screen) -> String {
    let mut out = String::new();
    let who = match (&user.name, &user.username) {
        (Some(name), Some(username)) => format!("{} ({})", clean(name), clean(username)),
        _ => "The user".to_owned(),
    };
    out.extend(["\n", &wrapped("", &paint(BOLD, &who), 2, screen)]);
    out.push_str(&wrapped("  ", &clean(&user.answer), 2, screen));
    out.push('\n');
    // What the sentence above says at length is not said twice.
    let repeats =
        |check: &Check| check.evidence() == user.answer && columns(&user.answer) > AT_A_GLANCE;
    let checks: Vec<(&Check, String)> = user
        .checks
        .iter()
        .map(|check| (check, if repeats(check) { AS_ABOVE.to_owned() } else { check.evidence() }))
        .collect();
    out.push_str(&rows_saying(&checks, screen));
    out
}

fn part<'a>(
    out: &mut String,
    title: &str,
    checks: impl Iterator<Item = &'a Check>,
    screen: Screen,
) {
    let text = rows(checks, screen);
    if !text.is_empty() {
        out.extend(["\n", &paint(BOLD, title), "\n", &text]);
    }
}

/// Checks below each other, with what was seen beside their titles, or below where there is little
/// room.
fn rows<'a>(checks: impl Iterator<Item = &'a Check>, screen: Screen) -> String {
    let checks: Vec<(&Check, String)> = checks.map(|check| (check, check.evidence())).collect();
    rows_saying(&checks, screen)
}

/// The same, each with what there is to say of it.
fn rows_saying(checks: &[(&Check, String)], screen: Screen) -> String {
    let widest = checks.iter().map(|(check, _)| columns(&check.title)).max().unwrap_or(0);
    let lead = 2 + screen.sign_width() + 1;
    let beside = lead + widest + 2;
    let below = lead + 2;
    let mut out = String::new();
    for (check, says) in checks {
        let (sign, style) = sign(check.health, screen);
        let sign = paint(style, &padded(sign, screen.sign_width()));
        let evidence = clean(says);
        if beside + ROOM <= screen.width {
            let title = padded(&check.title, widest);
            out.push_str(&wrapped(&format!("  {sign} {title}  "), &evidence, beside, screen));
        } else {
            out.push_str(&wrapped(&format!("  {sign} "), &check.title, lead, screen));
            out.push_str(&wrapped(&" ".repeat(below), &evidence, below, screen));
        }
        for step in check.fix() {
            let step: Vec<String> = step.to_string().lines().map(clean).collect();
            let arrow = format!("{}{} ", " ".repeat(below), screen.arrow());
            out.push_str(&wrapped(&arrow, &step.join("\n"), columns(&arrow), screen));
        }
    }
    out
}

fn sign(health: Health, screen: Screen) -> (&'static str, Style) {
    match health {
        Health::Ok => (screen.sign(Sign::Done), GREEN),
        Health::Unknown => (screen.sign(Sign::Skipped), FAINT),
        Health::Warning => (screen.sign(Sign::Warning), YELLOW),
        Health::Problem => (screen.sign(Sign::Failed), RED),
    }
}

/// How many of each kind, and what that means for `apply`. Whoever asks about a user is not shown what is fine
/// in the org, nor told how much that is.
fn in_short(found: &Diagnosis, verbose: bool, screen: Screen) -> String {
    let of_user = found.user.iter().flat_map(|user| &user.checks);
    let is_shown = |check: &&Check| verbose || found.user.is_none() || check.health != Health::Ok;
    let all: Vec<&Check> = found.checks.iter().filter(is_shown).chain(of_user).collect();
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
        parts.push(paint(GREEN, &format!("{fine} passed")));
    }
    let keeps = match found.checks.iter().filter(|it| is_in_the_way(it)).count() {
        0 => "",
        1 => " One of them blocks `apply`.",
        _ => " Some of them block `apply`.",
    };
    let keeps = if problems == 1 && !keeps.is_empty() { " It blocks `apply`." } else { keeps };
    let elsewhere = match found.left_out {
        0 => String::new(),
        count => format!(
            " Run doctor without --user for {} about the org.",
            counted(count, "more warning", "more warnings")
        ),
    };
    wrapped("\n", &format!("{}.{keeps}{elsewhere}", parts.join(", ")), 0, screen)
}

fn is_in_the_way(check: &Check) -> bool {
    check.blocks && check.health == Health::Problem
}

/// What people in the field have trouble with and no program sees.
fn beyond(screen: Screen) -> String {
    let mut out = format!("\n{}\n", paint(BOLD, "Not checked automatically"));
    for trouble in TROUBLES {
        if let Seen::ByNobody(why) = trouble.seen {
            out.push_str(&wrapped("  ", trouble.symptom, 2, screen));
            out.push_str(&wrapped("    ", &paint(FAINT, why), 4, screen));
        }
    }
    out
}
