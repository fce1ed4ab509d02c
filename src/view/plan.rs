//! The plan, and what `verify` found: what is and what is to be, item by item.

use super::Screen;
use super::counts::own;
use super::noticed::noticed;
use super::paint::{BOLD, FAINT, GREEN, RED, YELLOW, paint};
use super::purpose::Purpose;
use super::rows::{common_subject, name, rows};
use super::screen::Sign;
use super::text::{clean, columns, counted, padded, wrapped};
use super::verdict::{in_short, whole};
use crate::checklist::{ItemId, Note};
use crate::engine::{ItemOutcome, ItemReport, Parties, SEE_BELOW, TenantReport};
use crate::model::{Invocation, SubjectKind, is_longer_in_full};

/// Everything there is to know before anything happens: the verdict first and last, and before the
/// last the `steps` that are left to people.
pub(super) fn plan(
    parties: Parties<'_>,
    items: &[ItemReport],
    purpose: Purpose,
    steps: &str,
    invocation: &Invocation,
    screen: Screen,
) -> String {
    let what = match purpose {
        Purpose::Plan => "Plan",
        Purpose::Verify => "Verification",
        Purpose::Removal => "Uninstall plan",
        Purpose::Undo => "Undo plan",
        Purpose::Restore => "Restore plan",
    };
    let mut out = heading(what, parties, screen);
    out.push_str(&wrapped("", &paint(BOLD, &in_short(items, purpose)), 0, screen));
    out.push('\n');
    let mut block_before = false;
    let mut grouped = false;
    let idle = Idle::of(items, purpose, screen);
    for item in items.iter().filter(|item| !idle.has(item)) {
        let block = !item.changes.is_empty();
        if block_before || (block && !out.ends_with("\n\n")) {
            out.push('\n');
        }
        if block {
            let rows = rows(&item.changes, screen);
            let moment = noticed(item, items).filter(|_| purpose != Purpose::Verify);
            out.push_str(&title(item, rows.common.as_deref(), moment.as_deref(), screen));
            out.push_str(&rows.text);
            grouped |= rows.grouped;
        } else {
            out.push_str(&line(item, title_width(items), purpose, screen));
        }
        block_before = block;
    }
    let rest = idle.line(screen);
    if block_before && !rest.is_empty() {
        out.push('\n');
    }
    out.push_str(&rest);
    out.push_str(&notes(items, &[], invocation, screen));
    let cut = !screen.full && items.iter().any(has_more);
    if grouped || cut {
        let text = match (grouped, cut) {
            (true, false) => "Similar changes are grouped; --full lists each one.",
            (false, _) => "Long lists are cut; --full shows them whole.",
            (true, true) => {
                "Similar changes are grouped and long lists cut; --full shows everything."
            }
        };
        out.push_str(if out.ends_with("\n\n") || has_notes(items) { "" } else { "\n" });
        out.push_str(&noted(false, text, screen));
    }
    out.push_str(steps);
    out.push('\n');
    out.push_str(&wrapped("", &whole(items, purpose), 0, screen));
    out
}

/// What it is about, and in which org.
pub(super) fn heading(what: &str, parties: Parties<'_>, screen: Screen) -> String {
    let (what, org) = match (parties.org, parties.tenant) {
        (Some(org), _) => (what, org),
        (None, Some(tenant)) => return tenant_heading(what, tenant, screen),
        (None, None) => return format!("{}\n", paint(BOLD, what)),
    };
    let alias =
        org.alias.as_deref().map(|alias| format!(", called {}", clean(alias))).unwrap_or_default();
    let first = paint(BOLD, &format!("{what} for {}", clean(&org.name)));
    let rest = format!("({}, {}{alias})", org.kind.name(), org.id);
    let text = format!("{first} {}", paint(FAINT, &rest));
    let mut out = if columns(&text) <= screen.width {
        format!("{text}\n")
    } else {
        format!("{first}\n{}", wrapped("  ", &rest, 2, screen))
    };
    if let Some(tenant) = parties.tenant {
        out.push_str(&tenant_heading("and", tenant, screen));
    }
    out
}

/// The same where it is about no org.
fn tenant_heading(what: &str, tenant: &TenantReport, screen: Screen) -> String {
    let first = paint(BOLD, &format!("{what} for Webex: {}", clean(&tenant.name)));
    let rest = format!("(organization {})", tenant.id);
    let text = format!("{first} {}", paint(FAINT, &rest));
    if columns(&text) <= screen.width {
        format!("{text}\n")
    } else {
        format!("{first}\n{}", wrapped("  ", &rest, 2, screen))
    }
}

