//! Finding what a configuration names, and helping where it names nothing.

use super::{Change, Stop};
use crate::model::{
    ConnectorWish, OrgState, Profile, ProfileId, User, UserSelection, either, in_a_row, nearest,
};

/// What a name of the configuration led to.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// This one profile.
    One(&'a Profile),
    /// None, though not every name is known yet.
    NotYet,
    /// None.
    None,
    /// Several: the name is one's label and another's API name.
    Several,
}

/// Finds a profile by label or API name; ids join the two, so that a wrong name can never become
/// a new profile (a deploy creates the profile that its file names).
pub(super) fn profile<'a>(name: &str, profiles: &'a [Profile], names_known: bool) -> Found<'a> {
    let mut found = profiles
        .iter()
        .filter(|profile| profile.label == name || profile.api_name.as_deref() == Some(name));
    match (found.next(), found.next()) {
        (Some(only), None) => Found::One(only),
        (Some(_), Some(_)) => Found::Several,
        (None, _) if names_known => Found::None,
        (None, _) => Found::NotYet,
    }
}

/// What to say of a profile's name that leads nowhere, or to several.
///
/// `place` is the name's key path: `users.profiles[0]`.
pub(super) fn no_profile(place: &str, name: &str, found: &Found<'_>, known: &[Profile]) -> Stop {
    let asked_by = place.split('[').next().unwrap_or(place);
    if matches!(found, Found::Several) {
        return several_profiles(asked_by, name, known).at(place);
    }
    let stop = Stop::configuration(format!(
        "`{asked_by}` names the profile \"{name}\", which this org does not have."
    ))
    .at(place);
    match nearest(name, known.iter().map(|profile| profile.label.as_str())) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")).hint(BY_API_NAME),
        None => stop
            .hint("Give profiles by label or API name, as in Setup > Profiles.")
            .hint(BY_API_NAME),
    }
}

/// Why a label that was right for somebody else leads nowhere.
const BY_API_NAME: &str = "Labels of standard profiles depend on the calling user's language; \
        API names, such as Admin for System Administrator, do not.";

/// A name that leads to several profiles: their labels may be the same, in one of the org's
/// languages or in all.
fn several_profiles(asked_by: &str, name: &str, known: &[Profile]) -> Stop {
    let labelled: Vec<&Profile> = known.iter().filter(|profile| profile.label == name).collect();
    if labelled.len() < 2 {
        return Stop::configuration(format!(
            "`{asked_by}` names \"{name}\", which is the label of one profile and the API name \
            of another: use the other name of the one you mean."
        ));
    }
    let named = |profile: &&Profile| match &profile.api_name {
        Some(api_name) => format!("\"{api_name}\" ({})", profile.id),
        None => profile.id.to_string(),
    };
    let each: Vec<String> = labelled.iter().map(named).collect();
    Stop::configuration(format!(
        "`{asked_by}` names \"{name}\", which is the label of {} profiles in this org: {}. Use the \
         API name of the one you mean.",
        labelled.len(),
        each.join(", ")
    ))
}

/// Names of one kind that lead nowhere, or to several: the first ones are told one by one, the others in a row.
pub(super) struct Unknown<'a> {
    asked_by: &'a str,
    names: Vec<&'a str>,
}

impl<'a> Unknown<'a> {
    /// Names of that key: `users.profiles`.
    pub(super) fn of(asked_by: &'a str) -> Self {
        Self { asked_by, names: Vec::new() }
    }

    /// Adds what there is to say of a name, made only where it is said.
    pub(super) fn tell(
        &mut self,
        name: &'a str,
        stops: &mut Vec<Stop>,
        say: impl FnOnce() -> Stop,
    ) {
        self.names.push(name);
        if self.names.len() <= SHOWN {
            stops.push(say());
        }
    }

    /// Says how many there are besides, and in full which.
    pub(super) fn count_others(self, stops: &mut Vec<Stop>) {
        let Some(others @ [_, ..]) = self.names.get(SHOWN..) else { return };
        let count = counted(others.len(), "more name", "more names");
        let quoted: Vec<String> = others.iter().map(|name| format!("\"{name}\"")).collect();
        let which = either(&format!(": {}", quoted.join(", ")), "");
        let text = format!("{count} in `{}` cannot be used either{which}.", self.asked_by);
        stops.push(Stop::configuration(text).at(self.asked_by));
    }
}

