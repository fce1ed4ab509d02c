//! What the same person has in Webex, who is known there by the email address.

use crate::checklist::{Check, Checkup, Group, TenantSight, Topic, run_apply};
use crate::definitions::desktop_layout::LayoutDocument;
use crate::diagnosis::names::listed;
use crate::model::{
    Agent, AgentProfileRow, AgentRow, AllowedCodes, AniRow, Insides, LayoutRow, NoRecordings,
    Observed, OrgKind, TeamRow, TenantLook, TenantState, TenantWish, UserProfileRow,
    address_in_webex,
};

const PERSON: Topic<'static> = Topic::new(Group::User, 10, "user-webex", "Webex user");
const TEAM: Topic<'static> = Topic::new(Group::User, 10, "user-webex-team", "Team and layout");
const VOICE: Topic<'static> = Topic::new(Group::User, 10, "user-webex-voice", "Telephony options");
const OUTDIAL: Topic<'static> = Topic::new(Group::User, 10, "user-webex-outdial", "Outbound calls");
const IDLE: Topic<'static> = Topic::new(Group::User, 10, "user-webex-idle-codes", "Idle codes");
const RECORDING: Topic<'static> = Topic::new(Group::User, 10, "user-webex-recording", "Recordings");

/// The permission that shows recordings where no configuration names it. That it does is a guess.
const RECORDINGS: &str = "audio-recording-transcript";

/// What is looked at of a contact center for one user.
pub const LOOKS_OF_USER: [TenantLook; 8] = [
    TenantLook::DesktopLayouts,
    TenantLook::Teams,
    TenantLook::Agents,
    TenantLook::AgentProfiles,
    TenantLook::IdleCodes,
    TenantLook::EntryPoints,
    TenantLook::OutdialAnis,
    TenantLook::UserProfiles,
];

/// The agent of the contact center who is a user of an org of that kind with that e-mail address.
pub fn agent_of_email<'a>(
    state: &'a TenantState,
    kind: OrgKind,
    email: &str,
) -> Option<&'a AgentRow> {
    let email = address_in_webex(email, kind);
    let is_theirs = |row: &&AgentRow| !email.is_empty() && row.email.trim().to_lowercase() == email;
    state.agents.iter().find(is_theirs)
}

/// What of a contact center has to be read by itself for one of its agents.
pub fn insides_of_agent(state: &TenantState, agent: &AgentRow) -> Insides {
    let teams = state.teams.iter().filter(|team| agent.teams.contains(&team.id));
    let layouts = teams.filter_map(|team| Some(state.layout_of(team)?.id.clone()));
    let profile = state.agent_profiles.iter().find(|it| agent.profile.as_ref() == Some(&it.id));
    let is_profiles = |list: &&AniRow| profile.is_some_and(|it| it.ani.as_ref() == Some(&list.id));
    let is_agents = |it: &&UserProfileRow| agent.user_profile.as_ref() == Some(&it.id);
    let user_profiles = state.user_profiles.iter().filter(is_agents);
    Insides {
        layouts: layouts.collect(),
        profiles: profile.map(|profile| profile.id.clone()).into_iter().collect(),
        anis: state.anis.iter().filter(is_profiles).map(|list| list.id.clone()).collect(),
        user_profiles: user_profiles.map(|profile| profile.id.clone()).collect(),
    }
}

pub(super) fn checks(checkup: &Checkup<'_>, agent: &Agent) -> Vec<Check> {
    let TenantSight::Seen { wish, state, .. } = checkup.tenant else { return Vec::new() };
    if let Some(words) = state.refusal(TenantLook::Agents) {
        return vec![unseen(PERSON, &words)];
    }
    let Some(row) = agent_of_email(state, checkup.state.organization.kind, &agent.email) else {
        return vec![
            Check::problem(
                PERSON,
                format!(
                    "No agent of the contact center has the email address {}, which {} has in \
                     Salesforce.",
                    agent.email, agent.name
                ),
            )
            .step(
                "Control Hub > Users: give the person a Contact Center licence, or correct the email address on one side.",
            ),
        ];
    };
    let person = if row.active {
        Check::ok(PERSON, format!("{} ({}).", row.name, row.email))
    } else {
        Check::problem(PERSON, format!("{} is not active in the contact center.", row.name))
            .step("Control Hub > Contact Center > Contact center users: activate the user.")
    };
    let mut checks = vec![person, check_team(checkup, wish, state, row)];
    match profile_of(state, row) {
        Ok(profile) => checks.extend([
            check_voice(row, profile),
            check_outdial(checkup, state, row, profile),
            check_idle_codes(checkup, state, profile),
        ]),
        Err(check) => checks.push(check),
    }
    checks.push(check_recording(wish, state, row));
    checks
}

