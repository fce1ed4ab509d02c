//! Each answer that the clients read, changed on the way: by one call after another instead of whole runs,
//! so that every reader is tried often.

use std::time::{Duration, Instant};

use provision::engine::{Aim, Goal};
use salesforce_client::metadata::DeployId;
use salesforce_client::{Batch, Client, Composite, MAX_PAGE, Scope, Soql};
use serde_json::Value;

use super::mutation::tries;
use crate::broken::line::{Break, Line};
use crate::support::{Org, everything, wait};
use crate::webex::{both, load};

/// Each try is a request, and each of so many readers gets a part of them.
const PART: usize = 16;

/// Nothing that is read takes longer, the request included.
const HANGS: Duration = Duration::from_secs(20);

/// Says which number it was where something panics.
struct Trying(&'static str, u64);

impl Drop for Trying {
    #[expect(clippy::print_stdout, reason = "who mends it wants to know the number")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{}: PROVISION_MUTATIONS_SEED={}", self.0, self.1);
        }
    }
}

/// Has each reader read a changed answer again and again.
fn each(line: &Line, readers: &[&'static str], read: impl AsyncFn(&'static str)) {
    wait(async {
        for name in readers {
            // Whatever is in the way of the first request would be read by nobody.
            line.break_at(usize::MAX, Break::Change(0), None);
            read(name).await;
            assert!(!line.mend().is_empty(), "{name} asks nothing");
            for number in tries().step_by(PART) {
                let _trying = Trying(name, number);
                line.break_at(0, Break::Change(number), None);
                let begun = Instant::now();
                read(name).await;
                let took = begun.elapsed();
                assert!(took < HANGS, "{name}: PROVISION_MUTATIONS_SEED={number} takes {took:?}");
            }
        }
    });
}

/// What the program asks of a Salesforce org, and what is refused.
const OF_ORG: [&str; 24] = [
    "versions",
    "query",
    "a refused query",
    "tooling query",
    "pages",
    "batch",
    "composite",
    "tooling composite",
    "userinfo",
    "session user",
    "describe",
    "limits",
    "softphone layout",
    "list",
    "a refused list",
    "call centers",
    "custom metadata",
    "flexi pages",
    "deploy",
    "installed",
    "offered",
    "installs",
    "uninstalls",
    "tooling record",
];

async fn ask_org(client: &Client, what: &str, deploy: &DeployId) {
    let metadata = client.metadata();
    let soql = || Soql::new("SELECT Id, Name, Profile.Name FROM User");
    match what {
        "versions" => drop(client.versions().await),
        "query" => drop(client.query::<Value>(&soql()).await),
        "a refused query" => drop(client.query::<Value>(&Soql::new("SELECT X FROM User")).await),
        "tooling query" => {
            let layouts = Soql::new("SELECT Id, Name FROM Layout");
            drop(client.tooling().query::<Value>(&layouts).await);
        }
        "pages" => {
            let mut pages = client.pages(soql(), Scope::All, MAX_PAGE);
            // A broken page may be asked for again, and a whole one leads to the next.
            for _ in 0..3 {
                drop(pages.next::<Value>().await);
            }
        }
        "batch" => {
            let batch = Batch::new().query("users", soql()).describe("task", "Task");
            drop(client.batch(&batch.query("no", Soql::new("SELECT X FROM User"))).await);
        }
        "composite" => drop(client.composite(&Composite::new().query("users", soql())).await),
        "tooling composite" => {
            let layouts = Composite::new().query("a", Soql::new("SELECT Id FROM Layout"));
            drop(client.tooling().composite(&layouts).await);
        }
        "userinfo" => drop(client.userinfo().await),
        "session user" => drop(client.session_user().await),
        "describe" => drop(client.describe("Task").await),
        "limits" => drop(client.limits().await),
        "softphone layout" => drop(client.softphone_layout().await),
        "list" => drop(metadata.list("Layout").await),
        "a refused list" => drop(metadata.list("Nothing").await),
        "call centers" => drop(metadata.read_call_centers(&["CiscoCJSCallCenter", "X"]).await),
        "custom metadata" => drop(metadata.read_custom_metadata(&["ciscocjs__Region.Main"]).await),
        "flexi pages" => drop(metadata.read_flexi_pages(&["LightningSales_UtilityBar"]).await),
        "deploy" => drop(metadata.deploy_status(deploy).await),
        "installed" => drop(client.packages().installed().await),
        "offered" => drop(client.packages().offered("04tHp000000wXcZIAU", None).await),
        "installs" => drop(client.packages().recent_installs().await),
        "uninstalls" => drop(client.packages().recent_uninstalls().await),
        "tooling record" => {
            let id = "0Hf000000000001AAA";
            drop(client.tooling().get::<Value>("PackageInstallRequest", id).await);
        }
        other => unreachable!("{other}"),
    }
}

#[test]
fn whatever_an_org_answers() {
    let org = Org::new();
    org.apply(&everything());
    let jobs = org.emulated.jobs();
    let deploy = jobs["deploys"][0]["id"].as_str();
    let deploy = DeployId(deploy.expect("a deploy").to_owned());
    let line = Line::to(&org.url);
    let client = org.behind(&line.url).client();
    each(&line, &OF_ORG, async |what| ask_org(&client, what, &deploy).await);
}

/// What it asks of a Webex organization.
const OF_WEBEX: [&str; 12] = [
    "organization",
    "teams",
    "users",
    "desktop layouts",
    "agent profiles",
    "idle codes",
    "variables",
    "entry points",
    "outdial ANIs",
    "user profiles",
    "sites",
    "a team",
];

async fn ask_webex(client: &webex_client::Client, what: &str) {
    match what {
        "organization" => drop(client.organization().await),
        "teams" => drop(client.teams().list().await),
        "users" => drop(client.users().list().await),
        "desktop layouts" => drop(client.desktop_layouts().list().await),
        "agent profiles" => drop(client.agent_profiles().list().await),
        "idle codes" => drop(client.auxiliary_codes().list().await),
        "variables" => drop(client.cad_variables().list().await),
        "entry points" => drop(client.entry_points().list().await),
        "outdial ANIs" => drop(client.outdial_anis().list().await),
        "user profiles" => drop(client.user_profiles().list().await),
        "sites" => drop(client.sites().list().await),
        "a team" => {
            // The list is whole or changed; where it tells an id, its record is read, too.
            let teams = client.teams().list().await.unwrap_or_default();
            if let Some(team) = teams.first() {
                drop(client.teams().get(&team.id).await);
                drop(client.teams().references(&team.id, None).await);
            }
        }
        other => unreachable!("{other}"),
    }
}

#[test]
fn whatever_a_webex_organization_answers() {
    let org = Org::new().with_tenant();
    let report = org.run_loaded((Goal::Apply, Aim::Installed), &load(&both(&org)));
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let line = Line::to(org.tenant().url());
    each(&line, &OF_WEBEX, async |what| {
        // Each has its own allowance of requests a minute.
        ask_webex(&org.webex_client_at(&line.url, "access_token"), what).await;
    });
}
