//! Colours, as words that a snapshot can hold.

use std::fmt::Write as _;

/// The text with `‹bold red›` before what is painted and `‹/›` behind it.
pub(super) fn in_words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        let (codes, after) = after.split_once('m').expect("the end of a style");
        let codes: Vec<&str> = codes.split(';').map(word).collect();
        write!(out, "‹{}›", codes.join(" ")).expect("a text");
        rest = after;
    }
    out.push_str(rest);
    // Styles that begin where others do are one.
    out.replace("››", "›").replace("›‹", " ")
}

fn word(code: &str) -> &str {
    match code {
        "0" => "/",
        "1" => "bold",
        "2" => "dim",
        "4" => "underlined",
        "31" => "red",
        "32" => "green",
        "33" => "yellow",
        "34" => "blue",
        "35" => "magenta",
        "36" => "cyan",
        other => other,
    }
}
