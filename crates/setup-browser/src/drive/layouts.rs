//! The list of softphone layouts: a new one, another default, one less.

use super::edit::Opened;
use super::quiet::Quiet;
use super::stage::Stage;
use super::{At, Drive, Wanted, missing, unexpected};
use crate::labels;
use crate::page::kind::{Listed, Page, is_bare, is_gone, listed, rows_of};
use crate::page::{Control, Frame, Kind, Row};
use crate::task::{Layout, Removal, Saving};
use crate::trouble::Trouble;

impl Drive<'_> {
    /// Waits for the list, and for its rows, which may come later and one after another.
    pub(super) async fn list(&mut self) -> Result<(At, Vec<Listed>), Trouble> {
        let mut waiting = self.waiting();
        let mut quiet = Quiet::new(self.entry.page);
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            match Wanted::List.found(&self.page(&view)?) {
                Some(at) => {
                    let found = layouts(&at);
                    if found.is_ok() || quiet.is_over(&view) {
                        return found.map(|layouts| (at, layouts));
                    }
                }
                None => self.wait(&mut waiting, &view, self.has_left(&view), Wanted::List)?,
            }
        }
    }

    /// Makes or changes a layout, and gives it to profiles.
    pub(super) async fn set_up(&mut self, layout: &Layout) -> Result<(), Trouble> {
        let (list, before) = self.list().await?;
        self.come_to(Stage::Open);
        let row = row_of(&list, &layout.name)?;
        self.outcome.made = row.is_none();
        if layout.default {
            let is_former = |it: &&Listed| it.default && !labels::same(&it.name, &layout.name);
            self.outcome.former_default = before.iter().find(is_former).map(|it| it.name.clone());
        }
        let (open, opened) = if let Some(row) = row {
            (edit_of(&list, &row)?, Opened::Edit)
        } else {
            let new = list.frame.only(Kind::Press, &list.labels.new);
            (new.ok_or_else(|| missing(&list, &list.labels.new))?, Opened::New)
        };
        self.press(&list, open).await?;
        let saves = self.fill_and_save(layout, opened).await?;
        let (mut list, mut kept) = self.list().await?;
        let ours = kept.iter().find(|it| labels::same(&it.name, &layout.name));
        let ours = ours.ok_or_else(|| {
            Trouble::NotKept(format!("\"{}\" is not in the list of softphone layouts", layout.name))
        })?;
        if layout.default && !ours.default {
            return Err(Trouble::NotKept(format!("\"{}\" is not the default", layout.name)));
        }
        let is_default = ours.default;
        if saves {
            // The list says nothing of what a layout holds.
            let row = row_of(&list, &layout.name)?;
            let row = row.ok_or_else(|| missing(&list, std::slice::from_ref(&layout.name)))?;
            self.press(&list, edit_of(&list, &row)?).await?;
            self.shows(layout).await?;
            (list, kept) = self.list().await?;
            self.confirm(format!("the softphone layout \"{}\"", layout.name)).await;
        }
        self.seen(format!(
            "the list has \"{}\"{}",
            layout.name,
            if is_default { ", as the default" } else { "" }
        ));
        if layout.profiles.is_empty() {
            return Ok(());
        }
        let wanted = layout.profiles.iter().map(|it| (it.clone(), Some(layout.name.clone())));
        self.assign(&wanted.collect::<Vec<_>>(), None, (list, kept)).await.map(drop)
    }

    /// Has the former default be the default again, and deletes the layout where that is wanted.
    pub(super) async fn remove(&mut self, removal: &Removal) -> Result<(), Trouble> {
        let (mut list, mut there) = self.list().await?;
        let Some(ours) = there.iter().find(|it| labels::same(&it.name, &removal.name)) else {
            self.seen(format!("the list has no \"{}\"", removal.name));
            return Ok(());
        };
        let is_default = ours.default;
        if !removal.profiles.is_empty() {
            let from = Some(removal.name.as_str());
            (list, there) = self.assign(&removal.profiles, from, (list, there)).await?;
        }
        if is_default {
            (list, there) = self.give_back_default(removal, &there, list).await?;
        } else {
            self.seen(format!("\"{}\" is not the default", removal.name));
        }
        if removal.deletes { self.delete(&removal.name, &list, &there).await } else { Ok(()) }
    }

    async fn give_back_default(
        &mut self,
        removal: &Removal,
        there: &[Listed],
        list: At,
    ) -> Result<(At, Vec<Listed>), Trouble> {
        self.come_to(Stage::Default);
        let is_there = |name: &String| there.iter().find(|it| labels::same(&it.name, name));
        let former = removal.defaults.iter().find_map(is_there);
        let former = former.ok_or_else(|| Trouble::Unexpected {
            wanted: "a layout that could be the default instead".to_owned(),
            seen: list.frame.gist(),
        })?;
        let row = row_of(&list, &former.name)?
            .ok_or_else(|| missing(&list, std::slice::from_ref(&former.name)))?;
        self.press(&list, edit_of(&list, &row)?).await?;
        let former = Layout { name: former.name.clone(), default: true, ..Layout::default() };
        self.fill_and_save(&former, Opened::Edit).await?;
        let is_default = |it: &Listed| it.default && labels::same(&it.name, &former.name);
        let (list, there) = self.list().await?;
        if !there.iter().any(is_default) {
            return Err(Trouble::NotKept(format!("\"{}\" is not the default", former.name)));
        }
        self.confirm(format!("\"{}\" as the default softphone layout", former.name)).await;
        self.seen(format!("\"{}\" is the default again", former.name));
        Ok((list, there))
    }

    async fn delete(&mut self, name: &str, list: &At, others: &[Listed]) -> Result<(), Trouble> {
        self.come_to(Stage::Delete);
        let row = row_of(list, name)?.ok_or_else(|| missing(list, &[name.to_owned()]))?;
        let delete: Control = row
            .press(&list.labels.delete)
            .cloned()
            .ok_or_else(|| missing(list, &list.labels.delete))?;
        self.ask(&Saving {
            what: format!("delete the softphone layout \"{name}\""),
            values: Vec::new(),
        })?;
        // Dialogs are said no to everywhere else.
        self.tab.link().accept_dialogs(true);
        let pressed = self.send(list, &delete).await;
        let gone = match pressed {
            Ok(()) => self.wait_until_gone(name, others).await,
            Err(trouble) => Err(trouble),
        };
        self.tab.link().accept_dialogs(false);
        for dialog in self.tab.link().dialogs() {
            self.seen(format!("said yes to \"{dialog}\""));
        }
        gone?;
        self.confirm(format!("\"{name}\" is deleted")).await;
        self.seen(format!("the list no longer has \"{name}\""));
        Ok(())
    }

    /// Waits for the list without the layout, and confirms on a page where one asks.
    async fn wait_until_gone(&mut self, name: &str, known: &[Listed]) -> Result<(), Trouble> {
        let mut waiting = self.waiting();
        let mut confirmed = false;
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            match self.page(&view)? {
                Page::List(frame, labels) if is_gone(frame, labels, name) => return Ok(()),
                Page::Delete(frame, labels) if !confirmed => {
                    // A page that asks has deleted nothing yet.
                    self.sent = false;
                    let at = At::of(frame, labels);
                    // The page must be about this layout, and about no other.
                    if !is_about(frame, name, known) {
                        return Err(missing(&at, &[name.to_owned()]));
                    }
                    if let Some(control) = at.frame.first(Kind::Press, &labels.delete).cloned() {
                        confirmed = true;
                        self.send(&at, &control).await?;
                    }
                }
                _ => {}
            }
            let ended = self.wait(&mut waiting, &view, self.has_left(&view), Wanted::List);
            ended.map_err(|trouble| match view.page() {
                Page::List(frame, labels) if rows_of(frame, labels, name).is_empty() => {
                    unexpected("a list that tells whether the layout is gone", &view)
                }
                Page::List(..) => Trouble::NotKept(format!("\"{name}\" is still in the list")),
                _ => trouble,
            })?;
        }
    }
}

