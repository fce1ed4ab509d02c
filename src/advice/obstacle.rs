//! What a person does where an org lets the caller do nothing at all.

use salesforce_client::Obstacle;

use super::network::NO_SUCH_HOST;
use crate::model::{Command, Hint};

const SESSION_SETTINGS: &str = "Setup > Session Settings: \"Lock sessions to the IP address from \
     which they originated\" and \"Enforce login IP ranges on every request\" keep a token from \
     being used elsewhere than where it was made.";

/// What to do next, one sentence each.
pub fn after_obstacle(obstacle: &Obstacle) -> Vec<Hint> {
    let hints: &[&str] = match obstacle {
        Obstacle::Moved { to } => {
            return vec![
                Hint::text(format!("Log in with that address, or name it: --instance-url {to}")),
                Hint::text(
                    "An org gets another address when its My Domain is renamed or a sandbox is \
                     refreshed; the old one stops working in time.",
                ),
            ];
        }
        Obstacle::LedElsewhere { .. } => &[
            "Do not use that host. A proxy, a captive portal or a wrong DNS entry may answer in the \
             org's place: check the address, and the network that this machine is in.",
        ],
        Obstacle::NoSuchHost { .. } => &[NO_SUCH_HOST],
        Obstacle::NoOrgThere => &[
            "Setup > My Domain of the org shows its address as Current My Domain URL: it may have been \
             renamed, or the sandbox deleted. Log in again with the current address.",
        ],
        Obstacle::SessionLevelTooLow => &[
            "For an integration user, Setup > Session Settings > Session Security Levels says which ways \
             of logging in count as High Assurance.",
        ],
        Obstacle::NotItsAddress { own: Some(own) } => {
            return vec![Hint::text(format!(
                "Use the org's own address: --instance-url {own}. login.salesforce.com and \
                 test.salesforce.com are for logins only."
            ))];
        }
        Obstacle::NotItsAddress { own: None } => &[
            "Use the org's own address: Setup > My Domain shows it as Current My Domain URL, like \
             https://acme.my.salesforce.com. login.salesforce.com and test.salesforce.com are for \
             logins only.",
        ],
        Obstacle::LoginPage => &[
            "Make sure that the address is the org's own, as Setup > My Domain shows it, and log in \
             again.",
        ],
        Obstacle::PasskeyPage => &[
            "Since 2026 Salesforce asks administrators for a passkey in the browser. Open the org in \
             a browser as that user, create the passkey there, and log in again.",
            "Logins through an app do not need a passkey.",
        ],
        Obstacle::OrgLocked => &[
            "Salesforce has locked this org, usually over a contract, payment or security issue. Only \
             Salesforce Support can unlock it; ask the org's administrator to contact them.",
        ],
        Obstacle::TrialExpired => &[
            "The trial has ended: Salesforce extends it or turns it into a paid org on request. For \
             a try-out, make another org at developer.salesforce.com/signup.",
        ],
        Obstacle::OrgNotReady => {
            &["The org is still being made; Salesforce sends a mail when it is ready."]
        }
        Obstacle::Maintenance => {
            &["Run this again after the maintenance: status.salesforce.com shows its end."]
        }
        Obstacle::PasswordExpired => &[
            "Log in to the org in a browser as that user and set a new password, then log in here \
             again.",
            "For an integration user, give a permission set with \"Password Never Expires\".",
        ],
        Obstacle::PasswordLockout => &[
            "Wait until the lockout ends, or have an administrator choose Unlock in Setup > Users > \
             the user.",
        ],
        Obstacle::NetworkRestricted => &[
            "This machine's network address is not allowed for the user: Setup > Profiles > the \
             user's profile > Login IP Ranges, or run this from an allowed network.",
            SESSION_SETTINGS,
        ],
        Obstacle::HourRestricted => &[
            "This is not an hour at which the user may work: Setup > Profiles > the user's profile \
             > Login Hours.",
        ],
        Obstacle::AppNotAllowed => &[
            "The app is not allowed for this user: Setup > Connected Apps OAuth Usage > the app > \
             Install or Unblock, and its policy \"Permitted Users\".",
        ],
        Obstacle::NoApiSession => &[
            "With API Access Control on, only approved apps may use the API: Setup > Connected Apps \
             OAuth Usage > the app > Install, then pre-authorize the user's profile or permission \
             set.",
            "Where the app is approved, its policy \"IP Relaxation\" may keep this machine out.",
        ],
        Obstacle::ApiNotEnabled => &[
            "Give the calling user \"API Enabled\": Setup > Permission Sets > System Permissions.",
            "Professional and Essentials Edition have no API, unless it was bought as an add-on.",
        ],
        // What has no words here is told in the org's own.
        _ => &["Setup > Login History of the org shows every attempt with its reason."],
    };
    by_command(obstacle).into_iter().chain(hints.iter().map(Hint::text)).collect()
}

