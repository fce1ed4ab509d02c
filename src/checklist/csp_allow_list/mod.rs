//! `csp-allow-list`: the Webex side allows Salesforce's domains.
//!
//! No API of Webex reads or writes this list, and what the Agent Desktop answers before anybody has
//! signed in is the same for every tenant. So a person does it, and says so.

mod adopt;
mod plan;

use crate::checklist::{
    About, Adoptee, Case, ChangeRow, Intent, Item, ItemId, Noticed, Nouns, Scope, Verdict, Word,
};
use crate::model::{ConnectorWish, Draft, Look};

/// The item.
pub(super) struct CspAllowList;

impl ItemId {
    /// CSP allow-list.
    pub const CSP_ALLOW_LIST: Self = Self::new("csp-allow-list");
}

static ABOUT: About = About {
    id: ItemId::CSP_ALLOW_LIST,
    title: "CSP allow-list",
    needs: &[],
    wave: None,
    of_fields: false,
    noticed: Noticed::SalesforceLogin,
    word: Word::Asked,
};

impl Item for CspAllowList {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn looks(&self, _intent: &Intent<'_>) -> Vec<Look> {
        Vec::new()
    }

    fn plan(&self, case: Case<'_>) -> Verdict {
        plan::plan(case.desired)
    }

    fn removal(&self, _case: Case<'_>) -> Verdict {
        // What a person allowed in Control Hub serves every org of the tenant.
        Verdict::default()
    }

    fn nouns(&self, _change: &ChangeRow) -> Nouns {
        Nouns::STEPS
    }

    fn confirmable(&self, desired: &ConnectorWish) -> Option<(Scope, String)> {
        desired.recipe.csp_allow_list.then(|| (Scope::Tenant, plan::wanted()))
    }

    fn adopt(&self, adoptee: &Adoptee<'_>) -> Draft {
        if adoptee.connector().recipe.csp_allow_list {
            adopt::adopt(adoptee)
        } else {
            Draft::default()
        }
    }
}