/// The layouts of the list. Which one is the default must be plain: it is written down, and given back.
fn layouts(at: &At) -> Result<Vec<Listed>, Trouble> {
    listed(&at.frame, at.labels).ok_or_else(|| {
        if is_bare(&at.frame, at.labels) {
            let wanted = "a row of the list of softphone layouts".to_owned();
            return Trouble::Unexpected { wanted, seen: at.frame.gist() };
        }
        missing(at, &at.labels.default)
    })
}

/// The row of a layout, which must be the only one of that name.
fn row_of<'a>(list: &'a At, name: &str) -> Result<Option<Row<'a>>, Trouble> {
    let mut rows = rows_of(&list.frame, list.labels, name).into_iter();
    let row = rows.next();
    match rows.next() {
        None => Ok(row),
        Some(_) => Err(Trouble::Unexpected {
            wanted: format!("a single softphone layout \"{name}\""),
            seen: list.frame.gist(),
        }),
    }
}

fn edit_of<'a>(list: &At, row: &Row<'a>) -> Result<&'a Control, Trouble> {
    row.press(&list.labels.edit).ok_or_else(|| missing(list, &list.labels.edit))
}

/// Whether a page names a layout. The names of others may hold its own: "Webex 2" is none of "Webex".
fn is_about(frame: &Frame, name: &str, known: &[Listed]) -> bool {
    let name = labels::plain(name);
    let known = known.iter().map(|it| labels::plain(&it.name));
    let mut longer: Vec<String> = known.filter(|it| *it != name && it.contains(&name)).collect();
    longer.sort_by_key(|it| std::cmp::Reverse(it.len()));
    frame.texts.iter().any(|text| {
        let words = labels::plain(&text.words);
        longer.iter().fold(words, |words, other| words.replace(other, "\n")).contains(&name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Area, Text};

    #[test]
    fn a_page_about_another_layout_is_not_about_this_one() {
        let known = ["Standard", "Webex", "Webex 2", "Old Webex 2"]
            .map(|name| Listed { name: name.to_owned(), default: false });
        let about = |words: &str| {
            let area = Area::default();
            let text = Text { words: words.to_owned(), area, pressed: false };
            is_about(&Frame { texts: vec![text], ..Frame::default() }, "Webex", &known)
        };
        assert!(
            about("webex") && about("Delete \"Webex\"?") && about("Webex, which Webex 2 replaces")
        );
        assert!(!about("Webex 2") && !about("Delete \"Old Webex 2\"?") && !about("Standard"));
    }
}
