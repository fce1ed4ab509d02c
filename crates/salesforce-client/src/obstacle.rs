//! What keeps a caller out of an org altogether, whatever was asked for.
//!
//! It is told by codes, and by words only where one code stands for several things. Codes are those of
//! the `ExceptionCode` and `StatusCode` lists of the partner WSDL, and `URL_NOT_RESET` of the REST API.

use super::ApiError;
use crate::wire::{self, Answer, Url};

/// Why an org lets a caller do nothing at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// The address is a login host or one of another org: the API is at the org's own address.
    NotItsAddress {
        /// Scheme and host of that one, where whoever gave out the token tells it.
        own: Option<String>,
    },
    /// The org is at another address of Salesforce now.
    Moved {
        /// Scheme and host.
        to: String,
    },
    /// Something leads to a host that is none of Salesforce's.
    LedElsewhere {
        /// The host.
        host: String,
    },
    /// This machine finds no server of the org's name: a My Domain that is renamed, removed or misspelt,
    /// or a machine without a network.
    NoSuchHost {
        /// The name.
        host: String,
    },
    /// A server answers that knows no org of that name: a My Domain that is removed or renamed.
    NoOrgThere,
    /// A login page stands before the API.
    LoginPage,
    /// The page on which Salesforce asks people for a passkey (`/_ui/identity/webauthn/`).
    PasskeyPage,
    /// The org is locked (`ORG_LOCKED`).
    OrgLocked,
    /// The trial has ended (`TRIAL_EXPIRED`).
    TrialExpired,
    /// The org is being set up (`ORG_IS_SIGNING_UP`).
    OrgNotReady,
    /// The org is under maintenance (`ORG_IN_MAINTENANCE`).
    Maintenance,
    /// The user's password has expired (`INVALID_OPERATION_WITH_EXPIRED_PASSWORD`).
    PasswordExpired,
    /// Too many wrong passwords (`PASSWORD_LOCKOUT`).
    PasswordLockout,
    /// The user may not come from this machine's network address.
    NetworkRestricted,
    /// The user may not log in at this hour (`LOGIN_DURING_RESTRICTED_TIME`).
    HourRestricted,
    /// The session's security level is too low for what was asked, such as one without multi-factor
    /// authentication where the profile or a policy wants it. In which words an org says so is a guess.
    SessionLevelTooLow,
    /// The app is not allowed for this user (`CLIENT_NOT_ACCESSIBLE_FOR_USER`).
    AppNotAllowed,
    /// The session opens pages, and not the API. That is what an org says of a token of no app, of an app
    /// that API Access Control keeps out, and of a network address that the app is not allowed from.
    NoApiSession,
    /// The API is not enabled, for this user or for the edition.
    ApiNotEnabled,
}

/// Codes that stand for one thing.
const CODES: [(&str, Obstacle); 14] = [
    ("URL_NOT_RESET", Obstacle::NotItsAddress { own: None }),
    ("ORG_NOT_OWNED_BY_INSTANCE", Obstacle::NotItsAddress { own: None }),
    ("ORG_LOCKED", Obstacle::OrgLocked),
    ("TRIAL_EXPIRED", Obstacle::TrialExpired),
    ("ORG_IS_SIGNING_UP", Obstacle::OrgNotReady),
    ("ORG_IN_MAINTENANCE", Obstacle::Maintenance),
    ("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", Obstacle::PasswordExpired),
    ("PASSWORD_LOCKOUT", Obstacle::PasswordLockout),
    ("LOGIN_DURING_RESTRICTED_DOMAIN", Obstacle::NetworkRestricted),
    ("LOGIN_DURING_RESTRICTED_TIME", Obstacle::HourRestricted),
    ("CLIENT_NOT_ACCESSIBLE_FOR_USER", Obstacle::AppNotAllowed),
    ("API_DISABLED_FOR_ORG", Obstacle::ApiNotEnabled),
    ("API_CURRENTLY_DISABLED", Obstacle::ApiNotEnabled),
    ("DATACLOUD_API_DISABLED_EXCEPTION", Obstacle::ApiNotEnabled),
];

/// Words of refusals whose code says less: SOAP gives the first as `UNKNOWN_EXCEPTION`, the second as
/// `INSUFFICIENT_ACCESS`, the others as `INVALID_SESSION_ID`.
const WORDS: [(&str, Obstacle); 6] = [
    ("Destination URL not reset", Obstacle::NotItsAddress { own: None }),
    ("current IP address is not allowed", Obstacle::NetworkRestricted),
    ("session is not valid for use with the", Obstacle::NoApiSession),
    ("is not attached to Agent", Obstacle::AppNotAllowed),
    ("higher security level", Obstacle::SessionLevelTooLow),
    ("high assurance session", Obstacle::SessionLevelTooLow),
];

/// Ends of host names that are Salesforce's own.
///
/// <https://help.salesforce.com/s/articleView?id=sf.domain_name_app_url_changes.htm>
const OWN_DOMAINS: [&str; 7] = [
    ".salesforce.com",
    ".force.com",
    ".salesforce-setup.com",
    ".cloudforce.com",
    ".salesforce.mil",
    ".crmforce.mil",
    ".sfcrmproducts.cn",
];

