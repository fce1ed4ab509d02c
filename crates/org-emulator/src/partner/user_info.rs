//! `getUserInfo`: who is calling, and where.

use super::super::org::Call;
use crate::soap::writer::XmlWriter;
use crate::soap::{self, PARTNER};

/// How long a session lives.
const SESSION_SECONDS: &str = "7200";
/// How large an attachment may be.
const ATTACHMENT_BYTES: &str = "5242880";

/// Answers `getUserInfo`.
pub(super) fn answer(call: &Call<'_>) -> String {
    soap::answer(PARTNER, "getUserInfo", |xml| {
        xml.open("result", |xml| result(xml, call));
    })
}

/// The result, in the WSDL's order.
fn result(xml: &mut XmlWriter, call: &Call<'_>) {
    let world = call.world();
    let organization = &world.organization;
    // The session's user exists: the server looked it up.
    let Some(user) = world.user(&call.user) else {
        return;
    };
    xml.leaf("accessibilityMode", "false");
    xml.leaf("chatterExternal", "false");
    xml.leaf("currencySymbol", "€");
    xml.leaf("orgAttachmentFileSizeLimit", ATTACHMENT_BYTES);
    xml.leaf("orgDefaultCurrencyIsoCode", "EUR");
    xml.leaf("orgDefaultCurrencyLocale", "de_DE_EURO");
    xml.leaf("orgDisallowHtmlAttachments", "false");
    xml.leaf("orgHasPersonAccounts", "false");
    xml.leaf("organizationId", organization.id.as_str());
    xml.leaf("organizationMultiCurrency", "false");
    xml.leaf("organizationName", &organization.name);
    xml.leaf("profileId", user.profile_id.as_str());
    xml.nil("roleId");
    xml.leaf("sessionSecondsValid", SESSION_SECONDS);
    xml.nil("userDefaultCurrencyIsoCode");
    xml.leaf("userEmail", &user.email);
    xml.leaf("userFullName", &user.name());
    xml.leaf("userId", user.id.as_str());
    xml.leaf("userLanguage", &user.language_locale_key);
    xml.leaf("userLocale", &user.locale_sid_key);
    xml.leaf("userName", &user.username);
    xml.leaf("userTimeZone", &user.time_zone_sid_key);
    xml.leaf("userType", &user.user_type);
    xml.leaf("userUiSkin", "Theme3");
}
