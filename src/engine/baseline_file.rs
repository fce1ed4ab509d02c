//! A baseline in a file: from one machine to another, or from an org to its copy.
//!
//! It holds names and values of the org's setup, user names among them, and no secrets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::failure::Failure;
use crate::model::{
    Baseline, BaselineRow, Confirmation, Confirmations, OrgId, OrgKind, Organization,
};

/// The format of the file.
const FORMAT: u64 = 1;

/// What tells the file from every other that the program writes.
const WHAT: &str = "baseline";

/// A baseline in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineFile {
    format: u64,
    what: String,
    /// When it was written.
    pub exported: Timestamp,
    /// Version of the program that wrote it.
    pub program: String,
    /// Whose past it is.
    pub org: FileOrg,
    entries: Vec<BaselineRow>,
    /// What people have confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmations: Vec<FileConfirmation>,
}

/// A confirmation in such a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileConfirmation {
    /// Id of the Webex organization that it is for; where there is none, it is for the file's org.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webex_org_id: Option<String>,
    /// The confirmation.
    #[serde(flatten)]
    pub said: Confirmation,
}

/// The confirmations of an org and of a Webex organization, as a file has them.
pub fn file_confirmations(
    org: Confirmations,
    tenant: Option<(&str, Confirmations)>,
) -> Vec<FileConfirmation> {
    let of_org = org.entries.into_iter().map(|said| FileConfirmation { webex_org_id: None, said });
    let of_tenant = tenant.into_iter().flat_map(|(id, all)| {
        let id = Some(id.to_owned());
        all.entries.into_iter().map(move |said| FileConfirmation { webex_org_id: id.clone(), said })
    });
    of_org.chain(of_tenant).collect()
}

/// The org of such a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOrg {
    /// Its id.
    pub id: OrgId,
    /// Its name, where anybody remembered it.
    pub name: Option<String>,
    /// Its kind, likewise.
    pub kind: Option<OrgKind>,
}

/// What can be read of a file whatever its format is.
#[derive(Deserialize)]
struct Head {
    format: u64,
    what: String,
}

impl BaselineFile {
    /// The baseline of an org.
    pub fn of(
        org: &OrgId,
        organization: Option<&Organization>,
        baseline: &Baseline,
        exported: Timestamp,
    ) -> Self {
        Self {
            format: FORMAT,
            what: WHAT.to_owned(),
            exported,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            org: FileOrg {
                id: *org,
                name: organization.map(|organization| organization.name.clone()),
                kind: organization.map(|organization| organization.kind),
            },
            entries: baseline.rows(),
            confirmations: Vec::new(),
        }
    }

    /// The same with what people have confirmed.
    #[must_use]
    pub fn with(self, confirmations: Vec<FileConfirmation>) -> Self {
        Self { confirmations, ..self }
    }

