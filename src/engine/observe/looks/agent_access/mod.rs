//! What agents may do with records: permissions of their profiles and permission sets, seats of the
//! package, and which apps they see.
//!
//! What has to be asked follows from the users, the call center and the objects, so that it is asked once
//! they were seen, in two requests one after the other: who has which permission set, then what those
//! give. Ids are named throughout: no semi-join has to be taken by the org, and of the permission sets
//! only those are asked about that reach an agent.

mod rows;

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::rest::Describe;
use salesforce_client::soql::{in_list, quote};
use salesforce_client::{Answers as Answered, Batch, Client, Error, Soql};
use serde::de::DeserializeOwned;

use self::rows::{
    AppRow, AssignmentRow, FieldRow, LicenceRow, MenuRow, ObjectRow, SeatRow, SetRow,
};
use super::objects::described;
use super::{Fetch, short};
use crate::checklist::agent_access::{Need, needs, objects};
use crate::engine::observe::refusals::{refused, unanswered};
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{
    AccessHolder, AgentAccess, AgentFound, ConnectorWish, Granted, Observed, OrgState,
    PermissionSetId, ProfileId, Refused, Seats, Target, UserId,
};

/// So many ids or names stand in one query.
const CHUNK: usize = 100;

const OBJECT: &str = "object:";
const ASSIGNED: &str = "assigned:";
const SETS: &str = "sets:";
const SEATS: &str = "seats:";
const LICENCE: &str = "licence";
const MENU: &str = "menu";
const FIELDS: &str = "fields:";
const OBJECTS: &str = "objects:";
const APPS: &str = "apps:";

/// What a permission set says of itself.
const SELECT_SETS: &str = "SELECT Id, Name, Label, NamespacePrefix, ProfileId, Type, \
                           PermissionsEditTask, PermissionsModifyAllData FROM PermissionSet WHERE ";

pub(super) struct AgentAccessOfUsers;

impl Fetch for AgentAccessOfUsers {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, _: &mut Burst<'a>) {}

    fn follow<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let (Some(desired), Some(state)) = (inquiry.desired, seen.state()) else { return };
        let people = people(desired, state, seen.beside.agent.seen());
        if people.is_empty() && desired.agent_access.is_none() {
            return;
        }
        let recorded = inquiry.baseline.entries.iter().filter_map(|entry| match &entry.target {
            Target::PermissionSetAccess(set, granted)
                if set.name == desired.recipe.agent_access.permission_set =>
            {
                Some(granted.clone())
            }
            _ => None,
        });
        let question = Question {
            desired,
            state: OrgState::clone(state),
            people,
            recorded: recorded.collect(),
        };
        burst.call(question.put(burst.client()), |answer, taking| {
            taking.state.agent_access = match answer {
                Ok((objects, access)) => {
                    taking.state.objects.extend(objects);
                    Observed::Seen(access)
                }
                Err(words) => Observed::Refused(words),
            };
            Ok(())
        });
    }
}

/// Whoever is asked about: id and profile.
type People = BTreeMap<UserId, Option<ProfileId>>;

/// The chosen users where the configuration wants to know, and the user who is asked about.
fn people(desired: &ConnectorWish, state: &OrgState, agent: Option<&AgentFound>) -> People {
    let chosen = state.users.iter().filter(|user| {
        desired.agent_access.is_some() && !user.chosen_by.is_empty() && user.active && user.standard
    });
    let mut people: People = chosen.map(|user| (user.id, user.profile)).collect();
    if let Some(AgentFound::One(agent)) = agent {
        people.insert(agent.id, agent.profile);
    }
    people
}

/// What is to be found out.
struct Question<'a> {
    desired: &'a ConnectorWish,
    state: OrgState,
    people: People,
    /// What earlier runs have put into our permission set.
    recorded: BTreeSet<Granted>,
}

type Objects = BTreeMap<String, Observed<crate::model::Described>>;

