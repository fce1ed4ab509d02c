//! How far it has come: what was done, and what is still to be done where it stops.

use super::Task;
use crate::labels::{Labels, languages};
use crate::task::{Call, Layout, Removal, Step};

/// The parts of the work, in their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// The list is looked for.
    #[default]
    List,
    /// A layout is opened.
    Open,
    /// The form is filled in.
    Fill,
    /// It is sent.
    Save,
    /// What was sent is looked for.
    Check,
    /// Profiles get a layout, or get theirs back.
    Assign,
    /// Another layout becomes the default.
    Default,
    /// The layout is deleted.
    Delete,
}

/// A step without what was typed or chosen: that is nobody's business but the person's.
pub(super) fn without_value(step: &Step, stage: Stage) -> String {
    match step {
        // There the field is a profile.
        Step::Filled { .. } if stage == Stage::Assign => "a profile".to_owned(),
        Step::Filled { field, .. } => field.clone(),
        Step::Pressed(_) => step.to_string(),
        // What stands between quotation marks are names.
        Step::Seen(what) => {
            let parts = what.split('"').enumerate();
            parts.map(|(at, part)| if at % 2 == 0 { part } else { "\"…\"" }).collect()
        }
    }
}

/// What is left of a task at a stage, that stage included, by the labels of the page alone.
pub(super) fn left(task: &Task, stage: Stage) -> Vec<String> {
    // People read English here whatever the page's language is.
    let Some(labels) = languages().first() else { return Vec::new() };
    let all = match task {
        Task::SetUp(layout) => of_layout(layout, labels),
        Task::Remove(removal) => of_removal(removal, labels),
    };
    let left = all.into_iter().filter(|(of, _)| *of >= stage);
    left.map(|(_, what)| what).collect()
}

fn of_layout(layout: &Layout, labels: &Labels) -> Vec<(Stage, String)> {
    let mut all = vec![
        (Stage::List, "open the list of softphone layouts".to_owned()),
        (Stage::Open, format!("press {} or {}", first(&labels.new), first(&labels.edit))),
        (Stage::Fill, first(&labels.name).to_owned()),
    ];
    if layout.default {
        all.push((Stage::Fill, first(&labels.is_default).to_owned()));
    }
    for call in &layout.calls {
        let kind = first(call.kind.label(labels));
        all.extend(rows(call, labels).map(|row| (Stage::Fill, format!("{kind}: {row}"))));
    }
    all.push((Stage::Save, format!("press {}", first(&labels.save))));
    all.push((Stage::Check, "open the layout once more and compare its values".to_owned()));
    if !layout.profiles.is_empty() {
        all.push((Stage::Assign, assignment(layout.profiles.len(), labels)));
    }
    all
}

fn of_removal(removal: &Removal, labels: &Labels) -> Vec<(Stage, String)> {
    let mut all = vec![(Stage::List, "open the list of softphone layouts".to_owned())];
    if !removal.profiles.is_empty() {
        all.push((Stage::Assign, assignment(removal.profiles.len(), labels)));
    }
    if !removal.defaults.is_empty() {
        let what = format!("{} of another layout, if this one is it", first(&labels.is_default));
        all.push((Stage::Default, what));
    }
    if removal.deletes {
        all.push((Stage::Delete, format!("press {}", first(&labels.delete))));
    }
    all
}

fn rows<'l>(call: &Call, labels: &'l Labels) -> impl Iterator<Item = &'l str> {
    let objects = call.objects.as_ref().map(|_| first(&labels.objects));
    let opens_in = call.opens_in.map(|_| first(&labels.opens_in));
    let pops = call.pops.iter().enumerate().filter(|(_, pop)| pop.is_some());
    let pops: Vec<&str> = pops.map(|(place, _)| first(Call::outcome(labels, place))).collect();
    objects.into_iter().chain(opens_in).chain(pops)
}

fn assignment(profiles: usize, labels: &Labels) -> String {
    let noun = if profiles == 1 { "profile" } else { "profiles" };
    format!("{} of {profiles} {noun}", first(&labels.assignment))
}

fn first(label: &[String]) -> &str {
    label.first().map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::{Pop, Window};

    #[test]
    fn what_is_left_is_told_by_the_labels_of_the_page() {
        let call = Call {
            objects: Some(vec!["Account".to_owned()]),
            opens_in: Some(Window::New),
            pops: [Some(Pop::New("Secret__c".to_owned())), None, Some(Pop::Search)],
            ..Call::default()
        };
        let layout = Layout {
            name: "Acme".to_owned(),
            default: true,
            calls: vec![call],
            profiles: vec!["Sales".to_owned(), "Service".to_owned()],
        };
        let task = Task::SetUp(layout);
        assert_eq!(
            left(&task, Stage::Fill),
            [
                "Name",
                "Is Default Layout",
                "Inbound: Display these salesforce.com objects",
                "Inbound: Screen pops open within",
                "Inbound: No matching records",
                "Inbound: Multiple-matching records",
                "press Save",
                "open the layout once more and compare its values",
                "Softphone Layout Assignment of 2 profiles",
            ]
        );
        assert_eq!(left(&task, Stage::List).len(), 11);
        let all = left(&task, Stage::List).join("\n");
        assert!(!["Acme", "Secret", "Sales", "Account"].iter().any(|it| all.contains(it)), "{all}");
        let removal = Task::Remove(Removal { deletes: true, ..Removal::default() });
        assert_eq!(left(&removal, Stage::Assign), ["press Del"]);
    }
}
