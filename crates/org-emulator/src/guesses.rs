//! Behaviours of a real org that no source confirms, each one switch.

use serde::{Deserialize, Serialize};

/// What the emulator assumes where nobody has seen the real answer.
///
/// Every switch is read in one place; turning it shows what a client does should the guess be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "snake_case")]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, named one by one")]
#[non_exhaustive]
pub struct Guesses {
    /// `PackageInstallRequest.Status` may not stand in WHERE, as its sister object documents.
    pub install_status_not_filterable: bool,
    /// `PackageInstallRequest` may be ordered by `CreatedDate`.
    pub install_sortable: bool,
    /// A second install request while one runs is refused with `ALREADY_IN_PROCESS`.
    pub second_install_refused: bool,
    /// A `SubscriberPackageVersionUninstallRequest` uninstalls packages of the first generation too.
    pub uninstall_request_takes_first_generation: bool,
    /// A destructive deploy of an `InstalledPackage` uninstalls packages of the second generation
    /// too.
    pub namespace_uninstall_takes_second_generation: bool,
    /// What blocks an uninstall is named after the text of the problem.
    pub uninstall_errors_name_referrers: bool,
    /// A destructive deploy of an `InstalledPackage` has a component failure for each blocker.
    pub uninstall_failures_one_by_one: bool,
    /// A wrong or missing installation key is an error of the query, not an empty answer.
    pub key_errors_in_query: bool,
    /// Deploying a component asks for its type's own permission, beside that for the Metadata API.
    pub components_need_own_permission: bool,
    /// A permission set assigned twice is refused with `DUPLICATE_VALUE`.
    pub duplicate_assignment_refused: bool,
    /// Users without "View Setup" find setup-only objects missing (`INVALID_TYPE`).
    pub setup_objects_need_view_setup: bool,
    /// Inactive users may be given a call center.
    pub inactive_users_take_call_center: bool,
    /// An empty `<value>` in a call center is kept by a deploy.
    pub empty_call_center_values_kept: bool,
    /// A deploy that brings other fields than a call center was made with is refused.
    pub call_center_fields_fixed: bool,
    /// A call center can be deleted by a deploy.
    pub call_center_deletable: bool,
    /// Users who are in a call center keep it from being deleted.
    pub call_center_kept_by_users: bool,
    /// `describeSoftphoneLayout` answers nil to users who are in no call center.
    pub softphone_needs_call_center: bool,
    /// `SetupEntityAccess` shows access to presence statuses, which its documentation leaves out.
    pub presence_status_access_shown: bool,
    /// `/tooling/composite/batch`, which no guide lists, works.
    pub tooling_batch: bool,
}

impl Default for Guesses {
    fn default() -> Self {
        Self {
            install_status_not_filterable: true,
            install_sortable: true,
            second_install_refused: true,
            uninstall_request_takes_first_generation: false,
            namespace_uninstall_takes_second_generation: false,
            uninstall_errors_name_referrers: true,
            uninstall_failures_one_by_one: true,
            key_errors_in_query: true,
            components_need_own_permission: true,
            duplicate_assignment_refused: true,
            setup_objects_need_view_setup: true,
            inactive_users_take_call_center: true,
            empty_call_center_values_kept: true,
            call_center_fields_fixed: true,
            call_center_deletable: true,
            call_center_kept_by_users: true,
            softphone_needs_call_center: false,
            presence_status_access_shown: true,
            tooling_batch: true,
        }
    }
}