impl Question<'_> {
    async fn put(mut self, client: &Client) -> Result<(Objects, AgentAccess), Refused> {
        let first = client.batch(&self.first()).await.map_err(|error| unanswered(&error))?;
        let objects = read_objects(&first)?;
        self.state.objects.extend(objects.clone());
        let needs = needs(self.desired, &self.state);
        let mut access = AgentAccess {
            asked: needs.into_iter().map(|Need { granted, .. }| granted).collect(),
            ..AgentAccess::default()
        };
        access.asked.extend(self.recorded.iter().cloned());
        for row in rows::<AssignmentRow>(&first, ASSIGNED)? {
            access.assigned.entry(row.assignee_id).or_default().insert(row.permission_set_id);
        }
        let sets = rows::<SetRow>(&first, SETS)?;
        access.holders = sets.into_iter().map(AccessHolder::from).collect();
        access.seats = seats(&first).unwrap_or(Seats::Unseen);
        let known: BTreeSet<&PermissionSetId> =
            access.holders.iter().map(|holder| &holder.id).collect();
        let assigned: BTreeSet<PermissionSetId> =
            access.assigned.values().flatten().filter(|id| !known.contains(id)).copied().collect();
        let own_set = &self.desired.recipe.agent_access.permission_set;
        let own = access.set(own_set).map(|holder| holder.id);
        let second = second(&access, &assigned, own.as_ref());
        let second = client.batch(&second).await.map_err(|error| unanswered(&error))?;
        let more = rows::<SetRow>(&second, SETS)?;
        access.holders.extend(more.into_iter().map(AccessHolder::from));
        let menu = match rows::<MenuRow>(&first, MENU) {
            // What our own set gives of apps has to be known, for a deploy replaces it.
            Err(refused) if own.is_some() => return Err(refused),
            menu => menu.unwrap_or_default(),
        };
        let apps: BTreeMap<String, String> = menu
            .into_iter()
            .filter_map(|row| Some((short(row.application_id.as_deref()?), row.qualified())))
            .collect();
        access.named_apps = apps.values().cloned().collect();
        give(&mut access, &second, &apps, own.as_ref())?;
        Ok((objects, access))
    }

    /// What the objects look like, who has which permission set and a seat, and what stands for the
    /// profiles.
    fn first(&self) -> Batch {
        let mut batch = Batch::new();
        for object in objects(self.desired, &self.state) {
            batch = batch.describe(format!("{OBJECT}{object}"), &object);
        }
        let users: Vec<&str> = self.people.keys().map(UserId::as_str).collect();
        for (number, list) in lists(&users).enumerate() {
            batch = batch.query(
                format!("{ASSIGNED}{number}"),
                Soql::new(
                    "SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment \
                     WHERE AssigneeId IN ",
                )
                .value(&list),
            );
            batch = batch.query(
                format!("{SEATS}{number}"),
                Soql::new(
                    "SELECT UserId, PackageLicenseId FROM UserPackageLicense WHERE UserId IN ",
                )
                .value(&list),
            );
        }
        let profiles: BTreeSet<&str> =
            self.people.values().flatten().map(ProfileId::as_str).collect();
        let profiles: Vec<&str> = profiles.into_iter().collect();
        for (number, list) in lists(&profiles).enumerate() {
            let soql = Soql::new(SELECT_SETS).text("ProfileId IN ").value(&list);
            batch = batch.query(format!("{SETS}{number}"), soql);
        }
        let recipe = &self.desired.recipe;
        let own = quote(&recipe.agent_access.permission_set);
        batch
            .query(
                format!("{SETS}own"),
                Soql::new(SELECT_SETS).text("NamespacePrefix = null AND Name = ").value(&own),
            )
            .query(
                LICENCE,
                Soql::new(
                    "SELECT Id, AllowedLicenses FROM PackageLicense WHERE NamespacePrefix = ",
                )
                .value(&quote(&recipe.namespace)),
            )
            .query(
                MENU,
                Soql::new(
                    "SELECT ApplicationId, Name, NamespacePrefix FROM AppMenuItem \
                     WHERE Type = 'TabSet'",
                ),
            )
    }
}

