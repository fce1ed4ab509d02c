//! Cisco's files of the connector, as they are published: where they are, and which versions are known.

use std::sync::LazyLock;

use serde::Deserialize;

/// A file of Cisco's that is published on GitHub.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The generation of the connector, by its recipe's name.
    pub recipe: String,
    /// What it is.
    pub what: PublishedKind,
    /// The repository: its owner and its name.
    pub repository: String,
    /// The branch that Cisco publishes in.
    pub branch: String,
    /// The path of its newest version there.
    pub file: String,
    /// The versions that are known.
    pub versions: Vec<PublishedVersion>,
}

/// What a published file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedKind {
    /// A call center definition.
    CallCenter,
    /// A desktop layout.
    DesktopLayout,
}

/// A version of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedVersion {
    /// The day on which it was published: `2024-11-25`.
    pub published: String,
    /// The beginning of the commit that brought it.
    pub commit: String,
    /// Its path then, where that was another than that of the newest.
    pub file: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataFile {
    source: Vec<Published>,
}

static FILES: LazyLock<Vec<Published>> = LazyLock::new(|| {
    let text = include_str!("../../metadata/published.toml");
    let data: DataFile = toml::from_str(text).expect("embedded data that a test loads");
    data.source
});

/// The published file of that kind for a generation of the connector, where there is one.
pub fn published(recipe: &str, what: PublishedKind) -> Option<&'static Published> {
    FILES.iter().find(|file| file.recipe == recipe && file.what == what)
}

impl Published {
    /// The version that has these bytes, by their SHA-256.
    pub fn version(&self, sha256: &str) -> Option<&PublishedVersion> {
        self.versions.iter().find(|version| version.sha256.eq_ignore_ascii_case(sha256))
    }

    /// The newest version that is known.
    pub fn newest(&self) -> Option<&PublishedVersion> {
        self.versions.last()
    }

    /// The path of the file at a commit, as far as that is known to be another than today's.
    pub fn path_at(&self, commit: &str) -> &str {
        let is_it = |version: &&PublishedVersion| {
            commit.starts_with(&version.commit)
                || (commit.len() >= 7 && version.commit.starts_with(commit))
        };
        let found = self.versions.iter().find(is_it);
        found.and_then(|version| version.file.as_deref()).unwrap_or(&self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::recipe_names;

    #[test]
    fn a_file_had_other_names_at_earlier_commits() {
        let layout = published("webex-v1", PublishedKind::DesktopLayout).unwrap();
        let path = layout.path_at("02cd7eb3b19c78c99cc1239118eb48e664428d83");
        assert_eq!(path, "Salesforce/salesforce_desktop_0.0.6_v1.0.1.1.json");
        assert_eq!(layout.path_at("02cd7eb"), path);
        assert_eq!(layout.path_at("0"), layout.file);
    }

    #[test]
    fn every_recipe_has_a_definition_and_versions_are_in_order() {
        for name in recipe_names() {
            assert!(published(name, PublishedKind::CallCenter).is_some(), "{name}");
        }
        assert!(published("webex-v1", PublishedKind::DesktopLayout).is_some());
        for file in FILES.iter() {
            assert!(file.versions.is_sorted_by_key(|version| &version.published), "{}", file.file);
            for version in &file.versions {
                let is_hash = version.sha256.len() == 64
                    && version.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
                assert!(is_hash, "{}", version.published);
                assert_eq!(file.version(&version.sha256.to_uppercase()), Some(version));
            }
            assert_eq!(file.path_at(&file.branch), file.file);
        }
    }
}
