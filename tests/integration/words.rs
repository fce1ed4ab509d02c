//! Words that have no place in finished work.

use std::fs;
use std::path::Path;

use crate::rooms::{is_test, sources};

#[test]
fn nothing_is_left_for_later() {
    let forbidden = ["dbg!", "todo!", "unimplemented!", "fixme", "xxx"];
    let mut found = Vec::new();
    for file in sources() {
        let text = fs::read_to_string(&file).expect("a source file").to_lowercase();
        for (number, line) in text.lines().enumerate() {
            if forbidden.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A text that goes on in the next line ends with a backslash, or else people read the indentation.
#[test]
fn no_text_holds_the_indentation_of_its_source() {
    let mut found = Vec::new();
    for file in sources().into_iter().filter(|file| !is_test(file)) {
        let text = fs::read_to_string(&file).expect("a source file");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            let literals = line.split('"').skip(1).step_by(2);
            if literals.into_iter().any(|it| it.contains("        ") && it.trim().len() > 60) {
                found.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_test_file_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/integration");
    let main = fs::read_to_string(format!("{folder}/main.rs")).expect("the list of modules");
    for entry in fs::read_dir(folder).expect("the folder of tests") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let module = name.trim_end_matches(".rs");
        if module != "main" {
            assert!(main.contains(&format!("mod {module};")), "{name} is in no test binary");
        }
    }
}

/// Where a command may stand in a text, and why: nobody types it behind the options at hand.
const TYPED: [(&str, &str); 7] = [
    ("src/checklist/data_center/adopt.rs", "a comment of the configuration that is written"),
    ("src/cli/arguments.rs", "the help"),
    ("src/cli/commands/fetch.rs", "a comment of the file that is written"),
    ("src/cli/help.rs", "the help"),
    ("src/engine/snapshot_file/write.rs", "a comment of the file that is written"),
    ("src/view/baseline_file.rs", "a command for another machine"),
    ("src/view/emulator.rs", "a command line with a token, for a shell"),
];

/// A command that a person is told to type is a value (`model::Command`), which gets `--org`, `--config` and
/// `--state-dir` when it is shown. A text that only names one does without the program's name.
#[test]
fn no_text_has_a_command_in_it_that_is_typed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let commands = commands();
    assert!(commands.contains(&"uninstall".to_owned()), "{commands:?}");
    let mut found = Vec::new();
    let mut excused: Vec<&str> = Vec::new();
    for file in sources() {
        let Ok(inside) = file.strip_prefix(root) else { continue };
        if !inside.starts_with("src") || is_test(&file) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        let name = inside.to_string_lossy().replace('\\', "/");
        let typed = typed_commands(&text, &commands);
        match TYPED.iter().find(|(excused, _)| *excused == name) {
            Some((file, _)) if !typed.is_empty() => excused.push(file),
            Some(_) => {}
            None => found.extend(typed.iter().map(|line| format!("{name}: {line}"))),
        }
    }
    assert!(found.is_empty(), "a command is a Hint::Command:\n{}", found.join("\n"));
    let idle: Vec<_> = TYPED.iter().filter(|(file, _)| !excused.contains(file)).collect();
    assert!(idle.is_empty(), "these excuses excuse nothing: {idle:?}");
}

#[test]
fn a_typed_command_is_found_wherever_it_stands() {
    let commands = ["login".to_owned(), "runs".to_owned()];
    for text in [
        "hint(\"Log in by `provision login ALIAS`.\")",
        "hint(\"Log in: provision login\")",
        "\"provision \\\n                 runs show\"",
        "\"provision --org demo\"",
    ] {
        assert_eq!(typed_commands(text, &commands).len(), 1, "{text}");
    }
    for text in [
        "/// `provision login`",
        "\"provision has no part for browsers\"",
        "\"`login ALIAS`\"",
        "const EXAMPLES: &str = \"\\\n  provision login uat\";\n",
        "#[cfg(test)]\nmod tests { \"provision runs\" }",
    ] {
        assert!(typed_commands(text, &commands).is_empty(), "{text}");
    }
}

/// The lines of a source file in which a text has a command of the program, tests, comments and the examples
/// of the help left out.
fn typed_commands(source: &str, commands: &[String]) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    // A text that goes on in the next line is one.
    let mut joined = String::new();
    let (mut goes_on, mut examples) = (false, false);
    for line in source.lines() {
        examples |= line.starts_with("const EXAMPLES");
        let trimmed = line.trim_start();
        if !examples && !trimmed.starts_with("//") {
            let part = if goes_on { trimmed } else { line };
            goes_on = part.ends_with('\\');
            joined.push_str(part.trim_end_matches('\\'));
            joined.push_str(if goes_on { "" } else { "\n" });
        }
        examples &= !line.ends_with("\";");
    }
    let is_command = |rest: &str| {
        let word = rest.split(|letter: char| !letter.is_alphanumeric() && letter != '-').next();
        word.is_some_and(|word| word.starts_with("--") || commands.iter().any(|it| it == word))
    };
    let types = |line: &&str| {
        line.match_indices("provision ").any(|(at, said)| is_command(&line[at + said.len()..]))
    };
    joined.lines().filter(types).map(|line| line.trim().to_owned()).collect()
}

/// The commands of the program, as its help lists them.
fn commands() -> Vec<String> {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_provision")).arg("--help").output();
    let help = String::from_utf8(help.expect("the help").stdout).expect("text");
    let list = help.split("Commands:").nth(1).expect("its list of commands");
    let lines = list.lines().skip(1).take_while(|line| line.starts_with("  "));
    lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}
