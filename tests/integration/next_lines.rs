//! What the program tells people to type next works as it stands when it is pasted.

use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo};

/// The commands of the `Next:` lines, in backquotes, and those that stand on lines of their own.
pub(crate) fn told(text: &str) -> Vec<String> {
    let mut lines = text.lines().peekable();
    let mut commands = Vec::new();
    while let Some(line) = lines.next() {
        let Some(next) = line.strip_prefix("Next: ") else { continue };
        let mut sentence = next.to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with("      ")) {
            sentence = format!("{sentence} {}", more.trim());
        }
        let quoted = sentence.split('`').skip(1).step_by(2);
        commands.extend(quoted.filter(|it| it.starts_with("provision")).map(str::to_owned));
    }
    commands
}

/// Types a line into a shell, as somebody does who pastes it; programs beside the desk are found first.
pub(crate) fn paste(desk: &Desk, token: Option<&str>, line: &str) -> Outcome {
    let program = Path::new(env!("CARGO_BIN_EXE_provision"));
    let folder = program.parent().expect("the folder of the program").display();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", line])
        .current_dir(desk.folder())
        .env_clear()
        .env(
            "PATH",
            format!("{}/bin:{folder}:/usr/local/bin:/usr/bin:/bin", desk.folder().display()),
        )
        .env("HOME", desk.folder())
        .env("USER", "ada");
    if let Some(token) = token {
        shell.env("PROVISION_ACCESS_TOKEN", token);
    }
    Outcome::of(shell.output().expect("a shell"))
}

/// The commands that a line tells to type next, of which there must be some.
#[track_caller]
fn next(outcome: &Outcome) -> Vec<String> {
    let commands = told(&outcome.out);
    assert!(!commands.is_empty(), "{outcome}");
    commands
}

#[cfg(unix)]
#[test]
fn the_next_lines_of_plan_apply_and_a_second_run_work() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let plan = format!("provision --instance-url {} plan", org.url);
    let first = paste(&desk, Some(&org.token), &plan);
    for line in next(first.exits(0)) {
        paste(&desk, Some(&org.token), &line).exits(0);
    }
    let second = paste(&desk, Some(&org.token), &plan);
    assert!(second.exits(0).out.contains("Nothing to change"), "{second}");
    for line in next(&second) {
        let shown = paste(&desk, Some(&org.token), &line);
        assert!(shown.exits(0).out.contains("/lightning/setup/SoftphoneLayouts"), "{shown}");
    }
    let uninstall = format!("{} uninstall --plan", plan.trim_end_matches(" plan"));
    for line in next(paste(&desk, Some(&org.token), &uninstall).exits(0)) {
        // Nobody is there to name the org: the refusal says what to add, and nothing is changed.
        let refused = paste(&desk, Some(&org.token), &line);
        assert!(refused.exits(5).err.contains("--yes-delete-data"), "{refused}");
    }
}

#[cfg(unix)]
#[test]
fn a_plan_that_takes_something_from_many_says_so_and_its_line_works() {
    let org = Org::new();
    let desk = Desk::of(&org);
    org.apply(&format!("{}\n[permission_sets]\nassign = [\"Record_View\"]\n", demo()));
    desk.write("provision.toml", &demo());
    // The baseline says who was given it, so the desk has to know it.
    let state = org.state.path().display().to_string();
    let line = format!("provision --state-dir {state} --instance-url {} plan", org.url);
    let planned = paste(&desk, Some(&org.token), &line);
    let words = planned.exits(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("users lose the permission set \"Record"), "{planned}");
    assert!(words.contains("this needs --allow-removals"), "{planned}");
    for saved in [false, true] {
        let line = if saved { format!("{line} --save plan.json") } else { line.clone() };
        let lines = next(paste(&desk, Some(&org.token), &line).exits(0));
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(line.contains("--allow-removals"), "{line}");
        if saved {
            let refused = line.replace(" --allow-removals", "");
            paste(&desk, Some(&org.token), &refused).exits(5);
            paste(&desk, Some(&org.token), line).exits(0);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_saved_plan_is_carried_out_by_the_line_that_is_told() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let line = format!("provision --instance-url {} plan --save 'my plan.json'", org.url);
    let saved = paste(&desk, Some(&org.token), &line);
    let lines = next(saved.exits(0));
    assert!(lines.iter().any(|line| line.ends_with("apply 'my plan.json'")), "{lines:?}");
    // The plan knows its org, so that even the shortest line works.
    let applied = paste(&desk, Some(&org.token), "provision apply 'my plan.json'");
    assert!(applied.exits(0).out.contains("Done."), "{applied}");
}

#[cfg(unix)]
#[test]
fn a_saved_plan_knows_the_items_that_were_chosen() {
    let org = Org::new();
    org.apply(&demo());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo().replace("height = 600", "height = 601"));
    let line =
        format!("provision --instance-url {} plan --only cti-settings --save plan.json", org.url);
    paste(&desk, Some(&org.token), &line).exits(0);
    // The same file is a plan, and may be saved anew.
    paste(&desk, Some(&org.token), &line).exits(0);
    let applied = paste(&desk, Some(&org.token), "provision apply plan.json");
    assert!(applied.exits(0).out.contains("Done: the selected items"), "{applied}");
    assert!(applied.out.contains("10 items were left out"), "{applied}");
}

#[cfg(unix)]
#[test]
fn whoever_deletes_old_call_centers_and_chooses_items_is_told_both() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let chosen = "--only package,call-center,cti-settings,users";
    let line = format!("provision --instance-url {} plan --delete-old {chosen}", org.url);
    let lines = next(paste(&desk, Some(&org.token), &line).exits(0));
    assert!(lines.iter().any(|it| it.contains("--delete-old") && it.contains(chosen)), "{lines:?}");
}

