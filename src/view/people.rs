//! What is left to people: the steps, with what to type afterwards, and what they confirmed.

use jiff::Timestamp;

use super::Screen;
use super::counts::left;
use super::ending::UNINSTALL;
use super::paint::{BOLD, YELLOW, paint};
use super::plan::{heading, noted};
use super::purpose::Purpose;
use super::screen::Sign;
use super::text::{clean, padded, wrapped};
use crate::checklist::{ItemId, Word};
use crate::engine::{ItemOutcome, ItemReport, OrgReport, Parties, Report};
use crate::model::{Command, Confirmation, Hint, Invocation};

/// What a run leaves to people.
pub(super) struct Left<'a> {
    pub(super) items: &'a [ItemReport],
    /// The command that looks whether it is done.
    pub(super) again: &'a Command,
    pub(super) purpose: Purpose,
    /// Whether an uninstall is on record, which a person's word can end.
    uninstalls: bool,
    pub(super) invocation: &'a Invocation,
}

impl<'a> Left<'a> {
    /// What that run leaves to people.
    pub(super) fn of(
        report: &'a Report,
        again: &'a Command,
        purpose: Purpose,
        invocation: &'a Invocation,
    ) -> Self {
        Self { items: &report.items, again, purpose, uninstalls: report.uninstalls, invocation }
    }

    /// Whether the run tells the steps itself. `todo` tells them of a setup: where nothing changes, it is
    /// enough to name it. What a plan cannot do without, a person reads at once.
    pub(super) fn tells_steps(&self, changes: bool) -> bool {
        let is_choice = self.items.iter().any(|item| item.is_choice);
        left(self.items) > 0 && (changes || is_choice || !self.has_todo())
    }

    fn has_todo(&self) -> bool {
        matches!(self.purpose, Purpose::Plan | Purpose::Verify)
    }

    /// The steps of every item, behind an empty line. Those of the items in `shown` stand on the
    /// screen already.
    pub(super) fn steps(&self, shown: &[ItemId], screen: Screen) -> String {
        let mut out = String::new();
        for item in self.items.iter().filter(|item| item.outcome == ItemOutcome::NeedsHuman) {
            if out.is_empty() {
                out = format!("\n{}\n", paint(BOLD, "Manual steps"));
            }
            out.push('\n');
            out.push_str(&steps(item, shown.contains(&item.id), screen));
            out.push_str(&afterwards(item, self.again, self.uninstalls, self.invocation, screen));
        }
        out
    }

    /// What a person types next.
    pub(super) fn next(&self, told: bool) -> Option<Hint> {
        if left(self.items) == 0 {
            return None;
        }
        if self.has_todo() {
            let todo = Command::of_org("todo").within(self.invocation);
            let again = if told { " again" } else { "" };
            return Some(Hint::command("", todo, &format!(" shows the manual steps{again}.")));
        }
        let again = self.again.clone().within(self.invocation);
        Some(Hint::command("Take the steps above, then", again, " does what is left."))
    }
}

/// What is left to a person in an org, for whoever wants to do it now.
pub fn render_todo(
    org: &OrgReport,
    items: &[ItemReport],
    invocation: &Invocation,
    screen: Screen,
) -> String {
    if items.is_empty() {
        let text = format!("No manual steps are left in {}.", clean(&org.name));
        return wrapped("", &text, 0, screen);
    }
    let mut out = heading("To do", Parties::org(Some(org)), screen);
    let again = Command::of_org("todo");
    for item in items {
        out.push('\n');
        out.push_str(&steps(item, false, screen));
        out.push_str(&afterwards(item, &again, false, invocation, screen));
    }
    out
}

