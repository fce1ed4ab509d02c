//! `provision snapshot restore`: an org back to a snapshot.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use crate::checklist::{
    Comparison, ItemId, Limits, Restoration, Selection, compare, in_names_of, restoration,
};
use crate::cli::commands::apply::Busy;
use crate::cli::context::Context;
use crate::cli::job::{End, Job};
use crate::cli::org::Connection;
use crate::cli::selection::SelectionArguments;
use crate::cli::{exit::Strictness, run, snapshot};
use crate::config::{self, Loaded};
use crate::definitions::default_recipe;
use crate::engine::{self, Goal};
use crate::failure::{Failure, Kind};
use crate::model::{Command, ConnectorWish, Desired, Snapshot, TaskLayoutWish, UserSelection};

const EXAMPLES: &str = "\
Examples:
  # Show what would be restored
  provision --org demo snapshot restore before.toml --plan
  # Restore it, after you approve the plan
  provision --org demo snapshot restore before.toml
  # Restore production's settings to its sandbox
  provision --org uat snapshot restore production.toml --from-other-org --only cti-settings

Restores settings of call centers, the users of each call center, Task page layouts, permission \
sets of users, the region, and values of the Webex organization. It is a run like any other, with \
a plan, a question, a journal and `undo`. What a snapshot cannot restore is listed with the \
command that can: a package, a whole call center or desktop layout, state sync, and the softphone \
layout. What was not seen when the snapshot was taken is left alone.";

/// Restore an org to a snapshot
///
/// Restores single values that differ. It installs no package, and creates or deletes no component.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct RestoreArguments {
    /// The snapshot; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show what would be restored and stop
    #[arg(long, conflicts_with = "confirm")]
    plan: bool,
    /// Accept the snapshot of the org that this one is a copy of, matched by names
    #[arg(long)]
    from_other_org: bool,
    /// Also restore the other org's data centre and URLs
    #[arg(long, requires = "from_other_org")]
    with_region: bool,
    /// Allow changes to this production org, given by My Domain name or id
    #[arg(long, value_name = "ORG")]
    confirm: Option<String>,
    /// Allow more than a fifth of the users to lose something
    #[arg(long, conflicts_with = "plan")]
    allow_removals: bool,
    /// Show every change and every name instead of groups and shortened lists
    #[arg(long)]
    full: bool,
    /// What to do while another deployment or installation is running in the org [default: wait]
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "plan")]
    when_busy: Option<Busy>,
    /// Which items it is about.
    #[command(flatten)]
    items: SelectionArguments,
}

const COMMAND: &str = "snapshot restore";

/// Runs the command.
pub(super) fn run(context: &Context<'_>, own: &RestoreArguments) -> u8 {
    let (restoration, loaded) = match prepare(context, own) {
        Ok(prepared) => prepared,
        Err(failure) => return context.trouble(COMMAND, failure),
    };
    let again = own.again();
    let job = Job {
        end: End::Restored(&restoration),
        instead: Some(&loaded),
        confirm: own.confirm.as_deref(),
        allow_removals: own.allow_removals,
        full: own.full,
        strictness: Strictness::default(),
        when_busy: Busy::said(own.when_busy),
        next: Some(&again),
        ..Job::to(if own.plan { Goal::Plan } else { Goal::Apply })
    };
    run::run(context, job)
}

impl RestoreArguments {
    /// The same command, which does what its plan shows.
    fn again(&self) -> Command {
        let file = self.file.display().to_string();
        let mut words = Command::of_org(COMMAND).argument(&file);
        if self.from_other_org {
            words = words.argument("--from-other-org");
        }
        if self.with_region {
            words = words.argument("--with-region");
        }
        let items = self.items.selection().arguments();
        items.iter().fold(words, |words, word| words.argument(word))
    }
}

