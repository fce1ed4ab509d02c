//! What this machine knows: aliases, items, profiles of the configuration, past runs.

use std::path::PathBuf;

use super::Candidate;
use crate::checklist::{ItemId, Word};
use crate::cli::demos::DEMOS;
use crate::cli::globals::Globals;
use crate::cli::surroundings::Surroundings;
use crate::cli::{configuration, files, state};
use crate::config;
use crate::definitions::recipe_names;
use crate::journal::Store;
use crate::login::{Logins, WebexLogins};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Values {
    /// Files, which the shell knows itself.
    Files,
    /// These words.
    Listed {
        /// The words.
        words: Vec<Candidate>,
        /// Whether several may stand there, with commas between them.
        several: bool,
    },
    /// Aliases of orgs: of logins, of the configuration, and of the emulator.
    Orgs,
    /// Aliases of logins to orgs.
    Logins,
    /// Aliases of logins to Webex organizations.
    WebexLogins,
    /// Items that a person can confirm.
    Confirmable,
    /// Ids of past runs.
    Runs,
    /// Ids of the orgs that have a baseline.
    Baselines,
    /// Profiles that the configuration names.
    Profiles,
    /// Generations of the connector.
    Recipes,
}

impl Values {
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::Listed { several: true, .. })
    }
}

/// This machine, as far as a command line says where to look.
pub(super) struct Machine {
    store: Option<Store>,
    configuration: String,
}

impl Machine {
    /// `--config` and `--state-dir` may have been typed already.
    pub(super) fn of(words: &[String], surroundings: &Surroundings) -> Self {
        let said = |name: &str| {
            let after = words.iter().position(|it| it == name).and_then(|at| words.get(at + 1));
            let joined = || words.iter().find_map(|it| it.strip_prefix(name)?.strip_prefix('='));
            after.map(String::as_str).or_else(joined).filter(|it| !it.is_empty()).map(PathBuf::from)
        };
        let globals = Globals {
            config: said("--config"),
            state_dir: said("--state-dir"),
            ..Globals::default()
        };
        let text = files::read(configuration::path(&globals), config::MAX_SIZE);
        Self {
            store: state::store(&globals, surroundings).ok(),
            configuration: String::from_utf8(text.unwrap_or_default()).unwrap_or_default(),
        }
    }

    pub(super) fn find(&self, values: Values) -> Vec<Candidate> {
        match values {
            Values::Files => Vec::new(),
            Values::Listed { words, .. } => words,
            Values::Orgs => self.orgs(),
            Values::Logins => self.logins(),
            Values::WebexLogins => {
                let all = self.store.as_ref().and_then(|it| WebexLogins::of(it).all().ok());
                let all = all.unwrap_or_default().into_iter();
                all.map(|login| Candidate::new(login.alias, "a login to Webex")).collect()
            }
            Values::Confirmable => ItemId::all()
                .filter_map(|id| {
                    let about = id.about()?;
                    (about.word != Word::NotAsked).then(|| Candidate::new(id.as_str(), about.title))
                })
                .collect(),
            Values::Runs => {
                let ids = self.store.as_ref().and_then(|it| it.run_ids().ok());
                ids.unwrap_or_default().into_iter().map(|id| Candidate::new(id, "")).collect()
            }
            Values::Baselines => {
                let known = self.store.as_ref().and_then(|it| it.baselines().ok());
                let (known, _) = known.unwrap_or_default();
                let known = known.into_iter().map(|it| {
                    Candidate::new(
                        it.org.long(),
                        it.organization.map_or_else(String::new, |it| it.name),
                    )
                });
                known.collect()
            }
            Values::Profiles => {
                let profiles = config::profiles(&self.configuration);
                profiles.into_iter().map(|it| Candidate::new(it, "")).collect()
            }
            Values::Recipes => recipe_names().map(|it| Candidate::new(it, "")).collect(),
        }
    }

    fn logins(&self) -> Vec<Candidate> {
        let logins = self.store.as_ref().and_then(|it| Logins::of(it).all().ok());
        let logins = logins.unwrap_or_default().into_iter();
        logins.map(|login| Candidate::new(login.alias, login.username)).collect()
    }

    fn orgs(&self) -> Vec<Candidate> {
        let mut found = self.logins();
        let configured = config::org_aliases(&self.configuration).into_iter();
        let configured = configured.map(|it| Candidate::new(it, "an org of the configuration"));
        let demos = DEMOS.iter().map(|it| Candidate::new(it.alias, "an emulated org"));
        for candidate in configured.chain(demos) {
            if !found.iter().any(|it| it.word == candidate.word) {
                found.push(candidate);
            }
        }
        found
    }
}
