//! A tenant, a client of it, and what went between them.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use crate::{Client, SecretString, Session, options};
use openapi_check::{Contract, Exchange};
use org_emulator::tenant::{Agent, Tenant, Traps};
use wire::Transport;

static CONTRACT: LazyLock<Option<Contract>> = LazyLock::new(|| {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let document = root.join("../shared/webex-spec/configuration.json");
    if !document.is_file() {
        println!("skipped: {} is not there", document.display());
        return None;
    }
    Some(Contract::load(&document, &root.join("tests/webex/overlay.json")).unwrap())
});

/// A tenant and a client that may do everything there.
pub(crate) struct Bench {
    pub(crate) tenant: Tenant,
    client: Client,
}

impl Bench {
    pub(crate) fn new() -> Bench {
        let agents = [
            Agent::new("Ada", "Lovelace", "ada@acme.example"),
            Agent::new("Bob", "O'Hara", "bob+calls@acme.example"),
            Agent::new("Grace", "Hopper", "grace@acme.example").supervising(),
        ];
        let tenant = Tenant::start(&agents).unwrap();
        let client = client(&tenant, &text(&tenant, "/access_token"));
        Bench { tenant, client }
    }

    pub(crate) fn trapped(set: impl FnOnce(&mut Traps)) -> Bench {
        let bench = Bench::new();
        let mut traps = Traps::default();
        set(&mut traps);
        bench.tenant.set_traps(traps);
        bench
    }

    /// A text of the tenant's announcement.
    pub(crate) fn told(&self, pointer: &str) -> String {
        text(&self.tenant, pointer)
    }

    /// A client with another token.
    pub(crate) fn with_token(&self, pointer: &str) -> Client {
        client(&self.tenant, &self.told(pointer))
    }

    /// A transport to the tenant.
    pub(crate) fn transport(&self) -> Transport {
        transport(&self.tenant)
    }
}

fn text(tenant: &Tenant, pointer: &str) -> String {
    tenant.announcement().pointer(pointer).unwrap().as_str().unwrap().to_owned()
}

fn transport(tenant: &Tenant) -> Transport {
    let mut options = options(tenant.url(), "tests");
    options.retry.base = Duration::from_millis(2);
    Transport::new(options).unwrap()
}

fn client(tenant: &Tenant, token: &str) -> Client {
    let session = Session::new(SecretString::from(token)).unwrap();
    Client::new(transport(tenant), session)
}

impl Deref for Bench {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let Some(contract) = &*CONTRACT else { return };
        if std::thread::panicking() {
            return;
        }
        let exchanges = self.tenant.exchanges();
        // Logins are no part of the description.
        let configuration =
            exchanges.into_iter().filter(|it| it.target.starts_with("/organization/"));
        let wrong: Vec<String> = configuration
            .flat_map(|it| {
                contract.complaints(&Exchange {
                    method: it.method,
                    target: it.target,
                    request_type: it.request_type,
                    request: it.request,
                    status: it.status,
                    response_type: it.response_type,
                    response: it.response,
                })
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
