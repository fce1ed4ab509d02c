//! The pages of Setup, as a browser gets them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Bench;
use crate::url::encoded;
use crate::{Emulator, Seed};

const LIST: &str = "/04n";
const DESCRIBE: &str = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" \
    xmlns:u=\"urn:partner.soap.sforce.com\"><e:Header><u:SessionHeader><u:sessionId>TOKEN\
    </u:sessionId></u:SessionHeader></e:Header><e:Body><u:describeSoftphoneLayout/></e:Body></e:Envelope>";

impl Bench {
    /// Goes to a page with a cookie; status, where it leads, and the new cookie or else the text.
    pub(super) fn visit(&self, path: &str, cookie: &str) -> (u16, String, String) {
        self.browse(path, cookie, None)
    }

    fn browse(&self, path: &str, cookie: &str, form: Option<String>) -> (u16, String, String) {
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let url = format!("{}{path}", self.emulator.url());
        let request = match form {
            Some(form) => client
                .post(url)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form),
            None => client.get(url),
        };
        self.runtime.block_on(async {
            let answer = request.header("cookie", cookie).send().await.unwrap();
            let header = |name: &str| {
                let value = answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
                value.unwrap_or_default()
            };
            let (status, location, cookie) =
                (answer.status().as_u16(), header("location"), header("set-cookie"));
            let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
            let text = answer.text().await.unwrap();
            (status, location, if cookie.is_empty() { text } else { cookie })
        })
    }

    /// Comes through the front door to a page; the cookie.
    fn enter(&self, start: &str) -> (String, String) {
        let door = format!("/services/oauth2/singleaccess?redirect_uri={}", encoded(start));
        let link = self.get(&door)["frontdoor_uri"].as_str().unwrap().to_owned();
        let path = link.strip_prefix(self.emulator.url()).unwrap();
        let (status, location, cookie) = self.visit(path, "");
        assert_eq!(status, 302);
        (location, cookie)
    }

    fn page(&self, path: &str, cookie: &str) -> String {
        let (status, _, text) = self.visit(path, cookie);
        assert_eq!(status, 200, "{path}: {text}");
        text
    }

    /// What `describeSoftphoneLayout` says.
    fn described(&self) -> String {
        let body = DESCRIBE.replace("TOKEN", &self.token);
        let request = self
            .client
            .post(format!("{}/services/Soap/u/68.0", self.emulator.url()))
            .header("content-type", "text/xml")
            .header("soapaction", "\"\"")
            .body(body);
        self.runtime.block_on(async { request.send().await.unwrap().text().await.unwrap() })
    }
}

/// Every field of a form with its value, as a browser would send it.
fn fields(page: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let attribute = |tag: &str, name: &str| {
        let begin = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        let end = tag[begin..].find('"')? + begin;
        Some(tag[begin..end].to_owned())
    };
    for tag in page.split('<').filter(|tag| tag.starts_with("input ")) {
        let tag = &tag[..tag.find('>').unwrap()];
        let kind = attribute(tag, "type").unwrap_or_default();
        let on = tag.contains(" checked");
        if matches!(kind.as_str(), "submit" | "button")
            || (kind != "text" && kind != "hidden" && !on)
        {
            continue;
        }
        if let Some(name) = attribute(tag, "name") {
            fields.insert(name, attribute(tag, "value").unwrap_or_default());
        }
    }
    fields
}

fn form(fields: &BTreeMap<String, String>) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn bench(pages: Value) -> Bench {
    Bench::new(Emulator::builder().seed(Seed::number(1).setup_pages(pages)))
}

