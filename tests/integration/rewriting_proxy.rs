//! A proxy on loopback between a client and an emulated org or Webex tenant that changes single answers:
//! that of one subrequest of a batch or composite, or of one call.
//!
//! What was answered once is answered from memory, so that a proof of some thousand runs takes
//! seconds; only for orgs that nobody changes meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The proxy; it ends with the test's process.
pub(crate) struct RewritingProxy {
    pub(crate) url: String,
    shared: Arc<Mutex<Shared>>,
}

/// What an answer becomes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rewrite {
    /// A refusal in the API's own shape.
    Error(u16, &'static str),
    /// Nothing instead of the result.
    Null,
    /// A result in which nothing was found.
    Empty,
    /// The same about what an org may rightly have none of: no client can tell it from the truth.
    EmptyAsMayBe,
    /// A word that nobody has heard of, in that field.
    UnknownWord(String),
    /// That field is left out, wherever it stands.
    MissingField(String),
    /// There is a field more.
    ExtraField,
    /// A page for a browser.
    Page,
}

/// A question that was asked, and what can be done to its answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked {
    /// What was asked: the query, the path, or the name of the call.
    pub(crate) question: String,
    /// The fields that the answer has.
    pub(crate) fields: BTreeSet<String>,
    /// Whether it is a part of a larger request.
    pub(crate) is_part: bool,
}

/// Which questions a rule is about.
#[derive(Debug, Clone)]
enum Which {
    /// This one.
    Exactly(String),
    /// Those that hold that text.
    Holding(String),
}

impl Which {
    fn is(&self, question: &str) -> bool {
        match self {
            Self::Exactly(known) => known == question,
            Self::Holding(part) => question.contains(part.as_str()),
        }
    }
}

#[derive(Default)]
struct Shared {
    upstream: String,
    from_memory: bool,
    memory: BTreeMap<String, Answer>,
    rule: Option<(Which, Rewrite)>,
    /// How often the rule was followed.
    followed: usize,
    asked: BTreeSet<Asked>,
}

#[derive(Clone)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// Where the records of a list are: an org's, and Webex's.
const LISTS: [&str; 2] = ["records", "data"];

/// The fields whose values are one of a few words.
const WORDS: [&str; 17] = [
    "Status",
    "UserType",
    "manageableState",
    "OrganizationType",
    "UiType",
    "JobType",
    "Type",
    "InstallValidationStatus",
    "status",
    "type",
    "matchType",
    "Package2ContainerOptions",
    // Webex's.
    "accessIdleCode",
    "entryPointType",
    "profileType",
    "teamStatus",
    "workTypeCode",
];

impl RewritingProxy {
    /// A proxy to that org.
    pub(crate) fn to(upstream: &str) -> Self {
        let shared =
            Shared { upstream: upstream.trim_end_matches('/').to_owned(), ..Shared::default() };
        let shared = Arc::new(Mutex::new(shared));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a socket");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let serves = shared.clone();
        std::thread::spawn(move || {
            crate::support::wait(async move {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                let client = reqwest::Client::builder()
                    .no_proxy()
                    .tls_certs_only([])
                    .redirect(reqwest::redirect::Policy::none())
                    .build()
                    .expect("a client for loopback");
                let app = axum::Router::new().fallback(pass_on).with_state((serves, client));
                axum::serve(listener, app).await.expect("it serves");
            });
        });
        Self { url, shared }
    }

    /// From now on, what was answered once is answered from memory.
    pub(crate) fn remember(&self) {
        let mut shared = self.lock();
        shared.from_memory = true;
        shared.memory.clear();
    }

    /// Has the answer to one question rewritten from now on.
    pub(crate) fn rewrite(&self, question: &str, how: &Rewrite) {
        self.follow(Which::Exactly(question.to_owned()), how);
    }

    /// Has the answers to all questions rewritten that hold a text.
    pub(crate) fn rewrite_all(&self, part: &str, how: &Rewrite) {
        self.follow(Which::Holding(part.to_owned()), how);
    }

    fn follow(&self, which: Which, how: &Rewrite) {
        let mut shared = self.lock();
        shared.rule = Some((which, how.clone()));
        shared.followed = 0;
    }

    /// Leaves everything as it is; how often the last rule was followed.
    pub(crate) fn leave(&self) -> usize {
        let mut shared = self.lock();
        shared.rule = None;
        std::mem::take(&mut shared.followed)
    }

