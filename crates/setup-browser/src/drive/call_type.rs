//! What the edit page has for each kind of call: the objects that are shown, and what opens.

use super::edit::{Filled, first, title_of};
use super::{At, Drive, missing};
use crate::labels;
use crate::page::{Choice, Control, Kind, Text};
use crate::tab::Act;
use crate::task::{Call, CallKind, Field, Pop, Replaced, Step};
use crate::trouble::Trouble;

/// A row of what opens, and what it is to say.
struct Opens<'a> {
    field: Field,
    title: &'a [String],
    choice: &'a [String],
    /// What goes beside the choice, and whether it is typed.
    beside: Option<(&'a str, bool)>,
}

impl Drive<'_> {
    /// Shows a call type.
    pub(super) async fn choose_type(&mut self, kind: CallKind) -> Result<At, Trouble> {
        let (page, select) = self.see(call_type).await?;
        let label = kind.label(page.labels);
        if labels::is(label, &select.value) {
            return Ok(page);
        }
        let option = select.options.iter().find(|option| labels::is(label, &option.text));
        let option = option.ok_or_else(|| missing(&page, label))?.text.clone();
        let field = page.frame.label_of(&select);
        let what = format!("{field}: {option}");
        self.tell(&Step::Filled { field, value: option.clone() });
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

    pub(super) async fn fill_call(
        &mut self,
        call: &Call,
        filled: &mut Filled,
    ) -> Result<(), Trouble> {
        let page = self.choose_type(call.kind).await?;
        let labels = page.labels;
        let kind = first(call.kind.label(labels));
        let mut fields = Vec::new();
        if let Some(objects) = &call.objects {
            let (title, was) = self.fill_objects(objects).await?;
            fields.push((Field::Objects, title, objects.join(", "), was));
        }
        let mut rows = Vec::new();
        if let Some(window) = call.opens_in {
            rows.push(Opens {
                field: Field::OpensIn,
                title: &labels.opens_in,
                choice: window.label(labels),
                beside: None,
            });
        }
        for (place, pop) in call.pops.iter().enumerate() {
            if let Some(pop) = pop {
                let (choice, beside) = pop.label(labels);
                rows.push(Opens {
                    field: Field::Pop(place),
                    title: Call::outcome(labels, place),
                    choice,
                    beside: beside.map(|text| (text, matches!(pop, Pop::Page(_)))),
                });
            }
        }
        for row in &rows {
            let (title, value, was) = self.fill_row(row).await?;
            fields.push((row.field, title, value, was));
        }
        for (field, title, value, was) in fields {
            filled.values.push((format!("{kind}: {title}"), value));
            if let Some(before) = was {
                filled.differs = true;
                filled.replaced.push(Replaced { kind: call.kind, field, before });
            }
        }
        Ok(())
    }

    /// One row of what opens: opens it, chooses, reads it back and shuts it. Gives its title, its value,
    /// and what it said before where that was something else.
    async fn fill_row(
        &mut self,
        opens: &Opens<'_>,
    ) -> Result<(String, String, Option<String>), Trouble> {
        let Opens { title, choice, beside, .. } = *opens;
        let find = |page: &At| page.frame.text(title).cloned().ok_or_else(|| missing(page, title));
        let (page, text) = self.see(find).await?;
        let wanted = |choice: &str| match beside {
            Some((text, _)) => format!("{choice} {text}"),
            None => choice.to_owned(),
        };
        let field = title_of(&text.words);
        let now = page.frame.row(text.area).written();
        if choice.iter().any(|choice| labels::same(&now, &wanted(choice))) {
            return Ok((field, now, None));
        }
        let edit = page.frame.row(text.area).press(&page.labels.edit);
        if let Some(edit) = edit {
            self.act(&page, edit, Act::Press, field.clone()).await?;
        }
        let (page, radio) = self.see(|page| radio_below(page, title, choice)).await?;
        let value = wanted(&page.frame.label_of(&radio));
        if is_chosen(&page, &radio, beside) {
            self.shut(&page, title).await?;
            return Ok((field, value, None));
        }
        self.fill(&page, &radio, Act::Tick(true), &value).await?;
        if let Some((text, typed)) = beside {
            let kind = if typed { Kind::Text } else { Kind::Select };
            let more =
                page.frame.row(radio.area).after(kind).ok_or_else(|| missing(&page, choice))?;
            let what = format!("{field}: {value}");
            if typed {
                self.act(&page, more, Act::Type(text), what).await?;
            } else {
                let entry = entry_of(&page, &more.options, text)?;
                self.act(&page, more, Act::Choose(&[entry]), what).await?;
            }
        }
        let (page, radio) = self.see(|page| radio_below(page, title, choice)).await?;
        if !is_chosen(&page, &radio, beside) {
            let why = "it shows something else afterwards".to_owned();
            return Err(Trouble::NotTaken { what: format!("{field}: {value}"), why });
        }
        self.shut(&page, title).await?;
        Ok((field, value, Some(now)))
    }

    /// The objects whose records are shown: moves them between the two lists. Gives the title, and what
    /// was shown before where that was something else.
    async fn fill_objects(
        &mut self,
        wanted: &[String],
    ) -> Result<(String, Option<String>), Trouble> {
        let (page, open) = self.see(object_link).await?;
        let (labels, open) = (page.labels, &open);
        let title =
            page.frame.text(&labels.objects).ok_or_else(|| missing(&page, &labels.objects))?;
        let field = title_of(&title.words);
        let value = wanted.join(", ");
        if are_same(&shown_beside(&page, open), wanted) {
            return Ok((field, None));
        }
        self.act(&page, open, Act::Press, field.clone()).await?;
        self.tell(&Step::Filled { field: field.clone(), value: value.clone() });
        let (page, (available, selections)) = self.see(two_lists).await?;
        let chosen = texts(&selections);
        let added = wanted.iter().filter(|it| !has(&chosen, it));
        let added = added.map(|it| entry_of(&page, &available.options, it));
        let added: Vec<String> = added.collect::<Result<_, _>>()?;
        let removed: Vec<String> = chosen.iter().filter(|it| !has(wanted, it)).cloned().collect();
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
        Ok((field, Some(chosen.join(", "))))
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

/// The choice of that label which follows a row's title.
fn radio_below(page: &At, title: &[String], choice: &[String]) -> Result<Control, Trouble> {
    let title: &Text = page.frame.text(title).ok_or_else(|| missing(page, title))?;
    // The choices of the next row are another's.
    let rows = [&page.labels.no_match, &page.labels.single_match, &page.labels.multiple_matches];
    let tops = rows.into_iter().filter_map(|row| page.frame.text(row)).map(|text| text.area.1);
    let end = tops.filter(|top| *top > title.area.bottom()).min_by(f64::total_cmp);
    let below = page.frame.controls.iter().filter(|control| {
        control.kind == Kind::Radio
            && control.area.1 >= title.area.1
            && end.is_none_or(|end| control.area.1 < end)
            && labels::is(choice, &page.frame.label_of(control))
    });
    below
        .min_by(|one, other| one.area.1.total_cmp(&other.area.1))
        .cloned()
        .ok_or_else(|| missing(page, choice))
}

/// Whether a choice is made, with what goes beside it.
fn is_chosen(page: &At, radio: &Control, beside: Option<(&str, bool)>) -> bool {
    let is_beside = beside.is_none_or(|(wanted, typed)| {
        let kind = if typed { Kind::Text } else { Kind::Select };
        let read = page.frame.row(radio.area).after(kind);
        read.is_some_and(|read| labels::same(&read.value, wanted))
    });
    radio.checked && is_beside
}

/// The entry of a list that reads so, where there is exactly one: of two objects with one label, nobody
/// could tell which is meant.
fn entry_of(page: &At, entries: &[Choice], text: &str) -> Result<String, Trouble> {
    let mut found = entries.iter().filter(|entry| labels::same(&entry.text, text));
    let entry = found.next().ok_or_else(|| missing(page, &[text.to_owned()]))?;
    match found.next() {
        None => Ok(entry.text.clone()),
        Some(_) => Err(Trouble::NotTaken {
            what: text.to_owned(),
            why: "the list has several entries of that name".to_owned(),
        }),
    }
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

/// Whether both name the same, each once: two entries of one label are two objects.
fn are_same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len()
        && one.iter().all(|it| has(other, it))
        && other.iter().all(|it| has(one, it))
}