/// The same while an uninstall is not through: what it leaves to a person.
pub fn render_unfinished_uninstall(
    org: &OrgReport,
    began: Timestamp,
    items: &[ItemReport],
    invocation: &Invocation,
    screen: Screen,
) -> String {
    let uninstall = Command::of_org(UNINSTALL);
    let finishes = Hint::command("", uninstall.clone(), " finishes it.").within(invocation);
    let text = format!(
        "An uninstall that began at {} in {} is not finished. {finishes}",
        began.strftime("%Y-%m-%d %H:%M UTC"),
        clean(&org.name),
    );
    let mut out = wrapped("", &text, 0, screen);
    for item in items {
        out.push('\n');
        out.push_str(&steps(item, false, screen));
        out.push_str(&afterwards(item, &uninstall, true, invocation, screen));
    }
    out
}

/// The steps of one item, numbered.
pub(super) fn steps(item: &ItemReport, shown: bool, screen: Screen) -> String {
    let sign = padded(screen.sign(Sign::Human), screen.sign_width());
    let mut out = format!("{} {}\n", paint(YELLOW, &sign), paint(BOLD, item.title));
    if shown {
        out.push_str(&wrapped("  ", "The steps are above.", 2, screen));
        return out;
    }
    if let Some(why) = &item.message {
        out.push_str(&wrapped("  ", why, 2, screen));
    }
    // A step alone needs no number, least of all where it is a choice.
    let is_alone = item.steps.len() == 1;
    for (number, step) in item.steps.iter().enumerate() {
        let lead = if is_alone { "  ".to_owned() } else { format!("{:>4}. ", number + 1) };
        out.push_str(&wrapped(&lead, step, lead.len(), screen));
    }
    out
}

/// What to type once the steps are taken. Commands stand on lines of their own whatever the width:
/// they are there to be copied.
fn afterwards(
    item: &ItemReport,
    again: &Command,
    uninstalls: bool,
    invocation: &Invocation,
    screen: Screen,
) -> String {
    let word = item.id.about().map_or(Word::NotAsked, |about| about.word);
    let confirm = Command::of_org(format!("confirm {}", item.id)).within(invocation);
    if again.begins_with(UNINSTALL) {
        let Some(why) = item.unseen else {
            // The org shows whether what was taken out is gone; nobody's word counts for that.
            let text = wrapped("  ", "When it is done, run this again:", 2, screen);
            return format!("{text}    {}\n", again.clone().within(invocation));
        };
        if !uninstalls {
            let text = format!(
                "No run can detect when it is done, because {why}. An uninstall of the whole connector \
                 asks you to confirm it."
            );
            return wrapped("  ", &text, 2, screen);
        }
        let finish = Command::of_org(UNINSTALL).within(invocation);
        let text = "When it is done, confirm it, and finish the uninstall:";
        return format!("{}    {confirm}\n    {finish}\n", wrapped("  ", text, 2, screen));
    }
    let unseen = item.unseen.map(|why| {
        format!(
            "No run can detect when it is done, because {why}. A user who gets it can check it: add \
             that user's login to `softphone_layout.check_users`. Or confirm it:"
        )
    });
    let text = match (word, &item.confirmed, &unseen) {
        // The word was taken, and what can be seen speaks against it.
        (Word::AskedWhereUnseen, Some(said), _) => {
            let text = format!(
                "{} confirmed this on {}, but your own layout is different. If your agents have \
                 another one, add one of their logins to `softphone_layout.check_users`.",
                clean(&said.by),
                said.at.strftime("%Y-%m-%d"),
            );
            return wrapped("  ", &text, 2, screen);
        }
        (Word::AskedWhereUnseen, None, Some(unseen)) => unseen.as_str(),
        (Word::AskedWhereUnseen, None, None) => {
            "The next run detects when it is done. If your agents have a different layout from \
            yours, add one of their logins to `softphone_layout.check_users`, or confirm it:"
        }
        (Word::Asked, ..) => "When it is done, run:",
        // Nobody's word is asked for: the org shows it.
        (Word::NotAsked, ..) => {
            let text = wrapped("  ", "When it is done, run this again:", 2, screen);
            return format!("{text}    {}\n", again.clone().within(invocation));
        }
    };
    format!("{}    {confirm}\n", wrapped("  ", text, 2, screen))
}

