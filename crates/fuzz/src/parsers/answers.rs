//! What both services answer, through the clients: whatever a question is answered by, the client has an answer or an
//! error.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use salesforce_client::metadata::DeployId;
use salesforce_client::wire::{Transport, Url};
use salesforce_client::{Batch, Client, Composite, MAX_PAGE, Scope, Session, Soql};
use secrecy::SecretString;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

/// What the program asks of a Salesforce org, and what is refused.
pub(crate) const OF_ORG: [&str; 24] = [
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

/// What it asks of a Webex organization.
pub(crate) const OF_WEBEX: [&str; 12] = [
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

/// Statuses that are answered to, without such as make the transport ask once more.
pub(crate) const STATUSES: [u16; 8] = [200, 201, 400, 401, 403, 404, 410, 500];

/// Asks an org; `deploy` is one that it has heard of.
pub(crate) async fn ask_org(client: &Client, what: &str, deploy: &DeployId) {
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
        "deploy" => {
            if let Ok(result) = metadata.deploy_status(deploy).await {
                let of_failures = result.failures().map(ToString::to_string);
                of_failures.chain(result.tests().coverage_warnings()).for_each(drop);
            }
        }
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

/// Asks a Webex organization.
pub(crate) async fn ask_webex(client: &webex_client::Client, what: &str) {
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

/// What a server says, whatever it is asked.
#[derive(Debug, Default)]
struct Said {
    status: u16,
    body: Vec<u8>,
}

/// A server on this thread, and a way to it; it ends with the thread.
struct Server {
    runtime: Runtime,
    said: Arc<Mutex<Said>>,
    transport: Transport,
    url: Url,
}

thread_local! {
    static SERVER: Server = Server::start();
}

impl Server {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let said: Arc<Mutex<Said>> = Arc::default();
        let says = Arc::clone(&said);
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&says)));
            }
        });
        let mut options = webex_client::options(&url, "provision-tests");
        // What is asked once more is answered the same.
        options.retry.tries = 1;
        let transport = Transport::new(options).expect("a transport to loopback");
        let url = Url::parse(&url).expect("an address");
        Self { runtime, said, transport, url }
    }

    fn says(&self, status: u8, body: &[u8]) {
        let status = STATUSES[usize::from(status) % STATUSES.len()];
        let said = Said { status, body: body.to_vec() };
        *self.said.lock().unwrap_or_else(PoisonError::into_inner) = said;
    }

    /// A transport that remembers nothing of an earlier one's secrets.
    fn transport(&self) -> Transport {
        self.transport.to(self.url.as_str()).expect("a transport to loopback")
    }
}

/// Answers whatever comes over a connection.
async fn serve(stream: TcpStream, says: Arc<Mutex<Said>>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    loop {
        let (mut length, mut line) = (0, String::new());
        while stream.read_line(&mut line).await? > 2 {
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().expect("a length");
            }
            line.clear();
        }
        if line.is_empty() {
            return Ok(());
        }
        stream.read_exact(&mut vec![0; length]).await?;
        let answer = {
            let said = says.lock().unwrap_or_else(PoisonError::into_inner);
            let kind = if said.body.starts_with(b"<") { "text/xml" } else { "application/json" };
            let (status, length) = (said.status, said.body.len());
            let head = format!(
                "HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
            );
            [head.as_bytes(), &said.body].concat()
        };
        stream.write_all(&answer).await?;
    }
}

/// An answer of an org: its first byte says to what, its second one the status.
pub(super) fn org_answers(bytes: &[u8]) {
    let [what, status, body @ ..] = bytes else { return };
    SERVER.with(|server| {
        server.says(*status, body);
        let token = SecretString::from("00D000000000001!token");
        let client = Client::new(server.transport(), Session::new(server.url.clone(), token));
        let what = OF_ORG[usize::from(*what) % OF_ORG.len()];
        let deploy = DeployId("0Af000000000001AAA".to_owned());
        server.runtime.block_on(ask_org(&client, what, &deploy));
    });
}

/// An answer of a Webex organization, likewise.
pub(super) fn webex_answers(bytes: &[u8]) {
    let [what, status, body @ ..] = bytes else { return };
    SERVER.with(|server| {
        server.says(*status, body);
        let id = webex_client::OrganizationId::parse("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10");
        let token = SecretString::from("token");
        let session = webex_client::Session::in_organization(id.expect("a UUID"), token);
        let client = webex_client::Client::new(server.transport(), session);
        let what = OF_WEBEX[usize::from(*what) % OF_WEBEX.len()];
        server.runtime.block_on(ask_webex(&client, what));
    });
}
