//! What `status` says of the calling user's softphone layout.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{CallTypeLayout, OpensIn, SoftphoneLayout};

/// A softphone layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Softphone {
    /// Its name.
    pub name: String,
    /// What it does, by kind of call: `inbound`, `outbound`, `internal`.
    pub calls: BTreeMap<String, SoftphoneCalls>,
}

/// What it does for a kind of call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SoftphoneCalls {
    /// API names of the objects that are shown.
    pub objects: Vec<String>,
    /// What pops up, in the words of Setup.
    #[serde(flatten)]
    pub pops: Pops,
    /// `existing` or `new`, where it is said.
    pub opens_in: Option<&'static str>,
}

/// What pops up for each outcome of the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pops {
    /// Where no record matches.
    pub no_match: String,
    /// Where one does.
    pub single_match: String,
    /// Where several do.
    pub multiple_matches: String,
}

/// The layout as people read it.
pub(in crate::checklist) fn describe_layout(layout: &SoftphoneLayout) -> Softphone {
    let calls = layout.call_types.iter();
    Softphone {
        name: layout.name.clone(),
        calls: calls
            .map(|(kind, call)| (kind.name().to_ascii_lowercase(), describe_call(call)))
            .collect(),
    }
}

fn describe_call(call: &CallTypeLayout) -> SoftphoneCalls {
    let [none, single, multiple] = &call.pops;
    SoftphoneCalls {
        objects: call.objects.clone(),
        pops: Pops {
            no_match: none.to_string(),
            single_match: single.to_string(),
            multiple_matches: multiple.to_string(),
        },
        opens_in: call.opens_in.map(|opens_in| match opens_in {
            OpensIn::Existing => "existing",
            OpensIn::New => "new",
        }),
    }
}