/// What `confirm` did.
#[derive(Debug, Clone)]
pub enum ConfirmationView<'a> {
    /// A person's word was recorded.
    Confirmed {
        /// The item's title.
        title: &'a str,
        /// Whom it counts for.
        whose: &'a str,
        /// Who said so.
        by: &'a str,
        /// What the calling user sees to be otherwise; empty where nothing is.
        differs: &'a str,
        /// What goes on with the uninstall that it is about, where it is about one.
        next: Option<&'a Command>,
        /// How to take it back.
        back: &'a Command,
    },
    /// A person's word was taken back.
    Forgotten {
        /// The item's title.
        title: &'a str,
        /// Whom it counted for.
        whose: &'a str,
        /// What was taken back; nothing had been confirmed where it is absent.
        gone: Option<&'a Confirmation>,
        /// The table of the configuration that still states it, where one does.
        stated: Option<String>,
    },
}

/// What a person reads after `confirm`.
pub fn render_confirmation(said: &ConfirmationView<'_>, screen: Screen) -> String {
    match said {
        ConfirmationView::Confirmed { title, whose, by, differs, next, back } => {
            let done = if next.is_some() { " taken out" } else { "" };
            let text = format!(
                "Recorded: {title}{done}, confirmed by {} for {}. provision has not verified it.",
                clean(by),
                clean(whose)
            );
            let mut out = wrapped("", &text, 0, screen);
            if !differs.is_empty() {
                let text = format!(
                    "Your own layout differs: {}. The step stays open until you, or a user in \
                    `softphone_layout.check_users`, get the configured layout. `verify` says so and \
                    exits with 0.",
                    clean(differs)
                );
                out.push_str(&noted(true, &text, screen));
            }
            let then = |lead: &str, command: &Command| {
                format!("{}  {command}\n", wrapped("", lead, 0, screen))
            };
            if let Some(next) = next {
                out += &then("To finish the uninstall, run:", next);
            }
            out + &then("To withdraw it, run:", back)
        }
        ConfirmationView::Forgotten { title, whose, gone, stated: Some(stated) } => {
            let rest = ConfirmationView::Forgotten { title, whose, gone: *gone, stated: None };
            let text =
                format!("The configuration still says so: remove [{}] from it too.", clean(stated));
            render_confirmation(&rest, screen) + &noted(true, &text, screen)
        }
        ConfirmationView::Forgotten { title, whose, gone: Some(gone), .. } => {
            let text = format!(
                "Withdrawn: the confirmation of {title} for {}, given by {} on {}.",
                clean(whose),
                clean(&gone.by),
                gone.day()
            );
            wrapped("", &text, 0, screen)
        }
        ConfirmationView::Forgotten { title, whose, gone: None, .. } => {
            let text =
                format!("Nothing to withdraw: nobody had confirmed {title} for {}.", clean(whose));
            wrapped("", &text, 0, screen)
        }
    }
}

/// What a person is to compare with the form in the browser.
pub(super) fn render_saving(what: &str, values: &[(String, String)], screen: Screen) -> String {
    let mut text = format!("\nIn the browser, about to {}:\n", clean(what));
    for (field, value) in values {
        text.push_str(&wrapped("  - ", &format!("{}: {}", clean(field), clean(value)), 4, screen));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_one_line_a_value() {
        let value = |field: &str, value: &str| (field.to_owned(), value.to_owned());
        let values = [value("Name", "Webex"), value("No\u{1b}[2J matching records", "Nothing")];
        assert_eq!(
            render_saving("save the softphone layout \"Webex\"", &values, Screen::new(60, true)),
            "\nIn the browser, about to save the softphone layout \"Webex\":\n  - Name: Webex\n  - \
             No\u{fffd}[2J matching records: Nothing\n"
        );
    }
}
