//! Which kind of file it is, by what is in it.

use crate::model::{RULES, Rule};

/// A kind of file that can be judged by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `provision.toml`.
    Config,
    /// A call center definition.
    CallCenter,
    /// A desktop layout.
    DesktopLayout,
}

impl FileKind {
    /// The kind of a file: by its first letters, and by its name where those do not tell.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        // Encodings of two bytes a letter have a zero in each of ours.
        let mut letters = bytes
            .iter()
            .copied()
            .filter(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF))
            .skip_while(u8::is_ascii_whitespace);
        match letters.next() {
            Some(b'<') => Self::CallCenter,
            Some(b'{') => Self::DesktopLayout,
            _ if has_suffix(name, "xml") => Self::CallCenter,
            _ if has_suffix(name, "json") => Self::DesktopLayout,
            _ => Self::Config,
        }
    }

    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::CallCenter => "call-center",
            Self::DesktopLayout => "desktop-layout",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Config => "configuration",
            Self::CallCenter => "call center definition",
            Self::DesktopLayout => "desktop layout",
        }
    }

    /// What of it cannot be told offline, as the beginning of a sentence that lists the rules.
    pub fn not_checked(self) -> &'static str {
        match self {
            Self::Config | Self::CallCenter => {
                "Not checked without an org, but by `plan` and `apply`"
            }
            Self::DesktopLayout => "Not checked without the Webex tenant",
        }
    }

    /// The rules that such a file is held to.
    pub(super) fn rules(self) -> impl Iterator<Item = &'static Rule> {
        let groups: &[&str] = match self {
            Self::Config => &["CC", "CF"],
            Self::CallCenter => &["CC"],
            Self::DesktopLayout => &["DL"],
        };
        RULES.iter().filter(move |rule| groups.iter().any(|group| rule.id.starts_with(group)))
    }
}

fn has_suffix(name: &str, suffix: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(suffix))
}
