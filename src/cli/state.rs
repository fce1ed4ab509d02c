//! The state directory.

use std::path::PathBuf;

use super::globals::Globals;
use super::surroundings::Surroundings;
use crate::failure::Failure;
use crate::journal::Store;

/// Where state is kept: what the command line says, else the variable, else the platform.
pub(super) fn store(globals: &Globals, surroundings: &Surroundings) -> Result<Store, Failure> {
    folder(globals, surroundings).and_then(open)
}

#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "tests have a disk that may not be there")]
fn open(folder: PathBuf) -> Result<Store, Failure> {
    Ok(Store::at(folder))
}

/// Tests of the program have its disk get into trouble: `PROVISION_TEST_DISK=kill@17` ends it at its
/// 17th operation, and each one is written into the file of `PROVISION_TEST_DISK_LOG`.
#[cfg(debug_assertions)]
fn open(folder: PathBuf) -> Result<Store, Failure> {
    use std::env::var_os;
    use std::sync::Arc;

    use crate::journal::{LocalDisk, TroubledDisk};

    let (trouble, log) = (var_os("PROVISION_TEST_DISK"), var_os("PROVISION_TEST_DISK_LOG"));
    if trouble.is_none() && log.is_none() {
        return Ok(Store::at(folder));
    }
    let trouble = trouble.map(|text| text.to_string_lossy().parse()).transpose();
    let log = log.map(PathBuf::from);
    let disk = trouble.map_err(Failure::usage).and_then(|trouble| {
        TroubledDisk::new(Arc::new(LocalDisk), trouble, log.as_deref())
            .map_err(|error| Failure::usage(format!("The disk of a test cannot be had: {error}.")))
    })?;
    Ok(Store::on(Arc::new(disk), folder))
}

fn folder(globals: &Globals, surroundings: &Surroundings) -> Result<PathBuf, Failure> {
    globals
        .state_dir
        .as_ref()
        .or(surroundings.state_dir.as_ref())
        .or(surroundings.platform_state_dir.as_ref())
        .cloned()
        .ok_or_else(|| {
            Failure::usage("There is no home directory to keep baselines and journals in.")
                .hint("Give a folder with --state-dir DIR or PROVISION_STATE_DIR.")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::exit;

    #[test]
    fn the_nearest_answer_wins_and_none_is_an_error() {
        let mut globals = Globals::bare();
        let mut surroundings = Surroundings::bare();
        let failure = store(&globals, &surroundings).unwrap_err();
        assert_eq!(exit::code_of(failure.kind), 2);
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
