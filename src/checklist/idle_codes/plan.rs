//! What the item wants.

use crate::checklist::tenant::{
    add_steps, give_back, leave_to_person, of_profile, open, tell_agents,
};
use crate::checklist::{Change, ItemId, Now, Step, Stop, TenantCase, Unseen, Verdict};
use crate::model::tenant::field::{ALLOWED_IDLE_CODE, allowed_idle_code};
use crate::model::{AllowedCodes, IdleCodeRow, IdleCodesWish, Ref, Target, TenantRecord, Value};

/// Where idle codes and desktop profiles are.
const PAGES: &str = "Contact Center > Desktop experience > Idle/Wrap-up codes and Desktop profiles";

/// What the item wants.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let wish = case.wish.idle_codes.as_ref();
    let mut verdict = match (wish, case.state.idle_codes.seen()) {
        (Some(wish), Some(codes)) => lacking(case, wish, codes),
        _ => Verdict::default(),
    };
    // What a call center still names is needed, whether the configuration speaks of codes or not.
    let wanted = wanted(case);
    let is_wanted = |target: &Target| {
        let Target::Tenant { kind, record, field } = target else { return true };
        let allowed = field.as_deref().and_then(|field| allowed_idle_code(*kind, field));
        wanted.iter().any(|name| name == allowed.unwrap_or(&record.name))
    };
    let manage = wish.is_none_or(|wish| wish.manage);
    give_back(&mut verdict, case, ItemId::IDLE_CODES, manage, is_wanted);
    verdict
}

/// What the contact center lacks of the wanted codes.
fn lacking(case: &TenantCase<'_>, wish: &IdleCodesWish, codes: &[IdleCodeRow]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut by_person = Vec::new();
    for name in wanted(case) {
        let code = codes.iter().find(|code| code.name == name);
        match code {
            Some(code) if !code.active => {
                verdict.problems.push(
                    Stop::refused(format!(
                        "The idle code \"{name}\" is switched off in the contact center."
                    ))
                    .hint("Switch it on in Control Hub: Contact Center > Idle/Wrap-up codes."),
                );
                continue;
            }
            Some(_) => {}
            None => match similar(&name, codes) {
                Some(near) => {
                    verdict.problems.push(
                        Stop::refused(format!(
                            "The contact center has no idle code \"{name}\", but \"{near}\": state \
                             sync compares spelling and case."
                        ))
                        .hint("Spell it the same in the configuration, or rename it there."),
                    );
                    continue;
                }
                None if !can_be_made(&name) => {
                    let stop = not_made(wish, &name);
                    verdict.stops.push(stop);
                    continue;
                }
                None => verdict.changes.push(make(&name)),
            },
        }
        allow(&mut verdict, case, &name, &mut by_person);
    }
    leave_to_person(&mut verdict, wish.manage, "webex.idle_codes", PAGES);
    if !by_person.is_empty() {
        by_person.insert(0, open(PAGES));
        add_steps(&mut verdict, "Some desktop profiles must be changed by hand.", by_person);
    }
    verdict
}

/// The names, each once: the configured ones, and those that the call centers use.
fn wanted(case: &TenantCase<'_>) -> Vec<String> {
    let mut names = case.wish.idle_codes.iter().flat_map(|it| it.names.clone()).collect::<Vec<_>>();
    for name in case.named().idle_codes {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The longest name of a code, in characters.
const LONGEST_NAME: usize = 80;

/// Whether Webex takes a new code of that name, by its own description.
fn can_be_made(name: &str) -> bool {
    let fits =
        |it: char| it.is_ascii_alphanumeric() || it.is_ascii_whitespace() || "._)/(-".contains(it);
    name.chars().count() <= LONGEST_NAME && name.chars().all(fits)
}

fn not_made(wish: &IdleCodesWish, name: &str) -> Stop {
    let stop = Stop::configuration(format!(
        "The contact center has no idle code \"{name}\", and Webex does not accept that name for a new \
         one: at most {LONGEST_NAME} characters, only A-Z, a-z, 0-9, spaces and . _ - / ( )."
    ));
    if wish.names.iter().any(|it| it == name) {
        stop.hint("Choose another name.").at("webex.idle_codes.names")
    } else {
        stop.hint("Choose another name in the call center's settings.")
            .at("call_center.omni_sync.idle_code")
    }
}

fn make(name: &str) -> Change {
    let target =
        Target::Tenant { kind: TenantRecord::AuxiliaryCode, record: Ref::named(name), field: None };
    Change::new(ItemId::IDLE_CODES, target, None, Some(Value::Text(name.to_owned())))
}

/// The desktop profiles of the teams' agents allow it.
fn allow(verdict: &mut Verdict, case: &TenantCase<'_>, name: &str, by_person: &mut Vec<Step>) {
    let field = format!("{ALLOWED_IDLE_CODE}{name}");
    for (profile, _) in case.profiles() {
        match of_profile(case.state, profile, &field) {
            Now::Held(None) => {}
            Now::Held(Some(_)) => continue,
            Now::Unseen if profile.idle_codes == AllowedCodes::Unread => {
                let what =
                    format!("which idle codes the desktop profile \"{}\" allows", profile.name);
                let unseen = Unseen::in_tenant(&what);
                // Several codes are looked for in it.
                if !verdict.unseen.contains(&unseen) {
                    verdict.unseen.push(unseen);
                }
                continue;
            }
            Now::Unseen | Now::Gone => {
                let step = format!(
                    "Let the desktop profile \"{}\" allow the idle code \"{name}\": provision does not change how it currently allows idle codes.",
                    profile.name
                );
                by_person.push(Step::new(step));
                continue;
            }
        }
        let target = Target::Tenant {
            kind: TenantRecord::AgentProfile,
            record: Ref::seen(&profile.name, &profile.id),
            field: Some(field.clone()),
        };
        verdict.changes.push(Change::new(ItemId::IDLE_CODES, target, None, Some(Value::Given)));
        tell_agents(verdict, case, &Ref::seen(&profile.name, &profile.id));
    }
}

/// A name that differs in case or blanks only.
fn similar<'a>(name: &str, codes: &'a [IdleCodeRow]) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
    codes.iter().map(|code| code.name.as_str()).find(|there| plain(there) == plain(name))
}
