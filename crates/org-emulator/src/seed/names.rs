//! Names that people really use, and names that break careless programs.

/// First and last names; the last ones of them are the awkward ones.
pub(super) const PEOPLE: [(&str, &str); 30] = [
    ("Grace", "Hopper"),
    ("Alan", "Turing"),
    ("Katherine", "Johnson"),
    ("Edsger", "Dijkstra"),
    ("Barbara", "Liskov"),
    ("Seán", "O'Brien"),
    ("Юлия", "Петрова"),
    ("Ken", "Thompson"),
    ("健太", "田中"),
    ("Radia", "Perlman"),
    ("José", "Núñez-Álvarez"),
    ("Margaret", "Hamilton"),
    ("Олександр", "Ковальчук"),
    ("Donald", "Knuth"),
    ("Zoë", "van der \"Berg\""),
    ("Frances", "Allen"),
    ("Niklaus", "Wirth"),
    ("Anna", "Schäfer & Söhne"),
    ("Tony", "Hoare"),
    ("Hedy", "Lamarr"),
    ("美咲", "鈴木"),
    ("Dennis", "Ritchie"),
    ("Lynn", "Conway"),
    ("Percy", "100% Ludgate"),
    ("Evelyn", "Boyd_Granville"),
    ("John", "Backus"),
    ("Sophie", "Wilson"),
    ("Björn", "Åström (extern)"),
    ("Adele", "Goldberg"),
    ("Vint", "Cerf"),
];

/// What people in a contact center do.
pub(super) const DEPARTMENTS: [&str; 5] =
    ["Support", "Sales", "Billing", "Kundendienst", "サポート"];

/// Their titles.
pub(super) const TITLES: [&str; 5] =
    ["Agent", "Senior Agent", "Team Lead", "Supervisor", "Оператор"];

/// Time zones.
pub(super) const TIME_ZONES: [&str; 4] =
    ["America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", "Europe/Kyiv"];

/// Profiles that nobody but the seed needs: label, and what is awkward about it.
pub(super) const AWKWARD_PROFILES: [&str; 6] = [
    "Sales & Service (EMEA)",
    "Оператор поддержки",
    "営業担当",
    "Night-Shift 100% Remote",
    "Partner's \"Gold\" Users",
    "Back_Office-Team / Tier 2",
];

/// Task layouts of the org's own.
pub(super) const TASK_LAYOUTS: [&str; 5] = [
    "Task Layout",
    "Call-Back Task (EMEA)",
    "Задача — звонок",
    "電話 タスク 100%",
    "Agent's \"Quick\" Task_Notes & More",
];

/// Task record types: label, developer name, active.
pub(super) const TASK_RECORD_TYPES: [(&str, &str, bool); 6] = [
    ("Call", "Call", true),
    ("Cisco Webex", "Cisco_Webex", true),
    ("Follow-Up (Internal)", "Follow_Up_Internal", true),
    ("Обратный звонок", "Callback_RU", true),
    ("Old Import 100%", "Old_Import", false),
    ("電話", "Denwa", true),
];
