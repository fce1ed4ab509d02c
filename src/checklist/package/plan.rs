//! What the item wants.

use super::contents::check_contents;
use super::snapshot::contradiction;
use super::upgrade_choice::upgrade;
use super::{removal, validation};
use crate::checklist::names::{Found, Unknown, listed, no_profile, profile};
use crate::checklist::{Blockers, Case, Change, ItemId, Stop, Verdict};
use crate::model::{
    Approval, Audience, ConnectorWish, Fit, Generation, InstallAudience, InstalledPackage, Look,
    Observed, Offer, OfferedVersion, OrgState, PackageName, PackageRequest, PackageValue,
    PackageVersionId, Recipe, Ref, Refusal, Target, Upgrade, Value, Way, moment_for_people,
};

/// What the package item wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let Case { desired, state, .. } = case;
    let mut verdict = Verdict::default();
    let installed = installed(desired, state);
    if of_namespace(desired, state).is_empty() && shows_parts(desired, state) {
        return unlisted(desired, state);
    }
    if installed.is_some_and(|package| is_wanted(package, desired)) {
        check_contents(&mut verdict, desired, state);
        return verdict;
    }
    check_audience(&mut verdict, desired, state);
    let Some(offered) = state.offered.seen() else {
        verdict.ask(Look::OfferedVersion);
        return verdict;
    };
    match &offered.answer {
        Err(refusal) => verdict.stops.push(refused(offered, refusal)),
        Ok(Offer { package: Some(package), .. })
            if package.namespace.as_deref() != Some(&desired.recipe.namespace) =>
        {
            verdict.stops.push(other_package(desired, package));
        }
        Ok(offer) => match installed {
            Some(package) if is_newer(package, offer) => {
                verdict.stops.push(newer_version(package, offer));
            }
            Some(package) => match desired.package.upgrade {
                None => {
                    verdict.human = Some(upgrade(package, offer, case));
                    if state.removal.data.is_unasked() {
                        verdict.ask(Look::PackageData);
                    }
                }
                Some(Upgrade::InPlace) => in_place(&mut verdict, desired, state, package, offer),
                Some(Upgrade::Clean) => clean(&mut verdict, case, offer),
            },
            None if has_namesake_of_first(desired, state) => {
                verdict.stops.push(namespace_taken(desired, state));
            }
            None => {
                if is_for_edition(&mut verdict, desired, state) {
                    install(&mut verdict, desired, state, offer);
                }
                tell_of_namesakes(&mut verdict, desired, state);
            }
        },
    }
    verdict
}

/// An edition that Cisco says it is not for keeps it from being installed; one of which nobody speaks is
/// told. Where somebody has installed it all the same, nobody asks any more.
fn is_for_edition(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState) -> bool {
    let Some(edition) = state.edition.seen() else { return true };
    let Recipe { title, editions, .. } = &desired.recipe;
    let made_for = format!(
        "This org's edition is {edition}; {title} of the connector is made for {}.",
        editions.words()
    );
    let fit = editions.fit(edition);
    match fit {
        Fit::Named => {}
        Fit::Unnamed => verdict.warn(made_for),
        Fit::Excluded => verdict.stops.push(
            Stop::refused(format!("{made_for} Cisco says that it is not for this one."))
                .hint(
                    "Use an org of one of these editions, or ask whoever looks after the contract with \
                     Salesforce for an upgrade.",
                )
                .hint(
                    "If the package can be installed by its link all the same, install it there; \
                     provision goes on from there.",
                ),
        ),
    }
    fit != Fit::Excluded
}

/// The connector's package, in whatever version.
pub fn installed<'a>(desired: &ConnectorWish, state: &'a OrgState) -> Option<&'a InstalledPackage> {
    // Several packages may share a namespace, so the package's own id decides where it is known.
    let package_id = state
        .offered
        .seen()
        .and_then(|offered| offered.answer.as_ref().ok())
        .and_then(|offer| offer.package_id.as_deref());
    let found: Vec<&InstalledPackage> = of_namespace(desired, state)
        .into_iter()
        .filter(|package| match (package_id, package.package_id.as_deref()) {
            (Some(wanted), Some(found)) => wanted.get(..15) == found.get(..15),
            _ => true,
        })
        .collect();
    match found.as_slice() {
        [only] => Some(only),
        // Where nothing else tells, the wanted version does.
        several => several.iter().find(|package| is_wanted(package, desired)).copied(),
    }
}

