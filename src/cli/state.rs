//! The state directory.

use std::path::PathBuf;

use super::globals::Globals;
use super::surroundings::Surroundings;
use crate::failure::Failure;
use crate::journal::Store;

/// Where state is kept: what the command line says, else the variable, else the platform.
pub(super) fn store(globals: &Globals, surroundings: &Surroundings) -> Result<Store, Failure> {
    folder(globals, surroundings).map(Store::at)
}

fn folder(globals: &Globals, surroundings: &Surroundings) -> Result<PathBuf, Failure> {
    globals
        .state_dir
        .as_ref()
        .or(surroundings.state_dir.as_ref())
        .or(surroundings.platform_state_dir.as_ref())
        .cloned()
        .ok_or_else(|| {
            Failure::usage(
                "There is no home directory, so there is no place for baselines and journals.",
            )
            .hint("Name a folder with --state-dir DIR or PROVISION_STATE_DIR.")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_answer_wins_and_none_is_an_error() {
        let mut globals = Globals::bare();
        let mut surroundings = Surroundings::bare();
        let failure = store(&globals, &surroundings).unwrap_err();
        assert_eq!(failure.kind.exit_code(), 2);
        assert!(failure.advice()[0].contains("--state-dir"), "{failure:?}");
        surroundings.platform_state_dir = Some(PathBuf::from("/platform"));
        let at = |globals: &Globals, surroundings: &Surroundings| {
            store(globals, surroundings).unwrap().folder().to_owned()
        };
        assert_eq!(at(&globals, &surroundings), PathBuf::from("/platform"));
        surroundings.state_dir = Some(PathBuf::from("/variable"));
        assert_eq!(at(&globals, &surroundings), PathBuf::from("/variable"));
        globals.state_dir = Some(PathBuf::from("/line"));
        assert_eq!(at(&globals, &surroundings), PathBuf::from("/line"));
    }
}
