//! `provision init`: write a configuration, to begin with or from what an org has.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::cli::adopt::{Adopted, adopt};
use crate::cli::configuration;
use crate::cli::context::Context;
use crate::cli::webrtc_domain::{self, Asked, may_ask};
use crate::cli::{new_file, recipe};
use crate::config;
use crate::definitions::{self, RecipeData, default_recipe, recipes, region, regions};
use crate::failure::Failure;
use crate::model::{Command, DraftFile};
use crate::view::{
    AdoptedConfiguration, Answer, render_adopted_configuration, render_new_configuration,
};

const EXAMPLES: &str = "\
Examples:
  # Create ./provision.toml with every key explained
  provision init
  # Use another file name
  provision init --config uat.toml
  # For Version 2 of the connector
  provision init --recipe webex-v2
  # Print it without writing a file
  provision init --stdout | less
  # Write what was set up by hand in the emulated org
  provision init --from-org demo
  # The same for an org given by its URL
  provision --instance-url https://acme.my.salesforce.com init --from-org";

const COMMAND: &str = "init";

/// Create a configuration, from scratch or from an existing org
///
/// Writes provision.toml with every setting, most of them commented out, and marks the ones to fill
/// in. With --from-org it writes what the org already has, so that the next plan is empty, and
/// lists what a configuration cannot express. With a login to Webex it includes the teams that have
/// the connector on their desktop, and their layout.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct InitArguments {
    /// Write what is in this org; without ALIAS, in the org given by --org or --instance-url
    #[arg(long, value_name = "ALIAS", num_args = 0..=1, default_missing_value = "")]
    from_org: Option<String>,
    /// Version of the connector: webex-v1 or webex-v2; asked for at a terminal
    #[arg(long, value_name = "RECIPE", conflicts_with = "from_org")]
    recipe: Option<String>,
    /// Overwrite an existing file
    #[arg(long)]
    force: bool,
    /// Print the configuration instead of writing a file
    #[arg(long)]
    stdout: bool,
}

impl InitArguments {
    /// Whether it looks at the org that the command line is about, and names none itself.
    pub(in crate::cli) fn asks_the_org_at_hand(&self) -> bool {
        self.from_org.as_deref() == Some("")
    }
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &InitArguments) -> u8 {
    let answer = match &own.from_org {
        None => blank(context, own),
        Some(alias) => from_org(context, own, Some(alias.as_str()).filter(|it| !it.is_empty())),
    };
    context.answer(COMMAND, answer)
}

fn blank(context: &Context<'_>, own: &InitArguments) -> Result<Answer, Failure> {
    if !own.stdout {
        // Nobody answers a question for a file that is not written.
        is_free(configuration::path(&context.globals), own)?;
    }
    let recipe = choose_recipe(context, own)?;
    let is_asked = may_ask(context) && !own.stdout;
    let text = if is_asked { fill_in(context.terminal, recipe) } else { config::template(recipe) };
    if own.stdout {
        return Ok(Answer::new(data(None, &text), text));
    }
    let path = configuration::path(&context.globals);
    write(path, &text, own)?;
    let lint = Command::alone("lint").argument(&shown(path));
    let mut invocation = context.globals.invocation();
    invocation.org.get_or_insert_with(|| "ALIAS".to_owned());
    let plan = Command::of_org("plan").within(&invocation);
    let screen = context.terminal.settings().out;
    let said =
        render_new_configuration(&shown(path), config::count_places(&text), (&lint, &plan), screen);
    Ok(Answer::new(data(Some(path), &text), said))
}

/// The generation that is named, else the one that a person chooses, else the default.
fn choose_recipe(
    context: &Context<'_>,
    own: &InitArguments,
) -> Result<&'static RecipeData, Failure> {
    if let Some(name) = &own.recipe {
        return recipe::named(name);
    }
    if own.stdout || !may_ask(context) {
        return Ok(default_recipe());
    }
    context.terminal.note("Which version of the connector?");
    for (place, data) in recipes().iter().enumerate() {
        context.terminal.note(&format!("  {}  {}: {}", place + 1, data.recipe.title, data.summary));
    }
    loop {
        let Some(answer) = context.terminal.line("Which one? [1]") else {
            return Ok(default_recipe());
        };
        let answer = answer.trim();
        if answer.is_empty() {
            return Ok(default_recipe());
        }
        let by_number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let chosen = by_number
            .and_then(|place| recipes().get(place))
            .or_else(|| definitions::recipe(answer));
        if let Some(chosen) = chosen {
            return Ok(chosen);
        }
        context.terminal.note("Enter one of the numbers.");
    }
}

