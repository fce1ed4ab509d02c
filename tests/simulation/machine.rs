//! A machine on which the program is run: its disk, and what it remembers on it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use provision::checklist::Selection;
use provision::engine::{
    self, Aim, Approval, Context, Goal, Host, ItemReport, Order, OrgEvent, Parties, Patience,
    Question, Removal, Request, Taking, UndoneRuns, WhenBusy,
};
use provision::failure::Failure;
use provision::journal::{MemoryDisk, Store, Unsynced};
use salesforce_client::wire::{Options, Transport};
use secrecy::SecretString;
use tokio::time::timeout;

use crate::ended::Ended;
use crate::fate::Fate;
use crate::line::{Clock, Line};
use crate::migration;
use crate::simulated_disk::SimulatedDisk;
use crate::trouble::{End, Half, Trouble};
use crate::world::World;

/// Where it keeps what it remembers.
const STATE: &str = "state";

/// A run that takes longer hangs: all that it waits for together is hours.
const HANGS: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Command {
    /// Applies what is wanted in the end.
    Apply,
    /// Applies something else.
    ApplyOther,
    /// Applies what is wanted in the end, with an older version of the package.
    ApplyOlder,
    /// Applies what is wanted in the end, by an upgrade over the older version.
    UpgradeInPlace,
    /// The same by an upgrade that takes the older version out first.
    UpgradeClean,
    /// Moves everybody from Version 1 to Version 2.
    Migrate,
    Uninstall,
    /// The same of Version 2, where people have moved to it.
    UninstallVersion2,
    Undo,
}

impl Command {
    /// Whether the connector is out afterwards.
    pub(crate) fn takes_out(self) -> bool {
        matches!(self, Self::Uninstall | Self::Undo)
    }
}

/// A machine.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    pub(crate) disk: MemoryDisk,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) ended: Ended,
    pub(crate) requests: [usize; 2],
    pub(crate) operations: usize,
    pub(crate) log: Vec<String>,
}

impl Machine {
    /// A machine on which nobody has run anything.
    pub(crate) fn new() -> Self {
        Self { disk: MemoryDisk::new() }
    }

    /// Another machine that knows what this one knows.
    pub(crate) fn copy(&self) -> Self {
        Self { disk: self.disk.copy() }
    }

    /// What it remembers, read without any trouble.
    pub(crate) fn store(&self) -> Store {
        Store::on(Arc::new(self.disk.clone()), STATE)
    }

    /// Runs a command that meets these troubles; the seed says how late requests and answers are.
    pub(crate) async fn run(
        &self,
        world: &World,
        command: Command,
        clock: Clock,
        troubles: &[Trouble],
        seed: u64,
    ) -> Ran {
        let fate = Arc::new(Fate::new(troubles, seed));
        let run = timeout(HANGS, Box::pin(self.begin(world, command, clock, &fate, seed)));
        let ended = tokio::select! {
            biased;
            () = fate.until_ended() => Ended::Killed,
            ended = run => ended.expect("the run comes to an end"),
        };
        // Whoever is killed at the last operation of all has nobody left to tell how it went.
        let ended = if let Some(end) = fate.ended() {
            let unsynced = match end {
                End::Killed => Unsynced::Kept,
                End::PowerCut(unsynced) => unsynced,
            };
            self.disk.restart(unsynced);
            Ended::Killed
        } else {
            ended
        };
        let (requests, operations) = fate.counts();
        Ran { ended, requests, operations, log: fate.take_log() }
    }