/// Packages of the connector's namespace, which several may share.
pub(super) fn of_namespace<'a>(
    desired: &ConnectorWish,
    state: &'a OrgState,
) -> Vec<&'a InstalledPackage> {
    let is_its = |it: &&InstalledPackage| it.namespace.as_ref() == Some(&desired.recipe.namespace);
    state.packages.iter().filter(is_its).collect()
}

/// Whether the org shows something that only the package brings.
pub(super) fn shows_parts(desired: &ConnectorWish, state: &OrgState) -> bool {
    let contents = &state.contents;
    contradiction(&desired.recipe, state).is_some()
        || !contents.apps.as_slice().is_empty()
        || !contents.reports.as_slice().is_empty()
}

/// An org that has what a package brings, and does not list the package. One that does not tell what every package
/// is may list it all the same: its ids tell, once they are known of the wanted version.
pub(super) fn unlisted(desired: &ConnectorWish, state: &OrgState) -> Verdict {
    if state.offered.is_unasked() && state.packages.iter().any(|it| it.namespace.is_none()) {
        let mut verdict = Verdict::default();
        verdict.ask(Look::OfferedVersion);
        return verdict;
    }
    let namespace = &desired.recipe.namespace;
    Verdict::contradicted(
        Look::Packages,
        format!(
            "it shows components of the namespace {namespace}, and lists no package of that \
             namespace; while one is being installed or uninstalled, both may be true for some \
             minutes"
        ),
    )
}

/// Whether the wanted version is what the org has.
pub(in crate::checklist) fn is_done(desired: &ConnectorWish, state: &OrgState) -> bool {
    installed(desired, state).is_some_and(|package| is_wanted(package, desired))
}

pub(super) fn is_wanted(package: &InstalledPackage, desired: &ConnectorWish) -> bool {
    package.version_id.as_ref() == Some(&desired.package.version)
}

/// Plans the installation, once everything that a person must approve is approved.
fn install(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState, offer: &Offer) {
    let joins = is_being_installed(desired, state);
    if let Some(stop) = validation::in_the_way(desired, &offer.status, joins) {
        verdict.stops.push(stop);
        return;
    }
    let unapproved = unapproved(&desired.package.sites, &offer.sites);
    if !unapproved.is_empty() {
        verdict.stops.push(
            Stop::refused(format!(
                "The package needs to call {} from this org, which is not approved.",
                listed(&unapproved)
            ))
            .hint(format!(
                "If these sites are correct, add them: approve_sites = {unapproved:?} under \
                 [package]. These are the sites that Cisco's article approves during installation."
            )),
        );
        return;
    }
    if offer.package.is_none() {
        verdict.warn("The org does not show which package this version belongs to.");
    }
    if !offer.sites.is_empty() {
        verdict.note(format!("Sites that the package may call: {}.", listed(&offer.sites)));
    }
    if joins {
        verdict.note("This version is already being installed; waiting for that installation.");
    }
    tell_given_up(verdict, "installation", &state.installs, &desired.package.version);
    let value = PackageValue {
        id: Some(desired.package.version),
        number: Some(offer.version),
        name: desired.recipe.namespace.clone(),
        audience: Some(audience(desired, state)),
    };
    let target = Target::Package(desired.recipe.namespace.clone());
    verdict.changes.push(Change::new(ItemId::PACKAGE, target, None, Some(Value::Package(value))));
}

/// Tells of requests that may be about this version, that the org never called ended, and that nobody waits for.
pub(super) fn tell_given_up(
    verdict: &mut Verdict,
    word: &str,
    requests: &Observed<Vec<PackageRequest>>,
    version: &PackageVersionId,
) {
    let may_be_ours = |of: Option<&PackageVersionId>| of.is_none_or(|it| it == version);
    let given_up = |it: &&PackageRequest| it.given_up && may_be_ours(it.version_id.as_ref());
    for request in requests.iter().filter(given_up) {
        let by = request.by.as_deref().unwrap_or("somebody");
        let begun = match &request.since {
            Some(since) => format!("which {by} began {}", moment_for_people(since)),
            None => format!("which {by} began; the org does not say when"),
        };
        verdict.note(format!(
            "The org never reported an end of the {word} {}, {begun}; provision does not wait for it.",
            request.id
        ));
    }
}