/// What to do first where a command does it.
fn by_command(obstacle: &Obstacle) -> Option<Hint> {
    let (before, after) = match obstacle {
        Obstacle::SessionLevelTooLow => (
            "The user's profile or a policy wants a session with multi-factor authentication: log in \
             again by the browser with",
            ", and verify there.",
        ),
        Obstacle::NoApiSession => (
            "This token does not work with the API. If it is a browser's session ID, log in with an \
             app instead:",
            ".",
        ),
        _ => return None,
    };
    Some(Hint::command(before, Command::of_machine("login ALIAS"), after))
}

#[cfg(test)]
mod tests {
    use salesforce_client::ApiError;

    use super::*;
    use crate::model::Invocation;

    #[test]
    fn the_own_address_is_named_where_it_is_known() {
        let own = Some("https://acme.my.salesforce.com".to_owned());
        let hint = after_obstacle(&Obstacle::NotItsAddress { own }).swap_remove(0).to_string();
        assert!(hint.contains("--instance-url https://acme.my.salesforce.com"), "{hint}");
    }

    #[test]
    fn each_obstacle_leads_to_its_place_and_only_maintenance_to_another_try() {
        for (code, message, leads_to) in [
            ("URL_NOT_RESET", "", "Setup > My Domain"),
            ("ORG_LOCKED", "", "Salesforce Support"),
            ("TRIAL_EXPIRED", "", "trial"),
            ("ORG_IS_SIGNING_UP", "", "mail"),
            ("ORG_IN_MAINTENANCE", "", "status.salesforce.com"),
            ("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "", "new password"),
            ("PASSWORD_LOCKOUT", "", "Unlock"),
            ("INSUFFICIENT_ACCESS", "Access from current IP address is not allowed", "IP Ranges"),
            ("LOGIN_DURING_RESTRICTED_TIME", "", "Login Hours"),
            ("CLIENT_NOT_ACCESSIBLE_FOR_USER", "", "Permitted Users"),
            (
                "INVALID_SESSION_ID",
                "This session is not valid for use with the REST API",
                "API Access Control",
            ),
            ("API_DISABLED_FOR_ORG", "", "API Enabled"),
        ] {
            let obstacle = ApiError::new(400, code, message).obstacle().expect(code);
            let hints = after_obstacle(&obstacle);
            let hints = hints.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            assert!(hints.contains(leads_to), "{code}: {hints}");
            let again = hints.to_lowercase().contains("run this again");
            assert_eq!(again, code == "ORG_IN_MAINTENANCE", "{code}: {hints}");
        }
    }

    #[test]
    fn a_command_gets_the_options_at_hand() {
        let invocation =
            Invocation { state_dir: Some("/tmp/s".to_owned()), ..Invocation::default() };
        for obstacle in [Obstacle::SessionLevelTooLow, Obstacle::NoApiSession] {
            let first = after_obstacle(&obstacle).swap_remove(0).within(&invocation).to_string();
            assert!(first.contains("`provision --state-dir /tmp/s login ALIAS`"), "{first}");
        }
    }
}
