//! What a configuration would say of the Webex organization.

use crate::checklist::Adoptee;
use crate::model::{Draft, DraftValue};

/// What the item would have a configuration say.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    if adoptee.knows_tenant {
        return draft;
    }
    draft.table("webex");
    draft.comment("Which Webex organization it is shows nowhere in Salesforce.");
    let id = DraftValue::Text("01234567-89ab-cdef-0123-456789abcdef".to_owned());
    draft.example("org_id", id);
    draft
}