/// What is to be put back, and the configuration that looks at it.
fn prepare(
    context: &Context<'_>,
    own: &RestoreArguments,
) -> Result<(Restoration, Loaded), Failure> {
    let file = snapshot::read(&own.file)?;
    snapshot::take_and(context, async |connection, loaded, _, now| {
        let other_org = file.org.id != now.org.id;
        if other_org && !own.from_other_org {
            return Err(another_org(&file, &now));
        }
        let (there, nobody) =
            if other_org { as_here(connection, &file).await? } else { (file, BTreeSet::new()) };
        let mut found = compare(&there, &now);
        keep(&mut found, &own.items.selection(), &nobody);
        let configured = loaded.and_then(|loaded| loaded.desired.connectors.first());
        let recipe = configured.map_or(&default_recipe().recipe, |it| &it.recipe).name.as_str();
        let first =
            configured.map(|it| it.call_center.definition.call_center.internal_name.as_str());
        let same_webex = there.webex.is_some() && there.webex == now.webex;
        let limits = Limits { other_org, region: own.with_region, same_webex, first };
        let mut restoration = restoration(&found, recipe, limits);
        if !nobody.is_empty() {
            let names: Vec<&str> = nobody.iter().map(String::as_str).collect();
            restoration.stays.push(format!(
                "Left out, because no user or several users in this org have these names: {}.",
                names.join(", ")
            ));
        }
        let loaded = looking_at(&restoration, loaded, recipe)?;
        Ok((restoration, loaded))
    })
}

/// A snapshot of another org in the names of this one, and the users whom nobody here is.
async fn as_here(
    connection: &Connection,
    file: &Snapshot,
) -> Result<(Snapshot, BTreeSet<String>), Failure> {
    let here = engine::namesakes_in(&connection.client, &file.users(), Timestamp::now()).await?;
    let there = in_names_of(file, &here.iter().map(String::as_str).collect());
    let nobody = there.users().into_iter().filter(|name| !here.contains(*name));
    let nobody = nobody.map(str::to_owned).collect();
    Ok((there, nobody))
}

/// Leaves out what is not meant.
fn keep(found: &mut Comparison, selection: &Selection, nobody: &BTreeSet<String>) {
    found.differences.retain(|difference| {
        let is_meant = ItemId::parse(difference.item()).is_none_or(|item| selection.has(item));
        let user = difference.row().and_then(|row| row.user());
        is_meant && user.is_none_or(|name| !nobody.contains(name))
    });
}

/// The configuration at hand, or a bare one, that wants nothing and looks at what is to be put back.
fn looking_at(
    restoration: &Restoration,
    loaded: Option<&Loaded>,
    recipe: &str,
) -> Result<Loaded, Failure> {
    let configured = loaded.into_iter().flat_map(|loaded| &loaded.desired.connectors);
    let wish = |name: &str| -> Result<ConnectorWish, Failure> {
        let mut known = configured.clone().filter(|it| it.recipe.name == name);
        match known.next() {
            Some(known) => Ok(known.clone()),
            None => bare(name)?.desired.connectors.into_iter().next().ok_or_else(unknown),
        }
    };
    let mut names = restoration.recipes();
    if names.is_empty() && !restoration.is_in_tenant() {
        names.insert(recipe);
    }
    let mut connectors = Vec::new();
    for name in names {
        let mut wish = wish(name)?;
        wish.users = UserSelection::default();
        wish.softphone_layout = None;
        wish.task_layout = TaskLayoutWish::default();
        wish.permission_sets = Vec::new();
        if let Some(call_center) = restoration.call_centers.get(name) {
            wish.call_center.definition.call_center.internal_name.clone_from(call_center);
        }
        connectors.push(wish);
    }
    let base = match loaded {
        Some(loaded) => loaded.clone(),
        None => bare(recipe)?,
    };
    let tenant = base.desired.tenant.clone().filter(|_| restoration.is_in_tenant());
    Ok(base.wanting(Desired { connectors, tenant, ..Desired::default() }))
}

/// A configuration that says no more than it must.
fn bare(recipe: &str) -> Result<Loaded, Failure> {
    // Neither the version nor the data centre is looked at: what they bring is not put back.
    let text = format!(
        "recipe = {recipe:?}\ndata_center = \"us1\"\n[package]\nversion = \"04t000000000000AAA\"\n"
    );
    let no_file = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    config::load(&text, "no configuration", None, &no_file).map_err(|_| unknown())
}

fn unknown() -> Failure {
    Failure::new(Kind::Usage, "The snapshot is of a connector that this version does not know.")
        .hint("Update provision on this machine.")
}

fn another_org(file: &Snapshot, now: &Snapshot) -> Failure {
    Failure::refused(format!(
        "The snapshot is of the org {}, and this is another: {}.",
        file.org.shown(),
        now.org.shown()
    ))
    .hint(
        "Nothing was changed. If this org is a copy of that one (a new or refreshed sandbox), \
        add --from-other-org: users are then matched by username, without the suffix that \
        sandboxes append.",
    )
}