    /// What was asked since this was last called.
    pub(crate) fn asked(&self) -> BTreeSet<Asked> {
        std::mem::take(&mut self.lock().asked)
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Serves = (Arc<Mutex<Shared>>, reqwest::Client);

async fn pass_on(
    State((shared, client)): State<Serves>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let key = format!("{method} {path} {}", String::from_utf8_lossy(&body));
    let lock = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    let (known, url) = {
        let shared = lock();
        let known = shared.memory.get(&key).filter(|_| shared.from_memory).cloned();
        (known, format!("{}{path}", shared.upstream))
    };
    let answer = if let Some(answer) = known {
        answer
    } else {
        let mut request = client.request(method.clone(), url).body(body.to_vec());
        for (name, value) in &headers {
            if name != "host" && name != "content-length" {
                request = request.header(name, value);
            }
        }
        let answer = request.send().await.expect("the emulator answers");
        let answer = Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.bytes().await.expect("a body").to_vec(),
        };
        lock().memory.insert(key, answer.clone());
        answer
    };
    let question = Question { method: method.as_str(), path: &path, body: &body };
    let answer = question.rewritten(answer, &mut lock());
    let mut response =
        (StatusCode::from_u16(answer.status).expect("a status"), answer.body).into_response();
    for (name, value) in &answer.headers {
        if name != "content-length" && name != "transfer-encoding" {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

struct Question<'a> {
    method: &'a str,
    path: &'a str,
    body: &'a [u8],
}

impl Question<'_> {
    fn rewritten(&self, mut answer: Answer, shared: &mut Shared) -> Answer {
        if self.path.starts_with("/services/Soap/") {
            return self.rewritten_soap(answer, shared);
        }
        let Ok(mut value) = serde_json::from_slice::<Value>(&answer.body) else { return answer };
        let request: Value = serde_json::from_slice(self.body).unwrap_or_default();
        let (requests, answers, status, content) = if self.path.ends_with("/composite/batch") {
            (&request["batchRequests"], "results", "statusCode", "result")
        } else if self.path.ends_with("/composite") {
            (&request["compositeRequest"], "compositeResponse", "httpStatusCode", "body")
        } else {
            let question = format!("{} {}", self.method, readable(self.path));
            let mut code = answer.status;
            let is_page = rewrite(&question, &mut code, &mut value, false, shared);
            if is_page {
                return page();
            }
            answer.status = code;
            answer.body = serde_json::to_vec(&value).expect("JSON");
            return answer;
        };
        // The larger request itself may be answered with a page, too.
        let whole = format!("{} {}", self.method, self.path);
        note(shared, &whole, BTreeSet::new(), false);
        if shared.rule.as_ref().is_some_and(|(rule, _)| rule.is(&whole)) {
            shared.followed += 1;
            let (_, how) = shared.rule.clone().expect("a rule");
            return match how {
                Rewrite::Error(status, code) => refusal(answer, status, code),
                Rewrite::Null => Answer { body: b"null".to_vec(), ..answer },
                Rewrite::Empty | Rewrite::EmptyAsMayBe => Answer { body: b"{}".to_vec(), ..answer },
                _ => page(),
            };
        }
        let requests = requests.as_array().cloned().unwrap_or_default();
        // A refusal of the whole request has no parts.
        let parts = value.get_mut(answers).and_then(Value::as_array_mut).into_iter().flatten();
        for (request, part) in requests.iter().zip(parts) {
            let url = readable(request["url"].as_str().unwrap_or_default());
            let question = format!("{} {url}", request["method"].as_str().unwrap_or("GET"));
            let mut code = u16::try_from(part[status].as_u64().unwrap_or(200)).expect("a status");
            let mut found = part[content].take();
            rewrite(&question, &mut code, &mut found, true, shared);
            part[status] = json!(code);
            part[content] = found;
        }
        answer.body = serde_json::to_vec(&value).expect("JSON");
        answer
    }

    fn rewritten_soap(&self, answer: Answer, shared: &mut Shared) -> Answer {
        let request = String::from_utf8_lossy(self.body);
        let name = request
            .split_once("Body><")
            .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_alphanumeric()).next())
            .unwrap_or_default()
            .to_owned();
        let kind = request
            .split_once("<type>")
            .and_then(|(_, rest)| rest.split('<').next())
            .unwrap_or_default();
        let question = format!("{name} {kind}").trim_end().to_owned();
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        let fields = elements(&text);
        note(shared, &question, fields, false);
        let Some((rule, how)) = shared.rule.clone() else { return answer };
        if !rule.is(&question) {
            return answer;
        }
        shared.followed += 1;
        let body = match how {
            Rewrite::Error(_, code) => {
                let body = format!(
                    "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">\
                     <soapenv:Body><soapenv:Fault><faultcode>sf:{code}</faultcode><faultstring>\
                     {code}: {WORDS_OF_THE_ORG}</faultstring></soapenv:Fault></soapenv:Body>\
                     </soapenv:Envelope>"
                );
                return Answer { status: 500, body: body.into_bytes(), ..answer };
            }
            Rewrite::Null => response(&text, &name, "<result xsi:nil=\"true\"/>"),
            Rewrite::Empty | Rewrite::EmptyAsMayBe => response(&text, &name, ""),
            Rewrite::UnknownWord(field) => between(&text, &field, |_| "Unheard_Of".to_owned()),
            Rewrite::MissingField(field) => without(&text, &field),
            Rewrite::ExtraField => text.replace("</result>", "<unheardOf>1</unheardOf></result>"),
            Rewrite::Page => return page(),
        };
        Answer { body: body.into_bytes(), ..answer }
    }
}

