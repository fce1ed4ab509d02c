//! The rules by number: what configurations, call center definitions and desktop layouts are held to.

/// A rule: its number and what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// `CC021`; scripts rely on it.
    pub id: &'static str,
    /// What holds where the rule is kept.
    pub title: &'static str,
    /// Whether the org, or the Webex tenant, must be asked, at least for a part of it.
    pub needs_org: bool,
}

/// Every rule, by number: `CC` for call centers, `CF` for configurations, `DL` for desktop layouts.
pub const RULES: &[Rule] = &[
    rule("CC001", "The internal name is one of the connector's."),
    rule("CC002", "Adapter URL and region are those of the tenant's data centre."),
    rule("CC003", "The call center uses the CTI API."),
    rule("CC004", "The compatibility mode is Lightning."),
    rule("CC005", "Numbers are whole numbers within their limits."),
    rule("CC006", "Switches are `true` or `false`."),
    rule("CC010", "The advanced screen pop has a variable to search for."),
    rule("CC011", "Lists of prefixes are digits, with commas between them."),
    rule("CC012", "Agents who take calls in the browser have a WebRTC domain."),
    org_rule(
        "CC020",
        "An unknown caller is handled in one place, with an object that can be created.",
    ),
    rule("CC021", "Mappings have the shape of their section."),
    org_rule("CC022", "Mapped fields exist and take what is written to them."),
    rule("CC023", "Conditional fields and conditional rows belong to each other."),
    rule("CC024", "Values have 255 characters or fewer."),
    rule("CC030", "An activity that opens on connect is created on connect."),
    rule("CC031", "An activity that changes its owner is created on connect and carries its id."),
    rule("CC032", "Field updates are on where there is a mapping for them."),
    org_rule("CC033", "Live notes have a field of Task that takes text."),
    rule("CC034", "Subject template and date format can be filled in."),
    rule("CC040", "A case opens for editing or for reading, not for both."),
    org_rule("CC041", "Automatic cases can be created."),
    rule("CC050", "The outdial number is in the desktop layout."),
    org_rule("CC060", "State sync has a presence status and an idle code."),
    org_rule("CC070", "The namespace is that of the installed package."),
    rule("CC080", "The file is a call center definition that Setup imports."),
    rule("CC081", "Items are known to this version of the program."),
    rule("CC082", "The definition belongs to the recipe."),
    rule("CC083", "Sections and items are complete, there once, and in order."),
    rule("CC090", "Names follow Salesforce's rules for definition files."),
    rule("CF001", "The configuration is TOML."),
    rule("CF002", "Every key is known."),
    rule("CF003", "The chosen definition has every setting and item that is named."),
    rule("CF004", "Values are of the type that their key takes."),
    rule("CF005", "Values are among the allowed ones."),
    rule("CF006", "Nothing that must be said is missing."),
    rule("CF007", "One thing is said in one place."),
    rule("CF009", "The file of the call center definition can be used."),
    rule("CF010", "Parts that go together do not disagree."),
    rule("DL001", "The layout is JSON in UTF-8."),
    rule("DL002", "The layout has the roles that the Agent Desktop knows."),
    rule("DL003", "The connector is there for everybody who takes calls."),
    rule("DL004", "No placeholder is left."),
    org_rule("DL005", "The outdial number is one in E.164, and one that the tenant has."),
    rule("DL006", "Scripts come from where Cisco serves them, by https."),
    rule("DL007", "The connector's files are of one version."),
    rule("DL008", "The Open CTI library is among the files that are loaded."),
    rule("DL009", "The headless component and the Actions widget are told apart by their flag."),
    rule("DL010", "Every tab has its panel."),
    org_rule("DL011", "The Actions widget is there where the call center takes live notes."),
    rule("DL012", "Widgets ask for what the Agent Desktop tells."),
    rule("DL013", "The layout is not too large."),
    rule("DL014", "Widgets of pages that flow have a size."),
    org_rule("DL015", "The tenant keeps the layout as it was sent."),
    rule("DL016", "No key is there twice."),
];

const fn rule(id: &'static str, title: &'static str) -> Rule {
    Rule { id, title, needs_org: false }
}

const fn org_rule(id: &'static str, title: &'static str) -> Rule {
    Rule { needs_org: true, ..rule(id, title) }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn rules_are_in_the_order_of_their_numbers() {
        assert!(RULES.is_sorted_by(|one, next| one.id < next.id));
    }

    #[test]
    fn the_reference_has_every_rule() {
        let reference = include_str!("../../docs/reference.md");
        let head = "| rule | what holds | |";
        let mut rows = format!("{head}\n|---|---|---|\n");
        for rule in RULES {
            let asks = if rule.needs_org { "asks the org" } else { "" };
            writeln!(rows, "| {} | {} | {asks} |", rule.id, rule.title).unwrap();
        }
        let lines = reference.lines().skip_while(|line| *line != head);
        let table: Vec<_> = lines.take_while(|line| line.starts_with('|')).collect();
        assert_eq!(table.join("\n") + "\n", rows, "paste this:\n{rows}");
    }
}
