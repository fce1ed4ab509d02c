//! A layout that the service does not change although it says so.
//!
//! It is known to answer 200 and keep the old content of a layout that nobody has saved in the portal yet.
//! A new layout takes its content at once, so the teams get one, and ours goes.

use webex_client::{DesktopLayout, Id};

use super::work::EDITED_BY;
use super::work::give_layout;
use super::{TenantRun, told};
use crate::checklist::{Change, ItemId, new_layout_of};
use crate::engine::event::Event;
use crate::failure::{Failure, Kind};
use crate::model::tenant::field::TEAM_LAYOUT;
use crate::model::{
    Before, DesktopLayoutValue, Ref, Target, TeamRow, TenantRecord, TenantRecordId, Value,
};

impl TenantRun<'_> {
    /// Makes a new layout of that content, gives it to the teams of the old one, and deletes the old
    /// one where it was ours.
    pub(super) async fn replace_layout(
        &mut self,
        change: &Change,
        old: &TenantRecordId,
        wanted: &DesktopLayoutValue,
        new_name: Option<&str>,
    ) -> Result<(), Failure> {
        let (subject, _) = change.target().place();
        let called = new_name.unwrap_or(&subject.name);
        self.tell(Event::Note {
            warning: true,
            text: format!(
                "Webex reported that \"{}\" was changed but kept the old content. A new layout \
                replaces it.",
                subject.name
            ),
        });
        let name = format!("{})", new_layout_of(called, short(&self.id)));
        let target = |kind, record, field: Option<&str>| Target::Tenant {
            kind,
            record,
            field: field.map(str::to_owned),
        };
        let new_layout = target(TenantRecord::DesktopLayout, Ref::named(&name), None);
        let content = Some(Value::DesktopLayout(wanted.clone()));
        let created = Change::new(ItemId::DESKTOP_LAYOUT, new_layout, None, content);
        self.announce_layout(&name, &created).await?;
        let layout = DesktopLayout::new(&name, &wanted.file, &wanted.content, EDITED_BY);
        let made = self
            .client
            .desktop_layouts()
            .create(&layout)
            .await
            .map_err(|error| by_hand(&subject.name, &told(error)))?;
        let new = TenantRecordId::new(made.id().as_str());
        self.made(&created, new.clone()).await?;

        for team in self.teams_of(old) {
            let team_target =
                target(TenantRecord::Team, Ref::seen(&team.name, &team.id), Some(TEAM_LAYOUT));
            let value = |name: &str, id| Some(Value::TenantRecord(Ref::seen(name, id)));
            let move_team = Change::new(
                ItemId::TEAMS,
                team_target,
                value(&subject.name, old),
                value(&name, &new),
            );
            let request = format!("Team {}", team.name);
            self.announce(&request, std::slice::from_ref(&move_team)).await?;
            self.remember(&[move_team]).await?;
            give_layout(self.client, &team.id, Some(&new)).await?;
        }
        if self.was_made_by_us(old) {
            let old_layout =
                target(TenantRecord::DesktopLayout, Ref::seen(&subject.name, old), None);
            let before = change.operation.from.clone();
            let deleted = Change::new(ItemId::DESKTOP_LAYOUT, old_layout, before, None);
            self.announce_layout(&subject.name, &deleted).await?;
            let layouts = self.client.desktop_layouts();
            layouts.delete_or_tell_references(&Id::new(old.as_str())).await.map_err(told)?;
            let entries = &mut self.records.past.baseline.entries;
            entries.retain(|entry| !is_of_layout(&entry.target, old));
            self.records.keep_baseline().await?;
            // The name is free again. Where the service does not keep this either, it does no harm.
            let (layouts, id) = (self.client.desktop_layouts(), Id::new(new.as_str()));
            let rename = layouts.change(&id, |layout| called.clone_into(&mut layout.name));
            rename.await.ok();
        }
        Ok(())
    }

    /// Announces what is done to a layout, with what it held and is to hold.
    async fn announce_layout(&self, name: &str, change: &Change) -> Result<(), Failure> {
        let change = std::slice::from_ref(change);
        self.keep_layouts(change).await?;
        self.announce(&format!("DesktopLayout {name}"), change).await
    }

    fn teams_of(&self, layout: &TenantRecordId) -> Vec<TeamRow> {
        let Some(state) = &self.state else { return Vec::new() };
        let of_layout = state.layouts.iter().find(|row| &row.id == layout);
        let has = |team: &&TeamRow| {
            team.layout.as_ref() == Some(layout)
                || of_layout.is_some_and(|row| row.teams.contains(&team.id))
        };
        state.teams.iter().filter(has).cloned().collect()
    }

    fn was_made_by_us(&self, layout: &TenantRecordId) -> bool {
        let mut entries = self.records.past.baseline.entries.iter();
        entries.any(|entry| is_layout(&entry.target, layout) && entry.before == Before::Known(None))
    }
}

/// Whether a target is a layout, or a field of it.
fn is_of_layout(target: &Target, id: &TenantRecordId) -> bool {
    matches!(
        target,
        Target::Tenant { kind: TenantRecord::DesktopLayout, record, .. }
            if record.id.as_ref() == Some(id)
    )
}

fn is_layout(target: &Target, id: &TenantRecordId) -> bool {
    matches!(
        target,
        Target::Tenant { kind: TenantRecord::DesktopLayout, record, field: None }
            if record.id.as_ref() == Some(id)
    )
}

/// A few characters that tell this run's layout from others.
fn short(run: &str) -> &str {
    run.get(run.len().saturating_sub(6)..).unwrap_or(run)
}

fn by_hand(name: &str, why: &Failure) -> Failure {
    Failure::new(
        Kind::NeedsHuman,
        format!(
            "Webex kept the old content of the desktop layout \"{name}\", and a new one could not be \
             made: {}",
            why.message()
        ),
    )
    .hint("Open the layout in Control Hub, save it there once, then run this again.")
}