    async fn begin(
        &self,
        world: &World,
        command: Command,
        clock: Clock,
        fate: &Arc<Fate>,
        seed: u64,
    ) -> Ended {
        let disk = SimulatedDisk { disk: self.disk.clone(), fate: fate.clone() };
        let store = Store::on(Arc::new(disk), STATE);
        let loaded = match command {
            Command::ApplyOther => &world.other,
            Command::ApplyOlder => &world.older,
            Command::UpgradeInPlace => &world.in_place,
            Command::UpgradeClean => &world.clean,
            Command::UninstallVersion2 => &world.version_2,
            Command::Apply | Command::Migrate | Command::Uninstall | Command::Undo => &world.wanted,
        };
        let removal = Removal { delete_data: Some(&world.org_id), ..Removal::default() };
        let runs = match command {
            Command::Undo => UndoneRuns::find(&store, Some(&world.org), &loaded.desired, None),
            _ => Ok(UndoneRuns::default()),
        };
        let runs = match runs {
            Ok(runs) if command == Command::Undo && runs.run.is_none() => return Ended::Well,
            Ok(runs) => runs,
            Err(failure) => return Ended::failed(failure),
        };
        let [org, webex] = [Half::Salesforce, Half::Webex].map(|half| {
            Arc::new(Line { half, emulator: world.emulator.clone(), fate: fate.clone(), clock })
        });
        let client = org_client(world, org);
        let webex = webex_client(world, webex);
        let host = SimulatedHost { clock, seed, runs: AtomicU64::new(0) };
        let moved = match command {
            Command::Migrate => {
                let moved = migration::wanted(world, &client, &webex, &store, host.now()).await;
                match moved {
                    Ok(moved) => Some(moved),
                    Err(failure) => return Ended::failed(failure),
                }
            }
            _ => None,
        };
        let request = Request {
            goal: Goal::Apply,
            aim: match command {
                Command::Uninstall | Command::UninstallVersion2 => Aim::Removed(removal),
                Command::Undo => Aim::Undone(Taking { runs: &runs, removal }),
                _ => Aim::Installed,
            },
            alias: None,
            desired: moved.as_ref().map_or(&loaded.desired, |it| &it.desired),
            selection: &Selection::All,
            configuration: &loaded.hash,
            protected: false,
            confirm: None,
            allow_removals: true,
            delete_data: (command == Command::UpgradeClean).then_some(world.org_id.as_str()),
            validate: false,
            when_busy: WhenBusy::Wait,
            saved: None,
            installation_key: None,
            order: if moved.is_some() { Order::OrgFirst } else { Order::Beside },
        };
        let context = Context {
            client: Some(&client),
            webex: Some(&webex),
            store: &store,
            host: &host,
            patience: Patience::default(),
        };
        let ended = Ended::of(engine::run(&request, &context, std::future::pending()).await);
        match moved.and_then(|it| it.unseen) {
            Some(why) if ended.is_well() => Ended::WithoutTenant(why),
            _ => ended,
        }
    }
}

fn org_client(world: &World, line: Arc<Line>) -> salesforce_client::Client {
    let emulated = world.emulator.org();
    let mut options = Options::new(emulated.url(), "simulation");
    options.carrier = Some(line);
    let transport = Transport::new(options).expect("a transport");
    let token = SecretString::from(emulated.access_token());
    let url = emulated.url().parse().expect("an address");
    salesforce_client::Client::new(transport, salesforce_client::Session::new(url, token))
}

fn webex_client(world: &World, line: Arc<Line>) -> webex_client::Client {
    let tenant = world.emulator.tenant();
    let mut options = webex_client::options(tenant.url(), "simulation");
    options.carrier = Some(line);
    let transport = Transport::new(options).expect("a transport");
    let announced = tenant.announcement();
    let token = SecretString::from(announced["access_token"].as_str().expect("a token"));
    let organization = webex_client::OrganizationId::parse(&world.tenant).expect("a UUID");
    let session = webex_client::Session::in_organization(organization, token);
    webex_client::Client::new(transport, session)
}

/// What a simulation is to a run.
struct SimulatedHost {
    clock: Clock,
    seed: u64,
    runs: AtomicU64,
}

impl Host for SimulatedHost {
    fn event(&self, _: &OrgEvent) {}

    fn approve(&self, _: Parties<'_>, _: &[ItemReport], _: &Question) -> Approval {
        Approval::Yes
    }

    fn unreached(&self, _: engine::Half) -> Option<&Failure> {
        None
    }

    fn now(&self) -> Timestamp {
        let millis = i64::try_from(self.clock.millis()).expect("a moment");
        Timestamp::from_millisecond(millis).expect("a moment")
    }

    /// As `UUIDv7` has it: the moment, and what tells it from others of the same moment.
    fn new_run(&self) -> String {
        let number = self.runs.fetch_add(1, Ordering::Relaxed);
        let others = (self.seed << 8 | number) & 0x0fff_ffff_ffff_ffff;
        format!("{:012x}7000{:016x}", self.clock.millis(), 0x8000_0000_0000_0000 | others)
    }
}
