//! The emulator over real sockets.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::*;

/// An emulator and a client that is logged in as the administrator of its first org.
struct Bench {
    emulator: Emulator,
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
    token: String,
    org: String,
}

impl Bench {
    fn new(options: Options) -> Self {
        let emulator = Emulator::start(options).unwrap();
        let announced = emulator.announcement();
        let text = |pointer: &str| {
            announced
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap()
                .to_owned()
        };
        Self {
            token: text("/orgs/0/users/0/access_token"),
            org: text("/orgs/0/org_id"),
            emulator,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            client: reqwest::Client::builder()
                .no_proxy()
                .tls_certs_only([])
                .build()
                .unwrap(),
        }
    }

    fn text(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, String) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.emulator.url()))
            .bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        })
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let (status, text) = self.text(method, path, body);
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    fn get(&self, path: &str) -> Value {
        let (status, body) = self.call("GET", path, None);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    fn query(&self, soql: &str) -> Value {
        self.get(&format!(
            "/services/data/v68.0/query?q={}",
            soql.replace(' ', "+")
        ))
    }

    fn tooling(&self, soql: &str) -> (u16, Value) {
        let soql = soql.replace('%', "%25").replace(' ', "+");
        self.call(
            "GET",
            &format!("/services/data/v68.0/tooling/query?q={soql}"),
            None,
        )
    }

    fn world(&self) -> Value {
        self.get(&format!("/_emulator/orgs/{}/world", self.org))
    }

    fn requests(&self) -> Vec<Value> {
        let log = self.get(&format!("/_emulator/orgs/{}/requests", self.org));
        log["requests"].as_array().unwrap().clone()
    }
}

#[test]
fn the_announcement_has_the_keys_that_scripts_rely_on() {
    let emulator = Emulator::start(Options {
        orgs: 2,
        ..Options::default()
    })
    .unwrap();
    let announced = emulator.announcement();
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&announced), ["format", "url", "pid", "orgs"]);
    let org = &announced["orgs"][0];
    assert_eq!(
        keys(org),
        [
            "org_id",
            "name",
            "kind",
            "instance_url",
            "package_version_id",
            "package_versions",
            "users"
        ],
    );
    assert_eq!(org["kind"], "sandbox");
    assert_eq!(org["package_version_id"], "04tHp000000wXcZIAU");
    assert_eq!(org["users"].as_array().unwrap().len(), 5);
    assert_eq!(
        keys(&org["users"][0]),
        ["id", "username", "profile", "access_token"]
    );
    assert_eq!(org["users"][0]["profile"], "System Administrator");
    assert_ne!(org["org_id"], announced["orgs"][1]["org_id"]);
}

#[test]
fn the_token_chooses_the_org() {
    let bench = Bench::new(Options {
        orgs: 2,
        ..Options::default()
    });
    let announced = bench.emulator.announcement();
    let other = Bench {
        token: announced["orgs"][1]["users"][0]["access_token"]
            .as_str()
            .unwrap()
            .to_owned(),
        org: announced["orgs"][1]["org_id"].as_str().unwrap().to_owned(),
        ..bench
    };
    let id = &other.query("SELECT Id FROM Organization")["records"][0]["Id"];
    assert_eq!(*id, announced["orgs"][1]["org_id"]);
}

#[test]
fn a_wrong_token_is_refused_in_each_apis_own_shape() {
    let bench = Bench {
        token: "00Dx!nobody".to_owned(),
        ..Bench::new(Options::default())
    };
    let (status, body) = bench.call("GET", "/services/data/v68.0/limits", None);
    assert_eq!(status, 401);
    assert_eq!(
        body,
        json!([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]),
    );
    let (status, text) = bench.text("GET", "/services/oauth2/userinfo", None);
    assert_eq!((status, text.as_str()), (403, "Bad_OAuth_Token"));
    let (status, text) = bench.text("POST", "/services/Soap/m/68.0", None);
    assert_eq!(status, 500);
    assert!(text.contains("faultcode"), "{text}");
}