/// The one permission set that all of an item's changes are about.
fn common_set(item: &ItemReport) -> Option<&str> {
    let first = item.changes.first()?.field.as_str();
    let is_one = item.changes.iter().all(|change| change.field == first);
    (item.id == ItemId::PERMISSION_SET && is_one).then_some(first)
}

/// The line above an item's changes.
fn title(item: &ItemReport, common: Option<&str>, moment: Option<&str>, screen: Screen) -> String {
    let mut text = item.title.to_owned();
    if let Some(subject) = common_subject(&item.changes) {
        let of = if subject.kind == SubjectKind::CallCenter { " of" } else { ":" };
        text = format!("{text}{of} {}", name(subject));
    } else if let Some(set) = common_set(item) {
        text = format!("{text}: {}", clean(set));
    }
    let mut out = paint(BOLD, &text);
    if matches!(item.outcome, ItemOutcome::Failed | ItemOutcome::NeedsHuman) {
        let (sign, style) = sign(item.outcome);
        out = format!("{} {out}", paint(style, screen.sign(sign)));
    }
    let mut out = wrapped("", &out, 2, screen).trim_end().to_owned();
    if let Some(common) = common {
        let one_line = format!("{out} {}", paint(FAINT, common));
        out = if columns(&one_line) <= screen.width {
            one_line
        } else {
            format!("{out}\n{}", wrapped("  ", common, 4, screen))
        };
    }
    let mut out = out.trim_end().to_owned();
    if let Some(moment) = moment {
        let beside = format!("{out}  {}", paint(FAINT, moment));
        let last = beside.lines().last().unwrap_or_default();
        out = if columns(last) <= screen.width {
            beside
        } else {
            format!("{out}\n{}", wrapped("  ", &paint(FAINT, moment), 2, screen).trim_end())
        };
    }
    let out = out + "\n";
    match &item.message {
        // Why it is left to a person stands with the steps, at the end.
        Some(_) if item.is_in_failure => out + &wrapped("  ", SEE_BELOW, 2, screen),
        Some(message) if item.outcome != ItemOutcome::NeedsHuman => {
            out + &wrapped("  ", message, 2, screen)
        }
        _ => out,
    }
}

/// How wide titles are.
pub(super) fn title_width(items: &[ItemReport]) -> usize {
    let widths = items.iter().map(|item| columns(item.title));
    widths.max().unwrap_or(0)
}

/// An item in one line: sign, title, and what there is to say.
pub(super) fn line(item: &ItemReport, titles: usize, purpose: Purpose, screen: Screen) -> String {
    let (sign, style) = sign(item.outcome);
    let sign = padded(screen.sign(sign), screen.sign_width());
    let message = match &item.message {
        Some(_) if item.is_in_failure && item.made > 0 => {
            let of = own(item).count();
            format!("{} of {}: {SEE_BELOW}", item.made, counted(of, "change made", "changes made"))
        }
        Some(_) if item.is_in_failure => SEE_BELOW.to_owned(),
        Some(message) if item.outcome != ItemOutcome::NeedsHuman => message.clone(),
        _ => standing(item, purpose),
    };
    // A title beside a long text leaves too little room for it on a narrow terminal.
    let (title, indent) = if screen.width < 60 {
        (format!("{}:", item.title), screen.sign_width() + 1)
    } else {
        (padded(item.title, titles + 1), screen.sign_width() + titles + 3)
    };
    let lead = format!("{} {title} ", paint(style, &sign));
    wrapped(&lead, &message, indent, screen)
}

fn sign(outcome: ItemOutcome) -> (Sign, anstyle::Style) {
    match outcome {
        ItemOutcome::Changed | ItemOutcome::Confirmed => (Sign::Done, GREEN),
        ItemOutcome::Already => (Sign::Already, FAINT),
        ItemOutcome::Planned => (Sign::Ahead, FAINT),
        ItemOutcome::Differs => (Sign::Failed, YELLOW),
        ItemOutcome::Failed => (Sign::Failed, RED),
        ItemOutcome::NeedsHuman => (Sign::Human, YELLOW),
        ItemOutcome::Skipped => (Sign::Skipped, FAINT),
    }
}

/// Items of which nothing is taken away or put back: they are named in one line, unless all is to be read.
pub(super) struct Idle<'a> {
    items: Vec<&'a ItemReport>,
    says: &'static str,
}

impl<'a> Idle<'a> {
    pub(super) fn of(items: &'a [ItemReport], purpose: Purpose, screen: Screen) -> Self {
        let says = match purpose {
            Purpose::Removal => "Nothing to remove",
            Purpose::Undo => "Nothing to undo",
            Purpose::Restore => "Nothing to put back",
            Purpose::Plan | Purpose::Verify => return Self { items: Vec::new(), says: "" },
        };
        let is_idle = |item: &&ItemReport| {
            item.outcome == ItemOutcome::Already
                && item.message.is_none()
                && item.changes.is_empty()
        };
        let items: Vec<&ItemReport> = items.iter().filter(is_idle).collect();
        // One has no list, and who asks for all gets a row each.
        let is_list = items.len() > 1 && !screen.full;
        Self { items: if is_list { items } else { Vec::new() }, says }
    }

