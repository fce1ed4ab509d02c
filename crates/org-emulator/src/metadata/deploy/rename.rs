//! Renaming: what is only kept, and layouts, apps and permission sets.

use super::super::names::{decoded, same};
use super::super::types;
use super::store::Author;
use crate::world::World;
use crate::world::pages::encoded;

/// Gives a component another name; the caller knows that it is there, and the name free.
pub(crate) fn rename(
    world: &mut World,
    author: &Author,
    kind: &'static str,
    old: &str,
    new: &str,
) -> Result<(), String> {
    let unsupported = || format!("The emulator does not support renaming {kind} {old}");
    let by_itself = types::by_name(kind).is_some_and(|kind| kind.children.is_empty());
    match kind {
        "Layout" => {
            let (object, name) = new.split_once('-').ok_or_else(unsupported)?;
            let same = old.split('-').next() == Some(object);
            let row = world
                .layouts
                .iter_mut()
                .find(|row| same && row.namespace_prefix.is_none() && row.full_name() == old);
            row.ok_or_else(unsupported)?.name = decoded(name);
        }
        "CustomApplication" => {
            let row = world
                .apps
                .iter_mut()
                .find(|row| row.namespace_prefix.is_none() && row.developer_name == old);
            new.clone_into(&mut row.ok_or_else(unsupported)?.developer_name);
        }
        "PermissionSet" => {
            let row = world.permission_sets.iter_mut().find(|row| {
                let own = row.profile_id.is_none() && row.namespace_prefix.is_none();
                own && same(&encoded(&row.name), old)
            });
            row.ok_or_else(unsupported)?.name = decoded(new);
        }
        "Report" => return Err(unsupported()),
        _ if !by_itself || world.stored.find(kind, old).is_none() => {
            return Err(unsupported());
        }
        _ => {}
    }
    if let Some(mut component) = world.stored.find(kind, old).cloned() {
        world.stored.retain(kind, |one| one.id != component.id);
        let files = std::mem::take(&mut component.files);
        component.files = files
            .into_iter()
            .map(|(path, content)| (path.replacen(old, new, 1), content))
            .collect();
        new.clone_into(&mut component.full_name);
        component.last_modified_by_id = author.user.clone();
        component.last_modified_date = author.now;
        world.stored.put(kind, component);
    }
    Ok(())
}
