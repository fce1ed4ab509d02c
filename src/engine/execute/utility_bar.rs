//! Utility bars in the one deploy: as they are, with one item more or less.

use std::collections::BTreeMap;

use salesforce_client::metadata::Component;

use crate::checklist::Change;
use crate::failure::{Failure, Kind};
use crate::model::{FlexiPageRecord, OrgState, SOFTPHONE, Target, UtilityItem};

/// How the softphone is shown: with the size that Setup proposes, and ready as soon as the app is opened.
const SHOWN: [(&str, &str); 6] = [
    ("eager", "true"),
    ("height", "480"),
    ("icon", "call"),
    ("label", "Phone"),
    ("scrollable", "true"),
    ("width", "340"),
];

/// One file a bar: a deploy replaces it as a whole, so that everything else is what the org has.
pub(super) fn files(
    state: &OrgState,
    changes: &[&Change],
) -> Result<Vec<FlexiPageRecord>, Failure> {
    let mut files: BTreeMap<&str, FlexiPageRecord> = BTreeMap::new();
    for change in changes {
        let Target::UtilityItem(name, component) = change.target() else { continue };
        let there = || {
            let bar = state.utility_bars.iter().find(|bar| &bar.qualified() == name)?;
            bar.page.clone()
        };
        let now = files.remove(name.as_str()).or_else(there);
        let properties = if component == SOFTPHONE { &SHOWN[..] } else { &[] };
        let page = now.and_then(|page| match &change.operation.to {
            Some(_) => page.with_item(UtilityItem { component, properties }),
            None => page.without_item(component),
        });
        files.insert(name, page.ok_or_else(|| unresolved(name))?);
    }
    Ok(files.into_values().collect())
}

fn unresolved(bar: &str) -> Failure {
    let text =
        format!("The utility bar {bar} cannot be deployed: the org does not show all of it.");
    Failure::new(Kind::Failed, text).hint("Run this again.")
}

/// The changes of a utility bar that a refusal is about.
///
/// Which bars an org lets a deploy change is nowhere documented. So any refusal of one leaves it out, and a
/// person is told what the org says.
pub(super) fn refused<'a>(failure: &Component, changes: &'a [Change]) -> Vec<&'a Change> {
    let is_it = |change: &&Change| match change.target() {
        Target::UtilityItem(bar, _) => {
            failure.component_type == "FlexiPage" && &failure.full_name == bar
        }
        _ => false,
    };
    changes.iter().filter(is_it).collect()
}
