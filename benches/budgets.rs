//! What a run costs: time without latency, and the serial depth measured with latency.
//!
//! Depth = (wall time at 150 ms latency − wall time at none) / 150 ms, the contract's own formula.

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use org_emulator::Emulator;
use provision::checklist::Selection;
use provision::config::{self, Loaded};
use provision::engine::{
    self, Aim, Context, Goal, Host, Order, OrgEvent, Patience, Report, Request, WhenBusy,
};
use provision::journal::Store;
use salesforce_client::wire::{self, Transport};
use salesforce_client::{Client, Session};
use tempfile::TempDir;

const LATENCY: Duration = Duration::from_millis(150);

/// An emulated org and a state directory.
struct Org {
    url: String,
    token: String,
    state: TempDir,
    _emulator: Emulator,
}

impl Org {
    fn new(latency: Duration) -> Self {
        let emulator = Emulator::builder().latency(latency).start().expect("the emulator starts");
        let org = emulator.org();
        Self {
            url: org.url().to_owned(),
            token: org.access_token().to_owned(),
            state: TempDir::new().expect("a state directory"),
            _emulator: emulator,
        }
    }

    fn apply(&self, wanted: &Loaded) -> Report {
        let transport =
            Transport::new(wire::Options::new(&self.url, "provision-tests")).expect("a transport");
        let url = self.url.parse().expect("an address");
        let client = Client::new(transport, Session::new(url, self.token.clone().into()));
        let request = Request {
            aim: Aim::Installed,
            goal: Goal::Apply,
            alias: None,
            desired: &wanted.desired,
            selection: &Selection::All,
            configuration: &wanted.hash,
            protected: false,
            confirm: None,
            allow_removals: false,
            delete_data: None,
            validate: false,
            when_busy: WhenBusy::Wait,
            saved: None,
            installation_key: None,
            order: Order::default(),
        };
        let store = Store::at(self.state.path());
        let context = Context {
            client: Some(&client),
            webex: None,
            store: &store,
            host: &Nobody,
            patience: Patience::default(),
        };
        let report = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
            .block_on(engine::run(&request, &context, std::future::pending()));
        assert!(report.failure.is_none(), "{:?}", report.failure);
        report
    }
}

/// Nobody watches.
struct Nobody;

impl Host for Nobody {
    fn event(&self, _event: &OrgEvent) {}
}

fn wanted() -> Loaded {
    let (text, files) = (config::built_in_demo(), config::built_in_demo_file);
    let mut loaded = config::load(text, "demo.toml", None, &files).expect("the demo's own");
    // The Webex half runs beside the other, and is measured in requests.
    loaded.desired.tenant = None;
    loaded
}

/// The median wall time of some runs, each in a world that `prepare` makes.
fn median(prepare: impl Fn() -> Org, wanted: &Loaded) -> Duration {
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let org = prepare();
            let begun = Instant::now();
            org.apply(wanted);
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[2]
}

#[expect(clippy::print_stdout, reason = "criterion has no place for a figure of one's own")]
fn depths(criterion: &mut Criterion) {
    let wanted = wanted();
    let warm = |latency| {
        let org = Org::new(latency);
        org.apply(&wanted);
        org
    };
    let cold = |latency| {
        let mut org = warm(latency);
        org.state = TempDir::new().expect("another state directory");
        org
    };
    for (name, budget, depth) in [
        ("whole install", 10.0, depth(|latency| median(|| Org::new(latency), &wanted))),
        ("nothing to do, warm", 1.0, depth(|latency| median(|| warm(latency), &wanted))),
        ("nothing to do, cold", 4.0, depth(|latency| median(|| cold(latency), &wanted))),
    ] {
        println!("serial depth of {name}: {depth:.2} (budget {budget})");
    }
    let org = Org::new(Duration::ZERO);
    org.apply(&wanted);
    criterion.bench_function("nothing to do", |bencher| bencher.iter(|| org.apply(&wanted)));
    let mut group = criterion.benchmark_group("whole install");
    group.sample_size(10);
    group.bench_function("jobs at once", |bencher| {
        bencher.iter_with_setup(|| Org::new(Duration::ZERO), |org| org.apply(&wanted));
    });
    group.finish();
}

fn depth(wall: impl Fn(Duration) -> Duration) -> f64 {
    let difference = wall(LATENCY).saturating_sub(wall(Duration::ZERO));
    difference.as_secs_f64() / LATENCY.as_secs_f64()
}

criterion_group!(budgets, depths);
criterion_main!(budgets);