    /// Whether the line names it.
    pub(super) fn has(&self, item: &ItemReport) -> bool {
        self.items.iter().any(|it| it.id == item.id)
    }

    /// The line.
    pub(super) fn line(&self, screen: Screen) -> String {
        if self.items.is_empty() {
            return String::new();
        }
        let titles: Vec<&str> = self.items.iter().map(|item| item.title).collect();
        let sign = padded(screen.sign(Sign::Already), screen.sign_width());
        let lead = format!("{} ", paint(FAINT, &sign));
        let text = format!("{}: {}", self.says, titles.join(", "));
        wrapped(&lead, &text, screen.sign_width() + 1, screen)
    }
}

/// What to say of an item that has nothing to say itself.
fn standing(item: &ItemReport, purpose: Purpose) -> String {
    let count = own(item).count();
    match item.outcome {
        ItemOutcome::Already if purpose == Purpose::Removal => "nothing to remove".to_owned(),
        ItemOutcome::Already if purpose == Purpose::Undo => "nothing to undo".to_owned(),
        ItemOutcome::Already if purpose == Purpose::Restore => "nothing to put back".to_owned(),
        ItemOutcome::Already => "already as configured".to_owned(),
        ItemOutcome::Changed if item.made == 0 => "done".to_owned(),
        ItemOutcome::Changed => format!("{} made", counted(item.made, "change", "changes")),
        ItemOutcome::Planned => format!("{} to make", counted(count, "change", "changes")),
        ItemOutcome::Differs => "not as configured".to_owned(),
        ItemOutcome::NeedsHuman => "to be done by hand".to_owned(),
        ItemOutcome::Confirmed => "confirmed by a person".to_owned(),
        ItemOutcome::Failed => "failed".to_owned(),
        ItemOutcome::Skipped => "not reached".to_owned(),
    }
}

/// Whether there is more to tell of an item than a short text has.
fn has_more(item: &ItemReport) -> bool {
    let texts = item.message.iter().chain(&item.steps).map(String::as_str);
    item.notes.iter().any(|note| is_longer_in_full(&note.text()))
        || texts.into_iter().any(is_longer_in_full)
}

fn has_notes(items: &[ItemReport]) -> bool {
    items.iter().any(|item| !item.notes.is_empty())
}

/// What people should know besides and were not told yet, warnings first.
pub(super) fn notes(
    items: &[ItemReport],
    said: &[Note],
    invocation: &Invocation,
    screen: Screen,
) -> String {
    let notes: Vec<_> =
        items.iter().flat_map(|item| &item.notes).filter(|note| !said.contains(note)).collect();
    if notes.is_empty() {
        return String::new();
    }
    let (warnings, rest): (Vec<_>, Vec<_>) = notes.into_iter().partition(|note| note.is_warning());
    let mut out = String::from("\n");
    for note in warnings.into_iter().chain(rest) {
        let text = note.clone().within(invocation).text();
        out.push_str(&noted(note.is_warning(), &text, screen));
    }
    out
}

/// How much of that there is, in a line: `1 warning and 2 notes: --full shows them.`
pub(super) fn counted_notes(items: &[ItemReport], said: &[Note], screen: Screen) -> String {
    let untold = items.iter().flat_map(|item| &item.notes).filter(|note| !said.contains(note));
    let (warnings, rest): (Vec<_>, Vec<_>) = untold.partition(|note| note.is_warning());
    let mut parts = Vec::new();
    if !warnings.is_empty() {
        parts.push(counted(warnings.len(), "warning", "warnings"));
    }
    if !rest.is_empty() {
        parts.push(counted(rest.len(), "note", "notes"));
    }
    let them = if warnings.len() + rest.len() == 1 { "it" } else { "them" };
    if parts.is_empty() {
        return String::new();
    }
    let text = format!("{}: --full shows {them}.", parts.join(" and "));
    noted(!warnings.is_empty(), &text, screen)
}

/// A note.
pub(super) fn noted(warning: bool, text: &str, screen: Screen) -> String {
    let (sign, style) = if warning { (Sign::Warning, YELLOW) } else { (Sign::Note, FAINT) };
    let sign = padded(screen.sign(sign), screen.sign_width());
    let lead = format!("{} ", paint(style, &sign));
    wrapped(&lead, text, screen.sign_width() + 1, screen)
}
