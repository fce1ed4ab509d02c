//! Whatever bytes somebody hands to a parser, it answers or refuses, and does neither panic nor hang.
//!
//! The bytes are right ones that were changed; `scripts/mutations N` tries N of them for each parser. The same parsers
//! are tried by `scripts/fuzz`, which begins with the same right ones (`PROVISION_SEEDS` says where it wants them) and
//! goes where the code leads it.

pub(crate) mod answers;
mod clients;
mod files;
mod mutation;
#[path = "../../../crates/fuzz/src/parsers/mod.rs"]
mod parsers;
mod requests;

#[test]
fn every_parser_is_a_target_of_the_fuzzer() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/fuzz/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).expect("the fuzzer's manifest");
    let binaries = manifest.split("[[bin]]\n").skip(1);
    let name = |binary: &str| binary.lines().next().expect("a line").to_owned();
    let parsers = parsers::ALL.iter().map(|(name, _)| format!("name = \"{name}\""));
    assert_eq!(binaries.map(name).collect::<Vec<_>>(), parsers.collect::<Vec<_>>());
}
