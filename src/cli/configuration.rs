//! Which configuration holds, and reading it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use salesforce_client::Client;
use salesforce_client::wire::{Url, is_loopback};

use super::context::Context;
use super::demos::Demo;
use super::globals::Globals;
use super::rules::broken;
use super::{files, org};
use crate::config::{self, ConfigErrors, Loaded, OrgAt};
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::login::{Login, Logins};
use crate::model::{Command, Hint};

/// Where a configuration is looked for.
pub(super) const DEFAULT: &str = "provision.toml";

/// What people see as the name of the built-in configuration.
const BUILT_IN: &str = "built-in demo configuration";

/// Where the configuration is, or is to be.
pub(super) fn path(globals: &Globals) -> &Path {
    globals.config.as_deref().unwrap_or(Path::new(DEFAULT))
}

/// The file of the configuration that holds, wherever one goes from here; `None` where it is built in.
pub(super) fn file(globals: &Globals) -> Option<PathBuf> {
    let is_built_in =
        globals.config.is_none() && globals.org.as_deref().and_then(Demo::of).is_some();
    let path = path(globals);
    (!is_built_in).then(|| path.canonicalize().or_else(|_| std::path::absolute(path)).ok())?
}

/// What `--config` is to be for a saved plan: its own file where that is still there, unless another one is
/// named, and else what is in the current folder. Whichever it is must want what the plan was made for.
pub(super) fn of_plan(globals: &Globals, made_from: &Path) -> Result<Option<PathBuf>, Failure> {
    let here = Path::new(DEFAULT);
    if globals.config.is_some() || here.canonicalize().is_ok_and(|here| here == made_from) {
        return Ok(globals.config.clone());
    }
    if made_from.is_file() {
        return Ok(Some(made_from.to_owned()));
    }
    if here.is_file() {
        return Ok(None);
    }
    let made_from = made_from.display();
    Err(Failure::usage(format!(
        "The plan was made from the configuration `{made_from}`, which no longer exists, and \
        there is no `{DEFAULT}` in the current folder."
    ))
    .hint("Give the configuration with --config FILE. It must be the one that the plan was made from."))
}

/// Reads it for a command that looks at an org: that nobody knows the org is told before what is wrong in
/// the configuration.
pub(super) fn read_for(context: &Context<'_>) -> Result<Loaded, Failure> {
    read(&context.globals).or_else(|failure| org::is_known(context).and(Err(failure)))
}

/// Which orgs the configuration has tables for, whatever else is right or wrong in it, and what it is
/// called; `None` where there is none.
pub(super) fn tables(globals: &Globals) -> Option<(String, Vec<String>)> {
    let path = path(globals);
    let text = text(path, globals.config.is_some()).ok()?;
    Some((path.display().to_string(), config::org_aliases(&text)))
}

/// Reads it for a command that does without, where there is one.
pub(super) fn read_if_there(globals: &Globals) -> Result<Option<Loaded>, Failure> {
    let demo = globals.org.as_deref().is_some_and(|alias| Demo::of(alias).is_some());
    let is_there = globals.config.is_some() || demo || path(globals).exists();
    is_there.then(|| read(globals)).transpose()
}

/// Reads the configuration that holds for the chosen org.
pub(super) fn read(globals: &Globals) -> Result<Loaded, Failure> {
    let alias = globals.org.as_deref();
    let demo = alias.and_then(Demo::of);
    let (text, name, folder) = match (&globals.config, demo) {
        (None, Some(demo)) => {
            ((demo.configuration)().to_owned(), BUILT_IN.to_owned(), PathBuf::new())
        }
        (chosen, _) => {
            let path = path(globals);
            let text = text(path, chosen.is_some())?;
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            (text, path.display().to_string(), folder)
        }
    };
    let is_built_in = name == BUILT_IN;
    let read = |name: &str| {
        if is_built_in { config::built_in_demo_file(name) } else { definition(&folder, name) }
    };
    let by_address = match globals.instance_url.as_deref().map(|url| config::org_at(&text, url)) {
        Some(OrgAt::Alias(alias)) => Some(alias),
        _ => None,
    };
    let alias = alias.or(by_address.as_deref());
    config::load(&text, &name, alias, &read).map_err(|ConfigErrors { diagnostics }| {
        Failure::of_all(Kind::Usage, diagnostics, |number| broken(number, &name))
            .unwrap_or_else(|| Failure::usage(format!("`{name}` cannot be used.")))
    })
}

/// Where the configuration says that one logs in to the org of that alias. Without a configuration
/// that was asked for, there is none.
pub(super) fn login_of(globals: &Globals, alias: &str) -> Result<Option<String>, Failure> {
    Ok(table(globals, alias)?.and_then(|org| org.login.or(org.instance_url)))
}

/// What the configuration says of the Webex organization; nothing where there is no configuration.
pub(super) fn webex_place(globals: &Globals) -> Result<config::WebexPlace, Failure> {
    let path = path(globals);
    if globals.config.is_none() && !path.exists() {
        return Ok(config::WebexPlace::default());
    }
    Ok(config::webex_place(&text(path, globals.config.is_some())?))
}

/// Refuses a login whose org is not where the configuration says that it is: one of the two is a
/// mistake, and nobody but a person knows which.
pub(super) fn agrees(globals: &Globals, login: &Login) -> Result<(), Failure> {
    let table = table(globals, &login.alias)?;
    let Some(configured) = table.and_then(|org| org.instance_url) else { return Ok(()) };
    let urls = Url::parse(&configured).ok().zip(Url::parse(&login.instance_url).ok());
    if urls.is_some_and(|(configured, login)| same_server(&configured, &login)) {
        return Ok(());
    }
    Err(Failure::refused(format!(
        "`{}` says that the org `{}` is at {configured}, but the login leads to {}.",
        path(globals).display(),
        login.alias,
        login.instance_url
    ))
    .hint(
        "Nothing was changed. Correct `instance_url` in the configuration, or use another alias.",
    ))
}

