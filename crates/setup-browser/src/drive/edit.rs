//! The edit page: everything is found before anything is typed, and read back before it is saved.

use super::{At, Drive, Wanted, missing, new_words, unexpected};
use crate::labels::{self, Labels};
use crate::page::kind::Page;
use crate::page::{Control, Kind, Text};
use crate::tab::Act;
use crate::task::{Call, CallKind, Layout, Pop, Saving, Step};
use crate::trouble::Trouble;

impl Drive<'_> {
    /// Fills in the page that is open, asks, and saves.
    pub(super) async fn fill_and_save(&mut self, layout: &Layout) -> Result<(), Trouble> {
        let page = self.check(layout).await?;
        let mut values = self.fill_head(&page, layout).await?;
        for call in &layout.calls {
            self.fill_call(call, &mut values).await?;
        }
        let (page, ()) = self.see(|page| is_filled(page, layout)).await?;
        let what = format!("save the softphone layout \"{}\"", layout.name);
        if let Err(declined) = self.ask(&Saving { what, values }) {
            if let Some(cancel) = page.frame.first(Kind::Press, &page.labels.cancel) {
                self.press(&page, cancel).await?;
            }
            return Err(declined);
        }
        let save = page.frame.first(Kind::Press, &page.labels.save);
        let save = save.ok_or_else(|| missing(&page, &page.labels.save))?;
        self.press(&page, save).await?;
        self.wait_until_saved(&page).await
    }

    /// Looks for every label that will be needed.
    async fn check(&mut self, layout: &Layout) -> Result<At, Trouble> {
        let page = self.reach(Wanted::Edit).await?;
        let labels = page.labels;
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
    async fn fill_head(
        &mut self,
        page: &At,
        layout: &Layout,
    ) -> Result<Vec<(String, String)>, Trouble> {
        let labels = page.labels;
        let name = page.frame.only(Kind::Text, &labels.name);
        let name = name.ok_or_else(|| missing(page, &labels.name))?;
        let mut values = Vec::new();
        if name.value == layout.name {
            values.push((page.frame.label_of(name), layout.name.clone()));
        } else {
            self.fill(page, name, Act::Type(&layout.name), &layout.name, &mut values).await?;
        }
        if layout.default
            && let Some(default) = page.frame.only(Kind::Box, &labels.is_default)
        {
            self.fill(page, default, Act::Tick(true), "\u{2713}", &mut values).await?;
        }
        Ok(values)
    }

    /// Shows a call type.
    async fn choose_type(&mut self, kind: CallKind) -> Result<At, Trouble> {
        let (page, select) = self.see(call_type).await?;
        let label = kind.label(page.labels);
        if labels::is(label, &select.value) {
            return Ok(page);
        }
        let option = select.options.iter().find(|option| labels::is(label, &option.text));
        let option = option.ok_or_else(|| missing(&page, label))?.text.clone();
        let field = page.frame.label_of(&select);
        let what = format!("{field}: {option}");
        self.watcher.step(&Step::Filled { field, value: option.clone() });
        self.act(&page, &select, Act::Choose(&[option]), what.clone()).await?;
        let is_shown = |page: &At| {
            let shown = labels::is(label, &call_type(page)?.value);
            let why = "it stays as it was".to_owned();
            if shown { Ok(()) } else { Err(Trouble::NotTaken { what: what.clone(), why }) }
        };
        // The page may come anew from the server.
        self.tab.settle(self.entry.page).await?;
        self.see(is_shown).await.map(|(page, ())| page)
    }

    async fn fill_call(
        &mut self,
        call: &Call,
        values: &mut Vec<(String, String)>,
    ) -> Result<(), Trouble> {
        let page = self.choose_type(call.kind).await?;
        let labels = page.labels;
        let kind = first(call.kind.label(labels));
        let from = values.len();
        if let Some(objects) = &call.objects {
            self.fill_objects(objects, values).await?;
        }
        if let Some(window) = call.opens_in {
            self.fill_row(&labels.opens_in, window.label(labels), None, values).await?;
        }
        for (place, pop) in call.pops.iter().enumerate() {
            if let Some(pop) = pop {
                let (label, beside) = pop.label(labels);
                let beside = beside.map(|text| (text, matches!(pop, Pop::Page(_))));
                self.fill_row(Call::outcome(labels, place), label, beside, values).await?;
            }
        }
        for (field, _) in &mut values[from..] {
            *field = format!("{kind}: {field}");
        }
        Ok(())
    }

    /// One row of what opens: opens it, chooses, reads it back and shuts it.
    async fn fill_row(
        &mut self,
        title: &[String],
        choice: &[String],
        beside: Option<(&str, bool)>,
        values: &mut Vec<(String, String)>,
    ) -> Result<(), Trouble> {
        let find = |page: &At| page.frame.text(title).cloned().ok_or_else(|| missing(page, title));
        let (page, text) = self.see(find).await?;
        let wanted = |choice: &str| match beside {
            Some((text, _)) => format!("{choice} {text}"),
            None => choice.to_owned(),
        };
        let field = text.words.trim_end_matches([':', ' ']).to_owned();
        let now = page.frame.row(text.area).written();
        if choice.iter().any(|choice| labels::same(&now, &wanted(choice))) {
            values.push((field, now));
            return Ok(());
        }
        let edit = page.frame.row(text.area).press(&page.labels.edit);
        if let Some(edit) = edit {
            self.act(&page, edit, Act::Press, field.clone()).await?;
        }
        let (page, radio) = self.see(|page| radio_below(page, title, choice)).await?;
        let value = wanted(&page.frame.label_of(&radio));
        self.fill(&page, &radio, Act::Tick(true), &value, &mut Vec::new()).await?;
        if let Some((text, typed)) = beside {
            let kind = if typed { Kind::Text } else { Kind::Select };
            let more =
                page.frame.row(radio.area).after(kind).ok_or_else(|| missing(&page, choice))?;
            let what = format!("{field}: {value}");
            if typed {
                self.act(&page, more, Act::Type(text), what).await?;
            } else {
                let entry = more.options.iter().find(|option| labels::same(&option.text, text));
                let entry = entry.ok_or_else(|| missing(&page, &[text.to_owned()]))?.text.clone();
                self.act(&page, more, Act::Choose(&[entry]), what).await?;
            }
        }
        let (page, radio) = self.see(|page| radio_below(page, title, choice)).await?;
        let beside_it = |kind| page.frame.row(radio.area).after(kind).map(|it| it.value.clone());
        let read = match beside {
            Some((_, true)) => beside_it(Kind::Text),
            Some((_, false)) => beside_it(Kind::Select),
            None => None,
        };
        let as_wanted =
            read.as_deref().zip(beside).is_none_or(|(is, (want, _))| labels::same(is, want));
        if !radio.checked || !as_wanted {
            let why = "it shows something else afterwards".to_owned();
            return Err(Trouble::NotTaken { what: format!("{field}: {value}"), why });
        }
        self.shut(&page, title).await?;
        values.push((field, value));
        Ok(())
    }

    /// The objects whose records are shown: moves them between the two lists.
    async fn fill_objects(
        &mut self,
        wanted: &[String],
        values: &mut Vec<(String, String)>,
    ) -> Result<(), Trouble> {
        let (page, open) = self.see(object_link).await?;
        let (labels, open) = (page.labels, &open);
        let title =
            page.frame.text(&labels.objects).ok_or_else(|| missing(&page, &labels.objects))?;
        let field = title.words.trim_end_matches([':', ' ']).to_owned();
        let value = wanted.join(", ");
        if are_same(&shown_beside(&page, open), wanted) {
            values.push((field, value));
            return Ok(());
        }
        self.act(&page, open, Act::Press, field.clone()).await?;
        self.watcher.step(&Step::Filled { field: field.clone(), value: value.clone() });
        let (page, (available, selections)) = self.see(two_lists).await?;
        let chosen = texts(&selections);
        let added: Vec<String> = wanted.iter().filter(|it| !has(&chosen, it)).cloned().collect();
        let removed: Vec<String> = chosen.iter().filter(|it| !has(wanted, it)).cloned().collect();
        let offered = texts(&available);
        let entries = added.iter().map(|it| {
            let entry = offered.iter().find(|entry| labels::same(entry, it));
            entry.cloned().ok_or_else(|| missing(&page, std::slice::from_ref(it)))
        });
        let added: Vec<String> = entries.collect::<Result<_, _>>()?;
        let steps: [(&[String], &[String], bool); 2] =
            [(&added, &labels.add, true), (&removed, &labels.remove, false)];
        for (entries, button, from_available) in steps {
            if entries.is_empty() {
                continue;
            }
            let (page, (available, selections)) = self.see(two_lists).await?;
            let list = if from_available { available } else { selections };
            self.act(&page, &list, Act::Choose(entries), entries.join(", ")).await?;
            let button_near = page.frame.only(Kind::Press, button);
            let press = button_near.ok_or_else(|| missing(&page, button))?;
            self.act(&page, press, Act::Press, first(button)).await?;
        }
        let moved = |page: &At| {
            let (_, selections) = two_lists(page)?;
            if are_same(&texts(&selections), wanted) {
                return Ok(());
            }
            let why = format!("the list has {} afterwards", texts(&selections).join(", "));
            Err(Trouble::NotTaken { what: format!("{field}: {value}"), why })
        };
        let (page, ()) = self.see(moved).await?;
        let collapse = page.frame.only(Kind::Press, &labels.collapse);
        let collapse = collapse.ok_or_else(|| missing(&page, &labels.collapse))?;
        self.act(&page, collapse, Act::Press, first(&labels.collapse)).await?;
        values.push((field, value));
        Ok(())
    }

    /// Shuts a row, where that is a thing to press.
    async fn shut(&mut self, page: &At, title: &[String]) -> Result<(), Trouble> {
        let row = page.frame.text(title).map(|text| page.frame.row(text.area));
        let collapse = row.and_then(|row| row.press(&page.labels.collapse));
        match collapse {
            Some(collapse) => {
                self.act(page, collapse, Act::Press, first(&page.labels.collapse)).await
            }
            None => Ok(()),
        }
    }

    /// Gives a field a value, and tells so.
    async fn fill(
        &self,
        page: &At,
        control: &Control,
        act: Act<'_>,
        value: &str,
        values: &mut Vec<(String, String)>,
    ) -> Result<(), Trouble> {
        let field = page.frame.label_of(control).trim_end_matches([':', ' ']).to_owned();
        self.watcher.step(&Step::Filled { field: field.clone(), value: value.to_owned() });
        self.act(page, control, act, format!("{field}: {value}")).await?;
        values.push((field, value.to_owned()));
        Ok(())
    }

    /// Waits for the list. What the page says instead is why it was not saved.
    async fn wait_until_saved(&mut self, before: &At) -> Result<(), Trouble> {
        let mut quiet = self.quiet();
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            match view.page() {
                Page::List(..) => return Ok(()),
                Page::Edit(frame, _) => {
                    let words = new_words(&before.frame, frame);
                    if !words.is_empty() {
                        return Err(Trouble::Refused(words));
                    }
                }
                _ => {}
            }
            if quiet.is_over(&view) {
                return Err(match view.page() {
                    Page::Edit(..) => Trouble::Refused("the page stays as it was.".to_owned()),
                    _ => unexpected(Wanted::List.name(), &view),
                });
            }
        }
    }
}

