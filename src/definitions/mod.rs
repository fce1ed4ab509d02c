//! Call center definitions, recipes and regions: what `metadata/` holds, and Cisco's own files.
//!
//! A definition comes from a data file of the program ([`built_in`]) or from a file in the format
//! that Setup imports ([`SetupFile::read`]). The data files also say what each item means, and that
//! knowledge is applied to items of the same name in a file ([`SetupFile::define`]); items that no
//! data file knows are kept as they are.
//!
//! Nothing here does I/O: data files are embedded, and the bytes of a file are handed in.

mod carry_over;
mod catalogue;
mod data_file;
pub mod desktop_layout;
mod difference;
mod kind;
mod published;
mod recipes;
mod regions;
mod setup_file;
mod setup_mistake;
mod setup_text;
mod setup_writer;
mod template;

pub use carry_over::{CarriedOver, carry_over, is_switched_off};
pub use catalogue::{built_in, names, templates};
pub use data_file::{DataError, load};
pub use difference::definition_differences;
pub use published::{Published, PublishedKind, PublishedVersion, published};
pub use recipes::{
    RecipeData, default_recipe, recipe, recipe_names, recipe_of, recipe_of_call_center, recipes,
    recipes_in,
};
pub use regions::{region, regions};
pub use setup_file::{MAX_SIZE, Note, SetupFile};
pub use setup_mistake::SetupMistake;
pub use setup_writer::write_setup_file;
pub use template::{Template, TemplateSetting};
#[cfg(test)]
mod tests;