#[test]
fn unknown_things_answer_in_the_apis_own_shape() {
    let bench = Bench::new(Options::default());
    let missing = json!([
        {"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"},
    ]);
    for path in [
        "/services/data/v68.0/nothing",
        "/services/data/v99.0/limits",
        "/services/data/v68.0/sobjects/Nothing/describe",
        "/services/data/v68.0/tooling/composite/sobjects?ids=01p",
        "/somewhere",
    ] {
        assert_eq!(
            bench.call("GET", path, None),
            (404, missing.clone()),
            "{path}"
        );
    }
    assert_eq!(
        bench.call("GET", "/services/data/v29.0/limits", None).0,
        410
    );
    let long = "x".repeat(16_400);
    let (status, _) = bench.call("GET", &format!("/services/data/v68.0/query?q={long}"), None);
    assert_eq!(status, 414);
    let (status, body) = bench.call(
        "GET",
        "/services/data/v68.0/query?q=SELECT+X+FROM+User",
        None,
    );
    assert_eq!(
        (status, &body[0]["errorCode"]),
        (400, &json!("INVALID_FIELD"))
    );
}

#[test]
fn versions_resources_and_identity() {
    let bench = Bench::new(Options::default());
    let versions = bench.get("/services/data/");
    let newest = versions.as_array().unwrap().last().unwrap();
    assert_eq!(
        *newest,
        json!({"label": "Winter '27", "url": "/services/data/v68.0", "version": "68.0"}),
    );
    assert_eq!(
        bench.get("/services/data/v68.0")["query"],
        "/services/data/v68.0/query"
    );
    let user = bench.get("/services/oauth2/userinfo");
    assert_eq!(user["organization_id"], bench.org.as_str());
    assert!(
        user["preferred_username"]
            .as_str()
            .unwrap()
            .starts_with("ada.lovelace@")
    );
}

#[test]
fn queries_page_at_two_thousand() {
    let bench = Bench::new(Options {
        users: 4_500,
        ..Options::default()
    });
    let first = bench.query("SELECT Id FROM User");
    assert_eq!(first["totalSize"], 4_500);
    assert_eq!(first["done"], false);
    assert_eq!(first["records"].as_array().unwrap().len(), 2_000);
    let second = bench.get(first["nextRecordsUrl"].as_str().unwrap());
    let third = bench.get(second["nextRecordsUrl"].as_str().unwrap());
    assert_eq!(third["done"], true);
    assert_eq!(third["records"].as_array().unwrap().len(), 500);
    let (status, body) = bench.call("GET", "/services/data/v68.0/query/0r8-2000", None);
    assert_eq!(
        (status, &body[0]["errorCode"]),
        (400, &json!("INVALID_QUERY_LOCATOR"))
    );
}

#[test]
fn a_users_call_center_is_set_and_read_back() {
    let bench = Bench::new(Options::default());
    let users = bench.query("SELECT Id FROM User WHERE CallCenterId = null AND IsActive = true");
    let id = users["records"][0]["Id"].as_str().unwrap().to_owned();
    let center = bench.query("SELECT Id FROM CallCenter")["records"][0]["Id"].clone();
    let path = format!("/services/data/v68.0/sobjects/User/{id}");
    assert_eq!(
        bench
            .call("PATCH", &path, Some(&json!({"CallCenterId": center})))
            .0,
        204
    );
    assert_eq!(bench.get(&path)["CallCenterId"], center);

    let wrong = json!({"CallCenterId": "04v000000000000AAA"});
    let (status, body) = bench.call("PATCH", &path, Some(&wrong));
    assert_eq!(status, 400);
    assert_eq!(body[0]["errorCode"], "INVALID_CROSS_REFERENCE_KEY");
    let (_, body) = bench.call("PATCH", &path, Some(&json!({"Nonsense": 1})));
    assert_eq!(
        body[0]["message"],
        "No such column 'Nonsense' on sobject of type User"
    );

    // The object's own page has no edit: only the Metadata API changes a call center.
    let path = format!(
        "/services/data/v68.0/sobjects/CallCenter/{}",
        center.as_str().unwrap()
    );
    assert_eq!(bench.call("DELETE", &path, None).0, 400);
}

