//! Which layouts there are to be, and which team gets which.

use std::collections::BTreeSet;

use super::whose::{
    copy_of, is_as_we_wrote_it, is_connectors, is_copy, is_ours, layout_of, named, new_layout_of,
    ours_of_another_name, replaced_before,
};
use crate::checklist::{Stop, TenantCase, Unseen};
use crate::definitions::desktop_layout::LayoutDocument;
use crate::model::{
    DesktopLayoutWish, LONGEST_LAYOUT_NAME, LayoutRow, Observed, Ref, TeamRow, TenantRecordId,
};

/// What is to be there.
#[derive(Debug, Default)]
pub(in crate::checklist) struct Arrangement<'a> {
    /// The layouts, each once.
    pub(in crate::checklist) layouts: Vec<WantedLayout>,
    /// The teams, each with the layout that it has and the one that it gets.
    pub(in crate::checklist) teams: Vec<Placement<'a>>,
    /// Why nothing may begin.
    pub(in crate::checklist) stops: Vec<Stop>,
    /// Contents that could not be read, and are not written over.
    pub(in crate::checklist) unseen: Vec<Unseen>,
    /// What people should know.
    pub(in crate::checklist) notes: Vec<String>,
}

/// A layout that is to be there with that content.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::checklist) struct WantedLayout {
    /// The layout; without an id it is to be made.
    pub(in crate::checklist) layout: Ref<TenantRecordId>,
    /// The content that it has now.
    pub(in crate::checklist) now: Option<String>,
    /// The content that it is to have.
    pub(in crate::checklist) content: String,
    /// Whether it is switched off, so that no agent sees it.
    pub(in crate::checklist) is_off: bool,
    /// The name that it is to have, where it has another.
    pub(in crate::checklist) new_name: Option<String>,
}

/// A team and its layout.
#[derive(Debug)]
pub(in crate::checklist) struct Placement<'a> {
    /// The team.
    pub(in crate::checklist) team: &'a TeamRow,
    /// Its own layout; `None`: the global one.
    pub(in crate::checklist) now: Option<Ref<TenantRecordId>>,
    /// The layout that it gets.
    pub(in crate::checklist) to: Ref<TenantRecordId>,
}

/// The layouts whose content decides: the wanted one, where it is there, and the teams' own.
pub(in crate::checklist) fn contents_needed(case: &TenantCase<'_>) -> BTreeSet<TenantRecordId> {
    let Some(wish) = &case.wish.desktop_layout else { return BTreeSet::new() };
    let teams = case.wanted_teams();
    let own = teams.iter().filter_map(|team| layout_of(case, team));
    let former = teams.iter().filter_map(|team| replaced_before(case, wish, team));
    // Layouts that an earlier run has made, whether or not a team has them.
    let ours = case.state.layouts.iter().filter(|layout| {
        !layout.untouchable
            && (layout.name.ends_with(&copy_of("", &wish.name)) || is_ours(case, layout))
    });
    let all = own.chain(former).chain(named(case, &wish.name)).chain(ours);
    all.map(|layout| layout.id.clone()).collect()
}

/// Decides it.
pub(in crate::checklist) fn arrange<'a>(case: &TenantCase<'a>) -> Arrangement<'a> {
    let mut arrangement = Arrangement::default();
    let Some(wish) = &case.wish.desktop_layout else { return arrangement };
    // What was not seen is told by whoever could not look.
    let (Observed::Seen(_), Observed::Seen(teams)) = (&case.state.layouts, &case.state.teams)
    else {
        return arrangement;
    };
    let connector = match LayoutDocument::read_connector(&wish.content) {
        Ok(connector) => connector,
        Err(error) => {
            arrangement.stops.push(
                Stop::configuration(format!(
                    "`webex.desktop_layout.file` ({}) cannot be uploaded: {error}.",
                    wish.file
                ))
                .at("webex.desktop_layout.file"),
            );
            return arrangement;
        }
    };
    for name in &case.wish.teams {
        // One that there is not stops the whole plan.
        let Some(team) = teams.iter().find(|team| &team.name == name) else { continue };
        if let Err(stop) = place(case, wish, &connector, team, &mut arrangement)
            && !arrangement.stops.contains(&stop)
        {
            arrangement.stops.push(stop);
        }
    }
    if case.wish.teams.is_empty() {
        // Somebody assigns it in the portal; it is to be there.
        if let Err(stop) = want_connectors(case, wish, &connector, &mut arrangement) {
            arrangement.stops.push(stop);
        }
    }
    arrangement
}

