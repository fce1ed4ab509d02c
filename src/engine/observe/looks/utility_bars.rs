//! Utility bars of Lightning apps, and the components in them.

use salesforce_client::metadata::FlexiPageRecord;
use salesforce_client::{Client, Error, Soql};
use serde::Deserialize;

use super::{Fetch, all, present};
use crate::checklist::ItemId;
use crate::engine::observe::refusals::unanswered;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{App, Observed, Target, UtilityBar};

/// So many utility bars are looked into, two requests at most; apps of more than that are rare.
const MOST_BARS: usize = 20;

pub(super) struct UtilityBars;

impl Fetch for UtilityBars {
    /// Which there are, in a request of its own: the other ones of the setup may be full.
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.call(list(burst.client()), |answer, taking| {
            taking.state.utility_bars = match answer {
                Ok(rows) => Observed::Seen(all(rows)),
                Err(error) => Observed::Refused(unanswered(&error)),
            };
            Ok(())
        });
    }

    /// What is in those that Lightning apps have.
    fn follow<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let Some(state) = seen.state() else { return };
        let Some(mut bars) = state.utility_bars.seen().cloned() else { return };
        if let Some(apps) = state.apps.seen() {
            bars.retain(|bar| apps.iter().any(|app| app.lightning && app.has(bar)));
            // Among many, those that the run is about come first.
            bars.sort_by_key(|bar| !is_meant(inquiry, apps, bar));
        }
        let names: Vec<String> = bars.iter().take(MOST_BARS).map(UtilityBar::qualified).collect();
        burst.call(read(burst.client(), names), |answer, taking| {
            taking.state.utility_bars = match answer {
                Ok(pages) => Observed::Seen(with_components(bars, &pages)),
                Err(error) => Observed::Refused(unanswered(&error)),
            };
            Ok(())
        });
    }
}

/// Whether a run may change a bar, or has: it is that of the configured app, or on record.
fn is_meant(inquiry: &Inquiry<'_>, apps: &[App], bar: &UtilityBar) -> bool {
    let wish = inquiry.desired.and_then(|desired| desired.agent_access.as_ref());
    let named = wish.and_then(|wish| wish.app.as_deref());
    let is_of_named = |app: &App| {
        named.is_some_and(|name| app.label == name || app.qualified() == name) && app.has(bar)
    };
    let name = bar.qualified();
    let mut recorded = inquiry.baseline.of_item(ItemId::AGENT_ACCESS.as_str());
    apps.iter().any(is_of_named)
        || recorded.any(|it| matches!(&it.target, Target::UtilityItem(bar, _) if *bar == name))
}

async fn list(client: &Client) -> Result<Vec<Row>, Error> {
    let soql = Soql::new(
        "SELECT Id, DeveloperName, NamespacePrefix FROM FlexiPage WHERE Type = 'UtilityBar'",
    );
    client.tooling().query(&soql).await
}

async fn read(client: &Client, names: Vec<String>) -> Result<Vec<FlexiPageRecord>, Error> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    client.metadata().read_flexi_pages(&names).await
}

fn with_components(mut bars: Vec<UtilityBar>, pages: &[FlexiPageRecord]) -> Vec<UtilityBar> {
    for bar in &mut bars {
        let page = pages.iter().find(|page| page.full_name == bar.qualified());
        bar.components = page.map(|page| page.components.clone());
        bar.page = page.cloned();
    }
    bars
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    developer_name: String,
    #[serde(deserialize_with = "present")]
    namespace_prefix: Option<String>,
}

impl From<Row> for UtilityBar {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.developer_name,
            namespace: row.namespace_prefix.filter(|namespace| !namespace.is_empty()),
            components: None,
            page: None,
        }
    }
}