#[test]
fn collections_answer_row_by_row() {
    let bench = Bench::new(Options::default());
    let users = bench.query("SELECT Id FROM User LIMIT 2");
    let record = |place: usize, center: Value| {
        let id = &users["records"][place]["Id"];
        json!({"attributes": {"type": "User"}, "id": id, "CallCenterId": center})
    };
    let wrong = json!("04v000000000000AAA");
    let center = bench.query("SELECT Id FROM CallCenter")["records"][0]["Id"].clone();
    let path = "/services/data/v68.0/composite/sobjects";
    let body =
        json!({"allOrNone": false, "records": [record(0, center.clone()), record(1, wrong)]});
    let (status, rows) = bench.call("PATCH", path, Some(&body));
    assert_eq!(status, 200);
    assert_eq!(rows[0]["success"], true);
    assert_eq!(
        rows[1]["errors"][0]["statusCode"],
        "INVALID_CROSS_REFERENCE_KEY"
    );
    assert_eq!(rows[1]["errors"][0]["fields"], json!(["CallCenterId"]));

    let before = bench.world();
    let body = json!({"allOrNone": true, "records": [
        record(0, Value::Null), record(1, json!("04v000000000000AAA")),
    ]});
    let (_, rows) = bench.call("PATCH", path, Some(&body));
    assert_eq!(
        rows[0]["errors"][0]["statusCode"],
        "ALL_OR_NONE_OPERATION_ROLLED_BACK"
    );
    assert_eq!(bench.world(), before);

    let body = json!({"records": [
        record(0, center), {"attributes": {"type": "Contact"}, "LastName": "X"},
    ]});
    let (_, rows) = bench.call("POST", path, Some(&body));
    assert_eq!(rows[1]["errors"][0]["statusCode"], "MIXED_DML_OPERATION");
}

#[test]
fn a_composite_refers_to_its_own_answers_and_rolls_back() {
    let bench = Bench::new(Options::default());
    let base = "/services/data/v68.0";
    let body = json!({"allOrNone": true, "compositeRequest": [
        {"method": "POST", "url": format!("{base}/sobjects/Account"), "referenceId": "account",
         "body": {"Name": "Acme"}},
        {"method": "POST", "url": format!("{base}/sobjects/Contact"), "referenceId": "contact",
         "body": {"LastName": "Doe", "AccountId": "@{account.id}"}},
        {"method": "GET", "url": format!("{base}/query?q=SELECT Account.Name FROM Contact"),
         "referenceId": "found"},
    ]});
    let (status, answer) = bench.call("POST", &format!("{base}/composite"), Some(&body));
    assert_eq!(status, 200);
    let last = &answer["compositeResponse"][2];
    assert_eq!(
        last["body"]["records"][0]["Account"]["Name"], "Acme",
        "{answer}"
    );

    let before = bench.world();
    let mut body = body;
    body["compositeRequest"][1]["body"]["AccountId"] = json!("@{nobody.id}");
    let (_, answer) = bench.call("POST", &format!("{base}/composite"), Some(&body));
    let statuses: Vec<&Value> = answer["compositeResponse"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["httpStatusCode"])
        .collect();
    assert_eq!(statuses, [400, 400, 400]);
    assert_eq!(bench.world(), before);
}

#[test]
fn composites_and_batches_have_their_limits() {
    let bench = Bench::new(Options::default());
    let base = "/services/data/v68.0";
    let many = |count: usize, url: &str| -> Vec<Value> {
        (0..count)
            .map(|place| json!({"method": "GET", "url": url, "referenceId": format!("r{place}")}))
            .collect()
    };
    let post = |path: &str, parts: Vec<Value>| {
        let body = json!({"compositeRequest": parts});
        bench.call("POST", &format!("{base}/{path}"), Some(&body)).1
    };
    let code = |answer: &Value, place: usize| {
        answer["compositeResponse"][place]["body"][0]["errorCode"].clone()
    };
    let describe = format!("{base}/sobjects/Task/describe");
    let query = format!("{base}/query?q=SELECT+Id+FROM+User+LIMIT+1");
    assert_eq!(
        code(&post("composite", many(26, &describe)), 0),
        "LIMIT_EXCEEDED"
    );
    assert_eq!(
        code(&post("composite", many(6, &query)), 0),
        "LIMIT_EXCEEDED"
    );
    assert_eq!(code(&post("composite", many(5, &query)), 0), Value::Null);
    // Each of the two wants URLs of its own API only.
    let tooling = format!("{base}/tooling/query?q=SELECT+Id+FROM+Layout+LIMIT+1");
    assert_eq!(code(&post("composite", many(1, &tooling)), 0), "NOT_FOUND");
    assert_eq!(
        code(&post("tooling/composite", many(1, &query)), 0),
        "NOT_FOUND"
    );
    assert_eq!(
        code(&post("tooling/composite", many(1, &tooling)), 0),
        Value::Null
    );

    let batch = |parts: Vec<Value>, halt: bool| {
        let body = json!({"batchRequests": parts, "haltOnError": halt});
        bench.call("POST", &format!("{base}/composite/batch"), Some(&body))
    };
    let part = |url: &str| json!({"method": "GET", "url": url});
    let good = part("v68.0/query?q=SELECT+Id+FROM+User+LIMIT+1");
    let (status, answer) = batch(vec![good.clone(); 25], false);
    assert_eq!(status, 200);
    assert_eq!(answer["hasErrors"], false);
    assert_eq!(batch(vec![good.clone(); 26], false).0, 400);
    let (_, answer) = batch(
        vec![
            part("v68.0/tooling/query?q=SELECT+Id+FROM+Layout"),
            good.clone(),
        ],
        true,
    );
    assert_eq!(answer["hasErrors"], true);
    assert_eq!(answer["results"][0]["statusCode"], 404);
    assert_eq!(answer["results"][1]["statusCode"], 412);
}

