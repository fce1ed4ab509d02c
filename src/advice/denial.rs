//! What a person does where Salesforce gives no token: which setting on which page of Setup it is.

use salesforce_client::oauth::{Denial, Reason};

const INSTALL: &str = "The app is not installed in this org, and since September 2025 most users may \
     not use such apps. In Setup > Connected Apps OAuth Usage, find it and choose Install; or let an \
     administrator log in once, or give the user the permission \"Approve Uninstalled Connected Apps\".";

const APPROVE: &str = "In Setup > External Client App Manager (or Manage Connected Apps) > the app > \
     Policies, \"Permitted Users\" decides: with \"Admin approved users are pre-authorized\", add the \
     user's profile or a permission set to the app; else the user has to log in through it once.";

const LOGIN_HISTORY: &str = "Setup > Login History shows every attempt with its reason.";

/// What to do about a refusal, one sentence each.
#[expect(clippy::too_many_lines, reason = "one table")]
pub fn after_denial(denial: &Denial) -> &'static [&'static str] {
    match denial.reason() {
        Reason::NotApproved => &[
            APPROVE,
            "Salesforce gives the same error for a wrong username. In a sandbox, usernames end in the \
             sandbox's name.",
        ],
        Reason::WrongAudience => &[
            "The assertion is for the other kind of org: use --sandbox for a sandbox, leave it out \
             for production, or give the org's own address with --login-url.",
        ],
        Reason::RefreshTokenEnded => {
            &["The refresh token was revoked, has expired, or the app no longer exists: the app's \
             refresh token policy decides how long one lives, and Setup > Connected Apps OAuth \
             Usage revokes them."]
        }
        Reason::RestrictedAddressOrHours => &[
            "The address of this machine is outside of the trusted ranges, or this is not the \
             user's login hour. Look at Setup > Profiles > the user's profile > Login IP Ranges \
             and Login Hours, and at the app's policy \"IP Relaxation\".",
            LOGIN_HISTORY,
        ],
        Reason::CodeExpired => {
            &["A code from the browser works once, for a few minutes. Start the login again."]
        }
        Reason::CodeOfAnotherLogin => {
            &["The code belongs to a different login. Start the login again, and finish it in the \
            window that opens."]
        }
        Reason::NoRunAsUser => {
            &["The client credentials flow is on, but the app has nobody to run as: in Setup > \
             External Client App Manager > the app > Policies > OAuth Flows, choose the user under \
             \"Run As\"."]
        }
        Reason::ClientCredentialsDisabled => &[
            "Switch \"Enable Client Credentials Flow\" on in the app's settings and its policies.",
        ],
        Reason::NeedsMyDomain => &[
            "The client credentials flow works on the org's own address only: give the My Domain \
             with --login-url, such as https://acme.my.salesforce.com.",
        ],
        Reason::AssertionRefused => &[
            "The key does not belong to the app's certificate, or this machine's clock is wrong. \
             Upload the certificate that was made with the key: Setup > External Client App \
             Manager > the app > Settings > OAuth Settings > \"Enable JWT Bearer Flow\".",
        ],
        Reason::InactiveUser => {
            &["The user is deactivated or frozen: Setup > Users > Users shows it."]
        }
        Reason::InvalidAssertion => &[
            "The key does not belong to the app's certificate, or this machine's clock is wrong: \
             an assertion is good for three minutes.",
        ],
        Reason::AppAccessDenied => &[APPROVE],
        Reason::AppNotInstalled => &[INSTALL],
        Reason::AppNotApprovedOrInstalled => &[INSTALL, APPROVE],
        Reason::AppBlocked => &[
            "An administrator has blocked the app: Setup > Connected Apps OAuth Usage > the app > \
             Unblock. Where \"API Access Control\" is on, the app must also be installed and \
             approved.",
        ],
        Reason::UnknownClientId => &[
            "Salesforce does not know this consumer key here. Compare --client-id with the app's \
             Consumer Key; a new app takes up to ten minutes until every login host knows it.",
            "An app that was made in a sandbox is not known at login.salesforce.com, and the other \
             way round: --sandbox or --login-url chooses the host.",
        ],
        Reason::InvalidClient => {
            &["The consumer secret is wrong or missing. Setup > External Client App Manager > the \
             app > Settings > OAuth Settings shows it; provision takes it from \
             PROVISION_CLIENT_SECRET."]
        }
        Reason::InvalidClientCredentials => {
            &["The consumer secret is wrong or missing; provision takes it from \
             PROVISION_CLIENT_SECRET."]
        }
        Reason::RedirectUriMismatch => {
            &["The app does not know the address that the browser returns to. Add it to the app's \
             Callback URLs, letter by letter: http://localhost:1717/OauthRedirect (with --port, \
             that port)."]
        }
        Reason::InvalidScope => {
            &["Give the app the OAuth scopes \"Manage user data via APIs (api)\" and \"Perform \
             requests at any time (refresh_token, offline_access)\"."]
        }
        Reason::UnsupportedGrantType => &[
            "The app does not allow this flow: switch it on in Setup > External Client App Manager \
             > the app > Settings > OAuth Settings > Flow Enablement.",
        ],
        Reason::InactiveOrg => {
            &["The org is locked, closed or suspended. Salesforce's own login page says more."]
        }
        Reason::AccessDenied => {
            &["Access was denied in the browser, or the user may not use the app. Start again to \
            be asked again."]
        }
        Reason::RateLimited => &["Salesforce refuses so many logins at once: wait some minutes."],
        Reason::LoginRequired => &["Start again, and log in in the browser."],
        Reason::InvalidGrant => &[
            "The login has expired or was never approved. Log in again. If that does not help:",
            LOGIN_HISTORY,
        ],
        // What has no words here is told in its own, with the page that logs every attempt.
        _ => &[LOGIN_HISTORY],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_leads_to_its_setting() {
        for (error, description, leads_to) in [
            ("invalid_grant", "user hasn't approved this consumer", "Permitted Users"),
            ("invalid_grant", "Audience validation failed", "--sandbox"),
            ("invalid_grant", "audience is invalid", "--sandbox"),
            ("invalid_grant", "expired access/refresh token", "Connected Apps OAuth Usage"),
            ("invalid_grant", "ip restricted or invalid login hours", "Login IP Ranges"),
            ("invalid_grant", "expired authorization code", "Start the login again"),
            ("invalid_grant", "invalid code verifier", "different login"),
            ("invalid_grant", "no client credentials user enabled", "Run As"),
            ("invalid_grant", "request not supported on this domain", "--login-url"),
            ("invalid_grant", "invalid assertion", "certificate"),
            ("invalid_grant", "something new", "Login History"),
            ("invalid_client_id", "client identifier invalid", "Consumer Key"),
            ("invalid_client", "invalid client credentials", "PROVISION_CLIENT_SECRET"),
            ("invalid_client", "app must be installed into org", "choose Install"),
            ("invalid_app_access", "user is not admin approved", "Permitted Users"),
            ("OAUTH_APP_BLOCKED", "this app is blocked by admin", "Unblock"),
            ("OAUTH_APPROVAL_ERROR_GENERIC", "", "Approve Uninstalled Connected Apps"),
            ("OAUTH_EC_APP_NOT_FOUND", "", "Install"),
            ("redirect_uri_mismatch", "redirect_uri must match configuration", "Callback"),
            ("inactive_user", "user is inactive", "frozen"),
            ("access_denied", "end-user denied authorization", "asked again"),
            ("unheard_of", "", "Login History"),
        ] {
            let hints = after_denial(&Denial::new(error, description)).join(" ");
            assert!(hints.contains(leads_to), "{error}, {description}: {hints}");
        }
    }
}