#[cfg(unix)]
#[test]
fn a_saved_plan_knows_its_configuration_wherever_it_is_carried_out() {
    let org = Org::new();
    let desk = Desk::of(&org);
    std::fs::create_dir_all(desk.folder().join("orgs")).expect("a folder");
    std::fs::create_dir_all(desk.folder().join("else where")).expect("a folder");
    desk.write("orgs/uat.toml", &demo());
    // Whatever lies around in the other folder is not what the plan was made from.
    desk.write("else where/provision.toml", &demo().replace("height = 600", "height = 601"));
    let line = format!(
        "provision --instance-url {} --config orgs/uat.toml plan --save plan.json",
        org.url
    );
    let saved = paste(&desk, Some(&org.token), &line);
    let lines = next(saved.exits(0));
    assert!(
        lines.iter().any(|line| line.ends_with("--config orgs/uat.toml apply plan.json")),
        "{lines:?}"
    );
    let another = "cd 'else where' && provision --config provision.toml apply ../plan.json";
    let refused = paste(&desk, Some(&org.token), another);
    let words = refused.exits(5).err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("or is another one: the plan was made from"), "{refused}");
    std::fs::rename(desk.folder().join("orgs"), desk.folder().join("gone")).expect("it moves");
    let gone = paste(&desk, Some(&org.token), "cd gone && provision apply ../plan.json");
    assert!(gone.exits(2).err.contains("Give the configuration with --config FILE"), "{gone}");
    std::fs::rename(desk.folder().join("gone"), desk.folder().join("orgs")).expect("it moves");
    let applied = paste(&desk, Some(&org.token), "cd 'else where' && provision apply ../plan.json");
    assert!(applied.exits(0).out.contains("Done."), "{applied}");
    // What is told to be typed next is about that configuration, too.
    for line in next(&applied) {
        let line = format!("cd 'else where' && {line}");
        paste(&desk, Some(&org.token), &line).exits(0);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_saved_plan_is_never_replaced() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    std::os::unix::fs::symlink("elsewhere.json", desk.folder().join("link.json")).expect("a link");
    for file in ["provision.toml", "link.json"] {
        let line = format!("provision --instance-url {} plan --save {file}", org.url);
        let refused = paste(&desk, Some(&org.token), &line);
        assert!(refused.exits(2).err.contains("left alone"), "{refused}");
    }
    assert_eq!(desk.read("provision.toml"), demo());
    assert!(!desk.has("elsewhere.json"));
    let again = format!("provision --instance-url {} plan --save plan.json", org.url);
    paste(&desk, Some(&org.token), &again).exits(0);
    paste(&desk, Some(&org.token), &again).exits(0);
}

#[cfg(unix)]
#[test]
fn what_init_tells_to_type_checks_the_file() {
    let desk = Desk::new();
    let written = paste(&desk, None, "provision init");
    let lines = next(written.exits(0));
    let lint = lines.iter().find(|line| line.contains(" lint ")).expect("the line for lint");
    let found = paste(&desk, None, lint);
    assert!(found.exits(0).out.contains("provision.toml, a configuration"), "{found}");
}

