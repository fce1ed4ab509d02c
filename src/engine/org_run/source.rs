//! Files of a deploy, of the plan or of all that is configured.

use std::collections::BTreeSet;

use super::OrgRun;
use crate::checklist::{Change, Plan, beyond_deploy, lacking, whole};
use crate::engine::event::Event;
use crate::engine::execute::rehearse;
use crate::engine::{SourceOf, start};
use crate::failure::Failure;
use crate::model::{Look, Observed, SeenRecords, Target};

impl OrgRun<'_> {
    /// Makes files of the deploy of the plan, or of all that is configured.
    pub(in crate::engine) async fn write_source(&mut self, of: SourceOf) -> Result<(), Failure> {
        let Some(mut plan) = self.plan.take() else { return Ok(()) };
        let changes = match of {
            SourceOf::Changes => lacking(&plan),
            SourceOf::Configuration => {
                let needs = self.needs_of(&self.all(&plan)?)?;
                if !needs.is_empty() {
                    self.observer.look(&needs).await?;
                    plan = self.ask().await?;
                    start::nothing_stops(&plan)?;
                }
                self.all(&plan)?
            }
        };
        self.findings.files = rehearse::source_folder(self, changes).await?;
        if !self.findings.files.is_empty() {
            for text in beyond_deploy(self.desired(), &self.records.past, &plan) {
                self.tell(Event::Note { warning: false, text });
            }
            if self.request.desired.tenant.is_some() {
                let text =
                    "Not in the folder: the Webex organization's part. It cannot be deployed; use \
                            `apply`."
                        .to_owned();
                self.tell(Event::Note { warning: false, text });
            }
        }
        Ok(())
    }

    fn all(&self, plan: &Plan) -> Result<Vec<Change>, Failure> {
        Ok(whole(self.desired(), &*self.state()?, &self.records.past, plan))
    }

    /// What a plan without changes can be believed without, and files cannot.
    fn needs_of(&self, changes: &[Change]) -> Result<BTreeSet<Look>, Failure> {
        let state = self.state()?;
        let mut needs = BTreeSet::new();
        let names_profiles = changes.iter().any(|change| change.target().profile().is_some());
        if names_profiles && (self.observer.believes() || !state.profile_names.is_seen()) {
            needs.insert(Look::ProfileNames);
        }
        let is_of_region = |it: &Change| matches!(it.target(), Target::CustomMetadata(_));
        let is_remembered = state.custom_metadata.seen == Observed::Seen(SeenRecords::Remembered);
        if is_remembered && changes.iter().any(is_of_region) {
            needs.insert(Look::CustomMetadata);
        }
        Ok(needs)
    }
}
