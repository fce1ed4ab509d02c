//! `/services/oauth2/userinfo`: who a token belongs to.

use serde_json::{Value, json};

use crate::emulator::org::Call;

/// What is known of the caller.
pub(crate) fn userinfo(call: &Call<'_>) -> Value {
    let world = call.world();
    let organization = &world.organization;
    let url = &call.org.settings().url;
    let Some(user) = world.user(&call.user) else {
        return Value::Null;
    };
    let identity = format!("{url}/id/{}/{}", organization.id, user.id);
    let soap = |letter: &str| {
        format!("{url}/services/Soap/{letter}/{{version}}/{}", organization.id.short())
    };
    json!({
        "sub": identity,
        "user_id": user.id,
        "organization_id": organization.id,
        "preferred_username": user.username,
        "nickname": user.alias,
        "name": user.name(),
        "email": user.email,
        "email_verified": true,
        "given_name": user.first_name,
        "family_name": user.last_name,
        "zoneinfo": user.time_zone_sid_key,
        "profile": format!("{url}/{}", user.id),
        "urls": {
            "enterprise": soap("c"),
            "metadata": soap("m"),
            "partner": soap("u"),
            "rest": format!("{url}/services/data/v{{version}}/"),
            "sobjects": format!("{url}/services/data/v{{version}}/sobjects/"),
            "query": format!("{url}/services/data/v{{version}}/query/"),
            "tooling_rest": format!("{url}/services/data/v{{version}}/tooling/"),
        },
        "active": user.is_active,
        "user_type": user.user_type.to_ascii_uppercase(),
        "language": user.language_locale_key,
        "locale": user.locale_sid_key,
        "is_app_installed": true,
    })
}