#[test]
fn a_layout_is_made_on_the_edit_page_and_told_by_the_api() {
    let bench = bench(json!({"introduction": false}));
    let (_, cookie) = bench.enter(LIST);
    let list = bench.page(LIST, &cookie);
    assert!(list.contains("Standard Softphone Layout") && !list.contains(">Del<"), "{list}");
    let mut fields = fields(&bench.page("/04n/e", &cookie));
    assert_eq!(fields["p_Inbound_objects"], "Account,Contact,Lead");
    assert_eq!(fields["p_Inbound_NoMatch"], "none");
    assert_eq!(fields["p_Inbound_SingleMatch"], "detail");
    fields.insert("p_name".to_owned(), "Webex".to_owned());
    fields.insert("p_default".to_owned(), "1".to_owned());
    fields.insert("p_Inbound_objects".to_owned(), "Account,Case".to_owned());
    fields.insert("p_Inbound_NoMatch".to_owned(), "new".to_owned());
    fields.insert("p_Inbound_NoMatch_object".to_owned(), "Contact".to_owned());
    fields.insert("p_save".to_owned(), "1".to_owned());
    let (status, location, _) = bench.browse("/04n/e", &cookie, Some(form(&fields)));
    assert_eq!((status, location.as_str()), (302, LIST));
    let told = bench.described();
    assert!(told.contains("<name>Webex</name>"), "{told}");
    assert!(told.contains("<entityApiName>Case</entityApiName>"), "{told}");
    assert!(
        told.contains("<matchType>NoMatch</matchType><screenPopData>Contact</screenPopData>"),
        "{told}"
    );
    let world = &bench.world()["softphone_layouts"];
    assert_eq!(world["Standard Softphone Layout"]["is_default"], false);

    // The same name once more, no name at all, and a form from nowhere.
    let again = bench.browse("/04n/e", &cookie, Some(form(&fields)));
    assert!(again.0 == 200 && again.2.contains("Another softphone layout"), "{again:?}");
    fields.insert("p_name".to_owned(), " ".to_owned());
    let nameless = bench.browse("/04n/e", &cookie, Some(form(&fields)));
    assert!(nameless.2.contains("You must enter a value"), "{nameless:?}");
    fields.insert("_CONFIRMATIONTOKEN".to_owned(), "guessed".to_owned());
    let forged = bench.browse("/04n/e", &cookie, Some(form(&fields)));
    assert!(forged.2.contains("This page has expired"), "{forged:?}");
    assert_eq!(bench.world()["softphone_layouts"].as_object().unwrap().len(), 2);
}

#[test]
fn the_default_cannot_be_deleted_and_others_only_with_the_token() {
    let bench = bench(json!({"introduction": false}));
    let layouts = json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": []},
    ]);
    bench.emulator.org().set_softphone_layouts(layouts).unwrap();
    let (_, cookie) = bench.enter(LIST);
    let list = bench.page(LIST, &cookie);
    let link = list.split('"').find(|it| it.starts_with("/setup/own/deleteredirect.jsp")).unwrap();
    let link = link.replace("&amp;", "&");
    assert_eq!(list.matches("deleteredirect").count(), 1);
    let bare = link.split("&_CONF").next().unwrap();
    assert!(bench.page(bare, &cookie).contains("This page has expired"));
    assert_eq!(bench.visit(&link, &cookie).1, LIST);
    let world = bench.world();
    assert_eq!(
        world["softphone_layouts"].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["Standard"]
    );
    assert!(bench.page(&link, &cookie).contains("This page has expired"), "it is gone");
}

#[test]
fn the_assignment_page_gives_profiles_layouts_of_their_own() {
    let bench = bench(json!({"introduction": false, "markup": "places"}));
    let (_, cookie) = bench.enter(LIST);
    let address = "/setup/ui/softphonelayoutassignment.jsp";
    let page = bench.page(address, &cookie);
    let row = page.split("<tr>").find(|row| row.contains("System Administrator")).unwrap();
    let name = row.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
    let id = row.split("value=\"04n").nth(1).unwrap().split('"').next().unwrap();
    let mut sent = fields(&page);
    sent.insert(name.to_owned(), format!("04n{id}"));
    sent.insert("field[save]".to_owned(), "1".to_owned());
    assert_eq!(bench.browse(address, &cookie, Some(form(&sent))).0, 302);
    let world = bench.world();
    assert_eq!(
        world["softphone_layouts"]["Standard Softphone Layout"]["profiles"],
        json!(["System Administrator"])
    );
}

