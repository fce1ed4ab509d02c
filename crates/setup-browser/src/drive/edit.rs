//! The edit page: everything is found before anything is typed, and read back before it is saved.

use super::stage::Stage;
use super::{At, Drive, Wanted, missing, new_words};
use crate::labels::{self, Labels};
use crate::page::kind::Page;
use crate::page::{Control, Kind};
use crate::tab::Act;
use crate::task::{Call, Layout, Replaced, Saving, Step};
use crate::trouble::Trouble;

/// How the page was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// For a new layout.
    New,
    /// For one that is there.
    Edit,
}

/// What the page has by now of what is wanted.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// Every value, in the order of the page.
    pub(super) values: Vec<(String, String)>,
    /// What was there instead, where a value was chosen for a kind of call.
    pub(super) replaced: Vec<Replaced>,
    /// Whether anything was typed or chosen.
    pub(super) differs: bool,
}

impl Drive<'_> {
    /// Fills in the page that is open, asks, and saves. Where the page shows all of it already, nothing is
    /// saved; says whether something was.
    pub(super) async fn fill_and_save(
        &mut self,
        layout: &Layout,
        opened: Opened,
    ) -> Result<bool, Trouble> {
        self.come_to(Stage::Fill);
        let (page, filled) = self.fill_in(layout, opened).await?;
        self.come_to(Stage::Save);
        if opened == Opened::Edit && !filled.differs {
            self.seen(format!("\"{}\" is as it is to be", layout.name));
            self.leave(&page).await?;
            return Ok(false);
        }
        if opened == Opened::Edit && !filled.replaced.is_empty() {
            self.outcome.replaced = filled.replaced;
        }
        let what = format!("save the softphone layout \"{}\"", layout.name);
        if let Err(declined) = self.ask(&Saving { what, values: filled.values }) {
            if let Some(cancel) = page.frame.first(Kind::Press, &page.labels.cancel) {
                self.press(&page, cancel).await?;
            }
            return Err(declined);
        }
        let save = page.frame.first(Kind::Press, &page.labels.save);
        let save = save.ok_or_else(|| missing(&page, &page.labels.save))?;
        // What dialogs have said so far is no answer to it.
        drop(self.tab.link().dialogs());
        self.send(&page, save).await?;
        self.wait_until_saved(&page).await?;
        self.come_to(Stage::Check);
        Ok(true)
    }

    /// Makes sure that the page that is open shows all of a layout that was saved, and leaves it.
    pub(super) async fn shows(&mut self, layout: &Layout) -> Result<(), Trouble> {
        let (page, filled) = self.fill_in(layout, Opened::Edit).await?;
        self.leave(&page).await?;
        if filled.differs {
            let what = format!("\"{}\" does not have all of its new values", layout.name);
            return Err(Trouble::NotKept(what));
        }
        Ok(())
    }

    /// Fills in the page that is open.
    async fn fill_in(&mut self, layout: &Layout, opened: Opened) -> Result<(At, Filled), Trouble> {
        let page = self.check(layout, opened).await?;
        let mut filled = self.fill_head(&page, layout).await?;
        for call in &layout.calls {
            self.fill_call(call, &mut filled).await?;
        }
        let (page, ()) = self.see(|page| is_filled(page, layout)).await?;
        Ok((page, filled))
    }

    /// Goes back to the list without saving.
    async fn leave(&mut self, page: &At) -> Result<(), Trouble> {
        let cancel = page.frame.first(Kind::Press, &page.labels.cancel);
        let cancel = cancel.ok_or_else(|| missing(page, &page.labels.cancel))?;
        self.press(page, cancel).await
    }

    /// Looks for every label that will be needed.
    async fn check(&mut self, layout: &Layout, opened: Opened) -> Result<At, Trouble> {
        let page = self.reach(Wanted::Edit).await?;
        let labels = page.labels;
        if opened == Opened::Edit {
            let name = page.frame.only(Kind::Text, &labels.name);
            let name = name.ok_or_else(|| missing(&page, &labels.name))?;
            if !labels::same(&name.value, &layout.name) {
                return Err(Trouble::Unexpected {
                    wanted: format!("the softphone layout \"{}\"", layout.name),
                    seen: name.value.clone(),
                });
            }
        }
        if layout.default && page.frame.only(Kind::Box, &labels.is_default).is_none() {
            return Err(missing(&page, &labels.is_default));
        }
        for call in &layout.calls {
            self.choose_type(call.kind).await?;
            self.see(|page| has_rows(page, call)).await?;
        }
        self.see(|_| Ok(())).await.map(|(page, ())| page)
    }

    /// Types the name and ticks the box.
    async fn fill_head(&mut self, page: &At, layout: &Layout) -> Result<Filled, Trouble> {
        let labels = page.labels;
        let name = page.frame.only(Kind::Text, &labels.name);
        let name = name.ok_or_else(|| missing(page, &labels.name))?;
        let mut filled = Filled::default();
        // A name that reads the same stays: only its owner spells it otherwise.
        if !labels::same(&name.value, &layout.name) {
            filled.differs = true;
            self.fill(page, name, Act::Type(&layout.name), &layout.name).await?;
        }
        filled.values.push((title_of(&page.frame.label_of(name)), layout.name.clone()));
        if layout.default
            && let Some(default) = page.frame.only(Kind::Box, &labels.is_default)
        {
            const TICK: &str = "\u{2713}";
            if !default.checked {
                filled.differs = true;
                self.fill(page, default, Act::Tick(true), TICK).await?;
            }
            filled.values.push((title_of(&page.frame.label_of(default)), TICK.to_owned()));
        }
        Ok(filled)
    }

    /// Gives a field a value, and tells so.
    pub(super) async fn fill(
        &mut self,
        page: &At,
        control: &Control,
        act: Act<'_>,
        value: &str,
    ) -> Result<(), Trouble> {
        let field = title_of(&page.frame.label_of(control));
        self.tell(&Step::Filled { field: field.clone(), value: value.to_owned() });
        self.act(page, control, act, format!("{field}: {value}")).await
    }

    /// Waits for the list. What the page says instead, once it rests, is why it was not saved.
    async fn wait_until_saved(&mut self, before: &At) -> Result<(), Trouble> {
        let mut waiting = self.waiting();
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            if let Page::List(..) = self.page(&view)? {
                return Ok(());
            }
            let ended = self.wait(&mut waiting, &view, self.has_left(&view), Wanted::List);
            let Err(trouble) = ended else { continue };
            let Page::Edit(frame, labels) = view.page() else { return Err(trouble) };
            let mut words = self.tab.link().dialogs();
            words.push(new_words(&before.frame, frame));
            words.retain(|words| !words.is_empty());
            let words = words.join(" ");
            // A form that could be sent again is what Setup shows where it has refused.
            let save = frame.first(Kind::Press, &labels.save);
            if !words.is_empty() && save.is_some_and(|save| !save.disabled) {
                self.sent = false;
                return Err(Trouble::Refused(words));
            }
            let words =
                if words.is_empty() { "the page stays as it was.".to_owned() } else { words };
            return Err(Trouble::Hanging(words));
        }
    }
}