fn unseen(topic: Topic<'_>, words: &str) -> Check {
    Check::unknown(topic, format!("Webex does not show {words}."))
}

/// The desktop that a team sees: with Salesforce in it, or the ordinary one.
fn check_team(
    checkup: &Checkup<'_>,
    wish: &TenantWish,
    state: &TenantState,
    row: &AgentRow,
) -> Check {
    let shown = shows_layouts(checkup);
    let refused: &[TenantLook] =
        if shown { &[TenantLook::Teams, TenantLook::DesktopLayouts] } else { &[TenantLook::Teams] };
    if let Some(words) = refused.iter().find_map(|look| state.refusal(*look)) {
        return unseen(TEAM, &words);
    }
    let teams: Vec<&TeamRow> =
        state.teams.iter().filter(|team| row.teams.contains(&team.id)).collect();
    if teams.is_empty() {
        return Check::problem(TEAM, format!("{} is in no team, and cannot sign in.", row.name))
            .step("Control Hub > Contact Center > Teams: add the user to a team.");
    }
    if !shown {
        let names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
        let title = &checkup.recipe().title;
        return Check::ok(TEAM, format!("In {}. {title} shows no desktop layout.", listed(&names)));
    }
    let (mut connected, mut plain, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
    let mut off = Vec::new();
    let is_named = teams.iter().all(|team| wish.teams.contains(&team.name));
    for team in teams {
        let layout = state.layout_of(team);
        let content = layout.and_then(|layout| state.content(&layout.id));
        let name = layout.map_or("the global layout", |layout| layout.name.as_str());
        let said = format!("{} has {}", team.name, quoted(name, layout));
        match (layout, content.map(LayoutDocument::read)) {
            (Some(layout), Some(Ok(document))) if document.has_bridge() && !layout.active => {
                off.push(said);
            }
            (Some(_), Some(Ok(document))) if document.has_bridge() => connected.push(said),
            (_, Some(_)) | (None, None) => plain.push(said),
            (Some(_), None) => hidden.push(said),
        }
    }
    if !plain.is_empty() {
        let text = format!(
            "The desktop of {}: {}, which does not contain the connector, so the ordinary Agent \
            Desktop is shown.",
            row.name,
            listed(&plain)
        );
        let check = if connected.is_empty() {
            Check::problem(TEAM, text)
        } else {
            Check::warning(TEAM, text)
        };
        let name_it = (!is_named || wish.desktop_layout.is_none()).then_some(
            "Name the team under `webex.teams` of the configuration, with [webex.desktop_layout].",
        );
        return check.steps(name_it).step(run_apply());
    }
    if !off.is_empty() {
        let text = format!(
            "The desktop of {}: {}, which is switched off in Control Hub.",
            row.name,
            listed(&off)
        );
        return Check::problem(TEAM, text).step(run_apply());
    }
    if !hidden.is_empty() {
        let text = format!("{}, whose content Webex does not show.", listed(&hidden));
        return Check::unknown(TEAM, text);
    }
    Check::ok(TEAM, format!("{}, with the connector in it.", listed(&connected)))
}

/// Whether agents see the Agent Desktop in Salesforce, and with it the desktop layout of their team.
fn shows_layouts(checkup: &Checkup<'_>) -> bool {
    checkup.recipe().csp_allow_list
}

fn quoted(name: &str, layout: Option<&LayoutRow>) -> String {
    if layout.is_some() { format!("the layout \"{name}\"") } else { name.to_owned() }
}

fn profile_of<'a>(state: &'a TenantState, row: &AgentRow) -> Result<&'a AgentProfileRow, Check> {
    const PROFILE: Topic<'static> =
        Topic::new(Group::User, 10, "user-webex-profile", "Desktop profile");
    if let Some(words) = state.refusal(TenantLook::AgentProfiles) {
        return Err(unseen(PROFILE, &words));
    }
    let of_row = |profile: &&AgentProfileRow| row.profile.as_ref() == Some(&profile.id);
    state.agent_profiles.iter().find(of_row).ok_or_else(|| {
        Check::problem(PROFILE, format!("{} has no desktop profile.", row.name))
            .step("Control Hub > Contact Center > Contact center users: choose a desktop profile.")
    })
}