fn place<'a>(
    case: &TenantCase<'a>,
    wish: &DesktopLayoutWish,
    connector: &LayoutDocument,
    team: &'a TeamRow,
    into: &mut Arrangement<'a>,
) -> Result<(), Stop> {
    let own = layout_of(case, team);
    let now = own.map(|layout| Ref::seen(&layout.name, &layout.id));
    // A layout that is merely called like ours is somebody's own.
    let somebodys = own.filter(|own| !is_connectors(case, wish, connector, own));
    let Some(own) = somebodys.or_else(|| replaced_before(case, wish, team)) else {
        let to = want_connectors(case, wish, connector, into)?;
        into.teams.extend(to.map(|to| Placement { team, now, to }));
        return Ok(());
    };
    let Some(content) = case.state.content(&own.id) else {
        into.unseen.push(Unseen::in_tenant(&format!(
            "the content of \"{}\", the layout of its own that team {} has",
            own.name, team.name
        )));
        return Ok(());
    };
    let document =
        LayoutDocument::read(content).map_err(|error| odd(team, own, &error.to_string()))?;
    let is_our_copy = is_copy(case, wish, own);
    if wish.replace {
        let lost = document.lost_in(connector);
        // What is written over tells itself what it loses.
        if !lost.is_empty() && own.name != wish.name {
            into.notes.push(format!(
                "Team {} loses what only its own layout \"{}\" contains: {}.",
                team.name,
                own.name,
                lost.join(", ")
            ));
        }
        let to = want_connectors(case, wish, connector, into)?;
        into.teams.extend(to.map(|to| Placement { team, now, to }));
        return Ok(());
    }
    let merged = document
        .clone()
        .with_connector(connector)
        .map_err(|error| odd(team, own, &error.to_string()))?;
    if is_our_copy || merged == document {
        // It is our copy already, or somebody has put the connector in: it stays where it is.
        let to = want(case, &own.name, Some(own), merged.text(), into);
        into.teams.push(Placement { team, now, to });
        return Ok(());
    }
    let name = copy_of(&own.name, &wish.name);
    if name.chars().count() > LONGEST_LAYOUT_NAME {
        return Err(too_long(&name));
    }
    let there = named(case, &name);
    let content = there.and_then(|there| Some((there, case.state.content(&there.id)?)));
    let wanted = match content {
        Some((there, content)) if !is_as_we_wrote_it(case, there, content) => {
            // Whoever has added to the copy keeps that.
            let document = LayoutDocument::read(content)
                .map_err(|error| odd(team, there, &error.to_string()))?;
            let kept = document.with_connector(connector);
            let kept = kept.map_err(|error| odd(team, there, &error.to_string()))?;
            let lost = merged.lost_in(&kept);
            if !lost.is_empty() {
                into.notes.push(format!(
                    "The copy \"{name}\" has been changed since, and lacks what \"{}\" contains: {}.",
                    own.name,
                    lost.join(", ")
                ));
            }
            kept.text()
        }
        _ => merged.text(),
    };
    let to = want(case, &name, there, wanted, into);
    let but = if document.has_actions_widget() && !merged.has_actions_widget() {
        " but the Salesforce Actions widget"
    } else {
        ""
    };
    into.notes.push(format!(
        "Team {} keeps everything in its own layout \"{}\"{but}: the connector is added to a \
        copy of it, \"{name}\".",
        team.name, own.name
    ));
    into.teams.push(Placement { team, now, to });
    Ok(())
}

