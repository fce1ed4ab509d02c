//! Objects that mappings write to.

use salesforce_client::rest::Describe;

use super::Fetch;
use crate::engine::observe::refusals::refused;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Described, FieldDescription, Observed};

/// Descriptions are named by this and the object.
const PREFIX: &str = "object:";

pub(super) struct Objects;

impl Fetch for Objects {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        for object in &inquiry.objects {
            let name = format!("{PREFIX}{object}");
            burst.describe(name, object);
        }
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        for name in answers.data().names() {
            let Some(object) = name.strip_prefix(PREFIX) else { continue };
            let seen = match answers.refusal(name) {
                Some(error) if error.is_missing() => Observed::Refused(refused(error)),
                _ => match answers.value(name)? {
                    Observed::Seen(found) => described(found),
                    Observed::Refused(refused) => Observed::Refused(refused),
                    Observed::Unasked => Observed::Unasked,
                },
            };
            taking.state.objects.insert(object.to_owned(), seen);
        }
        Ok(())
    }
}

/// What mapping rules need of a description. Every object has a field for its id: one without any is not
/// described.
pub(super) fn described(object: Describe) -> Observed<Described> {
    if object.fields.is_empty() {
        return Observed::refused(format!("it describes {} without any field", object.name));
    }
    Observed::Seen(Described {
        name: object.name,
        createable: object.createable,
        fields: object
            .fields
            .into_iter()
            .map(|field| {
                let described = FieldDescription {
                    label: field.label,
                    kind: field.kind,
                    length: field.length.and_then(|length| length.try_into().ok()).unwrap_or(0),
                    createable: field.createable,
                    updateable: field.updateable,
                    required: field.createable && !field.nillable && !field.defaulted,
                    permissionable: field.permissionable,
                };
                (field.name, described)
            })
            .collect(),
    })
}
