//! All orgs of an emulator, and the file that keeps them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::clock;
use super::error::Error;
use super::files;
use super::ids::Id;
use super::org::{Org, Settings};
use super::seed::{self, Recipe, Seed};
use super::world::World;
use super::world::logins::Session;

/// Version of the world file; a newer one is refused.
///
/// What an older one lacks has a default: files of format 1 know nothing of uninstalls. Files before
/// format 3 have fewer permissions and no utility bars, which are given to them.
const FORMAT: u32 = 4;

/// The world file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    #[expect(dead_code, reason = "checked before the rest is read")]
    format: u32,
    orgs: Vec<World>,
}

/// The world file, as it is written.
#[derive(Serialize)]
struct Saving<'a> {
    format: u32,
    orgs: Vec<&'a World>,
}

/// What orgs are made from when they are new, or start over.
#[derive(Debug, Clone)]
pub(crate) struct WorldFactory {
    pub(crate) recipe: Recipe,
    pub(crate) count: usize,
    pub(crate) seed: Seed,
}

impl WorldFactory {
    /// An id that no org of another emulator has; the seed may say which the first one has.
    fn new_id(&self, place: usize) -> Id {
        self.seed.org_id().filter(|_| place == 0).unwrap_or_else(Id::of_new_org)
    }

    /// A new org.
    fn make(&self, place: usize, id: Option<Id>) -> Result<World, Error> {
        let mut world = seed::grow_as(Recipe { place, ..self.recipe }, id);
        self.seed.apply(&mut world).map_err(Error::Seed)?;
        Ok(world)
    }
}

/// All orgs of an emulator.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) orgs: Vec<Org>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) started: Instant,
    factory: WorldFactory,
    file: Option<PathBuf>,
}

impl State {
    /// Loads the orgs from their file, or makes them.
    pub(crate) fn new(
        factory: WorldFactory,
        settings: Arc<Settings>,
        file: Option<PathBuf>,
    ) -> Result<Self, Error> {
        let known = file.as_deref().map(load).transpose()?.flatten();
        let is_new = known.is_none();
        let worlds = match known {
            Some(worlds) => worlds,
            None => (0..factory.count.max(1))
                .map(|place| factory.make(place, Some(factory.new_id(place))))
                .collect::<Result<_, _>>()?,
        };
        let orgs = worlds.into_iter().map(|world| Org::new(world, Arc::clone(&settings))).collect();
        let state = Self { orgs, settings, started: Instant::now(), factory, file };
        if is_new {
            state.save()?;
        }
        Ok(state)
    }

    /// The place of the org that a token opens, and whose token it is.
    pub(crate) fn session(&self, token: &str) -> Option<(usize, Id)> {
        let (place, user) = self.owner(token)?;
        let org = self.orgs.get(place)?;
        let until = org.world().sessions.get(token).and_then(|session| session.until);
        let over = org.script.has_expired(token) || until.is_some_and(|end| end <= clock::now());
        (!over).then_some((place, user))
    }

    /// The same of a token that may have expired.
    pub(crate) fn owner(&self, token: &str) -> Option<(usize, Id)> {
        self.orgs.iter().enumerate().find_map(|(place, org)| {
            let user = &org.world().sessions.get(token)?.user;
            org.world().user(user).filter(|user| user.may_enter())?;
            Some((place, user.clone()))
        })
    }

    /// Whether a token that opens an org opens its APIs as well.
    pub(crate) fn opens_apis(&self, token: &str) -> bool {
        let mut sessions = self.orgs.iter().filter_map(|org| org.world().sessions.get(token));
        sessions.any(Session::opens_apis)
    }

    /// Whether a token that opens an org logs a browser in as well.
    pub(crate) fn opens_pages(&self, token: &str) -> bool {
        let mut sessions = self.orgs.iter().filter_map(|org| org.world().sessions.get(token));
        sessions.any(Session::opens_pages)
    }

    /// The place of the org of that id.
    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        let id = Id::parse(id)?;
        self.orgs.iter().position(|org| org.world().organization.id == id)
    }

    /// Starts an org over, as the one that it is.
    pub(crate) fn reset(&mut self, place: usize) -> Result<(), Error> {
        let id = self.orgs.get(place).map(|org| org.world().organization.id.clone());
        let world = self.factory.make(place, id)?;
        self.restore(place, world);
        Ok(())
    }

    /// Puts a world in the place of an org's, as if nobody had asked it anything yet.
    pub(crate) fn restore(&mut self, place: usize, world: World) {
        if let Some(org) = self.orgs.get_mut(place) {
            *org = Org::new(world, Arc::clone(&self.settings));
            org.touch();
        }
    }

    /// Saves the orgs if one of them changed.
    pub(crate) fn save_changes(&mut self) -> Result<(), Error> {
        let mut changed = false;
        for org in &mut self.orgs {
            changed |= org.take_changed();
        }
        if changed { self.save() } else { Ok(()) }
    }

    /// Writes the world file: beside it first, then in its place.
    fn save(&self) -> Result<(), Error> {
        let Some(path) = &self.file else {
            return Ok(());
        };
        let orgs = self.orgs.iter().map(Org::world).collect();
        let failed = |source| Error::WorldFile { path: path.clone(), source };
        let text = serde_json::to_vec(&Saving { format: FORMAT, orgs })
            .map_err(|error| failed(error.into()))?;
        files::write_private(path, &text).map_err(failed)
    }
}

/// Reads a world file; `None` where there is none yet.
fn load(path: &Path) -> Result<Option<Vec<World>>, Error> {
    #[derive(Deserialize)]
    struct Header {
        format: u32,
    }
    let text = match files::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(Error::WorldFile { path: path.to_owned(), source });
        }
    };
    let broken = |error: serde_json::Error| Error::BrokenWorld {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let header: Header = serde_json::from_str(&text).map_err(broken)?;
    if !(1..=FORMAT).contains(&header.format) {
        return Err(Error::WorldFormat { path: path.to_owned(), format: header.format });
    }
    let mut saved: Saved = serde_json::from_str(&text).map_err(broken)?;
    if header.format < 3 {
        for world in &mut saved.orgs {
            world.empower();
            seed::furnish(world);
        }
    }
    if header.format < 4 {
        saved.orgs.iter_mut().for_each(World::open_records);
    }
    Ok(Some(saved.orgs))
}