/// The packages of the connector's namespace, for people to read.
pub(super) fn others(desired: &ConnectorWish, state: &OrgState) -> Vec<String> {
    let named = |package: &InstalledPackage| match package.version {
        Some(version) => format!("\"{}\" {version}", package.name),
        None => format!("\"{}\"", package.name),
    };
    of_namespace(desired, state).into_iter().map(named).collect()
}

/// Whether the org has a package of the first generation that is not the connector's and has its namespace.
fn has_namesake_of_first(desired: &ConnectorWish, state: &OrgState) -> bool {
    of_namespace(desired, state).iter().any(|it| it.generation == Generation::First)
}

/// The namespace of a package of the first generation is that package's alone.
fn namespace_taken(desired: &ConnectorWish, state: &OrgState) -> Stop {
    Stop::refused(format!(
        "The namespace {} belongs to another package of this org: {}. The configured version is of a different \
         package, and Salesforce refuses to install a second package with this namespace.",
        desired.recipe.namespace,
        others(desired, state).join(", ")
    ))
    .hint(
        "Uninstall it first, in Setup > Installed Packages, then run this again; or put the 04t id of a \
         version of the installed package into the configuration.",
    )
}

/// Whether another package of the namespace is the connector's former one, only a person knows: none of
/// them is replaced.
fn tell_of_namesakes(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState) {
    let others = others(desired, state);
    if !others.is_empty() && !verdict.changes.is_empty() {
        verdict.warn(format!(
            "The org has another package of the namespace {}: {}. It is kept next to the new \
            one; `upgrade` does not replace it. If it is the old connector, uninstall it first \
            (Setup > Installed Packages).",
            desired.recipe.namespace,
            others.join(", ")
        ));
    }
}

/// Whether somebody is installing the wanted version just now.
fn is_being_installed(desired: &ConnectorWish, state: &OrgState) -> bool {
    let wanted = Some(&desired.package.version);
    state.installs.iter().any(|it| it.running && it.version_id.as_ref() == wanted)
}

/// Who gets access; profiles by their labels, which is what an installation takes.
fn audience(desired: &ConnectorWish, state: &OrgState) -> InstallAudience {
    match &desired.package.audience {
        Audience::Admins => InstallAudience::Admins,
        Audience::AllUsers => InstallAudience::AllUsers,
        Audience::Profiles(names) => InstallAudience::Profiles(
            names
                .iter()
                .map(|name| {
                    match profile(name, state.profiles.as_slice(), state.profile_names.is_seen()) {
                        Found::One(found) => Ref::seen(&found.label, &found.id),
                        // Said by `check_audience`.
                        Found::NotYet | Found::None | Found::Several => Ref::named(name),
                    }
                })
                .collect(),
        ),
    }
}

/// The sites that the package wants to call and nobody approved.
fn unapproved(approval: &Approval, wanted: &[String]) -> Vec<String> {
    let site = |text: &str| text.trim_end_matches('/').to_lowercase();
    match approval {
        Approval::All => Vec::new(),
        Approval::None => wanted.to_vec(),
        Approval::Sites(approved) => wanted
            .iter()
            .filter(|wanted| !approved.iter().any(|approved| site(approved) == site(wanted)))
            .cloned()
            .collect(),
    }
}

fn refused(offered: &OfferedVersion, refusal: &Refusal) -> Stop {
    match refusal {
        Refusal::Unknown { message } => Stop::configuration(format!(
            "This org cannot find the package version {}{}",
            offered.id,
            if message.is_empty() { ".".to_owned() } else { format!(": {message}") }
        ))
        .hint(
            "Take the 04t id from the install link on AppExchange; a sandbox may not see a \
             version that only production may install, and the reverse.",
        )
        .at("package.version"),
        Refusal::KeyRequired { message } => Stop::refused(format!(
            "Package version {} needs an installation key. The org says: {message}",
            offered.id
        ))
        .hint("Set the environment variable PROVISION_INSTALLATION_KEY to the key."),
        Refusal::KeyInvalid { message } => Stop::refused(format!(
            "The installation key for package version {} is wrong. The org says: {message}",
            offered.id
        ))
        .hint("Correct the environment variable PROVISION_INSTALLATION_KEY."),
    }
}

