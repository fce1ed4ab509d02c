//! What the item wants.

use crate::checklist::names::Unknown;
use crate::checklist::tenant::{add_steps, open};
use crate::checklist::{Step, Stop, TenantCase, Unseen, Verdict};
use crate::model::{NoRecordings, UserProfileRow, nearest};

/// The key that names the profiles.
const PROFILES: &str = "webex.recording_rights.user_profiles";

/// What the item wants.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let (Some(wish), Some(known)) = (&case.wish.recording_rights, case.state.user_profiles.seen())
    else {
        return verdict;
    };
    let mut steps = Vec::new();
    let mut lost = Unknown::of(PROFILES);
    for name in &wish.user_profiles {
        let Some(profile) = known.iter().find(|profile| &profile.name == name) else {
            lost.tell(name, &mut verdict.stops, || unknown(name, known));
            continue;
        };
        let permissions = profile.permissions.as_ref();
        let access = permissions.and_then(|it| it.get(&wish.permission));
        let step = match profile.keeps_from_recordings(&wish.permission) {
            None => continue,
            Some(NoRecordings::Unseen) => {
                verdict
                    .unseen
                    .push(Unseen::in_tenant(&format!("what the user profile \"{name}\" permits")));
                continue;
            }
            Some(NoRecordings::Kind) => format!(
                "Choose a user profile of the type Supervisor in the place of \"{name}\", which is of \
                 the type {}: recordings are for supervisors.",
                profile.kind
            ),
            Some(NoRecordings::Stock) => format!(
                "Copy the user profile \"{name}\", which is Webex's own, and give the copy at least View \
                 on recordings: Cisco requires a custom profile. Then name it in `{PROFILES}`."
            ),
            Some(NoRecordings::Permission) => format!(
                "In the user profile \"{name}\", give at least View on recordings (`{}` is {}).",
                wish.permission,
                access.map_or("not among its permissions", String::as_str)
            ),
        };
        steps.push(Step::new(step));
    }
    lost.count_others(&mut verdict.stops);
    if !steps.is_empty() {
        steps.insert(0, open("Contact Center > User management > User profiles"));
        add_steps(&mut verdict, "Playing recordings needs a permission.", steps);
    }
    verdict.note("Playing recordings also needs a Premium licence, which the API does not show.");
    verdict
}

fn unknown(name: &str, known: &[UserProfileRow]) -> Stop {
    let stop = Stop::configuration(format!(
        "`{PROFILES}` names \"{name}\", and the contact center has no user profile of that name."
    ))
    .at(PROFILES);
    match nearest(name, known.iter().map(|profile| profile.name.as_str())) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
        None => stop.hint("Control Hub lists them under Contact Center > User profiles."),
    }
}