#[test]
fn a_package_is_installed_and_brings_what_the_article_names() {
    let bench = Bench::new(Options {
        package_time: JobTime::Polls(2),
        ..Options::default()
    });
    let (_, answer) = bench.tooling(
        "SELECT Id, InstallValidationStatus, RemoteSiteSettings FROM SubscriberPackageVersion \
         WHERE Id = '04tHp000000wXcZIAU'",
    );
    let version = &answer["records"][0];
    assert_eq!(
        version["InstallValidationStatus"], "NO_ERRORS_DETECTED",
        "{answer}"
    );
    assert_eq!(
        version["RemoteSiteSettings"]["settings"][0]["url"],
        "https://cpc.ccone.net"
    );

    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let body = json!({
        "SubscriberPackageVersionKey": "04tHp000000wXcZIAU", "SecurityType": "full",
        "EnableRss": true, "NameConflictResolution": "Block", "Password": null,
    });
    let (status, made) = bench.call("POST", path, Some(&body));
    assert_eq!(status, 201, "{made}");
    let id = made["id"].as_str().unwrap();
    let (status, busy) = bench.call("POST", path, Some(&body));
    assert_eq!(
        (status, &busy[0]["errorCode"]),
        (400, &json!("ALREADY_IN_PROCESS"))
    );
    assert_eq!(bench.get(&format!("{path}/{id}"))["Status"], "IN_PROGRESS");
    let done = bench.get(&format!("{path}/{id}"));
    assert_eq!(done["Status"], "SUCCESS");
    assert_eq!(done["Errors"], Value::Null);
    assert_eq!(done["SecurityType"], "Full");

    let (_, installed) = bench.tooling(
        "SELECT SubscriberPackage.NamespacePrefix, SubscriberPackageVersion.MinorVersion FROM \
         InstalledSubscriberPackage ORDER BY SubscriberPackageId",
    );
    let rows = installed["records"].as_array().unwrap();
    let ours = rows
        .iter()
        .find(|row| row["SubscriberPackage"]["NamespacePrefix"] == "ciscocjs");
    assert_eq!(ours.unwrap()["SubscriberPackageVersion"]["MinorVersion"], 2);
    let (_, layouts) = bench.tooling(
        "SELECT Name FROM Layout WHERE TableEnumOrId = 'Task' AND NamespacePrefix = 'ciscocjs' \
         ORDER BY Name",
    );
    assert_eq!(
        layouts["records"][0]["Name"],
        "Cisco Webex Contact Center Task Layout"
    );
    assert_eq!(
        layouts["records"][1]["Name"],
        "Webex Contact Center Task Layout"
    );
    let apps = bench.query("SELECT Label FROM AppDefinition WHERE NamespacePrefix = 'ciscocjs'");
    assert_eq!(apps["records"][0]["Label"], "Webex Contact Center");
    let kinds = bench.query(
        "SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = 'ciscocjs' AND \
         QualifiedApiName LIKE '%25__mdt'",
    );
    let kind = kinds["records"][0]["QualifiedApiName"].as_str().unwrap();
    let described = bench.get(&format!("/services/data/v68.0/sobjects/{kind}/describe"));
    let fields = described["fields"].as_array().unwrap();
    assert!(fields.iter().any(|field| field["custom"] == true));
    let task = bench.get("/services/data/v68.0/sobjects/Task/describe");
    let fields = task["fields"].as_array().unwrap();
    assert!(
        fields
            .iter()
            .any(|field| field["name"] == "ciscocjs__Contact_Type__c")
    );
    // Approved once, the site is not asked about again.
    let (_, answer) = bench.tooling(
        "SELECT RemoteSiteSettings FROM SubscriberPackageVersion WHERE Id = '04tHp000000wXcZIAU'",
    );
    assert_eq!(
        answer["records"][0]["RemoteSiteSettings"]["settings"],
        json!([])
    );

    let polls = bench
        .requests()
        .into_iter()
        .filter(|entry| entry["poll"] == true)
        .count();
    assert_eq!(polls, 2);
}

