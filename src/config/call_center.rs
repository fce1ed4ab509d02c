//! `[call_center]`: the definition, its typed settings, and raw values.

use std::collections::BTreeMap;

use crate::definitions::{self, RecipeData, recipe_of_call_center, templates};
use crate::model::{CallCenterWish, Definition, ItemKey, Region, UnnamedValues, Wanted};

use super::definition::{Definitions, Found};
use super::key::{self, Key};
use super::keys;
use super::loaded::{DefinitionFile, Origin};
use super::mistake::{Mistake, MistakeKind, Mistakes};
use super::scope::{Located, Scope, quoted};
use super::setting_value::{raw_text, setting_text};
use super::tree::{Entry, Value};
use crate::model::nearest;

/// The call center that the configuration wants.
#[derive(Default)]
pub(super) struct Chosen {
    pub(super) wish: Option<CallCenterWish>,
    pub(super) origins: BTreeMap<ItemKey, Origin>,
    pub(super) file: Option<DefinitionFile>,
}

/// Values while they are gathered.
struct Values<'a> {
    definition: &'a Definition,
    mistakes: &'a Mistakes,
    wanted: BTreeMap<ItemKey, Wanted>,
    origins: BTreeMap<ItemKey, Origin>,
}

/// Reads the call center.
pub(super) fn read(
    scope: Option<Scope<'_>>,
    recipe: &RecipeData,
    region: Option<&Located<&'static Region>>,
    definitions: &Definitions<'_>,
    mistakes: &Mistakes,
) -> Chosen {
    let named = scope.and_then(|scope| {
        scope.entry("definition")?;
        Some(scope.text(
            "definition",
            "the name of a built-in definition, or the path of a definition file",
        ))
    });
    let name = match named {
        Some(None) => return Chosen::default(),
        Some(Some(found)) => found,
        None => Located { value: recipe.definition.clone(), path: "recipe".to_owned(), span: 0..0 },
    };
    let Some(Found { definition, file }) = definitions.find(&name, mistakes) else {
        return Chosen::default();
    };
    let definition = match scope {
        Some(scope) => renamed(definition, &scope),
        None => definition,
    };
    let mut values = Values {
        definition: &definition,
        mistakes,
        wanted: BTreeMap::new(),
        origins: BTreeMap::new(),
    };
    let mut display_name = None;
    if let Some(scope) = scope {
        display_name = scope
            .text("display_name", "the name that people see")
            .map(|found| found.value.trim().to_owned());
        values.read_settings(&scope);
        if let Some(raw) = scope.table("values") {
            values.read_raw(&raw);
        }
    }
    if let Some(region) = region {
        values.follow_region(recipe, region);
    }
    let Values { wanted, origins, .. } = values;
    Chosen {
        origins,
        file: file.map(|file| DefinitionFile::new(&name.value, &file)),
        wish: Some(CallCenterWish {
            definition,
            display_name,
            values: wanted,
            unnamed: UnnamedValues::GoBack,
            delete_old: false,
        }),
    }
}

/// The definition under the internal name that the configuration gives the call center.
fn renamed(mut definition: Definition, scope: &Scope<'_>) -> Definition {
    if let Some(name) = scope.identifier("internal_name") {
        definition.call_center.internal_name = name;
    }
    definition
}

