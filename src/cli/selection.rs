//! `--only` and `--skip`: which items a run is about.

use std::collections::BTreeSet;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use crate::checklist::{ItemId, Selection};

/// What was said of the items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(in crate::cli) struct SelectionArguments {
    /// Include only these items
    #[arg(long, value_name = "ITEM", value_delimiter = ',', conflicts_with = "skip",
          value_parser = items())]
    pub(in crate::cli) only: Vec<ItemId>,
    /// Include all items except these
    #[arg(long, value_name = "ITEM", value_delimiter = ',', value_parser = items(),
          hide_possible_values = true)]
    pub(in crate::cli) skip: Vec<ItemId>,
}

fn items() -> impl clap::builder::TypedValueParser<Value = ItemId> {
    let ids = PossibleValuesParser::new(ItemId::all().map(ItemId::as_str));
    ids.try_map(|id| ItemId::parse(&id).ok_or("no such item"))
}

impl SelectionArguments {
    /// The options that were said, as help calls them.
    pub(in crate::cli) fn said(&self) -> Option<&'static str> {
        match (self.only.as_slice(), self.skip.as_slice()) {
            ([], []) => None,
            (_, []) => Some("--only <ITEM>"),
            _ => Some("--skip <ITEM>"),
        }
    }

    /// What was said behind the command's name, else what was said before it.
    pub(in crate::cli) fn or(self, before: Self) -> Self {
        if self.said().is_none() { before } else { self }
    }

    /// The items that are meant.
    pub(in crate::cli) fn selection(&self) -> Selection {
        let all = |items: &[ItemId]| items.iter().copied().collect::<BTreeSet<ItemId>>();
        match (self.only.as_slice(), self.skip.as_slice()) {
            ([], []) => Selection::All,
            (only, []) => Selection::Only(all(only)),
            (_, skip) => Selection::Without(all(skip)),
        }
    }
}