#[test]
fn tooling_objects_keep_their_restrictions() {
    let bench = Bench::new(Options::default());
    let (status, body) = bench.tooling("SELECT Id FROM SubscriberPackageVersion");
    assert_eq!(
        (status, &body[0]["errorCode"]),
        (400, &json!("MALFORMED_QUERY"))
    );
    assert!(
        body[0]["message"]
            .as_str()
            .unwrap()
            .contains("Implementation restriction")
    );
    let keyed = "SELECT Id FROM SubscriberPackageVersion WHERE Id = '04tHp000000wXcKIAU'";
    assert_eq!(
        bench.tooling(keyed).1[0]["errorCode"],
        "INSTALL_KEY_REQUIRED"
    );
    let wrong = format!("{keyed} AND InstallationKey = 'x'");
    assert_eq!(
        bench.tooling(&wrong).1[0]["errorCode"],
        "INSTALL_KEY_INVALID"
    );
    let right = format!(r"{keyed} AND InstallationKey = 'it\'s \\a key\\'");
    assert_eq!(bench.tooling(&right).1["totalSize"], 1);
    let (status, _) = bench.tooling("SELECT Id FROM PackageInstallRequest WHERE Status = 'X'");
    assert_eq!(status, 400);
    let (status, _) =
        bench.tooling("SELECT Id, Status FROM PackageInstallRequest ORDER BY CreatedDate DESC");
    assert_eq!(status, 200);
    let (status, rows) = bench.tooling(
        "SELECT Profile.Name, Layout.Name, RecordType.Name FROM ProfileLayout WHERE TableEnumOrId \
         = 'Task'",
    );
    assert_eq!(status, 200);
    let rows = rows["records"].as_array().unwrap();
    assert!(
        rows.iter().any(|row| row["Profile"].is_null()),
        "hidden profiles"
    );
    assert!(
        rows.iter().any(|row| row["RecordType"].is_null()),
        "the master"
    );
    let body = json!({"SubscriberPackageVersionKey": "04tHp000000wXcZ", "SecurityType": "All"});
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let (_, body) = bench.call("POST", path, Some(&body));
    assert_eq!(
        body[0]["errorCode"],
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    );
}

#[test]
fn the_log_names_what_was_asked_and_can_be_emptied() {
    let bench = Bench::new(Options::default());
    bench.query("SELECT Id FROM User LIMIT 1");
    let body = json!({"batchRequests": [{"method": "GET", "url": "v68.0/limits"}]});
    bench.call("POST", "/services/data/v68.0/composite/batch", Some(&body));
    let log = bench.requests();
    assert_eq!(log.len(), 2);
    let keys: Vec<&String> = log[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "seq",
            "at_ms",
            "duration_ms",
            "method",
            "path",
            "operation",
            "status",
            "poll",
            "subrequests"
        ],
    );
    assert_eq!(log[0]["operation"], "query");
    assert_eq!(log[1]["operation"], "composite/batch");
    assert_eq!(log[1]["subrequests"], 1);
    let path = format!("/_emulator/orgs/{}/requests", bench.org);
    assert_eq!(
        bench.get(&format!("{path}?since=1"))["requests"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(bench.call("DELETE", &path, None).0, 204);
    assert!(bench.requests().is_empty());
}

#[test]
fn the_daily_limit_and_permissions_are_enforced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("seed.toml");
    std::fs::write(&file, "[features]\nDailyApiRequests = 2\n").unwrap();
    let bench = Bench::new(Options {
        seed: Seed::File(file.clone()),
        ..Options::default()
    });
    bench.query("SELECT Id FROM User LIMIT 1");
    bench.query("SELECT Id FROM User LIMIT 1");
    let (status, body) = bench.call("GET", "/services/data/v68.0/limits", None);
    assert_eq!(
        (status, &body[0]["errorCode"]),
        (403, &json!("REQUEST_LIMIT_EXCEEDED"))
    );

    std::fs::write(
        &file,
        "[permissions]\n\"System Administrator\" = [\"ApiEnabled\"]\n",
    )
    .unwrap();
    let bench = Bench::new(Options {
        seed: Seed::File(file),
        ..Options::default()
    });
    let id = bench.query("SELECT Id FROM User LIMIT 1")["records"][0]["Id"].clone();
    let path = format!(
        "/services/data/v68.0/sobjects/User/{}",
        id.as_str().unwrap()
    );
    let (status, body) = bench.call("PATCH", &path, Some(&json!({"Title": "X"})));
    assert_eq!(
        (status, &body[0]["errorCode"]),
        (403, &json!("INSUFFICIENT_ACCESS_OR_READONLY"))
    );
    let (_, body) = bench.tooling("SELECT Id FROM ProfileLayout");
    assert_eq!(body[0]["errorCode"], "INVALID_TYPE");
}