fn check_voice(row: &AgentRow, profile: &AgentProfileRow) -> Check {
    let Some(options) = &profile.voice_options else {
        return Check::unknown(
            VOICE,
            format!(
                "Webex does not show the voice options of the desktop profile \"{}\".",
                profile.name
            ),
        );
    };
    if options.is_empty() {
        return Check::problem(
            VOICE,
            format!(
                "The desktop profile \"{}\" gives {} no way to take calls.",
                profile.name, row.name
            ),
        )
        .step("Control Hub > Contact Center > Desktop profiles: choose voice channel options.");
    }
    let words: Vec<&str> = options
        .iter()
        .map(|option| match option.as_str() {
            "AGENT_DN" => "a dial number",
            "EXTENSION" => "an extension",
            "BROWSER" => "the browser",
            other => other,
        })
        .collect();
    Check::ok(VOICE, format!("Calls can be taken with {}.", listed(&words)))
}

/// Whether the agent may call out, and with the number that the layout shows.
fn check_outdial(
    checkup: &Checkup<'_>,
    state: &TenantState,
    row: &AgentRow,
    profile: &AgentProfileRow,
) -> Check {
    let name = &profile.name;
    let fix = "Control Hub > Contact Center > Desktop profiles > Outdial.";
    let Some(allowed) = profile.outdial else {
        return unseen(OUTDIAL, &format!("whether the desktop profile \"{name}\" allows outdial"));
    };
    if !allowed {
        return Check::warning(
            OUTDIAL,
            format!("The desktop profile \"{name}\" does not allow {} to call out.", row.name),
        )
        .step(fix);
    }
    let refused = [TenantLook::EntryPoints, TenantLook::OutdialAnis];
    if let Some(words) = refused.into_iter().find_map(|look| state.refusal(look)) {
        return unseen(OUTDIAL, &words);
    }
    let entry_point = state
        .entry_points
        .iter()
        .find(|point| profile.outdial_entry_point.as_ref() == Some(&point.id));
    match entry_point {
        None => {
            return Check::problem(
                OUTDIAL,
                format!("The desktop profile \"{name}\" has no outdial entry point: calls fail."),
            )
            .step(fix);
        }
        Some(point) if !point.active || !point.handled => {
            return Check::problem(
                OUTDIAL,
                format!(
                    "The outdial entry point \"{}\" is switched off, or nothing handles its calls.",
                    point.name
                ),
            )
            .step("Control Hub > Contact Center > Channels.");
        }
        Some(_) => {}
    }
    let numbers = state.anis.iter().find(|ani| profile.ani.as_ref() == Some(&ani.id));
    let teams = state.teams.iter().filter(|team| row.teams.contains(&team.id));
    let teams = teams.filter(|_| shows_layouts(checkup));
    let contents = teams.filter_map(|team| state.content(&state.layout_of(team)?.id));
    let documents: Vec<LayoutDocument> =
        contents.filter_map(|it| LayoutDocument::read(it).ok()).collect();
    for number in
        documents.iter().filter_map(LayoutDocument::outdial_ani).filter(|it| !it.is_empty())
    {
        if !number.starts_with('+') {
            return Check::problem(
                OUTDIAL,
                format!(
                    "The desktop layout would dial out with \"{number}\", which is not a number."
                ),
            )
            .step("Set `outdial_ani` in [webex.desktop_layout].")
            .step(run_apply());
        }
        if let Some(AniRow { name, numbers: None, .. }) = numbers {
            return unseen(OUTDIAL, &format!("the numbers of the outdial ANI list \"{name}\""));
        }
        let listed = numbers.and_then(|list| list.numbers.as_ref());
        if !listed.is_some_and(|numbers| numbers.iter().any(|it| it == number)) {
            let list = numbers.map_or("no outdial ANI list", |ani| ani.name.as_str());
            return Check::problem(
                OUTDIAL,
                format!(
                    "The desktop layout shows {number} on outgoing calls, and the agent's desktop \
                     profile has {list}, which does not hold it."
                ),
            )
            .step("Add the number to the list in Control Hub, or name one of the list in `outdial_ani`.");
        }
    }
    Check::ok(OUTDIAL, "Allowed, with an entry point that handles the calls.")
}

