//! Utility bars of Lightning apps, and the components in them.

use salesforce_client::metadata::FlexiPageRecord;
use salesforce_client::{Client, Soql};

use super::examination::words;
use super::examined_rows::BarRow;
use crate::model::{App, Told, UtilityBar};

/// So many utility bars are looked into, two requests at most; apps of more than that are rare.
const MOST_BARS: usize = 20;

/// The query for them, of the Tooling API.
pub(super) fn bars_query() -> Soql {
    Soql::new("SELECT Id, DeveloperName, NamespacePrefix FROM FlexiPage WHERE Type = 'UtilityBar'")
}

/// Reads what is in the utility bars of Lightning apps.
pub(super) async fn look_into(
    client: &Client,
    bars: Result<Vec<BarRow>, String>,
    apps: &Told<Vec<App>>,
) -> Told<Vec<UtilityBar>> {
    let mut bars: Vec<UtilityBar> = match bars {
        Ok(rows) => rows.into_iter().map(Into::into).collect(),
        Err(words) => return Told::Refused(words),
    };
    if let Told::This(apps) = apps {
        bars.retain(|bar| apps.iter().any(|app| app.lightning && app.has(bar)));
    }
    let names: Vec<String> = bars.iter().take(MOST_BARS).map(full_name).collect();
    if names.is_empty() {
        return Told::This(bars);
    }
    let pages: Vec<FlexiPageRecord> = match client.metadata().read_flexi_pages(&names).await {
        Ok(pages) => pages,
        Err(error) => return Told::Refused(words(&error)),
    };
    for bar in &mut bars {
        let page = pages.iter().find(|page| page.full_name == full_name(bar));
        bar.components = page.map(|page| page.components.clone());
    }
    Told::This(bars)
}

fn full_name(bar: &UtilityBar) -> String {
    match &bar.namespace {
        Some(namespace) => format!("{namespace}__{}", bar.name),
        None => bar.name.clone(),
    }
}
