//! The troubles that people in the field have with the connector, and which check sees each of them.

/// A trouble of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    /// Its number in the list of troubles.
    pub number: u8,
    /// What people see.
    pub symptom: &'static str,
    /// How it is seen.
    pub seen: Seen,
}

/// How a trouble is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// By these checks.
    By(&'static [&'static str]),
    /// By no program, for this reason; a person looks there.
    ByNobody(&'static str),
}

use Seen::{By, ByNobody};

/// Every trouble, by number.
pub const TROUBLES: [Trouble; 24] = [
    trouble(
        1,
        "There is no phone, or it is empty",
        By(&["softphone-utility", "users", "user-call-center", "user-app"]),
    ),
    trouble(
        2,
        "A user cannot be found when adding people to the call center",
        By(&["other-call-centers", "user-call-center"]),
    ),
    trouble(
        3,
        "The phone shows a blank page, or says that a server refused to connect",
        ByNobody(
            "The list of allowed sites is Webex's, and no API shows it: Control Hub > Services > Contact Center > Tenant settings > Security. After a change, wait ten minutes and sign in again.",
        ),
    ),
    trouble(4, "Agents cannot sign in, over and over", By(&["data-center"])),
    trouble(
        5,
        "The desktop in Salesforce looks like the ordinary one",
        By(&["user-webex-team", "teams"]),
    ),
    trouble(
        6,
        "The desktop warns that somebody is signed in several times",
        ByNobody(
            "Salesforce cannot see which browser tabs are open. Version 1 of the connector works in \
             one tab only.",
        ),
    ),
    trouble(7, "No record opens for a call", By(&["screen-pop", "user-softphone-layout"])),
    trouble(8, "Two pages open for an unknown caller, or the wrong one", By(&["screen-pop"])),
    trouble(
        9,
        "Fields stay empty though they are mapped",
        By(&["settings", "agent-access", "user-record-access"]),
    ),
    trouble(10, "The activity is created too late, or keeps its owner", By(&["settings"])),
    trouble(
        11,
        "The state in Omni-Channel does not follow",
        By(&["omni-channel", "user-omni-channel"]),
    ),
    trouble(
        12,
        "The class of state sync cannot be created or does not compile",
        By(&["omni-channel", "permission-AuthorApex"]),
    ),
    trouble(13, "Options of a new version are not there", By(&["call-center"])),
    trouble(
        14,
        "The package cannot be uninstalled",
        ByNobody("Run `uninstall --plan` to see what blocks it."),
    ),
    trouble(
        15,
        "Outbound calls fail or show the wrong number",
        By(&["user-webex-outdial", "outdial"]),
    ),
    trouble(
        16,
        "Recordings say that the agent is not authorised",
        By(&["user-webex-recording", "recording-rights"]),
    ),
    trouble(17, "Recordings come from the wrong data centre", By(&["data-center"])),
    trouble(18, "The phone says that no WebRTC domain is configured", By(&["settings"])),
    trouble(19, "Changes do not show", By(&["user-login"])),
    trouble(20, "Webex takes a desktop layout and changes nothing", By(&["desktop-layout"])),
    trouble(
        21,
        "The desktop layout does not work though the instructions were followed",
        ByNobody(
            "Run `lint FILE` to see whether the file is out of date. Neither Salesforce nor Webex keeps a copy.",
        ),
    ),
    trouble(
        22,
        "Agents are not ready right after signing in",
        ByNobody("The connector takes five to fifteen seconds to begin; nothing is wrong."),
    ),
    trouble(23, "Setup has no Call Centers", By(&["open-cti"])),
    trouble(
        24,
        "A page that should open is blocked",
        ByNobody(
            "Pop-ups are blocked by the browser: allow them for the org's lightning.force.com address.",
        ),
    ),
];

const fn trouble(number: u8, symptom: &'static str, seen: Seen) -> Trouble {
    Trouble { number, symptom, seen }
}
