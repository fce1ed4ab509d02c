//! The list of softphone layouts: a new one, another default, one less.

use super::{At, Drive, Wanted, missing, unexpected};
use crate::labels;
use crate::page::kind::{Listed, Page, listed, row_of};
use crate::page::{Control, Kind};
use crate::task::{Layout, Removal, Saving};
use crate::trouble::Trouble;

impl Drive<'_> {
    /// Makes or changes a layout, and gives it to profiles.
    pub(super) async fn set_up(&mut self, layout: &Layout, list: At) -> Result<(), Trouble> {
        let before = layouts(&list)?;
        self.outcome.former_default = before
            .iter()
            .find(|it| it.default && !labels::same(&it.name, &layout.name))
            .map(|it| it.name.clone());
        let open = match row_of(&list.frame, list.labels, &layout.name) {
            Some(row) => {
                row.press(&list.labels.edit).ok_or_else(|| missing(&list, &list.labels.edit))?
            }
            None => list
                .frame
                .only(Kind::Press, &list.labels.new)
                .ok_or_else(|| missing(&list, &list.labels.new))?,
        };
        self.remember().await?;
        self.press(&list, open).await?;
        self.fill_and_save(layout).await?;
        let list = self.reach(Wanted::List).await?;
        let kept = layouts(&list)?;
        let ours = kept.iter().find(|it| labels::same(&it.name, &layout.name));
        let ours = ours.ok_or_else(|| {
            Trouble::NotKept(format!("\"{}\" is not in the list of softphone layouts", layout.name))
        })?;
        if layout.default && !ours.default {
            return Err(Trouble::NotKept(format!("\"{}\" is not the default", layout.name)));
        }
        self.saved.push(format!("the softphone layout \"{}\"", layout.name));
        self.seen(format!(
            "the list has \"{}\"{}",
            layout.name,
            if ours.default { ", as the default" } else { "" }
        ));
        if layout.profiles.is_empty() {
            return Ok(());
        }
        let wanted = layout.profiles.iter().map(|it| (it.clone(), Some(layout.name.clone())));
        self.assign(&wanted.collect::<Vec<_>>(), list).await.map(drop)
    }

    /// Has the former default be the default again, and deletes the layout.
    pub(super) async fn remove(&mut self, removal: &Removal, list: At) -> Result<(), Trouble> {
        let mut list = list;
        let before = layouts(&list)?;
        let Some(ours) = before.iter().find(|it| labels::same(&it.name, &removal.name)) else {
            self.seen(format!("the list has no \"{}\"", removal.name));
            return Ok(());
        };
        if !removal.profiles.is_empty() {
            list = self.assign(&removal.profiles, list).await?;
        }
        if ours.default {
            let former = former_default(removal, &before).ok_or_else(|| Trouble::Unexpected {
                wanted: "a layout that could be the default instead".to_owned(),
                seen: list.frame.gist(),
            })?;
            let row = row_of(&list.frame, list.labels, &former)
                .ok_or_else(|| missing(&list, std::slice::from_ref(&former)))?;
            let edit =
                row.press(&list.labels.edit).ok_or_else(|| missing(&list, &list.labels.edit))?;
            self.press(&list, edit).await?;
            let former = Layout { name: former, default: true, ..Layout::default() };
            self.fill_and_save(&former).await?;
            list = self.reach(Wanted::List).await?;
            let is_default = |it: &Listed| it.default && labels::same(&it.name, &former.name);
            if !layouts(&list)?.iter().any(is_default) {
                return Err(Trouble::NotKept(format!("\"{}\" is not the default", former.name)));
            }
            self.saved.push(format!("\"{}\" as the default softphone layout", former.name));
            self.seen(format!("\"{}\" is the default again", former.name));
        }
        self.delete(&removal.name, list).await
    }

    async fn delete(&mut self, name: &str, list: At) -> Result<(), Trouble> {
        let row = row_of(&list.frame, list.labels, name)
            .ok_or_else(|| missing(&list, &[name.to_owned()]))?;
        let delete: Control = row
            .press(&list.labels.delete)
            .cloned()
            .ok_or_else(|| missing(&list, &list.labels.delete))?;
        self.ask(&Saving {
            what: format!("delete the softphone layout \"{name}\""),
            values: Vec::new(),
        })?;
        // Dialogs are said no to everywhere else.
        self.tab.link().accept_dialogs(true);
        let pressed = self.press(&list, &delete).await;
        let gone = match pressed {
            Ok(()) => self.wait_until_gone(name).await,
            Err(trouble) => Err(trouble),
        };
        self.tab.link().accept_dialogs(false);
        for dialog in self.tab.link().dialogs() {
            self.seen(format!("said yes to \"{dialog}\""));
        }
        gone?;
        self.saved.push(format!("\"{name}\" is deleted"));
        self.seen(format!("the list no longer has \"{name}\""));
        Ok(())
    }

    /// Waits for the list without the layout, and confirms on a page where one asks.
    async fn wait_until_gone(&mut self, name: &str) -> Result<(), Trouble> {
        let mut quiet = self.quiet();
        let mut confirmed = false;
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            match view.page() {
                Page::List(frame, labels) if row_of(frame, labels, name).is_none() => return Ok(()),
                Page::Delete(frame, labels) if !confirmed => {
                    let at = At { frame: frame.clone(), labels };
                    // The page must be about this layout, and about no other.
                    if !frame.texts.iter().any(|text| text.words.contains(name)) {
                        return Err(missing(&at, &[name.to_owned()]));
                    }
                    if let Some(control) = at.frame.first(Kind::Press, &labels.delete).cloned() {
                        confirmed = true;
                        self.press(&at, &control).await?;
                    }
                }
                _ => {}
            }
            if quiet.is_over(&view) {
                return Err(match view.page() {
                    Page::List(..) => Trouble::NotKept(format!("\"{name}\" is still in the list")),
                    _ => unexpected(Wanted::List.name(), &view),
                });
            }
        }
    }
}

/// The layouts of the list.
fn layouts(at: &At) -> Result<Vec<Listed>, Trouble> {
    listed(&at.frame, at.labels).ok_or_else(|| missing(at, &at.labels.default))
}

/// The layout that is to be the default instead: the one that was, else the org's own.
fn former_default(removal: &Removal, there: &[Listed]) -> Option<String> {
    const STANDARD: &str = "Standard Softphone Layout";
    let is_there =
        |name: &str| there.iter().find(|it| labels::same(&it.name, name)).map(|it| it.name.clone());
    let former = removal.former_default.as_deref().and_then(is_there);
    former.or_else(|| is_there(STANDARD))
}