impl Values<'_> {
    /// Reads the typed settings: every key that is not the call center's own.
    fn read_settings(&mut self, scope: &Scope<'_>) {
        for (key, entry) in &scope.table.entries {
            if own_keys().contains(&key.as_str()) {
                continue;
            }
            let group = format!("{key}.");
            let is_group = all_keys().any(|known| known.starts_with(&group));
            match &entry.node.value {
                Value::Table(table) if is_group => {
                    for (key, entry) in &table.entries {
                        self.read_setting(&format!("{group}{key}"), entry);
                    }
                }
                _ if is_group => scope.wrong_type(
                    &entry.path,
                    &entry.node,
                    &format!("a table of settings: `[call_center.{key}]`"),
                ),
                _ => self.read_setting(key, entry),
            }
        }
    }

    fn read_setting(&mut self, key: &str, entry: &Entry) {
        let Some(setting) = self.definition.setting(key) else {
            self.unknown_setting(key, entry);
            return;
        };
        let default = self.definition.call_center.item(&setting.item);
        let default = default.map_or("", |item| item.value.as_str());
        if let Some(text) = setting_text(&setting.kind, entry, default, self.mistakes) {
            self.insert(setting.item.clone(), entry, text);
        }
    }

    fn unknown_setting(&self, key: &str, entry: &Entry) {
        let path = &entry.path;
        let elsewhere = all_keys().any(|known| known == key);
        let keys: Vec<_> =
            self.definition.settings.iter().map(|setting| setting.key.as_str()).collect();
        let mistake = if elsewhere {
            Mistake::new(
                MistakeKind::UnknownSetting,
                path,
                format!("The definition {} has no setting `{key}`.", quoted(&self.definition.name)),
            )
            .help(self.who_has(key))
        } else {
            // A key of the right name in another group is nearer than any misspelling.
            let last = key.rsplit('.').next().unwrap_or(key);
            let namesake = keys.iter().find(|known| {
                known.rsplit('.').next() == Some(last) || known.replace('.', "_") == key
            });
            let group = key.split_once('.').map(|(group, _)| format!("{group}."));
            let siblings: Vec<&str> = keys
                .iter()
                .copied()
                .filter(|known| group.as_ref().is_none_or(|group| known.starts_with(group)))
                .collect();
            let allowed: Vec<&str> = if group.is_some() {
                siblings
            } else {
                let groups = siblings.iter().map(|key| key.split('.').next().unwrap_or(key));
                let mut words: Vec<_> = own_keys().into_iter().chain(groups).collect();
                words.dedup();
                words
            };
            let near = || nearest(key, keys.iter().copied().chain(allowed.iter().copied()));
            Mistake::new(
                MistakeKind::UnknownKey,
                path,
                format!("The call center has no setting {}.", quoted(key)),
            )
            .suggestion(namesake.copied().or_else(near))
            .allowed(allowed)
        };
        self.mistakes.push(mistake.at(&entry.key_span, ""));
    }

    /// Who has a setting that the definition lacks.
    fn who_has(&self, key: &str) -> String {
        let own = recipe_of_call_center(&self.definition.call_center);
        let own = own.map(|data| data.recipe.name.as_str());
        let having: Vec<&str> = templates()
            .iter()
            .filter(|template| template.by_key(key).is_some())
            .map(|template| template.recipe.as_str())
            .collect();
        match having.first().and_then(|name| definitions::recipe(name)) {
            Some(other) if own.is_some_and(|own| !having.contains(&own)) => format!(
                "{} of the connector has it, recipe = \"{}\"; otherwise remove the setting.",
                other.recipe.title, other.recipe.name
            ),
            _ => "Other versions have it: choose one of them with `call_center.definition`, or \
                  remove the setting."
                .to_owned(),
        }
    }

    /// Reads `[call_center.values]`, whose keys are `section/item`.
    fn read_raw(&mut self, scope: &Scope<'_>) {
        for (key, entry) in &scope.table.entries {
            let item = ItemKey::parse(key);
            let known =
                item.as_ref().is_some_and(|item| self.definition.call_center.item(item).is_some());
            let Some(item) = item.filter(|_| known) else {
                self.unknown_item(key, entry);
                continue;
            };
            if let Some(text) = raw_text(entry, self.mistakes) {
                self.insert(item, entry, text);
            }
        }
    }

    fn unknown_item(&self, key: &str, entry: &Entry) {
        let names: Vec<_> =
            self.definition.call_center.items().map(|(key, _)| key.to_string()).collect();
        let names = names.iter().map(String::as_str);
        let suggestion = names
            .clone()
            .find(|name| name.rsplit('/').next() == Some(key))
            .or_else(|| nearest(key, names));
        let help = match key.rsplit('/').next() {
            Some("reqInternalName") => "The internal name comes from the definition and is fixed.",
            Some("reqDisplayName") => "Set `call_center.display_name` instead.",
            _ => "Keys here are `section/item` in quotation marks, as in the definition file.",
        };
        self.mistakes.push(
            Mistake::new(
                MistakeKind::UnknownSetting,
                &entry.path,
                format!(
                    "The definition {} has no item {}.",
                    quoted(&self.definition.name),
                    quoted(key)
                ),
            )
            .at(&entry.key_span, "")
            .suggestion(suggestion)
            .help(help),
        );
    }

    fn insert(&mut self, item: ItemKey, entry: &Entry, value: String) {
        if let Some(earlier) = self.origins.get(&item) {
            self.mistakes.push(
                Mistake::new(
                    MistakeKind::TwoSources,
                    &entry.path,
                    format!(
                        "`{}` and `{}` set the same item of the call center, {item}.",
                        earlier.path, entry.path
                    ),
                )
                .at(&entry.key_span, "set here")
                .related(&earlier.key_span, "and here")
                .help("Keep one of the two."),
            );
            return;
        }
        self.origins.insert(item.clone(), Origin::of(entry));
        let asked_by = entry.path.clone();
        self.wanted.insert(item, Wanted { value, asked_by });
    }

    /// Sets what follows from the data centre, unless the configuration says otherwise.
    fn follow_region(&mut self, recipe: &RecipeData, region: &Located<&'static Region>) {
        for (item, value) in recipe.values_of_region(self.definition, region.value) {
            self.follow(item, region, value);
        }
    }

    /// A value of one's own is allowed; rules say where it disagrees.
    fn follow(&mut self, item: ItemKey, region: &Located<&'static Region>, value: String) {
        if self.wanted.contains_key(&item) {
            return;
        }
        let origin = Origin {
            path: region.path.clone(),
            key_span: region.span.clone(),
            span: region.span.clone(),
        };
        self.origins.insert(item.clone(), origin);
        self.wanted.insert(item, Wanted { value, asked_by: region.path.clone() });
    }
}

/// Keys of the call center that are no settings.
fn own_keys() -> Vec<&'static str> {
    let keys = key::find(&keys::ROOT, "call_center").map(Key::keys).unwrap_or_default();
    keys.iter().map(|key| key.name).collect()
}

/// Keys of every setting of every version.
fn all_keys() -> impl Iterator<Item = &'static str> {
    templates()
        .iter()
        .flat_map(|template| template.settings.iter().map(|setting| setting.key.as_str()))
}
