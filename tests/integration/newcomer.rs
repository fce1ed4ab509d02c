//! The way of somebody who has read nothing but README.md: its own commands, typed in an empty home with
//! no state directory, against the emulator, and whatever the program says to type next.

use std::fs;
use std::path::Path;

use crate::desk::{Desk, Outcome};
use crate::next_lines::{paste, told};
use crate::support::Org;

/// README.md, as somebody reads it who wants to type what it shows.
struct Readme {
    text: String,
}

impl Readme {
    fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        Self { text: fs::read_to_string(path).expect("README.md") }
    }

    /// The lines that are shown as something to type, in order.
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .filter_map(|line| line.strip_prefix("$ ").or(line.strip_prefix("    ")))
            .filter(|line| line.starts_with("provision "))
    }

    /// The line to type that begins so.
    #[track_caller]
    fn line(&self, beginning: &str) -> &str {
        let found = self.lines().find(|line| line.starts_with(beginning));
        assert!(found.is_some(), "README.md shows no line that begins with `{beginning}`");
        found.expect("the line")
    }

    /// A command that the text or the table names in backquotes.
    #[track_caller]
    fn named(&self, command: &str) -> String {
        let spans = [format!("`{command}`"), format!("`provision {command}`")];
        assert!(
            spans.iter().any(|span| self.text.contains(span)),
            "README.md does not name `{command}`"
        );
        format!("provision {command}")
    }

    /// The configuration that it shows, with the id that its comment says where to find.
    fn configuration(&self, version: &str) -> String {
        let block = self.text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        let block = block.expect("a configuration");
        assert!(block.contains("\"04t…\""), "it says where the version goes: {block}");
        block.replace("04t…", version)
    }
}

/// The program `sf` with one login, as far as it is asked.
fn salesforce_cli(desk: &Desk, org: &Org) {
    let bin = desk.folder().join("bin");
    fs::create_dir(&bin).expect("a folder for programs");
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in\n*show-access-token*) echo '{{\"status\":0,\"result\":{{\"accessToken\":\"{}\"}}}}' ;;\n\
         *display*) echo '{{\"status\":0,\"result\":{{\"id\":\"{}\",\"instanceUrl\":\"{}\",\"username\":\"{}\"}}}}' ;;\n\
         *) exit 1 ;;\nesac\n",
        org.token, org.id, org.url, org.announcement.orgs[0].users[0].username
    );
    let path = bin.join("sf");
    fs::write(&path, script).expect("the program sf");
    let mut may = fs::metadata(&path).expect("its permissions").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut may, 0o755);
    fs::set_permissions(&path, may).expect("a program that may run");
}

/// Somebody at a desk with an empty home.
struct Newcomer {
    desk: Desk,
}

impl Newcomer {
    /// This desk has no keyring, so that somebody at a terminal is asked for a passphrase.
    fn at_shell(&self, line: &str) -> Outcome {
        let line = format!("export PROVISION_VAULT_PASSPHRASE='correct horse'; {line}");
        paste(&self.desk, None, &line)
    }

    /// Types a line, and whatever it says to type next.
    #[track_caller]
    fn types(&self, line: &str, code: i32) -> Outcome {
        let outcome = self.at_shell(line);
        outcome.exits(code);
        for next in told(&outcome.out).iter().filter(|next| !next.contains("ALIAS")) {
            let followed = self.at_shell(next);
            // Nobody is at a terminal to name the org before its data goes: the refusal says how.
            let hint = followed.err.split("add ").nth(1).and_then(|rest| rest.lines().next());
            let hint = hint.filter(|hint| hint.starts_with("--yes-delete-data "));
            if let (Some(5), Some(hint)) = (followed.code, hint) {
                let named = format!("{next} {}", hint.trim_end_matches('.'));
                self.at_shell(&named).exits(0);
                continue;
            }
            let works = followed.code == Some(0);
            assert!(works, "`{next}`, which `{line}` says to type, does not work: {followed}");
        }
        outcome
    }
}

#[cfg(unix)]
#[test]
fn the_way_of_the_readme_leads_there_and_back() {
    let readme = Readme::read();
    let org = Org::new();
    let untouched = org.world();
    let newcomer = Newcomer { desk: Desk::new() };
    salesforce_cli(&newcomer.desk, &org);

    // What it does in ten seconds, without any org.
    newcomer.types(readme.line("provision --org demo"), 0);

    // An org of one's own.
    newcomer.types(&readme.named("init"), 0);
    assert!(newcomer.desk.read("provision.toml").contains(">>>"), "something is to be filled in");
    let version = org.announcement.orgs[0].package_version_id.as_deref().expect("an offer");
    newcomer.desk.write("provision.toml", &readme.configuration(version));
    let logged_in = newcomer.types(readme.line("provision login uat --from-sf"), 0);
    assert!(logged_in.out.contains("Logged in to Northwind Support"), "{logged_in}");
    newcomer.types(readme.line("provision --org uat doctor"), 0);
    let planned = newcomer.types(readme.line("provision --org uat plan"), 0);
    assert!(planned.out.contains("1 package to install"), "{planned}");
    newcomer.types(readme.lines().find(|line| *line == "provision --org uat").expect("apply"), 0);
    let verified = newcomer.types(readme.line("provision --org uat verify"), 0);
    assert!(verified.out.contains("as configured"), "{verified}");

    // And back, with the org named once for all.
    newcomer.types(&readme.named("orgs default ALIAS").replace("ALIAS", "uat"), 0);
    let uninstall = readme.named("uninstall");
    let shown = newcomer.types(&format!("{uninstall} --plan"), 0);
    assert!(shown.out.contains("1 package to uninstall"), "{shown}");
    assert_eq!(org.world(), untouched, "everything is as it was before");
    let again = newcomer.types(&format!("{uninstall} --plan"), 0);
    assert!(again.out.contains("Nothing"), "{again}");
}