/// Whether the page has a row for everything that is wanted.
fn has_rows(page: &At, call: &Call) -> Result<(), Trouble> {
    let labels = page.labels;
    let row = |title: &[String]| -> Result<(), Trouble> {
        let text = page.frame.text(title).ok_or_else(|| missing(page, title))?;
        let row = page.frame.row(text.area);
        row.press(&labels.edit)
            .or_else(|| row.press(&labels.collapse))
            .map(drop)
            .ok_or_else(|| missing(page, &labels.edit))
    };
    if call.objects.is_some() {
        page.frame.text(&labels.objects).ok_or_else(|| missing(page, &labels.objects))?;
        let open = page.frame.only(Kind::Press, &labels.add_remove);
        open.ok_or_else(|| missing(page, &labels.add_remove))?;
    }
    if call.opens_in.is_some() {
        row(&labels.opens_in)?;
    }
    for (place, pop) in call.pops.iter().enumerate() {
        if pop.is_some() {
            row(Call::outcome(labels, place))?;
        }
    }
    Ok(())
}

/// Whether name and box show what was put there.
fn is_filled(page: &At, layout: &Layout) -> Result<(), Trouble> {
    let labels: &Labels = page.labels;
    let name = page.frame.only(Kind::Text, &labels.name);
    let why = "the page shows something else".to_owned();
    if name.is_none_or(|name| !labels::same(&name.value, &layout.name)) {
        let what = format!("{}: {}", first(&labels.name), layout.name);
        return Err(Trouble::NotTaken { what, why });
    }
    let ticked = page.frame.only(Kind::Box, &labels.is_default).is_some_and(|it| it.checked);
    if layout.default && !ticked {
        return Err(Trouble::NotTaken { what: first(&labels.is_default), why });
    }
    Ok(())
}

/// A label without the colon behind it.
pub(super) fn title_of(label: &str) -> String {
    label.trim_end_matches([':', ' ']).to_owned()
}

pub(super) fn first(label: &[String]) -> String {
    label.first().cloned().unwrap_or_default()
}