/// The picklist of call types.
fn call_type(page: &At) -> Result<Control, Trouble> {
    let label = &page.labels.call_type;
    page.frame.first(Kind::Select, label).cloned().ok_or_else(|| missing(page, label))
}

/// What opens the lists of objects.
fn object_link(page: &At) -> Result<Control, Trouble> {
    let label = &page.labels.add_remove;
    page.frame.only(Kind::Press, label).cloned().ok_or_else(|| missing(page, label))
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
    if name.is_none_or(|name| name.value != layout.name) {
        let what = format!("{}: {}", first(&labels.name), layout.name);
        return Err(Trouble::NotTaken { what, why });
    }
    let ticked = page.frame.only(Kind::Box, &labels.is_default).is_some_and(|it| it.checked);
    if layout.default && !ticked {
        return Err(Trouble::NotTaken { what: first(&labels.is_default), why });
    }
    Ok(())
}

/// The choice of that label which follows a row's title.
fn radio_below(page: &At, title: &[String], choice: &[String]) -> Result<Control, Trouble> {
    let title: &Text = page.frame.text(title).ok_or_else(|| missing(page, title))?;
    let below = page.frame.controls.iter().filter(|control| {
        control.kind == Kind::Radio
            && control.area.1 >= title.area.1
            && labels::is(choice, &page.frame.label_of(control))
    });
    below
        .min_by(|one, other| one.area.1.total_cmp(&other.area.1))
        .cloned()
        .ok_or_else(|| missing(page, choice))
}

