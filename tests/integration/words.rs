//! Words that have no place in finished work.

use std::fs;

use crate::rooms::sources;

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
