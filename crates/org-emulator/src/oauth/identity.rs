//! Who a token belongs to: `userinfo`, the identity URL, and a link into the browser.

use serde_json::{Value, json};

use crate::answer::HttpAnswer;
use crate::ids::Id;
use crate::org::Call;
use crate::url::encoded;
use crate::world::people::User;

/// What `userinfo` knows of the caller.
pub(super) fn userinfo(call: &Call<'_>) -> Value {
    let Some(user) = call.world().user(&call.user) else {
        return Value::Null;
    };
    let organization = &call.world().organization;
    json!({
        "sub": format!("{}/id/{}/{}", call.org.settings().url, organization.id, user.id),
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
        "profile": format!("{}/{}", call.org.settings().url, user.id),
        "urls": urls(call, user),
        "active": user.is_active,
        "user_type": user.user_type.to_ascii_uppercase(),
        "language": user.language_locale_key,
        "locale": user.locale_sid_key,
        "is_app_installed": true,
    })
}

/// `/id/{org}/{user}`: what the caller may know of a user, which is themselves.
pub(super) fn identity(call: &Call<'_>, path: &str) -> HttpAnswer {
    let organization = &call.world().organization;
    let mut wanted = path.trim_start_matches("/id/").split('/').map(Id::parse);
    let is_caller = wanted.next().flatten().as_ref() == Some(&organization.id)
        && wanted.next().flatten().as_ref() == Some(&call.user);
    let Some(user) = call.world().user(&call.user).filter(|_| is_caller) else {
        return HttpAnswer::html(403, "Bad_Id");
    };
    HttpAnswer::json(
        200,
        &json!({
            "id": format!("{}/id/{}/{}", call.org.settings().url, organization.id, user.id),
            "asserted_user": true,
            "user_id": user.id,
            "organization_id": organization.id,
            "username": user.username,
            "nick_name": user.alias,
            "display_name": user.name(),
            "email": user.email,
            "email_verified": true,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "timezone": user.time_zone_sid_key,
            "urls": urls(call, user),
            "active": user.is_active,
            "user_type": user.user_type.to_ascii_uppercase(),
            "language": user.language_locale_key,
            "locale": user.locale_sid_key,
        }),
    )
}

/// `singleaccess`: a link that logs a browser in, once.
pub(super) fn single_access(call: &mut Call<'_>, page: Option<&str>) -> HttpAnswer {
    let password = call.org.world_mut().secret();
    call.org.links.insert(password.clone(), call.user.clone());
    let (password, page) = (encoded(&password), encoded(page.unwrap_or("/")));
    let url = &call.org.settings().url;
    let link = format!("{url}/secur/frontdoor.jsp?otp={password}&startURL={page}");
    HttpAnswer::json(200, &json!({"frontdoor_uri": link}))
}

/// Where the APIs are; `{version}` is for the client to fill in.
fn urls(call: &Call<'_>, user: &User) -> Value {
    let url = &call.org.settings().url;
    let organization = &call.world().organization;
    let soap = |letter: &str| {
        format!("{url}/services/Soap/{letter}/{{version}}/{}", organization.id.short())
    };
    json!({
        "enterprise": soap("c"),
        "metadata": soap("m"),
        "partner": soap("u"),
        "rest": format!("{url}/services/data/v{{version}}/"),
        "sobjects": format!("{url}/services/data/v{{version}}/sobjects/"),
        "query": format!("{url}/services/data/v{{version}}/query/"),
        "tooling_rest": format!("{url}/services/data/v{{version}}/tooling/"),
        "profile": format!("{url}/{}", user.id),
        "custom_domain": url,
    })
}
