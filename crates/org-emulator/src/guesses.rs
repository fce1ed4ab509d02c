//! Behaviours of a real org that no source confirms, each one switch.

use serde::{Deserialize, Serialize};

/// Makes the type out of a table: what each switch means when it is on, its name, its default.
macro_rules! guesses {
    ($($(#[doc = $meaning:literal])+ $name:ident = $default:literal;)+) => {
        /// What the emulator assumes where nobody has seen the real answer.
        ///
        /// Every switch is read in one place; turning it shows what a client does should the guess
        /// be wrong.
        ///
        /// ```
        /// use org_emulator::{Emulator, Guesses};
        ///
        /// for name in Guesses::NAMES {
        ///     let otherwise = Guesses::default().turned(name).expect("a switch");
        ///     assert_ne!(otherwise.get(name), Guesses::default().get(name));
        /// }
        /// let emulator = Emulator::builder()
        ///     .guesses(Guesses::default().with("call_center_deletable", false).expect("a switch"))
        ///     .start()?;
        /// # Ok::<(), org_emulator::Error>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields, rename_all = "snake_case")]
        #[non_exhaustive]
        pub struct Guesses {
            $($(#[doc = $meaning])+ pub $name: bool,)+
        }

        impl Default for Guesses {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Guesses {
            /// The names of all switches, as seed files write them.
            pub const NAMES: &[&str] = &[$(stringify!($name),)+];

            /// Whether the switch of that name is on; `None` where there is none.
            pub fn get(&self, name: &str) -> Option<bool> {
                match name {
                    $(stringify!($name) => Some(self.$name),)+
                    _ => None,
                }
            }

            /// The same with one switch set; `None` where there is none of that name.
            pub fn with(mut self, name: &str, on: bool) -> Option<Self> {
                match name {
                    $(stringify!($name) => self.$name = on,)+
                    _ => return None,
                }
                Some(self)
            }

            /// The same with one switch turned; `None` where there is none of that name.
            pub fn turned(self, name: &str) -> Option<Self> {
                self.with(name, !self.get(name)?)
            }
        }
    };
}

guesses! {
    /// `PackageInstallRequest.Status` may not stand in WHERE, as its sister object documents.
    install_status_not_filterable = true;
    /// `PackageInstallRequest` may be ordered by `CreatedDate`.
    install_sortable = true;
    /// `SubscriberPackageVersionUninstallRequest` may be ordered by `CreatedDate`.
    uninstall_sortable = true;
    /// A second install request while one runs is refused with `ALREADY_IN_PROCESS`.
    second_install_refused = true;
    /// A `SubscriberPackageVersionUninstallRequest` uninstalls packages of the first generation too.
    uninstall_request_takes_first_generation = false;
    /// A destructive deploy of an `InstalledPackage` uninstalls packages of the second generation
    /// too.
    namespace_uninstall_takes_second_generation = false;
    /// What blocks an uninstall is named after the text of the problem.
    uninstall_errors_name_referrers = true;
    /// A destructive deploy of an `InstalledPackage` has a component failure for each blocker.
    uninstall_failures_one_by_one = true;
    /// A wrong or missing installation key is an error of the query, not an empty answer.
    key_errors_in_query = true;
    /// Deploying a component asks for its type's own permission, beside that for the Metadata API.
    components_need_own_permission = true;
    /// A permission set assigned twice is refused with `DUPLICATE_VALUE`.
    duplicate_assignment_refused = true;
    /// Users without "View Setup" find setup-only objects missing (`INVALID_TYPE`).
    setup_objects_need_view_setup = true;
    /// Inactive users may be given a call center.
    inactive_users_take_call_center = true;
    /// An empty `<value>` in a call center is kept by a deploy.
    empty_call_center_values_kept = true;
    /// A deploy that brings other fields than a call center was made with is refused.
    call_center_fields_fixed = true;
    /// A call center can be deleted by a deploy.
    call_center_deletable = true;
    /// Users who are in a call center keep it from being deleted.
    call_center_kept_by_users = true;
    /// `describeSoftphoneLayout` answers nil to users who are in no call center.
    softphone_needs_call_center = false;
    /// `SetupEntityAccess` shows access to presence statuses, which its documentation leaves out.
    presence_status_access_shown = true;
    /// `/tooling/composite/batch`, which no guide lists, works.
    tooling_batch = true;
    /// `Profile.Name` of standard profiles is in the language of the user who asks.
    profile_names_translated = true;
    /// What a package does not let subscribers edit is refused by naming entity and field; else by a bare
    /// `FIELD_INTEGRITY_EXCEPTION`.
    managed_refusals_name_the_field = true;
    /// What a package does not let subscribers edit is refused in words that are known of other types;
    /// else in words that nobody has written down.
    managed_refusals_in_known_words = true;
    /// `readMetadata` shows a call center with a reserved item that nobody wrote.
    call_center_read_adds_item = false;
    /// `readMetadata` leaves out items of a call center whose value is empty.
    call_center_read_lacks_empty_items = false;
    /// A call center that cannot be deleted is refused in the words of any other component.
    call_center_refused_like_others = false;
    /// A deletion that is refused is told of the manifest that names it, and not of the component.
    deletions_refused_of_the_manifest = false;
    /// A profile deploy writes rows of its own for record types that had followed the master layout.
    profile_deploy_fills_rows = false;
    /// A deploy knows layouts only by the name that lists have, with all its percent codes.
    layout_names_strict = true;
    /// `InstallValidationStatus` tells of an install of the same package that goes on.
    install_in_progress_shown = false;
    /// `CallCenter` may stand in a semi-join.
    call_center_semi_join = true;
    /// `ServicePresenceStatus` may stand in a semi-join.
    presence_status_semi_join = true;
    /// `PermissionSetAssignment` may stand in a semi-join.
    assignment_semi_join = true;
    /// `PermissionSetGroupComponent` may stand in a semi-join.
    group_component_semi_join = true;
    /// `Folder` may stand in a semi-join.
    folder_semi_join = true;
    /// Tasks have `ObjectPermissions` of their own, as other objects do, beside "Edit Tasks".
    tasks_have_object_permissions = false;
    /// The permission set that stands for a group shows what its members give.
    group_sets_show_permissions = true;
    /// Fields of `AppDefinition` may stand in WHERE.
    app_definition_filters = true;
    /// A deploy may change a utility bar that people have made.
    utility_bars_deployable = true;
    /// `InstalledSubscriberPackage` tells of packages and versions by their relationships; else one broken package
    /// spoils every query that does.
    installed_packages_joinable = true;
    /// `Report` may be queried by its owner, which is its folder.
    report_filters_by_folder = true;
}
