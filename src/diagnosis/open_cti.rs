//! Open CTI: whether the org has it, and how long Salesforce keeps it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::Look;

const TOPIC: Topic<'static> = Topic::new(Group::Org, 40, "open-cti", "Open CTI");

/// The day on which Salesforce retires it.
const END: Date = jiff::civil::date(2028, 2, 28);
/// From so many days before, it is worth a warning.
const NOTICE: i32 = 365;

const SUCCESSOR: &str = "Plan the move to Salesforce Voice with Webex Contact Center (Service Cloud \
                         Voice); Cisco's own guide for it says how.";

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(refused) = checkup.state.refusal(Look::CallCenters) {
        if !refused.missing {
            return Check::hidden(TOPIC, &refused.words);
        }
        return Check::problem(
            TOPIC,
            format!(
                "This org shows no call centers at all: Open CTI is not in it, or the calling user \
                 may not see it. The org says: {}.",
                refused.words.trim_end_matches('.')
            ),
        )
        .step("If Setup shows Call Centers here, give the calling user \"Manage Call Centers\".")
        .step(format!("If it does not, the org was made without Open CTI. {SUCCESSOR}"))
        .blocking();
    }
    let today = checkup.evidence.at.to_zoned(TimeZone::UTC).date();
    let left = today.until(END).map_or(0, |span| span.get_days());
    let end = END.strftime("%-d %B %Y");
    match left {
        left if left < 0 => {
            Check::problem(TOPIC, format!("Salesforce has retired Open CTI on {end}."))
                .step(SUCCESSOR)
        }
        left if left <= NOTICE => Check::warning(
            TOPIC,
            format!("The org has it. Salesforce retires it on {end}, in {left} days."),
        )
        .step(SUCCESSOR),
        _ => Check::ok(TOPIC, format!("The org has it; Salesforce retires it on {end}.")),
    }
}