/// Whether a deploy of the change needs an API name that nobody has asked for yet.
pub(super) fn api_name_missing(change: &Change, state: &OrgState) -> bool {
    let profile = change.target().profile();
    let known = profile.and_then(|it| it.find(&state.profiles, |it| &it.id, |it| &it.label));
    known.is_some_and(|profile| profile.api_name.is_none())
}

/// What a profile is called; its id where the org does not show it.
pub(super) fn profile_label(state: &OrgState, id: &ProfileId) -> String {
    let known = state.profiles.iter().find(|profile| &profile.id == id);
    known.map_or_else(|| id.to_string(), |profile| profile.label.clone())
}

/// The name by which a configuration means just this profile: its label, else its API name.
pub(super) fn profile_name<'a>(state: &'a OrgState, id: &ProfileId) -> Option<&'a str> {
    let is = |profile: &Profile, name: &str| {
        profile.label == name || profile.api_name.as_deref() == Some(name)
    };
    let profile = state.profiles.iter().find(|profile| &profile.id == id)?;
    [Some(profile.label.as_str()), profile.api_name.as_deref()]
        .into_iter()
        .flatten()
        .find(|name| state.profiles.iter().filter(|other| is(other, name)).count() == 1)
}

/// Whether somebody is chosen: by a query, or by a name of the configuration that can be compared
/// here. Nobody loses what they have because a query found nobody.
pub(super) fn is_chosen(desired: &ConnectorWish, state: &OrgState, user: &User) -> bool {
    let UserSelection { profiles, usernames, .. } = &desired.users;
    let profile = state.profiles.iter().find(|known| Some(&known.id) == user.profile.as_ref());
    let by_profile = profile.is_some_and(|profile| {
        profiles.contains(&profile.label)
            || profile.api_name.as_ref().is_some_and(|name| profiles.contains(name))
    });
    let is_it = |name: &String| name.to_lowercase() == user.username.to_lowercase();
    !user.chosen_by.is_empty() || by_profile || usernames.iter().any(is_it)
}

/// A number with its noun.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// So many names are told in short; more are counted.
pub(super) const SHOWN: usize = 10;

/// `"a", "b" and "c"`; in short, what is past the first ten is counted.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{}\"", name.as_ref())).collect();
    in_a_row(&quoted, SHOWN)
}

/// `a, b or c`
pub(super) fn alternatives(names: &[String]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{in_full, in_short};

    #[test]
    fn long_lists_are_cut_and_counted() {
        assert_eq!(listed(&["a"]), "\"a\"");
        assert_eq!(listed(&["a", "b", "c"]), "\"a\", \"b\" and \"c\"");
        let many: Vec<String> = (0..12).map(|number| number.to_string()).collect();
        assert!(in_short(&listed(&many)).ends_with("\"9\" and 2 more"));
        assert!(in_full(&listed(&many)).ends_with("\"10\" and \"11\""));
    }

    #[test]
    fn of_many_unknown_names_the_first_ten_are_told_and_the_others_counted() {
        let (mut stops, mut made) = (Vec::new(), 0);
        let mut unknown = Unknown::of("users.profiles");
        let names: Vec<String> = (0..100_000).map(|number| number.to_string()).collect();
        for name in &names {
            unknown.tell(name, &mut stops, || {
                made += 1;
                Stop::configuration(format!("no {name}"))
            });
        }
        unknown.count_others(&mut stops);
        assert_eq!((stops.len(), made), (11, 10));
        let last = stops[10].message();
        assert_eq!(in_short(&last), "99990 more names in `users.profiles` cannot be used either.");
        assert!(in_full(&last).ends_with(", \"99998\", \"99999\"."));
        let mut none = Vec::new();
        Unknown::of("users.profiles").count_others(&mut none);
        assert!(none.is_empty());
    }
}
