//! User licences: how many the org has, and how many are used.

use super::World;
use super::people::User;

/// How many licences a new org has left over.
const SPARE: usize = 10;

impl World {
    /// How many active users have a licence.
    pub(crate) fn users_of_license(&self, key: &str) -> usize {
        let has = |user: &&User| {
            let profile = self.profile(&user.profile_id);
            user.is_active && profile.is_some_and(|profile| profile.license() == key)
        };
        self.users.iter().filter(has).count()
    }

    /// How many licences of a kind the org has bought.
    pub(crate) fn licenses_of(&self, key: &str) -> usize {
        let bought = (key == "SFDC").then_some(self.features.salesforce_licenses).flatten();
        // Who left gave a licence back, and so there is one for everybody and some more.
        let all = self.users.iter().filter(|user| {
            self.profile(&user.profile_id).is_some_and(|profile| profile.license() == key)
        });
        bought.unwrap_or_else(|| all.count() + SPARE)
    }
}
