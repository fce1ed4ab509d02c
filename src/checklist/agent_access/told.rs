//! What agents lack as people read it, and what a person does about it.

use std::collections::BTreeMap;

use super::lacks::{Group, words};
use super::needs::Need;
use crate::checklist::names::{counted, listed};
use crate::checklist::{Human, Link, Sight, Step};
use crate::model::{AgentAccessWish, App, Granted, in_a_row};

/// So many fields of an object are told in short; more are counted.
const SHOWN: usize = 10;
/// So many agents are named in short.
const NAMED: usize = 3;

/// What groups of agents lack, and where a person gives it.
pub(super) fn human(groups: &[Group<'_>], instance_url: &str) -> Human {
    let mut human = Human { sight: Sight::Undone, ..Human::default() };
    for group in groups {
        add(&mut human, &format!("{} may not {}.", who(group), lacking(&group.needs)));
        let page = Link::setup(instance_url, "PermSets");
        let mut step = Step::new("Open ").link(page).words(format!(
            " and choose a permission set that these agents have, or create one and assign it \
            (or use the profile \"{}\"). Grant there:",
            group.profile
        ));
        for (place, what) in by_place(&group.needs) {
            step = step.line(place, what);
        }
        human.steps.push(step);
    }
    human
}

/// Adds who has no seat of the package.
pub(super) fn seats(human: &mut Human, without: &[&str], instance_url: &str) {
    let agents = counted(without.len(), "agent has", "agents have");
    add(human, &format!("{agents} no licence for the package ({}).", named(without)));
    let page = Link::setup(instance_url, "ImportedPackage");
    human.steps.push(
        Step::new("Open ")
            .link(page)
            .words(", click Manage Licenses beside the package, then Add Users:"),
    );
    if let Some(step) = human.steps.last_mut() {
        *step = without.iter().fold(step.clone(), |step, user| step.value(*user));
    }
}

/// Adds that no app has the phone. Where a deploy was to put it there, the org has `refused` it in these words.
pub(super) fn no_phone(
    human: &mut Human,
    wish: Option<&AgentAccessWish>,
    refused: Option<&str>,
    instance_url: &str,
) {
    let named = wish.and_then(|wish| wish.app.as_deref());
    let why = named.map_or_else(
        || "No Lightning app has the phone in its utility bar.".to_owned(),
        |name| format!("The app \"{name}\" does not have the phone in its utility bar."),
    );
    add(human, &why);
    if let Some(words) = refused {
        let words = words.trim_end_matches('.');
        add(human, &format!("The org does not let a deploy change that bar: {words}."));
    }
    let page = Link::setup(instance_url, "NavigationMenus");
    human.steps.push(Step::new("Open ").link(page).words(format!(
        ", click Edit beside {}, then Utility Items (Desktop Only) > Add Utility Item > Open CTI \
         Softphone > Save.",
        named.map_or_else(|| "the agents' app".to_owned(), |name| format!("\"{name}\""))
    )));
    if named.is_none() && wish.is_some_and(|wish| wish.manage) {
        human.steps.push(Step::new(
            "Or name an app of your own as `app` under [agent_access], and provision puts the phone into its \
             utility bar.",
        ));
    }
}

/// Adds who sees none of the apps with the phone.
pub(super) fn no_app(human: &mut Human, blind: &[&str], apps: &[&App], instance_url: &str) {
    let labels: Vec<&str> = apps.iter().map(|app| app.label.as_str()).collect();
    let agents = counted(blind.len(), "agent does", "agents do");
    add(
        human,
        &format!("{agents} not see {}, where the phone is ({}).", listed(&labels), named(blind)),
    );
    let page = Link::setup(instance_url, "PermSets");
    human.steps.push(Step::new("Open ").link(page).words(format!(
        ", choose a permission set that these agents have and add {} under Assigned Apps.",
        listed(&labels)
    )));
}

/// How many objects and fields those are.
pub(super) fn extent(needs: &[Need]) -> (String, String) {
    let fields = needs.iter().filter(|need| matches!(need.granted, Granted::Field(_))).count();
    (counted(needs.len() - fields, "object", "objects"), counted(fields, "field", "fields"))
}

fn add(human: &mut Human, sentence: &str) {
    if !human.why.is_empty() {
        human.why.push(' ');
    }
    human.why.push_str(sentence);
}

/// `4 agents of the profile "Agent" (a@example.com, b@example.com and 2 more)`
fn who(group: &Group<'_>) -> String {
    let agents = counted(group.users.len(), "agent", "agents");
    format!("{agents} of the profile \"{}\" ({})", group.profile, named(&group.users))
}

fn named(users: &[&str]) -> String {
    in_a_row(users, NAMED)
}

/// `create and edit Case (the connector); edit Task.Subject (the connector) and 12 more`
fn lacking(needs: &[&Need]) -> String {
    let told = needs.iter().map(|need| format!("{} ({})", words(&need.granted), need.by));
    in_a_row(&told.collect::<Vec<_>>(), SHOWN)
}

/// What is to be ticked where on the pages of a permission set.
fn by_place(needs: &[&Need]) -> Vec<(String, String)> {
    let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut places = Vec::new();
    for need in needs {
        match &need.granted {
            Granted::Object(name) => places.push((
                format!("Object Settings > {name} > Object Permissions"),
                "Read, Create, Edit".to_owned(),
            )),
            Granted::Field(name) => {
                let (object, field) = name.split_once('.').unwrap_or((name, ""));
                fields.entry(object).or_default().push(field);
            }
            Granted::User(_) => {
                places.push(("System Permissions".to_owned(), "Edit Tasks".to_owned()));
            }
            Granted::ApexClass(_) | Granted::PresenceStatus(_) | Granted::App(_) => {}
        }
    }
    places.extend(fields.into_iter().map(|(object, fields)| {
        let place = format!("Object Settings > {object} > Field Permissions > Edit Access");
        (place, fields.join(", "))
    }));
    places
}