/// The configuration with the answers to what only a person knows. Where the connector has a setting for
/// the WebRTC domain, it follows from the data centre if that one's is known; nobody makes one up.
fn fill_in(asked: &impl Asked, recipe: &RecipeData) -> String {
    if recipe.webrtc_setting.is_none() {
        return config::template(recipe);
    }
    let names: Vec<&str> = regions().iter().map(|region| region.name.as_str()).collect();
    asked.note(&format!("Data centre of your Webex organization: {}.", names.join(", ")));
    loop {
        let answer = asked.line("Which one? Enter to fill it in later:").unwrap_or_default();
        let answer = answer.trim();
        if answer.is_empty() {
            return config::template(recipe);
        }
        if let Some(region) = region(answer) {
            let domain = match &region.webrtc_domain {
                Some(_) => None,
                None => webrtc_domain::ask(asked, &region.name),
            };
            return config::template_of(recipe, &region.name, domain.as_deref());
        }
        asked.note(&format!("Enter one of {}.", names.join(", ")));
    }
}

fn data(path: Option<&Path>, text: &str) -> Value {
    json!({ "file": path.map(shown), "text": text })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn from_org(
    context: &Context<'_>,
    own: &InitArguments,
    alias: Option<&str>,
) -> Result<Answer, Failure> {
    let path = configuration::path(&context.globals).to_owned();
    let context = &of_org(context, alias)?;
    if !own.stdout {
        // Nobody waits for an org to hear this.
        is_free(&path, own)?;
    }
    let adopted = adopt(&before_it_is_there(context, &path))?;
    let definition = adopted.adoption.definition.as_ref();
    let needed = definition.or(adopted.adoption.desktop_layout.as_ref());
    if let Some(file) = needed.filter(|_| own.stdout && !context.for_script()) {
        return Err(Failure::usage(format!(
            "The configuration needs the file {} next to it, which --stdout does not write.",
            file.name
        ))
        .hint("Leave out --stdout, or get both from --output json."));
    }
    let mut files: Vec<PathBuf> = Vec::new();
    if !own.stdout {
        let layout = adopted.adoption.desktop_layout.as_ref();
        for DraftFile { name, text } in definition.into_iter().chain(layout) {
            let beside = path.with_file_name(name);
            write(&beside, text, own)?;
            files.push(beside);
        }
        write(&path, &adopted.adoption.text, own)?;
        files.insert(0, path.clone());
    }
    let data = adopted_data(&adopted, &files);
    let screen = context.terminal.settings();
    let files: Vec<String> = files.iter().map(|path| shown(path)).collect();
    // A person who pipes the file still wants to read the rest.
    let screen = if own.stdout { screen.err } else { screen.out };
    let text = said(context, &adopted, &files, screen);
    if own.stdout && !context.for_script() {
        context.terminal.err(&text);
        return Ok(Answer::new(data, adopted.adoption.text));
    }
    let outcome = adopted.outcome();
    Ok(Answer::new(data, text).about(Some(adopted.org)).ending(outcome))
}

/// The same command line for the org that is meant, and with the file that is written.
fn of_org<'a>(context: &Context<'a>, alias: Option<&str>) -> Result<Context<'a>, Failure> {
    let mut globals = context.globals.clone();
    if let Some(alias) = alias {
        let other = globals.org.as_deref().is_some_and(|org| org != alias);
        if other || globals.instance_url.is_some() {
            return Err(Failure::usage(format!(
                "Two orgs are named: `--from-org {alias}` and the one of `{}`.",
                if other { "--org" } else { "--instance-url" }
            ))
            .hint("Give only one; --from-org needs no ALIAS with the other option."));
        }
        globals.org = Some(alias.to_owned());
    }
    globals.config = Some(configuration::path(&context.globals).to_owned());
    Ok(Context { globals, ..*context })
}