/// The version belongs to a package that is not the connector's.
fn other_package(desired: &ConnectorWish, package: &PackageName) -> Stop {
    let name = package.name.as_deref().unwrap_or("a package without a name");
    let namespace = match &package.namespace {
        Some(namespace) => format!("with the namespace {namespace}"),
        None => "without a namespace".to_owned(),
    };
    Stop::configuration(format!(
        "Package version {} belongs to \"{name}\", {namespace}; the connector's namespace is {}.",
        desired.package.version, desired.recipe.namespace
    ))
    .hint("Take the 04t id from the install link of Cisco's connector on AppExchange.")
    .at("package.version")
}

/// Whether the org has a newer version than the wanted one.
fn is_newer(package: &InstalledPackage, offer: &Offer) -> bool {
    package.version.is_some_and(|version| version > offer.version)
}

/// The version that the org has.
pub(super) fn there(package: &InstalledPackage) -> String {
    package.version.map_or_else(|| "another version".to_owned(), |it| format!("version {it}"))
}

/// A newer version than the wanted one is there.
fn newer_version(package: &InstalledPackage, offer: &Offer) -> Stop {
    Stop::refused(format!(
        "The org has {} of \"{}\", and the configuration wants version {}.",
        there(package),
        package.name,
        offer.version
    ))
    .hint(
        "Salesforce never installs an older version over a newer one: put the newer version's 04t \
         id into the configuration.",
    )
}

/// What is said of a version that runs have replaced, once they are taken back.
pub(super) fn put_back(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let target = Target::Package(case.namespace().to_owned());
    let before = case.baseline.entry(&target).and_then(|entry| entry.before.value());
    if let (Some(before), Some(package)) = (before, installed(case.desired, case.state)) {
        verdict.warn(format!(
            "The package stays at {}: Salesforce never installs an older version over a newer one. \
             For {}, uninstall it and install that version.",
            there(package),
            before.text(&target)
        ));
    }
    verdict
}

/// The wanted version is installed over the older one.
fn in_place(
    verdict: &mut Verdict,
    desired: &ConnectorWish,
    state: &OrgState,
    package: &InstalledPackage,
    offer: &Offer,
) {
    install(verdict, desired, state, offer);
    for change in &mut verdict.changes {
        change.operation.from = Some(removal::held(package));
    }
    ask_for_sets(verdict, state);
    verdict.note(format!(
        "The package is upgraded in place from {}, keeping the data in its fields. Cisco's \
        article uninstalls the old version first: upgrade = \"clean\".",
        there(package)
    ));
}

/// The older version is uninstalled first, once nothing is known that would keep the wanted one from
/// being installed.
fn clean(verdict: &mut Verdict, case: Case<'_>, offer: &Offer) {
    let mut then = Verdict::default();
    install(&mut then, case.desired, case.state, offer);
    let mut first = removal::plan(Case { blockers: Blockers::StopUpgrade, ..case });
    for change in &mut first.changes {
        change.way = Way::Remove;
    }
    first.needs.extend([Look::References, Look::Uninstalls, Look::Added]);
    first.stops.extend(then.stops);
    if first.stops.is_empty() {
        first.note(
            "The old version's data is not restored automatically: it is exported to CSV files \
            with the ids of the records that it belongs to.",
        );
        first.warn(
            "Access to the package's objects, fields, tabs, apps and Apex classes that your own profiles and \
            permission sets give goes with the old version and is not restored: note it down first. The \
            installation gives access again to whom `install_for` names, and [agent_access] with manage = \
            true gives agents what they need.",
        );
    }
    ask_for_sets(&mut first, case.state);
    *verdict = first;
}

/// What the versions have is compared afterwards, with their permission sets, which no item may need.
fn ask_for_sets(verdict: &mut Verdict, state: &OrgState) {
    if state.permission_sets.is_unasked() {
        verdict.ask(Look::PermissionSets);
    }
}

/// Names of profiles that are to get access must exist before anything is installed.
fn check_audience(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState) {
    let Audience::Profiles(names) = &desired.package.audience else {
        return;
    };
    let mut unknown = Unknown::of("package.install_for.profiles");
    for (number, name) in names.iter().enumerate() {
        match profile(name, state.profiles.as_slice(), state.profile_names.is_seen()) {
            Found::One(_) => {}
            Found::NotYet => verdict.ask(Look::ProfileNames),
            found @ (Found::None | Found::Several) => {
                let place = format!("package.install_for.profiles[{number}]");
                unknown.tell(name, &mut verdict.stops, || {
                    no_profile(&place, name, &found, state.profiles.as_slice())
                });
            }
        }
    }
    unknown.count_others(&mut verdict.stops);
}