#[cfg(unix)]
#[test]
fn an_org_that_is_named_once_need_not_be_named_again() {
    let desk = Desk::new();
    let none = paste(&desk, None, "provision plan");
    assert!(none.exits(2).err.contains("No org is named"), "{none}");
    let named = paste(&desk, None, "PROVISION_ORG=demo provision plan");
    assert!(named.exits(0).out.contains("provision --org demo apply"), "{named}");
    paste(&desk, None, "provision orgs default nobody").exits(2);
    paste(&desk, None, "provision orgs default demo").exits(0);
    paste(&desk, None, "provision plan --check").exits(3);
    paste(&desk, None, "provision orgs default --none").exits(0);
    paste(&desk, None, "provision plan").exits(2);
}

#[cfg(unix)]
#[test]
fn only_a_whole_yes_changes_an_org() {
    for (answer, changes) in [("not yet", false), ("xyz", false), ("", false), ("yes", true)] {
        let desk = Desk::new();
        let program = env!("CARGO_BIN_EXE_provision");
        let typed =
            format!("printf '{answer}\\nn\\n' | script -qec '{program} --org demo' /dev/null");
        let shown = paste(&desk, None, &format!("command -v script >/dev/null || exit 9; {typed}"));
        if shown.code == Some(9) {
            return;
        }
        assert_eq!(shown.out.contains("Done."), changes, "{answer}: {shown}");
        assert_eq!(shown.out.contains("Nothing was changed."), !changes, "{answer}: {shown}");
        assert!(!shown.out.contains("error:"), "{answer}: {shown}");
    }
}

/// The option that a refusal says to add, with its value.
#[track_caller]
fn to_add(refused: &Outcome, option: &str) -> String {
    let told = refused.err.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = told.split(&format!("{option} ")).nth(1).and_then(|rest| rest.split(' ').next());
    let value = found.map(|value| value.trim_end_matches(['.', ',', '`']));
    format!("{option} {}", value.expect("the option is told"))
}

#[cfg(unix)]
#[test]
fn the_next_line_of_a_production_plan_says_how_to_name_the_org() {
    let org = Org::with(org_emulator::Emulator::builder().kind(org_emulator::OrgKind::Production));
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let plan = format!("provision --instance-url {} plan", org.url);
    let shown = paste(&desk, Some(&org.token), &plan);
    for line in next(shown.exits(0)) {
        // Nobody is at a terminal to type the name.
        let refused = paste(&desk, Some(&org.token), &line);
        let named = format!("{line} {}", to_add(refused.exits(5), "--confirm"));
        assert!(paste(&desk, Some(&org.token), &named).exits(0).out.contains("Done."), "{named}");
    }
}

#[cfg(unix)]
#[test]
fn what_an_unfinished_uninstall_tells_to_type_works() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let at = format!("provision --instance-url {}", org.url);
    paste(&desk, Some(&org.token), &at).exits(0);
    // An uninstall that the org refuses in part stays begun.
    let state = provision::journal::Store::at(desk.folder().join(".local/state/provision"));
    let id = provision::model::OrgId::parse(&org.id).expect("an id");
    let unfinished = provision::journal::Unfinished {
        command: "uninstall".to_owned(),
        recipe: None,
        run: "01".to_owned(),
        began: "2026-11-22T10:00:00Z".parse().expect("a moment"),
        carried: provision::model::Baseline::default(),
        undoes: None,
        replaced: None,
        in_place: false,
        confirmed: provision::model::Confirmations::default(),
    };
    state.org(&id).begin_taking_away(&unfinished).expect("it is kept");
    let refused = paste(&desk, Some(&org.token), &at);
    let told = refused.exits(5).err.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<&str> =
        told.split('`').skip(1).step_by(2).filter(|it| it.starts_with("provision ")).collect();
    assert!(lines.len() > 1, "{refused}");
    for line in lines {
        let followed = paste(&desk, Some(&org.token), line);
        if followed.code == Some(5) {
            let named = format!("{line} {}", to_add(&followed, "--yes-delete-data"));
            paste(&desk, Some(&org.token), &named).exits(0);
        } else {
            followed.exits(0);
        }
    }
}

#[cfg(unix)]
#[test]
fn the_emulator_says_how_to_try_it() {
    use std::io::{BufRead as _, BufReader};
    let desk = Desk::new();
    let mut emulator = desk
        .command(&["emulator", "--port", "0"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the emulator starts");
    let out = BufReader::new(emulator.stdout.take().expect("what it says"));
    let mut lines = out.lines().map_while(Result::ok);
    let line = lines.find(|line| line.trim() == "try it:").and_then(|_| lines.next());
    let tried = paste(&desk, None, line.expect("a line to type").trim());
    emulator.kill().expect("it ends");
    emulator.wait().expect("its end");
    assert!(tried.exits(0).out.contains("Status for Northwind Support"), "{tried}");
}
