//! `provision man`: the manual pages.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::help;
use crate::failure::{Failure, Kind};
use crate::view::Screen;

const EXAMPLES: &str = "\
Examples:
  # Read the manual pages
  provision man | man -l -
  # Write provision.1, provision-plan.1 and so on to a folder
  provision man man/man1";

/// Print the manual pages or write them to files
///
/// One page for the program and one for each command, with the same text as `--help`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct ManArguments {
    /// Folder for the files; without it, all pages are printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Columns of what is not filled: a page on a terminal of 80, within its margins.
const WIDTH: usize = 70;

/// A page and the name of its file.
struct Page {
    file: String,
    text: Vec<u8>,
}

/// Runs the command; `tree` is the whole command line.
pub(in crate::cli) fn run(context: &Context<'_>, own: &ManArguments, tree: Command) -> u8 {
    context.answer("man", answer(own, tree))
}

fn answer(own: &ManArguments, tree: Command) -> Result<(Value, String), Failure> {
    let pages = pages(tree)
        .map_err(|error| Failure::new(Kind::Bug, "No manual page was made.").because(error))?;
    let files: Vec<&String> = pages.iter().map(|page| &page.file).collect();
    let Some(folder) = &own.folder else {
        let text = pages.iter().map(|page| String::from_utf8_lossy(&page.text)).collect();
        return Ok((json!({ "pages": files, "text": text }), text));
    };
    write(folder, &pages).map_err(|error| {
        Failure::usage(format!("The manual pages cannot be written to `{}`.", folder.display()))
            .hint("Name a folder that you may write to.")
            .because(error)
    })?;
    let text = format!("{} manual pages are in {}.\n", pages.len(), folder.display());
    Ok((json!({ "pages": files, "folder": folder }), text))
}

/// All pages, the program's own first.
fn pages(tree: Command) -> io::Result<Vec<Page>> {
    let mut tree =
        help::laid_out(help::brief(tree.disable_help_subcommand(true)), Screen::new(WIDTH, true));
    tree.build();
    let mut pages = Vec::new();
    collect(&tree, &mut pages)?;
    Ok(pages)
}

fn collect(command: &Command, pages: &mut Vec<Page>) -> io::Result<()> {
    let man = Man::new(command.clone());
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    text.extend(tail(command).to_roff().into_bytes());
    pages.push(Page { file: man.get_filename(), text });
    command.get_subcommands().try_for_each(|command| collect(command, pages))
}

/// What stands at the end of the long help, each heading as a section of the page.
fn tail(command: &Command) -> Roff {
    let mut roff = Roff::new();
    let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    for line in help.lines() {
        match line.strip_suffix(':').filter(|heading| !heading.starts_with(' ')) {
            Some(heading) => {
                roff.control("fi", []);
                roff.control("SH", [heading.to_uppercase().as_str()]);
                // The lines are laid out already.
                roff.control("nf", []);
            }
            None => {
                roff.text([roman(line)]);
            }
        }
    }
    roff.control("fi", []);
    roff
}

fn write(folder: &Path, pages: &[Page]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    pages.iter().try_for_each(|page| fs::write(folder.join(&page.file), &page.text))
}