    /// The file's text.
    pub fn write(&self) -> String {
        // Every part of it is text, lists and options, which JSON always takes.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads a file's text; `shown` is what people call the file.
    pub fn read(bytes: &[u8], shown: &str) -> Result<Self, Failure> {
        let head: Head =
            serde_json::from_slice(bytes).map_err(|error| none(shown).because(error))?;
        if head.what != WHAT {
            return Err(none(shown));
        }
        if head.format > FORMAT {
            return Err(Failure::usage(format!(
                "`{shown}` was written by a newer version of provision: it has format {}, and this \
                 version knows formats up to {FORMAT}.",
                head.format
            ))
            .hint("Update provision on this machine."));
        }
        let mut read: Self =
            serde_json::from_slice(bytes).map_err(|error| damaged(shown).because(error))?;
        for id in read.confirmations.iter_mut().filter_map(|it| it.webex_org_id.as_mut()) {
            // It becomes the name of a folder.
            let Ok(known) = Uuid::parse_str(id) else {
                return Err(Failure::usage(format!(
                    "`{shown}` is damaged: \"{id}\" is not the id of a Webex organization."
                ))
                .hint(AGAIN));
            };
            *id = known.hyphenated().to_string();
        }
        match read.twice() {
            None => Ok(read),
            Some(entry) => Err(Failure::usage(format!(
                "`{shown}` is damaged: it holds two earlier values of {} of {}.",
                entry.field, entry.subject.name
            ))
            .hint(AGAIN)),
        }
    }

    /// The baseline in it.
    pub fn baseline(&self) -> Baseline {
        Baseline { entries: self.entries.iter().cloned().map(Into::into).collect() }
    }

    /// An entry about a value that another entry is about too.
    fn twice(&self) -> Option<&BaselineRow> {
        let mut seen = std::collections::BTreeSet::new();
        self.entries.iter().find(|entry| {
            let ids = (&entry.ids.subject, &entry.ids.record_type);
            !seen.insert((&entry.recipe, &entry.subject, &entry.field, ids))
        })
    }
}

impl FileOrg {
    /// As people read it: `"Acme" (00D…)`.
    pub fn shown(&self) -> String {
        match &self.name {
            Some(name) => format!("\"{name}\" ({})", self.id.long()),
            None => self.id.long(),
        }
    }
}

/// Where a sound file comes from.
const AGAIN: &str =
    "Such a file is written by `baseline export FILE`, on the machine that has the baseline.";

fn none(shown: &str) -> Failure {
    Failure::usage(format!("`{shown}` holds no exported baseline.")).hint(AGAIN)
}

fn damaged(shown: &str) -> Failure {
    Failure::usage(format!("`{shown}` is damaged.")).hint(AGAIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Kind;
    use crate::model::{BaselineEntry, Before, Ids, Subject, SubjectKind};

    fn file() -> BaselineFile {
        let org = OrgId::parse("00D000000000001AAA").unwrap();
        let row = BaselineRow {
            item: "users".to_owned(),
            subject: Subject::new(SubjectKind::User, "ada@example.com"),
            field: "CallCenterId".to_owned(),
            before: Before::Unknown,
            ours: Some("V1".to_owned()),
            run: "01".to_owned(),
            recipe: None,
            ids: Ids::default(),
            giving_back: false,
        };
        let entry: BaselineEntry = row.into();
        let mut known = BaselineRow::from(entry.clone());
        known.field = "Other".to_owned();
        known.before = Before::Known(None);
        BaselineFile::of(
            &org,
            None,
            &Baseline { entries: vec![entry, known.into()].into() },
            Timestamp::UNIX_EPOCH,
        )
    }

    fn message(text: &str) -> String {
        let failure = BaselineFile::read(text.as_bytes(), "f.json").unwrap_err();
        assert_eq!(failure.kind, Kind::Usage);
        failure.message()
    }

    #[test]
    fn what_is_written_is_read() {
        let text = file().write();
        let read = BaselineFile::read(text.as_bytes(), "f.json").unwrap();
        assert_eq!(read.baseline(), file().baseline());
        assert_eq!(read.org, file().org);
    }

    #[test]
    fn what_is_no_sound_baseline_is_refused_with_the_reason() {
        for other in ["", "{", "[]", "{\"format\": 1}", "{\"format\": 1, \"what\": \"plan\"}"] {
            assert_eq!(message(other), "`f.json` holds no exported baseline.", "{other}");
        }
        let newer = file().write().replace("\"format\": 1", "\"format\": 2");
        assert!(message(&newer).contains("newer version of provision: it has format 2"));
        let wrong = file().write().replace("\"known\": null", "\"guessed\": null");
        assert_eq!(message(&wrong), "`f.json` is damaged.");
        let twice = file().write().replace("Other", "CallCenterId");
        assert_eq!(
            message(&twice),
            "`f.json` is damaged: it holds two earlier values of CallCenterId of \
             ada@example.com."
        );
    }
}