/// Whether the configuration protects the org that a client leads to: under whatever alias, or
/// spelling of its address, somebody goes there.
pub(super) fn protects(loaded: &Loaded, client: &Client, store: &Store) -> bool {
    let session = client.session();
    let logins = Logins::of(store);
    loaded.protected
        || config::protected_orgs(&loaded.source.text).iter().any(|org| {
            let url = org.instance_url.as_deref().and_then(|url| Url::parse(url).ok());
            let login = logins.get(&org.alias).ok().flatten();
            let id = session.org_id_hint();
            url.is_some_and(|url| same_server(&url, &session.instance_url))
                || login.zip(id).is_some_and(|(login, id)| login.org_id.starts_with(&id))
        })
}

/// Whether both addresses are of one server; this machine has several names.
fn same_server(one: &Url, other: &Url) -> bool {
    let port = |url: &Url| (url.scheme().to_owned(), url.port_or_known_default());
    one.origin() == other.origin()
        || (is_loopback(one) && is_loopback(other) && port(one) == port(other))
}

/// What the configuration says of one org's address; nothing where there is no configuration.
fn table(globals: &Globals, alias: &str) -> Result<Option<config::OrgAddresses>, Failure> {
    let path = path(globals);
    if globals.config.is_none() && !path.exists() {
        return Ok(None);
    }
    Ok(config::org_addresses(&text(path, globals.config.is_some())?, alias))
}

/// What to say where the configuration has tables for orgs, and none for the one at hand: somebody
/// may rely on one of them.
pub(super) fn nameless(globals: &Globals, loaded: &Loaded) -> Option<String> {
    let url = globals.instance_url.as_deref()?;
    (config::org_at(&loaded.source.text, url) == OrgAt::Unnamed).then(|| {
        format!(
            "No [orgs.…] table of {} has instance_url = \"{url}\": the general values are used.",
            loaded.source.name
        )
    })
}

/// What to say where a configuration of the folder is not used, because an emulated org has one of its own.
pub(super) fn set_aside(globals: &Globals) -> Option<String> {
    let demo = globals.org.as_deref().and_then(Demo::of)?;
    let path = path(globals);
    (globals.config.is_none() && path.exists()).then(|| {
        format!(
            "The org `{}` has its own configuration. To use {file} instead, add --config {file}.",
            demo.alias,
            file = path.display()
        )
    })
}

/// The text of a configuration file.
fn text(path: &Path, chosen: bool) -> Result<String, Failure> {
    let shown = path.display();
    let bytes = files::read(path, config::MAX_SIZE).map_err(|error| match error.kind() {
        ErrorKind::NotFound if chosen => {
            Failure::usage(format!("There is no configuration `{shown}`."))
                .hint("Check the path after --config; it is relative to the current folder.")
        }
        ErrorKind::NotFound => {
            Failure::usage(format!("There is no `{shown}` in the current folder."))
                .hint(Hint::command("Create one:", Command::alone("init"), ""))
                .hint("Or choose another file with --config FILE.")
                .hint(Hint::command("Or try it without any:", Command::alone("--org demo"), ""))
        }
        ErrorKind::IsADirectory => {
            Failure::usage(format!("`{shown}` is a folder, and a configuration is a file."))
        }
        _ => Failure::usage(format!("The configuration `{shown}` cannot be read.")).because(error),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = sound.split(|byte| *byte == b'\n').count();
        Failure::usage(format!("`{shown}` is not UTF-8 text: see line {line}."))
            .hint("Save it as UTF-8 in your editor.")
    })
}

/// The bytes of a definition file that a configuration names, relative to the configuration.
pub(super) fn definition(folder: &Path, name: &str) -> io::Result<Vec<u8>> {
    if name.starts_with("https://") || name.starts_with("http://") {
        return Err(io::Error::new(
            ErrorKind::Unsupported,
            "addresses are not fetched yet; download the file and name its path",
        ));
    }
    files::read_plain(&folder.join(name), config::MAX_DEFINITION_SIZE)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::exit;

    fn failure(globals: &Globals) -> Failure {
        read(globals).unwrap_err()
    }

    #[test]
    fn the_demo_needs_no_file() {
        let mut globals = Globals::bare();
        for demo in &super::super::demos::DEMOS {
            globals.org = Some(demo.alias.to_owned());
            read(&globals).unwrap();
        }
    }

    #[test]
    fn a_file_that_cannot_be_used_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let mut globals = Globals::bare();
        let mut message = |name: &str, bytes: Option<&[u8]>| {
            let path = folder.path().join(name);
            if let Some(bytes) = bytes {
                fs::write(&path, bytes).unwrap();
            }
            globals.config = Some(path);
            let failure = failure(&globals);
            assert_eq!(exit::code_of(failure.kind), 2);
            let prefix = folder.path().display().to_string();
            failure.message().replace(&prefix, "FOLDER")
        };
        assert_eq!(message("none.toml", None), "There is no configuration `FOLDER/none.toml`.");
        assert_eq!(
            message("latin.toml", Some(b"recipe = \"x\"\n# \xe4\n")),
            "`FOLDER/latin.toml` is not UTF-8 text: see line 2."
        );
        assert!(message("wrong.toml", Some(b"recipe = 7\n")).contains("FOLDER/wrong.toml:1:"));
        assert_eq!(message("", None), "`FOLDER/` is a folder, and a configuration is a file.");
    }
}