/// Whether the state that Omni-Channel gives may be taken.
fn check_idle_codes(
    checkup: &Checkup<'_>,
    state: &TenantState,
    profile: &AgentProfileRow,
) -> Check {
    if let Some(words) = state.refusal(TenantLook::IdleCodes) {
        return unseen(IDLE, &words);
    }
    let wanted = checkup.setting("omni_sync.idle_code").filter(|code| !code.trim().is_empty());
    let is_on = checkup.setting("omni_sync.enabled").is_some_and(|it| it.trim() == "true");
    let Some(wanted) = wanted.filter(|_| is_on) else {
        return Check::ok(IDLE, "Not needed: state sync is off.");
    };
    let wanted = wanted.trim();
    let Some(code) = state.idle_codes.iter().find(|code| code.name == wanted) else {
        return Check::problem(
            IDLE,
            format!("The call center names the idle code \"{wanted}\", which Webex does not have."),
        )
        .step("Spelling and case must match: correct one of them.");
    };
    let allowed = match &profile.idle_codes {
        AllowedCodes::All => true,
        AllowedCodes::Listed(ids) => ids.contains(&code.id),
        AllowedCodes::Otherwise | AllowedCodes::Unread => {
            return Check::unknown(
                IDLE,
                format!(
                    "How the desktop profile \"{}\" allows idle codes is not known.",
                    profile.name
                ),
            );
        }
    };
    if allowed && code.active {
        return Check::ok(IDLE, format!("\"{wanted}\" is allowed."));
    }
    Check::problem(
        IDLE,
        format!(
            "The desktop profile \"{}\" does not allow the idle code \"{wanted}\".",
            profile.name
        ),
    )
    .step("Set `manage = true` in [webex.idle_codes], or allow it in Control Hub.")
}

/// Whether recordings may be played. The licence, which they need too, no API shows.
fn check_recording(wish: &TenantWish, state: &TenantState, row: &AgentRow) -> Check {
    if let Some(words) = state.refusal(TenantLook::UserProfiles) {
        return unseen(RECORDING, &words);
    }
    let permission = wish.recording_rights.as_ref().map_or(RECORDINGS, |it| it.permission.as_str());
    let profile = match &state.user_profiles {
        Observed::Seen(profiles) => {
            profiles.iter().find(|profile| row.user_profile.as_ref() == Some(&profile.id))
        }
        Observed::Unasked | Observed::Refused(_) => None,
    };
    let Some(profile) = profile else {
        return Check::unknown(
            RECORDING,
            format!("Webex does not show the user profile of {}.", row.name),
        );
    };
    let rights = wish.recording_rights.as_ref().map(|it| it.user_profiles.as_slice());
    if rights.is_some_and(|chosen| !chosen.contains(&profile.name)) {
        let text = format!(
            "Not asked for: the configuration gives recording rights to other user profiles than \"{}\".",
            profile.name
        );
        return Check::ok(RECORDING, text);
    }
    let (why, fix) = match profile.keeps_from_recordings(permission) {
        None => {
            return Check::ok(
                RECORDING,
                format!(
                    "The user profile \"{}\" permits them. They need a Premium licence too, which no \
                     API shows.",
                    profile.name
                ),
            );
        }
        Some(NoRecordings::Kind) => (
            format!("is of the type {}, and recordings are for supervisors", profile.kind),
            "Control Hub > Contact Center > Contact center users: give a profile of the type Supervisor, \
             where the person needs recordings.",
        ),
        Some(NoRecordings::Stock) => (
            "is Webex's own, and Cisco requires a custom profile".to_owned(),
            "Control Hub > Contact Center > User profiles: copy it, and give View on recordings, where \
             the person needs them.",
        ),
        Some(NoRecordings::Unseen) => {
            return unseen(
                RECORDING,
                &format!("what the user profile \"{}\" permits", profile.name),
            );
        }
        Some(NoRecordings::Permission) => (
            "does not permit them, as far as can be told".to_owned(),
            "Control Hub > Contact Center > User profiles: give View on recordings, where the person \
             needs it.",
        ),
    };
    Check::warning(
        RECORDING,
        format!(
            "{} may not play recordings: the user profile \"{}\" {why}.",
            row.name, profile.name
        ),
    )
    .step(fix)
}