#[test]
fn the_world_survives_in_its_file_and_starts_over_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world.json");
    let options = Options {
        world_file: Some(file.clone()),
        ..Options::default()
    };
    let fresh = {
        let bench = Bench::new(options.clone());
        let fresh = bench.world();
        let id = bench.query("SELECT Id FROM User LIMIT 1")["records"][0]["Id"].clone();
        let path = format!(
            "/services/data/v68.0/sobjects/User/{}",
            id.as_str().unwrap()
        );
        bench.call("PATCH", &path, Some(&json!({"Title": "Changed"})));
        assert_ne!(bench.world(), fresh);
        fresh
    };
    let bench = Bench::new(options.clone());
    assert_ne!(bench.world(), fresh);
    let reset = format!("/_emulator/orgs/{}/reset", bench.org);
    assert_eq!(bench.call("POST", &reset, None).0, 204);
    assert_eq!(bench.world(), fresh);
    drop(bench);
    assert_eq!(Bench::new(options.clone()).world(), fresh);

    std::fs::write(&file, "{\"format\": 2, \"orgs\": []}").unwrap();
    assert!(matches!(
        Emulator::start(options.clone()),
        Err(Error::WorldFormat { format: 2, .. })
    ));
    std::fs::write(&file, "{\"format\": 1}").unwrap();
    assert!(matches!(
        Emulator::start(options),
        Err(Error::BrokenWorld { .. })
    ));
}

#[test]
fn requests_that_come_together_wait_together() {
    let latency = Duration::from_millis(150);
    let bench = Bench::new(Options {
        latency,
        ..Options::default()
    });
    let url = format!("{}/services/data/v68.0/limits", bench.emulator.url());
    let started = Instant::now();
    bench.runtime.block_on(async {
        let ask = || async {
            bench
                .client
                .get(&url)
                .bearer_auth(&bench.token)
                .send()
                .await
                .unwrap()
                .status()
        };
        let (one, two, three, four) = tokio::join!(ask(), ask(), ask(), ask());
        assert!(
            [one, two, three, four]
                .iter()
                .all(reqwest::StatusCode::is_success)
        );
    });
    let took = started.elapsed();
    assert!(took >= latency, "{took:?}");
    assert!(took < latency * 3, "{took:?}");
}

#[test]
fn a_person_changes_softphone_layouts_through_the_control_route() {
    let bench = Bench::new(Options::default());
    let path = format!("/_emulator/orgs/{}/softphone-layouts", bench.org);
    let layout = json!([{
        "name": "Webex", "is_default": true, "call_types": [{
            "name": "Inbound", "info_fields": ["ANI"],
            "screen_pop_options": [{"match_type": "SingleMatch", "screen_pop_type": "PopToEntity"}],
            "sections": [{"entity_api_name": "Case", "items": ["CaseNumber"]}],
        }],
    }]);
    assert_eq!(bench.call("PUT", &path, Some(&layout)).0, 204);
    assert_eq!(bench.world()["softphone_layouts"][0]["name"], "Webex");
    assert_eq!(
        bench.call("PUT", &path, Some(&json!([{"name": "x"}]))).0,
        400
    );
}