/// What all of them give of what is asked for, and of those that were only assigned what they are.
fn second(
    access: &AgentAccess,
    assigned: &BTreeSet<PermissionSetId>,
    own: Option<&PermissionSetId>,
) -> Batch {
    let mut batch = Batch::new();
    let of_profiles = access.holders.iter().map(|holder| holder.id.as_str());
    let assigned: Vec<&str> = assigned.iter().map(PermissionSetId::as_str).collect();
    let all: Vec<&str> = of_profiles.chain(assigned.iter().copied()).collect();
    for (number, list) in lists(&assigned).enumerate() {
        let soql = Soql::new(SELECT_SETS).text("Id IN ").value(&list);
        batch = batch.query(format!("{SETS}{number}"), soql);
    }
    let (mut fields, mut objects) = (Vec::new(), Vec::new());
    for granted in &access.asked {
        match granted {
            Granted::Field(name) => fields.push(name.as_str()),
            Granted::Object(name) => objects.push(name.as_str()),
            // Tasks are asked for too, though their access comes from elsewhere.
            Granted::User(_) => objects.push("Task"),
            Granted::App(_) | Granted::ApexClass(_) | Granted::PresenceStatus(_) => {}
        }
    }
    if let Some(own) = own {
        // All that is in it, asked for or not: a deploy replaces the whole.
        let own = quote(own.as_str());
        let fields = Soql::new(
            "SELECT ParentId, SobjectType, Field FROM FieldPermissions \
             WHERE PermissionsRead = true AND PermissionsEdit = true AND ParentId = ",
        );
        let objects = Soql::new(
            "SELECT ParentId, SobjectType FROM ObjectPermissions \
             WHERE PermissionsCreate = true AND PermissionsEdit = true AND ParentId = ",
        );
        batch = batch.query(format!("{FIELDS}own"), fields.value(&own));
        batch = batch.query(format!("{OBJECTS}own"), objects.value(&own));
    }
    let mut number = 0;
    for parents in lists(&all) {
        for fields in lists(&fields) {
            let soql = Soql::new(
                "SELECT ParentId, SobjectType, Field FROM FieldPermissions \
                 WHERE PermissionsRead = true AND PermissionsEdit = true AND Field IN ",
            );
            let soql = soql.value(&fields).text(" AND ParentId IN ").value(&parents);
            batch = batch.query(format!("{FIELDS}{number}"), soql);
            number += 1;
        }
        if let Some(objects) = in_list(&objects) {
            let soql = Soql::new(
                "SELECT ParentId, SobjectType FROM ObjectPermissions \
                 WHERE PermissionsCreate = true AND PermissionsEdit = true AND SobjectType IN ",
            );
            let soql = soql.value(&objects).text(" AND ParentId IN ").value(&parents);
            batch = batch.query(format!("{OBJECTS}{number}"), soql);
        }
        let soql = Soql::new(
            "SELECT ParentId, SetupEntityId FROM SetupEntityAccess \
             WHERE SetupEntityType = 'TabSet' AND ParentId IN ",
        );
        batch = batch.query(format!("{APPS}{number}"), soql.value(&parents));
        number += 1;
    }
    batch
}

/// Tells the holders what they give.
fn give(
    access: &mut AgentAccess,
    answers: &Answered,
    apps: &BTreeMap<String, String>,
    own: Option<&PermissionSetId>,
) -> Result<(), Refused> {
    let mut given: Vec<(PermissionSetId, Granted)> = Vec::new();
    for row in rows::<FieldRow>(answers, FIELDS)? {
        given.push((row.parent_id, Granted::Field(row.field)));
    }
    for row in rows::<ObjectRow>(answers, OBJECTS)? {
        given.push((row.parent_id, Granted::Object(row.sobject_type)));
    }
    let of_apps = match rows::<AppRow>(answers, APPS) {
        Err(refused) if own.is_some() => return Err(refused),
        rows => rows.unwrap_or_default(),
    };
    let mut holders: BTreeMap<PermissionSetId, &mut AccessHolder> =
        access.holders.iter_mut().map(|holder| (holder.id, holder)).collect();
    for row in of_apps {
        if let Some(name) = apps.get(&short(&row.setup_entity_id)) {
            given.push((row.parent_id, Granted::App(name.clone())));
        } else if let Some(holder) = holders.get_mut(&row.parent_id) {
            holder.unnamed_apps.insert(row.setup_entity_id);
        }
    }
    for (parent, granted) in given {
        if let Some(holder) = holders.get_mut(&parent) {
            holder.given.insert(granted);
        }
    }
    Ok(())
}

