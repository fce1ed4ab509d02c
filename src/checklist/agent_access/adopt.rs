//! Whether a permission set of ours gives agents what they need in an org.

use crate::checklist::Adoptee;
use crate::model::{Draft, DraftValue, SettingKind};

/// What the item would have a configuration say: what is in the set besides is not looked at.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    if managed(adoptee).is_some() {
        draft.table("agent_access");
        draft.comment("A permission set created by provision gives agents what they need.");
        let value = DraftValue::Setting { kind: SettingKind::Boolean, text: "true".to_owned() };
        draft.key("manage", value);
    }
    draft
}

/// The API name of our permission set, where everybody in the call center has it.
pub(in crate::checklist) fn managed<'a>(adoptee: &'a Adoptee<'_>) -> Option<&'a str> {
    let recipe = &adoptee.connector().recipe.agent_access;
    let mut sets = adoptee.state.permission_sets.iter();
    let set = sets.find(|set| set.qualified() == recipe.permission_set)?;
    let given = &adoptee.state.permission_set_assignments;
    let members = adoptee.members();
    let has = |user: &crate::model::UserId| {
        given.iter().any(|given| given.permission_set == set.id && &given.user == user)
    };
    let everybody = !members.is_empty() && members.iter().all(|user| has(&user.id));
    everybody.then_some(recipe.permission_set.as_str())
}