const WORDS_OF_THE_ORG: &str = "An unexpected error occurred. Please include this ErrorId";

/// Follows the rule where it is about that question; whether the answer is to be a page.
fn rewrite(
    question: &str,
    status: &mut u16,
    found: &mut Value,
    is_part: bool,
    shared: &mut Shared,
) -> bool {
    let record = LISTS.iter().find_map(|list| found.get(list)?.get(0)).unwrap_or(found);
    let mut fields = BTreeSet::new();
    collect_fields("", record, &mut fields);
    note(shared, question, fields, is_part);
    let Some((rule, how)) = shared.rule.clone() else { return false };
    if !rule.is(question) {
        return false;
    }
    shared.followed += 1;
    match how {
        Rewrite::Error(code, word) => {
            *status = code;
            *found = json!([{ "errorCode": word, "message": WORDS_OF_THE_ORG }]);
        }
        Rewrite::Null => *found = Value::Null,
        Rewrite::Empty | Rewrite::EmptyAsMayBe if found.get("records").is_some() => {
            *found = json!({ "totalSize": 0, "done": true, "records": [] });
        }
        Rewrite::Empty | Rewrite::EmptyAsMayBe if found.get("data").is_some() => {
            *found = json!({ "meta": { "totalPages": 0, "totalRecords": 0 }, "data": [] });
        }
        Rewrite::Empty | Rewrite::EmptyAsMayBe => *found = json!({}),
        Rewrite::UnknownWord(field) => each(found, &mut |it| {
            let (owner, name) = owner_of(it, &field);
            if let Some(value) = owner.and_then(|it| it.get_mut(name)).filter(|it| it.is_string()) {
                *value = json!("Unheard_Of");
            }
        }),
        Rewrite::MissingField(field) => each(found, &mut |it| {
            let (owner, name) = owner_of(it, &field);
            if let Some(object) = owner.and_then(Value::as_object_mut) {
                object.remove(name);
            }
        }),
        Rewrite::ExtraField => {
            each(found, &mut |it| it["Unheard_Of__c"] = json!({ "Of": [1, null] }));
        }
        Rewrite::Page => return true,
    }
    false
}

/// The names of the fields of a record, and those of the records in it with dots between.
fn collect_fields(before: &str, record: &Value, into: &mut BTreeSet<String>) {
    for (name, value) in record.as_object().into_iter().flatten() {
        if name != "attributes" {
            into.insert(format!("{before}{name}"));
            if value.get("attributes").is_some() {
                collect_fields(&format!("{before}{name}."), value, into);
            }
        }
    }
}

/// The record that has that field, and how the field is called in it.
fn owner_of<'a>(record: &'a mut Value, field: &'a str) -> (Option<&'a mut Value>, &'a str) {
    let mut owner = Some(record);
    let mut rest = field;
    while let Some((first, others)) = rest.split_once('.') {
        owner = owner.and_then(|it| it.get_mut(first));
        rest = others;
    }
    (owner, rest)
}

/// Every record of an answer; the answer itself where it has none.
fn each(found: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    match LISTS.into_iter().find(|list| found.get(list).is_some_and(Value::is_array)) {
        Some(list) => found[list].as_array_mut().into_iter().flatten().for_each(change),
        None if found.is_object() => change(found),
        None => {}
    }
}

