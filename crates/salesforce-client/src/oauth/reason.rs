//! What refusals of the token endpoint mean.
//!
//! Salesforce answers many causes with `invalid_grant`, so that the words decide.

use super::Denial;

/// Why Salesforce gives no token, as far as its answer tells.
///
/// Each is something that a setting or a person decides; a program says in its own words which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Neither the user nor an administrator has approved the app; an unknown user name is answered
    /// in the same words.
    NotApproved,
    /// The assertion names the login host of the other kind of org.
    WrongAudience,
    /// The refresh token was revoked or has expired, or its app is gone.
    RefreshTokenEnded,
    /// The address of this machine, or the hour, is not one at which the user may log in.
    RestrictedAddressOrHours,
    /// The code from the browser was used before, or is too old.
    CodeExpired,
    /// The code from the browser was given to another login.
    CodeOfAnotherLogin,
    /// The app allows client credentials, but has no user to run as.
    NoRunAsUser,
    /// The app does not allow client credentials.
    ClientCredentialsDisabled,
    /// The flow works at the org's own address only.
    NeedsMyDomain,
    /// The assertion does not fit the app's certificate, or the time.
    AssertionRefused,
    /// The user name, the password or the token is wrong; more is not told.
    AuthenticationFailed,
    /// The login is not good, for another cause.
    InvalidGrant,
    /// The assertion is malformed, outdated, or signed with another key.
    InvalidAssertion,
    /// The app's policies do not let this user use it.
    AppAccessDenied,
    /// The app is not installed in this org.
    AppNotInstalled,
    /// The app is not installed, or not approved for this user.
    AppNotApprovedOrInstalled,
    /// An administrator has blocked the app.
    AppBlocked,
    /// The login host does not know the consumer key.
    UnknownClientId,
    /// The app or its consumer secret is not accepted.
    InvalidClient,
    /// The consumer secret is not accepted.
    InvalidClientCredentials,
    /// The app does not know the address that the browser returns to.
    RedirectUriMismatch,
    /// The app may not give what was asked for.
    InvalidScope,
    /// The app does not allow this flow.
    UnsupportedGrantType,
    /// The user is deactivated or frozen.
    InactiveUser,
    /// The org is locked, closed or suspended.
    InactiveOrg,
    /// The person in the browser refused, or may not use the app.
    AccessDenied,
    /// Too many logins at once.
    RateLimited,
    /// Nobody is logged in in the browser.
    LoginRequired,
    /// Something that is not known here.
    Unknown,
}

/// A refusal, known by its code and by what its words contain; empty matches any.
struct Known {
    code: &'static str,
    words: &'static str,
    reason: Reason,
}

const fn known(code: &'static str, words: &'static str, reason: Reason) -> Known {
    Known { code, words, reason }
}

/// The first row that fits counts: what is said more exactly stands first.
const TABLE: &[Known] = &[
    known("invalid_grant", "approved this consumer", Reason::NotApproved),
    known("invalid_grant", "audience", Reason::WrongAudience),
    known("invalid_grant", "expired access/refresh token", Reason::RefreshTokenEnded),
    known("invalid_grant", "ip restricted", Reason::RestrictedAddressOrHours),
    known("invalid_grant", "authorization code", Reason::CodeExpired),
    known("invalid_grant", "code verifier", Reason::CodeOfAnotherLogin),
    known("invalid_grant", "client credentials user", Reason::NoRunAsUser),
    known("invalid_grant", "client credentials", Reason::ClientCredentialsDisabled),
    known("invalid_grant", "not supported on this domain", Reason::NeedsMyDomain),
    known("invalid_grant", "assertion", Reason::AssertionRefused),
    known("invalid_grant", "user is inactive", Reason::InactiveUser),
    known("invalid_grant", "authentication failure", Reason::AuthenticationFailed),
    known("invalid_assertion", "", Reason::InvalidAssertion),
    known("invalid_app_access", "", Reason::AppAccessDenied),
    known("app_not_found", "", Reason::AppNotInstalled),
    known("OAUTH_EC_APP_NOT_FOUND", "", Reason::AppNotInstalled),
    known("OAUTH_APPROVAL_ERROR_GENERIC", "", Reason::AppNotApprovedOrInstalled),
    known("OAUTH_APP_BLOCKED", "", Reason::AppBlocked),
    known("OAUTH_APP_ACCESS_DENIED", "", Reason::AppAccessDenied),
    known("invalid_client_id", "", Reason::UnknownClientId),
    known("invalid_client", "must be installed", Reason::AppNotInstalled),
    known("invalid_client", "", Reason::InvalidClient),
    known("invalid_client_credentials", "", Reason::InvalidClientCredentials),
    known("redirect_uri_mismatch", "", Reason::RedirectUriMismatch),
    known("invalid_scope", "", Reason::InvalidScope),
    known("unsupported_grant_type", "", Reason::UnsupportedGrantType),
    known("inactive_user", "", Reason::InactiveUser),
    known("inactive_org", "", Reason::InactiveOrg),
    known("access_denied", "", Reason::AccessDenied),
    known("rate_limit_exceeded", "", Reason::RateLimited),
    known("immediate_unsuccessful", "", Reason::LoginRequired),
    known("invalid_grant", "", Reason::InvalidGrant),
];

impl Denial {
    /// What it means; [`Reason::Unknown`] where only its own words tell.
    pub fn reason(&self) -> Reason {
        let words = self.description.to_ascii_lowercase();
        let fits = |row: &&Known| {
            row.code.eq_ignore_ascii_case(&self.error)
                && words.contains(&row.words.to_ascii_lowercase())
        };
        TABLE.iter().find(fits).map_or(Reason::Unknown, |row| row.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_words_tell_the_reason() {
        for (error, description, reason) in [
            ("invalid_grant", "user hasn't approved this consumer", Reason::NotApproved),
            ("invalid_grant", "Audience validation failed", Reason::WrongAudience),
            ("invalid_grant", "audience is invalid", Reason::WrongAudience),
            ("invalid_grant", "expired access/refresh token", Reason::RefreshTokenEnded),
            (
                "invalid_grant",
                "ip restricted or invalid login hours",
                Reason::RestrictedAddressOrHours,
            ),
            ("invalid_grant", "no client credentials user enabled", Reason::NoRunAsUser),
            ("invalid_grant", "something new", Reason::InvalidGrant),
            ("invalid_client", "invalid client credentials", Reason::InvalidClient),
            ("invalid_client", "app must be installed into org", Reason::AppNotInstalled),
            ("oauth_app_blocked", "this app is blocked by admin", Reason::AppBlocked),
            ("inactive_user", "user is inactive", Reason::InactiveUser),
            ("unheard_of", "", Reason::Unknown),
        ] {
            assert_eq!(Denial::new(error, description).reason(), reason, "{error}, {description}");
        }
    }

    #[test]
    fn no_row_hides_behind_another() {
        for (number, row) in TABLE.iter().enumerate() {
            let earlier = TABLE[..number].iter().find(|earlier| {
                earlier.code.eq_ignore_ascii_case(row.code) && row.words.contains(earlier.words)
            });
            assert!(earlier.is_none(), "{} {} is never reached", row.code, row.words);
        }
    }
}