/// The lists that are called Available and Selections.
fn two_lists(page: &At) -> Result<(Control, Control), Trouble> {
    let list = |label: &[String]| {
        page.frame.only(Kind::List, label).cloned().ok_or_else(|| missing(page, label))
    };
    Ok((list(&page.labels.available)?, list(&page.labels.selections)?))
}

/// What is written to the left of a link, as a list.
fn shown_beside(page: &At, link: &Control) -> Vec<String> {
    let texts = page.frame.texts.iter().filter(|text| {
        !text.pressed
            && text.area.beside(link.area)
            && text.area.0 < link.area.0
            && text.words.chars().any(char::is_alphanumeric)
    });
    let texts: Vec<&str> = texts.map(|text| text.words.as_str()).collect();
    texts
        .join(" ")
        .split(',')
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn texts(list: &Control) -> Vec<String> {
    list.options.iter().map(|option| option.text.clone()).collect()
}

fn has(list: &[String], text: &str) -> bool {
    list.iter().any(|one| labels::same(one, text))
}

fn are_same(one: &[String], other: &[String]) -> bool {
    one.iter().all(|it| has(other, it)) && other.iter().all(|it| has(one, it))
}

fn first(label: &[String]) -> String {
    label.first().cloned().unwrap_or_default()
}
