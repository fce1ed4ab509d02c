//! The assignment page: which profile gets which layout.

use super::stage::Stage;
use super::{At, Drive, Wanted, missing};
use crate::labels;
use crate::page::kind::Listed;
use crate::page::{Choice, Control, Kind, Text};
use crate::tab::Act;
use crate::task::{Saving, Step};
use crate::trouble::Trouble;

impl Drive<'_> {
    /// Gives profiles these layouts, nothing being the default one; comes back to the list. Where `from` names
    /// a layout, it is taken away: profiles that have another one by now keep it, one that is gone has nothing to
    /// give back, and where the layout that one had is gone, it gets the default.
    pub(super) async fn assign(
        &mut self,
        wanted: &[(String, Option<String>)],
        from: Option<&str>,
        (list, known): (At, Vec<Listed>),
    ) -> Result<(At, Vec<Listed>), Trouble> {
        self.come_to(Stage::Assign);
        let page = self.assignments(&list).await?;
        // Everything is found before anything is changed.
        let mut found = Vec::new();
        for (profile, layout) in wanted {
            if from.is_some() && texts_of(&page, profile).next().is_none() {
                self.seen(format!("there is no profile \"{profile}\" any more"));
                continue;
            }
            let select = select_of(&page, profile)?;
            if from.is_some_and(|from| !labels::same(&select.value, from)) {
                self.seen(format!("the profile \"{profile}\" has \"{}\" by now", select.value));
                continue;
            }
            let gone =
                |layout: &&String| from.is_some() && entries(select, layout).next().is_none();
            if let Some(gone) = layout.as_ref().filter(gone) {
                self.seen(format!(
                    "there is no layout \"{gone}\" any more: the profile \"{profile}\" gets the default"
                ));
            }
            let layout = layout.as_ref().filter(|layout| !gone(layout));
            let entry = entry_of(&page, select, layout.map(String::as_str), &known)?;
            found.push((select.clone(), profile, entry));
        }
        let mut values = Vec::new();
        let mut changes = false;
        for (select, profile, entry) in &found {
            values.push(((*profile).clone(), entry.clone()));
            if labels::same(&select.value, entry) {
                // Who has it already is written down too: no API tells.
                if from.is_none() {
                    self.outcome.former_profiles.push(((*profile).clone(), Some(entry.clone())));
                }
                continue;
            }
            changes = true;
            let of_default = default_entry(select, &known);
            let former = Some(select.value.clone()).filter(|it| of_default != Some(it.as_str()));
            self.outcome.former_profiles.push(((*profile).clone(), former));
            self.tell(&Step::Filled { field: (*profile).clone(), value: entry.clone() });
            let what = format!("{profile}: {entry}");
            self.act(&page, select, Act::Choose(std::slice::from_ref(entry)), what).await?;
        }
        let button = if changes {
            self.ask(&Saving {
                what: "save the assignment of softphone layouts".to_owned(),
                values: values.clone(),
            })?;
            &page.labels.save
        } else {
            self.remember().await?;
            &page.labels.cancel
        };
        let button =
            page.frame.first(Kind::Press, button).cloned().ok_or_else(|| missing(&page, button))?;
        if changes {
            self.send(&page, &button).await?;
        } else {
            self.press(&page, &button).await?;
        }
        let (list, listed) = self.list().await?;
        if !changes {
            return Ok((list, listed));
        }
        let page = self.assignments(&list).await?;
        for (profile, entry) in &values {
            let select = select_of(&page, profile)?;
            if !labels::same(&select.value, entry) {
                return Err(Trouble::NotKept(format!(
                    "the profile \"{profile}\" still has \"{}\"",
                    select.value
                )));
            }
            self.seen(format!("the profile \"{profile}\" has \"{entry}\""));
        }
        self.confirm("the assignment of softphone layouts".to_owned()).await;
        let cancel = page.frame.first(Kind::Press, &page.labels.cancel).cloned();
        let cancel = cancel.ok_or_else(|| missing(&page, &page.labels.cancel))?;
        self.press(&page, &cancel).await?;
        self.list().await
    }

    async fn assignments(&mut self, list: &At) -> Result<At, Trouble> {
        let button = list.frame.only(Kind::Press, &list.labels.assignment);
        let button = button.ok_or_else(|| missing(list, &list.labels.assignment))?;
        self.press(list, button).await?;
        self.reach(Wanted::Assignment).await
    }
}

/// Where the page names a profile.
fn texts_of<'a>(page: &'a At, profile: &str) -> impl Iterator<Item = &'a Text> {
    page.frame.texts.iter().filter(move |text| labels::same(&text.words, profile))
}

/// The picklist in a profile's row.
fn select_of<'a>(page: &'a At, profile: &str) -> Result<&'a Control, Trouble> {
    let absent = || missing(page, &[profile.to_owned()]);
    let texts = texts_of(page, profile);
    let mut selects = texts.filter_map(|text| page.frame.row(text.area).after(Kind::Select));
    let select = selects.next().ok_or_else(absent)?;
    // Two rows of one name: nobody could tell which is meant.
    if selects.next().is_some() { Err(absent()) } else { Ok(select) }
}

/// The entries of a picklist that are called like a layout.
fn entries<'s>(select: &'s Control, layout: &str) -> impl Iterator<Item = &'s Choice> {
    select.options.iter().filter(move |option| labels::same(&option.text, layout))
}

/// The entry of a picklist that stands for a layout, which must be the only one.
fn entry_of(
    page: &At,
    select: &Control,
    layout: Option<&str>,
    known: &[Listed],
) -> Result<String, Trouble> {
    let Some(layout) = layout else {
        let entry = default_entry(select, known).map(str::to_owned);
        return entry.ok_or_else(|| missing(page, &["the default".to_owned()]));
    };
    let mut entries = entries(select, layout);
    match (entries.next(), entries.next()) {
        (Some(entry), None) => Ok(entry.text.clone()),
        _ => Err(missing(page, &[layout.to_owned()])),
    }
}

/// The entry that stands for the default, whichever layout that is: the first one, where it is none of the
/// layouts. Guessed: no screenshot of the page is published.
fn default_entry<'s>(select: &'s Control, known: &[Listed]) -> Option<&'s str> {
    let first = select.options.first()?.text.as_str();
    (!known.iter().any(|it| labels::same(&it.name, first))).then_some(first)
}