fn note(shared: &mut Shared, question: &str, fields: BTreeSet<String>, is_part: bool) {
    let question = question.to_owned();
    shared.asked.insert(Asked { question, fields, is_part });
}

/// What an org may rightly have none of. An empty answer about these is what the org says.
const MAY_BE_NONE: [&str; 8] = [
    "FROM RecordType",
    // Once everything is taken out, nobody is in a call center.
    "FROM User WHERE CallCenterId != null",
    "FROM PermissionSetAssignment",
    "FROM PermissionSet ",
    "FROM SetupEntityAccess",
    "FROM ApexClass",
    "FROM ServicePresenceStatus",
    "FROM SubscriberPackageVersion",
];

/// Fields of Webex's that refer to what there may be none of: the API leaves them out then.
const MAY_BE_LEFT_OUT: [&str; 3] = ["outdialEntryPointId", "outdialANIId", "desktopLabel"];

impl Asked {
    /// The same, where it is known what an empty answer may mean.
    pub(crate) fn narrowed(&self, how: &Rewrite) -> Rewrite {
        // The API leaves the element of an empty value out.
        if self.question == "readMetadata CallCenter"
            && *how == Rewrite::MissingField("value".to_owned())
        {
            return Rewrite::EmptyAsMayBe;
        }
        // That is how the Metadata API says that there is none.
        if *how == Rewrite::Null && !self.question.starts_with("GET ") {
            return Rewrite::Empty;
        }
        if let Rewrite::MissingField(field) = how
            && MAY_BE_LEFT_OUT.contains(&field.as_str())
        {
            return Rewrite::EmptyAsMayBe;
        }
        let may_be = MAY_BE_NONE.iter().any(|part| self.question.contains(part));
        if *how == Rewrite::Empty && may_be { Rewrite::EmptyAsMayBe } else { how.clone() }
    }

    /// Everything that can be done to the answer.
    pub(crate) fn rewrites(&self, errors: &[(u16, &'static str)]) -> Vec<Rewrite> {
        let mut all: Vec<Rewrite> =
            errors.iter().map(|(status, code)| Rewrite::Error(*status, code)).collect();
        all.extend([Rewrite::Null, Rewrite::Empty, Rewrite::ExtraField]);
        if !self.is_part {
            all.push(Rewrite::Page);
        }
        for field in &self.fields {
            all.push(Rewrite::MissingField(field.clone()));
            let name = field.rsplit('.').next().unwrap_or_default();
            if WORDS.contains(&name) {
                all.push(Rewrite::UnknownWord(field.clone()));
            }
        }
        all
    }
}

fn page() -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", "text/html; charset=UTF-8".parse().expect("a header"));
    let body =
        "<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Down</body></html>";
    Answer { status: 200, headers, body: body.as_bytes().to_vec() }
}

fn refusal(answer: Answer, status: u16, code: &str) -> Answer {
    let body = json!([{ "errorCode": code, "message": WORDS_OF_THE_ORG }]);
    Answer { status, body: serde_json::to_vec(&body).expect("JSON"), ..answer }
}

/// A path or a query as people read it.
fn readable(path: &str) -> String {
    let text = path.replace('+', " ");
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The names of elements that hold a text.
fn elements(text: &str) -> BTreeSet<String> {
    let names = text.split('<').filter_map(|part| {
        let (tag, content) = part.split_once('>')?;
        let is_name = tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_name && !content.trim().is_empty()).then(|| tag.to_owned())
    });
    names.collect()
}

/// The envelope with another content of the response.
fn response(text: &str, name: &str, content: &str) -> String {
    let tag = format!("<{name}Response");
    let Some(at) = text.find(&tag) else { return text.to_owned() };
    let Some(opened) = text[at..].find('>').map(|end| at + end + 1) else { return text.to_owned() };
    let Some(closed) = text.find(&format!("</{name}Response>")) else { return text.to_owned() };
    format!("{}{content}{}", &text[..opened], &text[closed..])
}

fn between(text: &str, field: &str, change: impl Fn(&str) -> String) -> String {
    let (open, close) = (format!("<{field}>"), format!("</{field}>"));
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&open) {
        let Some((content, after)) = after.split_once(&close) else { break };
        out.push_str(before);
        out.extend([open.as_str(), &change(content), &close]);
        rest = after;
    }
    out + rest
}

fn without(text: &str, field: &str) -> String {
    between(text, field, |_| String::new()).replace(&format!("<{field}></{field}>"), "")
}