#[test]
fn whoever_may_not_manage_call_centers_sees_no_page() {
    let seed = Seed::number(1).permissions("System Administrator", ["ApiEnabled", "ViewSetup"]);
    let bench = Bench::new(Emulator::builder().seed(seed));
    let (_, cookie) = bench.enter(LIST);
    for path in [LIST, "/04n/e", "/setup/ui/softphonelayoutassignment.jsp"] {
        assert!(bench.page(path, &cookie).contains("Insufficient Privileges"), "{path}");
    }
}

#[test]
fn a_person_passes_the_pages_before_setup() {
    for (entrance, path, title) in [
        ("login", "/login", "Login"),
        ("passkey", "/_ui/identity/webauthn/Add", "Create a Passkey"),
        (
            "verification",
            "/_ui/identity/verification/method/TotpVerificationUi/e",
            "Verify Your Identity",
        ),
    ] {
        let bench = bench(json!({"entrance": entrance, "introduction": false}));
        let (location, cookie) = bench.enter(LIST);
        assert_eq!(location, path);
        assert!(bench.page(path, &cookie).contains(title));
        assert_eq!(bench.visit(LIST, &cookie).1, path, "there is no way around it");
        // By a click on one browser, and by what is done beside the page in another.
        assert_eq!(bench.browse(path, &cookie, Some(String::new())).1, LIST);
        assert!(bench.page(LIST, &cookie).contains("Softphone Layouts"));
        let (_, other) = bench.enter(LIST);
        bench.emulator.org().finish_logins();
        assert_eq!(bench.visit(path, &other).1, LIST);
    }
    // Nobody gets anywhere without a cookie, but to the login page.
    let bench = bench(json!({}));
    let (status, location, _) = bench.visit(LIST, "sid=guessed");
    assert_eq!((status, location.as_str()), (302, "/login?startURL=%2F04n"));
    let name = bench.announced()["orgs"][0]["users"][0]["username"].clone();
    let body = format!("username={}&pw=x", encoded(name.as_str().unwrap()));
    let (status, to, cookie) = bench.browse(&location, "", Some(body));
    assert_eq!((status, to.as_str()), (302, LIST));
    // The introduction comes once.
    let page = bench.page(LIST, &cookie);
    assert!(page.contains("Don&apos;t show me this page again"), "{page}");
    assert_eq!(bench.browse(LIST, &cookie, Some(form(&fields(&page)))).1, LIST);
    assert!(bench.page(LIST, &cookie).contains("Softphone Layout Assignment"));
}

#[test]
fn every_seed_has_pages_and_few_have_the_same() {
    let pages = (1..40).map(|seed| {
        let bench = Bench::new(Emulator::builder().users(3).seed(seed));
        let (_, cookie) = bench.enter(LIST);
        let page = bench.page(LIST, &cookie);
        let token = fields(&page).remove("_CONFIRMATIONTOKEN");
        token.map_or(page.clone(), |token| page.replace(&token, ""))
    });
    let different: std::collections::BTreeSet<String> = pages.collect();
    assert!(different.len() > 3, "{}", different.len());
}

#[test]
fn the_shell_of_lightning_has_the_page_in_a_frame_of_another_host() {
    let bench = bench(json!({"introduction": false}));
    let (location, cookie) = bench.enter("/lightning/setup/SoftphoneLayouts/home");
    let shell = bench.page(&location, &cookie);
    assert!(shell.contains("vfFrameId_1") && shell.contains("SETUP"), "{shell}");
    let source = shell.split("src=\"").nth(1).unwrap().split('"').next().unwrap();
    let source = source.replace("&amp;", "&");
    let (host, path) = source.split_once("/secur").unwrap();
    assert!(host.starts_with("http://localhost:"), "{source}");
    let (status, to, frame) = bench.visit(&format!("/secur{path}"), "");
    assert_eq!((status, to.as_str(), frame), (302, LIST, cookie));
    assert_eq!(bench.visit("/secur/contentDoor?door=no", "").0, 403);
}
