//! Whose softphone layouts were seen, and which of them count.
//!
//! What the check users get is what agents get, so that it counts; the calling user's own only where none
//! of theirs was seen.

use super::plan::{differences, is_named};
use crate::checklist::names::{listed, profile_label};
use crate::checklist::{Change, Note, Verdict};
use crate::model::{
    CheckedLayout, LayoutOfUser, OrgState, SoftphoneLayout, SoftphoneLayoutWish, Value, normalised,
};

/// What somebody gets.
pub(super) struct Sighting<'a> {
    /// Who, as people read it; none for the calling user.
    pub(super) whose: Option<String>,
    /// The label of the profile, where it is known.
    pub(super) profile: Option<String>,
    /// The layout, where there is one and it was shown.
    pub(super) layout: Option<&'a SoftphoneLayout>,
}

/// The layouts that count.
pub(super) fn sightings(state: &OrgState) -> Vec<Sighting<'_>> {
    let checked: Vec<Sighting<'_>> = checked(state).collect();
    if checked.is_empty() {
        return vec![Sighting { whose: None, profile: None, layout: state.softphone.found() }];
    }
    checked
}

/// Those of the check users.
fn checked(state: &OrgState) -> impl Iterator<Item = Sighting<'_>> {
    let seen = state.checked_layouts.iter().filter_map(|it| it.seen.as_ref().ok());
    seen.map(|seen: &LayoutOfUser| {
        let profile = seen.profile.as_ref().map(|id| profile_label(state, id));
        let whose = match &profile {
            Some(profile) => format!("{} (profile {})", seen.username, listed(&[profile])),
            None => seen.username.clone(),
        };
        Sighting { whose: Some(whose), profile, layout: seen.layout.as_ref() }
    })
}

/// Whether any check user's was seen.
pub(super) fn is_checked(sightings: &[Sighting<'_>]) -> bool {
    sightings.iter().any(|it| it.whose.is_some())
}

/// The layout by which the steps go: one of the wanted name shows that it is there already.
pub(super) fn shown<'a>(
    wish: &SoftphoneLayoutWish,
    sightings: &[Sighting<'a>],
    own: Option<&'a SoftphoneLayout>,
) -> Option<&'a SoftphoneLayout> {
    let layouts = || sightings.iter().filter_map(|it| it.layout);
    let named = layouts().chain(own).find(|layout| is_named(wish, Some(layout)));
    named.or_else(|| layouts().next())
}