/// The same command line without the file that is to be written: nothing is read from it.
fn before_it_is_there<'a>(context: &Context<'a>, path: &Path) -> Context<'a> {
    let mut globals = context.globals.clone();
    if !path.exists() {
        globals.config = None;
    }
    Context { globals, ..*context }
}

fn adopted_data(adopted: &Adopted, files: &[PathBuf]) -> Value {
    let Adopted { adoption, plan, .. } = adopted;
    let definition = adoption.definition.as_ref();
    let named = |file: &DraftFile| json!({ "file": file.name, "text": file.text });
    json!({
        "file": files.first().map(|path| shown(path)),
        "text": adoption.text,
        "desktop_layout": adoption.desktop_layout.as_ref().map(named),
        "definition": definition.map(named),
        "left_out": adoption.left_out,
        "plan": plan.as_ref().map(|plan| json!({
            "outcome": plan.outcome,
            "items": adopted.differing(),
            "failure": plan.failure,
        })),
    })
}

fn said(
    context: &Context<'_>,
    adopted: &Adopted,
    files: &[String],
    screen: crate::view::Screen,
) -> String {
    let failure = adopted.plan.as_ref().and_then(|plan| plan.failure.as_ref());
    render_adopted_configuration(
        &AdoptedConfiguration {
            org: &adopted.org,
            files,
            left_out: &adopted.adoption.left_out,
            complete: adopted.plan.is_some(),
            differing: &adopted.differing(),
            stopped: failure.map(Failure::message).as_deref(),
            next: &next(context),
        },
        screen,
    )
}

/// What shows the configuration at work.
fn next(context: &Context<'_>) -> Command {
    Command::of_org("plan").within(&context.globals.invocation())
}

/// Writes the file, and over another one only where that is wanted.
fn write(path: &Path, text: &str, own: &InitArguments) -> Result<(), Failure> {
    if new_file::write(path, text, own.force)? { Ok(()) } else { is_free(path, own) }
}

fn is_free(path: &Path, own: &InitArguments) -> Result<(), Failure> {
    if own.force || path.symlink_metadata().is_err() {
        return Ok(());
    }
    let hint = "Choose another file with --config FILE, or overwrite this one with --force.";
    Err(Failure::usage(format!("`{}` already exists and was not changed.", path.display()))
        .hint(hint)
        .hint("To print it instead, add --stdout."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::webrtc_domain::tests::Person;

    fn filled(recipe: &str, answers: &[&'static str]) -> (String, usize) {
        let person = Person::saying(answers);
        let text = fill_in(&person, definitions::recipe(recipe).unwrap());
        let heard = person.heard.borrow();
        (text, heard.iter().filter(|it| it.contains("WebRTC domain,")).count())
    }

    #[test]
    fn the_webrtc_domain_is_asked_for_where_nobody_knows_it() {
        let (text, asked) = filled("webex-v2", &["eu2", "rtw.example.com"]);
        assert!(text.contains("\nwebrtc_domain = \"rtw.example.com\"\n"), "{text}");
        assert!(text.contains("\ndata_center = \"eu2\"\n"), "{text}");
        assert_eq!(asked, 1);
        let (text, asked) = filled("webex-v2", &["us1"]);
        assert!(text.contains("\n#webrtc_domain = \"\"\n"), "it follows: {text}");
        assert_eq!(asked, 0);
    }

    #[test]
    fn whoever_does_not_know_yet_gets_the_file_with_its_places() {
        for (recipe, answers) in [("webex-v2", &[""][..]), ("webex-v2", &[]), ("webex-v1", &[])] {
            let template = config::template(definitions::recipe(recipe).unwrap());
            assert_eq!(filled(recipe, answers), (template, 0));
        }
        let (text, asked) = filled("webex-v2", &["mars", "eu1", ""]);
        assert!(text.contains("\ndata_center = \"eu1\"\n"), "{text}");
        assert!(text.contains("\n#webrtc_domain = \"\"\n"), "{text}");
        assert_eq!(asked, 1);
    }
}
