//! Whether a person's own browser may be used, and what the environment says of browsers.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::model::{OrgKind, SetupWay};

/// Who is there, and what was said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Rule {
    /// `--browser` names it.
    pub(super) named: bool,
    /// A person is at a terminal.
    pub(super) attended: bool,
    /// `--yes`, or the name of the org, agrees beforehand.
    pub(super) agreed: bool,
    /// The configuration protects the org like a production org.
    pub(super) protected: bool,
}

impl Rule {
    /// Whether the browser is used. Nothing happens unattended in production, whatever is said.
    pub(super) fn allows(self, way: SetupWay, kind: OrgKind) -> bool {
        let careful = self.is_careful(kind);
        match way {
            SetupWay::Verify => false,
            SetupWay::Guide => self.named && self.may_work(careful),
            SetupWay::Auto if !self.named => self.attended && !careful,
            SetupWay::Auto | SetupWay::Browser => self.may_work(careful),
        }
    }

    /// Whether a person is asked before anything is saved.
    #[cfg_attr(not(feature = "browser"), expect(dead_code, reason = "there is no browser part"))]
    pub(super) fn asks(self, kind: OrgKind) -> bool {
        self.is_careful(kind) || !self.agreed
    }

    fn may_work(self, careful: bool) -> bool {
        self.attended || (self.agreed && !careful)
    }

    fn is_careful(self, kind: OrgKind) -> bool {
        self.protected || matches!(kind, OrgKind::Production | OrgKind::Trial)
    }
}

/// What the environment says of browsers.
#[derive(Debug, Clone, Default)]
#[cfg_attr(not(feature = "browser"), expect(dead_code, reason = "there is no browser part"))]
pub(super) struct BrowserVariables {
    /// The folders of `PATH`.
    pub(super) folders: Vec<PathBuf>,
    /// Whether windows can be shown.
    pub(super) display: bool,
    /// The user's home directory, where it is set.
    pub(super) home: Option<PathBuf>,
    /// Variables that may hold logins: a browser does not get them.
    pub(super) logins: Vec<OsString>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: Rule = Rule { named: false, attended: false, agreed: false, protected: false };

    #[test]
    fn nothing_is_done_unattended_in_production() {
        for way in [SetupWay::Auto, SetupWay::Browser, SetupWay::Guide, SetupWay::Verify] {
            for kind in [OrgKind::Production, OrgKind::Trial] {
                let script = Rule { named: true, agreed: true, ..NOBODY };
                assert!(!script.allows(way, kind), "{way:?} {kind:?}");
                assert!(script.asks(kind));
            }
            let protected = Rule { named: true, agreed: true, protected: true, ..NOBODY };
            assert!(!protected.allows(way, OrgKind::Sandbox), "{way:?}");
        }
        let attended = Rule { attended: true, ..NOBODY };
        assert!(!attended.allows(SetupWay::Auto, OrgKind::Production));
        assert!(attended.allows(SetupWay::Browser, OrgKind::Production));
    }

    #[test]
    fn a_sandbox_has_it_at_a_terminal_or_where_it_was_agreed_to() {
        let attended = Rule { attended: true, ..NOBODY };
        let script = Rule { agreed: true, ..NOBODY };
        assert!(attended.allows(SetupWay::Auto, OrgKind::Sandbox));
        assert!(attended.asks(OrgKind::Sandbox));
        assert!(!script.allows(SetupWay::Auto, OrgKind::Sandbox));
        assert!(script.allows(SetupWay::Browser, OrgKind::Sandbox));
        assert!(!script.asks(OrgKind::Sandbox));
        let named = Rule { named: true, ..script };
        assert!(named.allows(SetupWay::Auto, OrgKind::Sandbox));
        for way in [SetupWay::Guide, SetupWay::Verify] {
            assert!(!attended.allows(way, OrgKind::Sandbox));
        }
        assert!(named.allows(SetupWay::Guide, OrgKind::Sandbox));
        assert!(!named.allows(SetupWay::Verify, OrgKind::Sandbox));
        assert!(!NOBODY.allows(SetupWay::Browser, OrgKind::Sandbox));
    }
}
