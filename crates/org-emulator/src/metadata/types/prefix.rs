//! How ids of metadata begin.

/// Key prefixes that are known.
const KNOWN: [(&str, &str); 40] = [
    ("ApexComponent", "099"),
    ("ApexPage", "066"),
    ("ApexTrigger", "01q"),
    ("AuraDefinitionBundle", "0Ab"),
    ("Certificate", "0P1"),
    ("CompactLayout", "0AH"),
    ("CspTrustedSite", "08y"),
    ("CustomApplication", "02u"),
    ("CustomField", "00N"),
    ("CustomLabel", "101"),
    ("CustomObject", "01I"),
    ("CustomPermission", "0CP"),
    ("CustomTab", "01r"),
    ("Dashboard", "01Z"),
    ("DashboardFolder", "00l"),
    ("Document", "015"),
    ("DocumentFolder", "00l"),
    ("EmailFolder", "00l"),
    ("EmailTemplate", "00X"),
    ("FieldSet", "0IX"),
    ("FlexiPage", "0M0"),
    ("Flow", "301"),
    ("Group", "00G"),
    ("Layout", "00h"),
    ("LightningComponentBundle", "0Rb"),
    ("ListView", "00B"),
    ("NamedCredential", "0XA"),
    ("PermissionSetGroup", "0PG"),
    ("Queue", "00G"),
    ("QuickAction", "09D"),
    ("RecordType", "012"),
    ("RemoteSiteSetting", "0rp"),
    ("Report", "00O"),
    ("ReportFolder", "00l"),
    ("Role", "00E"),
    ("ServicePresenceStatus", "0N5"),
    ("StaticResource", "081"),
    ("ValidationRule", "03d"),
    ("WebLink", "00b"),
    ("WorkflowRule", "01Q"),
];

/// What the ids of all other types begin with; real orgs have one of their own for each.
const OTHER: &str = "0zz";

/// What ids of a type begin with.
pub(crate) fn key_prefix(kind: &str) -> &'static str {
    KNOWN.iter().find(|(name, _)| *name == kind).map_or(OTHER, |(_, prefix)| prefix)
}
