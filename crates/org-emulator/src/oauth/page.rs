//! The pages that a person sees: plain, in one file, and made of buttons and links.

use quick_xml::escape::escape;

use super::refusal::Denied;

/// How many users of an org the page lists.
const LISTED: usize = 10;

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;background:#f3f3f3;color:#181818;margin:0;padding:2rem 1rem}\
main{max-width:34rem;margin:auto;background:#fff;border:1px solid #d8d8d8;border-radius:.5rem;\
padding:1.5rem 2rem}\
h1{font-size:1.4rem;margin:0 0 .5rem}h2{font-size:1rem;margin:1.5rem 0 .5rem;color:#444}\
p{margin:.5rem 0}code{overflow-wrap:anywhere}\
button{display:block;width:100%;box-sizing:border-box;margin:.4rem 0;padding:.55rem .9rem;\
font:inherit;text-align:left;color:inherit;background:#fff;border:1px solid #c9c9c9;\
border-radius:.3rem;cursor:pointer;overflow-wrap:anywhere}\
button:hover,button:focus{background:#eef4ff;border-color:#0b5cab}\
button small{display:block;color:#5c5c5c}button.deny{margin-top:1.5rem;text-align:center;color:#a61a14}\
.note{color:#5c5c5c;font-size:.9rem}";

/// Somebody whom the page offers to be.
pub(super) struct Person<'w> {
    pub(super) id: &'w str,
    pub(super) username: &'w str,
    pub(super) name: String,
    pub(super) profile: &'w str,
}

/// A whole page.
fn whole(title: &str, content: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} | Org emulator</title><style>{STYLE}</style></head><body><main>\n\
         {content}</main></body></html>\n"
    )
}

/// One org's part of the page: a button for each of its first users.
pub(super) fn people<'w>(org: &str, people: impl Iterator<Item = Person<'w>>) -> String {
    let buttons = people.take(LISTED).map(|person| {
        format!(
            "<button name=\"user\" value=\"{}\">Allow as {}<small>{}, {}</small></button>\n",
            person.id,
            escape(person.username),
            escape(&person.name),
            escape(person.profile),
        )
    });
    format!("<h2>{}</h2>\n{}", escape(org), buttons.collect::<String>())
}

/// The page on which a person chooses who they are; `query` is what the app asked with.
pub(super) fn choice(app: &str, query: &str, people: &str) -> String {
    whole(
        "Login",
        &format!(
            "<h1>Allow access?</h1>\n<p><code>{}</code> is asking to log in.</p>\n\
             <p class=\"note\">Nobody needs a password in the org emulator: choose who you are.</p>\n\
             <form method=\"post\" action=\"/services/oauth2/authorize?{}\">\n{people}\
             <button name=\"user\" value=\"\" class=\"deny\">Deny</button>\n</form>\n",
            escape(app),
            escape(query),
        ),
    )
}

/// What the app got wrong, for the person who sees the page.
pub(super) fn problem(Denied { error, description }: Denied) -> String {
    whole(
        "Error",
        &format!(
            "<h1>We can’t authorize you because of an OAuth error.</h1>\n\
             <p>For more information, contact your Salesforce administrator.</p>\n\
             <p><code>error={error}&amp;error_description={description}</code></p>\n"
        ),
    )
}

/// What a person sees whom the org keeps from approving an app; only the address says why.
pub(super) fn not_approved() -> String {
    whole(
        "Error",
        "<h1>We can’t authorize you because of an OAuth error.</h1>\n\
         <p>For more information, contact your Salesforce administrator.</p>\n\
         <p><code>OAUTH_APPROVAL_ERROR_GENERIC : An unexpected error has occurred during \
         authentication. Please try again.</code></p>\n",
    )
}

/// A page of a few words.
pub(super) fn words(title: &str, heading: &str, text: &str) -> String {
    whole(title, &format!("<h1>{}</h1>\n<p>{}</p>\n", escape(heading), escape(text)))
}