/// The profiles that still have to be given the layout: none whose user gets it, and each whose user gets
/// another although it is there.
pub(super) fn to_assign(
    wish: &SoftphoneLayoutWish,
    sightings: &[Sighting<'_>],
    unassigned: Vec<String>,
    is_there: bool,
) -> Vec<String> {
    let gets_it = |profile: &String| {
        let is_it = |it: &&Sighting<'_>| it.profile.as_ref() == Some(profile);
        let mut of_profile = sightings.iter().filter(is_it).peekable();
        of_profile.peek().is_some() && of_profile.all(|it| is_named(wish, it.layout))
    };
    let mut profiles: Vec<String> = unassigned.into_iter().filter(|it| !gets_it(it)).collect();
    for sighting in sightings.iter().filter(|it| is_there && !is_named(wish, it.layout)) {
        if let Some(profile) = sighting.profile.as_ref().filter(|it| !profiles.contains(it)) {
            profiles.push(profile.clone());
        }
    }
    profiles
}

/// What each check user gets, in a few words.
pub(super) fn summary(wish: &SoftphoneLayoutWish, sightings: &[Sighting<'_>]) -> String {
    let one = |it: &Sighting<'_>| {
        let whose = it.whose.as_deref().unwrap_or_default();
        match it.layout {
            None => format!("{whose} gets none"),
            Some(layout) => {
                let differs = if is_named(wish, it.layout) { ", which differs" } else { "" };
                format!("{whose} gets {}{differs}", listed(&[&layout.name]))
            }
        }
    };
    let differs = |it: &&Sighting<'_>| !differences(wish, it.layout).is_empty();
    sightings.iter().filter(differs).map(one).collect::<Vec<_>>().join("; ")
}

/// Says whose layouts were seen and what differs in each, and why others were not seen.
pub(super) fn tell(
    verdict: &mut Verdict,
    wish: &SoftphoneLayoutWish,
    sightings: &[Sighting<'_>],
    state: &OrgState,
) {
    let name = listed(&[&wish.name]);
    for sighting in sightings {
        let Some(whose) = &sighting.whose else { continue };
        let found = differences(wish, sighting.layout);
        if found.is_empty() {
            verdict.note(format!("Softphone layout of {whose}: {name}, as configured."));
            continue;
        }
        let what = match sighting.layout {
            None => "the org returns none".to_owned(),
            Some(_) => found.iter().map(instead).collect::<Vec<_>>().join("; "),
        };
        verdict.warn(format!("Softphone layout of {whose}: {what}."));
    }
    if is_checked(sightings) {
        verdict.note(
            "These are the check users' layouts; the calling user's own layout does not count.",
        );
    } else if verdict.changes.is_empty() && !sightings.iter().any(|it| is_named(wish, it.layout)) {
        let own = match state.softphone.found() {
            Some(own) => format!("your own is {}", listed(&[&own.name])),
            None => "you were shown none".to_owned(),
        };
        let recorded = match (wish.default, wish.profiles.is_empty()) {
            (true, true) => "The browser last saw it in Setup as configured, and as the default",
            (true, false) => {
                "The browser last saw it and its profiles in Setup as configured, and as the default"
            }
            (false, _) => "Its values and profiles were recorded when the browser saved them",
        };
        verdict.note(format!(
            "The softphone layout {name} was not checked: {own}, and Salesforce shows nobody \
            else's. {recorded}. To have it checked, add a login of one of its users to \
            `softphone_layout.check_users`."
        ));
    } else if verdict.changes.is_empty() {
        verdict.note(format!(
            "The softphone layout {name} was checked for the calling user only; Salesforce shows nobody else's."
        ));
    }
    for CheckedLayout { alias, seen } in &state.checked_layouts {
        let Err(unseen) = seen else { continue };
        let note = Note::warning(format!(
            "The softphone layout of the check user `{alias}` could not be checked: {}.",
            unseen.why.trim_end_matches('.')
        ));
        verdict.notes.push(unseen.remedy.iter().cloned().fold(note, Note::hint));
    }
}

/// What a value is, and what it is to be.
fn instead(change: &Change) -> String {
    let text = |value: Option<&Value>| {
        value.map_or_else(|| "nothing".to_owned(), |it| listed(&[it.text(change.target())]))
    };
    let (before, after) = (change.operation.from.as_ref(), change.operation.to.as_ref());
    format!("{} is {} instead of {}", change.target().place().1, text(before), text(after))
}

/// What check users get who do not get that layout, or not with that content; none where none of theirs
/// was seen.
pub fn others_get(state: &OrgState, layout: &str) -> Option<String> {
    let all: Vec<Sighting<'_>> = checked(state).collect();
    if all.is_empty() {
        return None;
    }
    let is_it = |it: &SoftphoneLayout| normalised(&it.name) == normalised(layout);
    let other = all.iter().find(|it| !it.layout.is_some_and(is_it));
    let whose = |it: &Sighting<'_>| it.whose.clone().unwrap_or_default();
    Some(match other {
        None => format!(
            "the org still returns different content of \"{layout}\" for {}",
            all.iter().map(whose).collect::<Vec<_>>().join(", ")
        ),
        Some(other) => match other.layout {
            None => format!("the org returns no softphone layout for {}", whose(other)),
            Some(seen) => format!(
                "the org returns the softphone layout \"{}\" for {}: a profile may have one of its own \
                 (Setup > Softphone Layouts > Softphone Layout Assignment)",
                seen.name,
                whose(other)
            ),
        },
    })
}