/// The connector's own layout is wanted. One that has its name and is somebody's own is written over
/// only where the configuration says so; one that we made is ours, whoever has added to it. What goes with
/// either is told. `None`: what is in it was
/// not seen, so that no team gets it.
fn want_connectors(
    case: &TenantCase<'_>,
    wish: &DesktopLayoutWish,
    connector: &LayoutDocument,
    into: &mut Arrangement<'_>,
) -> Result<Option<Ref<TenantRecordId>>, Stop> {
    let there = named(case, &wish.name).or_else(|| ours_of_another_name(case, wish));
    let content = there.and_then(|there| case.state.content(&there.id));
    if there.is_some() && content.is_none() {
        want(case, &wish.name, there, wish.content.clone(), into);
        return Ok(None);
    }
    if let (Some(there), Some(content)) = (there, content)
        && !is_as_we_wrote_it(case, there, content)
    {
        if !wish.replace && !is_connectors(case, wish, connector, there) {
            return Err(name_taken(&wish.name));
        }
        let lost = LayoutDocument::read(content).map(|document| document.lost_in(connector));
        let note = match lost.as_deref() {
            Ok([]) => None,
            Ok(lost) => Some(format!(
                "\"{}\" loses what only it contains: {}.",
                there.name,
                lost.join(", ")
            )),
            Err(_) => Some(format!("\"{}\" loses all its content.", there.name)),
        };
        // Several teams want it, and it is told once.
        into.notes.extend(note.filter(|note| !into.notes.contains(note)));
    }
    Ok(Some(want(case, &wish.name, there, wish.content.clone(), into)))
}

/// A layout of that name is wanted, with that content.
fn want(
    case: &TenantCase<'_>,
    name: &str,
    there: Option<&LayoutRow>,
    content: String,
    into: &mut Arrangement<'_>,
) -> Ref<TenantRecordId> {
    // What is there is known by the name that it has.
    let known = there.map_or(name, |layout| layout.name.as_str());
    let layout = Ref { name: known.to_owned(), id: there.map(|layout| layout.id.clone()) };
    if into.layouts.iter().any(|known| known.layout.is(&layout)) {
        return layout;
    }
    let now = there.and_then(|layout| case.state.content(&layout.id)).map(str::to_owned);
    match there {
        Some(_) if now.is_none() => {
            into.unseen.push(Unseen::in_tenant(&format!("the content of \"{name}\"")));
        }
        _ => {
            into.notes.extend(there.and_then(|there| also_of_others(case, there)));
            let is_off = there.is_some_and(|there| !there.active);
            let is_other = known != name && !known.starts_with(&new_layout_of(name, ""));
            let new_name = is_other.then(|| name.to_owned());
            let layout = layout.clone();
            into.layouts.push(WantedLayout { layout, now, content, is_off, new_name });
        }
    }
    layout
}

/// What a change of a layout does to teams that nobody chose.
fn also_of_others(case: &TenantCase<'_>, layout: &LayoutRow) -> Option<String> {
    let has = |team: &&TeamRow| {
        layout_of(case, team).is_some_and(|its| its.id == layout.id)
            && !case.wish.teams.contains(&team.name)
    };
    let others: Vec<&str> =
        case.state.teams.iter().filter(has).map(|team| team.name.as_str()).collect();
    (!others.is_empty()).then(|| {
        format!(
            "The layout \"{}\" is also used by teams that are not in `webex.teams`: {}.",
            layout.name,
            others.join(", ")
        )
    })
}

fn too_long(name: &str) -> Stop {
    Stop::configuration(format!(
        "The copy of a team's layout would be called \"{name}\", and Webex takes names of at most \
         {LONGEST_LAYOUT_NAME} characters."
    ))
    .hint("Choose a shorter `name` under [webex.desktop_layout], or rename the layout in Control Hub.")
    .at("webex.desktop_layout.name")
}

fn name_taken(name: &str) -> Stop {
    Stop::configuration(format!(
        "The contact center already has a desktop layout \"{name}\" that is not the connector's."
    ))
    .hint(
        "Choose another `name` under [webex.desktop_layout], or set `replace = true` there to \
        overwrite that layout. This also replaces the teams' own layouts.",
    )
    .at("webex.desktop_layout.name")
}

fn odd(team: &TeamRow, own: &LayoutRow, why: &str) -> Stop {
    Stop::refused(format!(
        "The connector cannot be added to the layout \"{}\" of team {}: {why}.",
        own.name, team.name
    ))
    .hint(
        "Add it by hand in Control Hub, or set `replace = true` in [webex.desktop_layout] to \
         give the team the connector's own layout instead.",
    )
}