/// Part of the address of the page that asks for a passkey.
const PASSKEY_PATH: &str = "/_ui/identity/webauthn/";

/// Whether a host is one of Salesforce's own domains.
pub fn is_salesforce_host(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    OWN_DOMAINS.iter().any(|end| host.ends_with(end) && host.len() > end.len())
}

/// The origin of an address that may be recommended: one of Salesforce's hosts, by https, for a token is
/// sent by nothing else.
pub(super) fn salesforce_origin(address: &Url) -> Option<String> {
    let is_its = address.scheme() == "https" && address.host_str().is_some_and(is_salesforce_host);
    is_its.then(|| address.origin().ascii_serialization())
}

impl Obstacle {
    /// What the code and the words of a refusal mean.
    pub(super) fn of(error: &ApiError) -> Option<Obstacle> {
        let by_code = CODES.iter().find(|(code, _)| error.code.eq_ignore_ascii_case(code));
        by_code
            .or_else(|| WORDS.iter().find(|(words, _)| error.message.contains(words)))
            .map(|(_, obstacle)| obstacle.clone())
    }

    /// The name that this machine finds no server for.
    pub(super) fn of_network(error: &wire::Error) -> Option<Obstacle> {
        match error {
            wire::Error::NoSuchHost { host, .. } => {
                Some(Obstacle::NoSuchHost { host: host.clone() })
            }
            _ => None,
        }
    }

    /// Where a redirect leads.
    pub(super) fn of_redirect(answer: &Answer) -> Obstacle {
        let location = answer.header("location").unwrap_or_default();
        if location.contains(PASSKEY_PATH) {
            return Obstacle::PasskeyPage;
        }
        if location.starts_with('/') && !location.starts_with("//") {
            return Obstacle::LoginPage;
        }
        let Ok(to) = Url::parse(location) else {
            return Obstacle::LedElsewhere { host: "nowhere".to_owned() };
        };
        let host = to.host_str().unwrap_or("nowhere").to_owned();
        let origin = to.origin().ascii_serialization();
        let is_same = answer.host == host || origin.ends_with(&format!("://{}", answer.host));
        if !answer.host.is_empty() && is_same {
            return Obstacle::LoginPage;
        }
        match salesforce_origin(&to) {
            Some(to) => Obstacle::Moved { to },
            None => Obstacle::LedElsewhere { host },
        }
    }

    /// Which page stands in the place of an answer. The API itself never answers 404 with a page.
    pub(super) fn of_page(status: u16, page: &str) -> Option<Obstacle> {
        if page.contains(PASSKEY_PATH) {
            return Some(Obstacle::PasskeyPage);
        }
        (status == 404).then_some(Obstacle::NoOrgThere)
    }

    /// What a redirect or a page says of itself, where the org has no words for it.
    pub(super) fn describe(&self) -> String {
        match self {
            Obstacle::Moved { to } => format!("the org answers from another address now: {to}"),
            Obstacle::LedElsewhere { host } => format!(
                "the answer leads to {host}, which is no host of Salesforce's; it was not followed"
            ),
            Obstacle::NoOrgThere => {
                "a page says that nothing is at this address, instead of an answer of the API"
                    .to_owned()
            }
            Obstacle::PasskeyPage => {
                "Salesforce asks a person to create or show a passkey".to_owned()
            }
            _ => "the org shows a login page instead of an answer of the API".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_tell_the_obstacle() {
        let ip = "Access from current IP address is not allowed";
        let no_api = "This session is not valid for use with the REST API";
        let reset = "Destination URL not reset. The URL returned from login must be set";
        for (code, message, obstacle) in [
            ("URL_NOT_RESET", reset, Some(Obstacle::NotItsAddress { own: None })),
            ("UNKNOWN_EXCEPTION", reset, Some(Obstacle::NotItsAddress { own: None })),
            ("ORG_LOCKED", "", Some(Obstacle::OrgLocked)),
            ("trial_expired", "", Some(Obstacle::TrialExpired)),
            ("INSUFFICIENT_ACCESS", ip, Some(Obstacle::NetworkRestricted)),
            ("INVALID_SESSION_ID", no_api, Some(Obstacle::NoApiSession)),
            ("INVALID_SESSION_ID", "Session expired or invalid", None),
            ("INSUFFICIENT_ACCESS", "no", None),
            ("API_DISABLED_FOR_ORG", "", Some(Obstacle::ApiNotEnabled)),
            ("FORBIDDEN", "It takes a high assurance session", Some(Obstacle::SessionLevelTooLow)),
            ("FORBIDDEN", "no", None),
        ] {
            assert_eq!(ApiError::new(403, code, message).obstacle(), obstacle, "{code} {message}");
        }
    }

    #[test]
    fn a_host_is_salesforces_by_its_end() {
        for (host, own) in [
            ("acme.my.salesforce.com", true),
            ("ACME.my.salesforce.com.", true),
            ("acme.lightning.force.com", true),
            ("salesforce.com.evil.example", false),
            ("evilsalesforce.com", false),
            (".salesforce.com", false),
            ("evil.example", false),
        ] {
            assert_eq!(is_salesforce_host(host), own, "{host}");
        }
    }
}