/// Who has a seat of the package.
fn seats(answers: &Answered) -> Result<Seats, Refused> {
    let licences = rows::<LicenceRow>(answers, LICENCE)?;
    if licences.iter().all(LicenceRow::is_for_everybody) {
        return Ok(Seats::Everybody);
    }
    Ok(seats_of(&licences, &rows::<SeatRow>(answers, SEATS)?))
}

/// The same of the licences of the package's namespace; where there is none, or one for everybody, everybody. Packages
/// may share a namespace: which of several licences is the connector's, matters where they differ.
fn seats_of(licences: &[LicenceRow], seats: &[SeatRow]) -> Seats {
    let users = |licence: &LicenceRow| -> Option<BTreeSet<UserId>> {
        let own = seats.iter().filter(|it| short(&it.package_license_id) == short(&licence.id));
        (!licence.is_for_everybody()).then(|| own.map(|seat| seat.user_id).collect())
    };
    let mut all = licences.iter().map(users);
    let Some(first) = all.next() else { return Seats::Everybody };
    if all.any(|other| other != first) {
        return Seats::Unseen;
    }
    first.map_or(Seats::Everybody, Seats::Users)
}

fn read_objects(answers: &Answered) -> Result<Objects, Refused> {
    let mut found = Objects::new();
    for name in answers.names() {
        let Some(object) = name.strip_prefix(OBJECT) else { continue };
        let seen = match answers.refusal(name) {
            Some(error) if error.is_missing() => Observed::Refused(refused(error)),
            Some(error) => return Err(refused(error)),
            None => {
                let read: Result<Describe, Error> = answers.value(name);
                described(read.map_err(|error| unanswered(&error))?)
            }
        };
        found.insert(object.to_owned(), seen);
    }
    Ok(found)
}

/// The records of every question whose name begins so; the first refusal speaks for all.
fn rows<R: DeserializeOwned>(answers: &Answered, prefix: &str) -> Result<Vec<R>, Refused> {
    let mut found = Vec::new();
    for name in answers.names().filter(|name| name.starts_with(prefix)) {
        if let Some(error) = answers.refusal(name) {
            return Err(refused(error));
        }
        let mut more = answers.records::<R>(name).map_err(|error| unanswered(&error))?;
        found.append(&mut more);
    }
    Ok(found)
}

/// Ids or names in chunks, each as a list of SOQL.
fn lists<'a>(names: &'a [&'a str]) -> impl Iterator<Item = salesforce_client::soql::Literal> + 'a {
    names.chunks(CHUNK).filter_map(in_list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_licences_that_differ_nobody_knows_who_has_a_seat() {
        let licence = |number: usize, allowed: i64| -> LicenceRow {
            let id = format!("050{number:012}");
            serde_json::from_value(serde_json::json!({ "Id": id, "AllowedLicenses": allowed }))
                .expect("a row")
        };
        let seat = |user: usize, licence: usize| -> SeatRow {
            serde_json::from_value(serde_json::json!({
                "UserId": format!("005{user:012}"),
                "PackageLicenseId": format!("050{licence:012}AAA"),
            }))
            .expect("a row")
        };
        let users = |users: &[usize]| {
            let id = |user: &usize| UserId::parse(&format!("005{user:012}")).expect("an id");
            Seats::Users(users.iter().map(id).collect())
        };
        assert_eq!(seats_of(&[], &[]), Seats::Everybody);
        assert_eq!(seats_of(&[licence(1, -1), licence(2, -1)], &[]), Seats::Everybody);
        let (one, both) = ([licence(1, 5)], [licence(1, 5), licence(2, 9)]);
        assert_eq!(seats_of(&one, &[seat(1, 1), seat(2, 2)]), users(&[1]));
        assert_eq!(seats_of(&both, &[seat(1, 1), seat(1, 2)]), users(&[1]));
        assert_eq!(seats_of(&both, &[seat(1, 1), seat(2, 2)]), Seats::Unseen);
        assert_eq!(seats_of(&[licence(1, 5), licence(2, -1)], &[seat(1, 1)]), Seats::Unseen);
    }
}
