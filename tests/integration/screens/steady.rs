//! What is shown, without what differs from run to run.

/// What differs from run to run, with as many characters in its place.
pub(super) fn steady(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("127.0.0.1:") {
        let (before, after) = rest.split_at(at + "127.0.0.1:".len());
        out.push_str(before);
        let digits = after.len() - after.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        out.push_str(&"0".repeat(digits));
        rest = &after[digits..];
    }
    out.push_str(rest);
    dated(&out)
}

/// Days and times of day, and ids of runs, which are made of time.
fn dated(text: &str) -> String {
    let is_day = |word: &str| {
        let parts: Vec<&str> = word.split('-').collect();
        parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok())
    };
    let is_time = |word: &str| {
        word.len() == 5
            && word.as_bytes()[2] == b':'
            && word.replace(':', "").parse::<u32>().is_ok()
    };
    let is_id = |word: &str| {
        matches!(word.len(), 8 | 32)
            && word.starts_with("01")
            && word.chars().all(|it| it.is_ascii_hexdigit())
    };
    // What is painted ends with a mark.
    let plain = |word: &str| {
        word.trim_end_matches("‹/›").trim_matches([',', '.', '`', '(', ')']).to_owned()
    };
    let replaced = |word: &str| {
        let bare = plain(word);
        if bare.is_empty() {
            return word.to_owned();
        }
        let stands = match () {
            () if is_day(&bare) && bare.len() == 10 => "2026-01-02".to_owned(),
            () if is_time(&bare) => "03:04".to_owned(),
            // Calls that are left of a day's.
            () if bare.len() == 5 && bare.starts_with("9999") => "99990".to_owned(),
            () if is_id(&bare) => "0".repeat(bare.len()),
            () => return word.to_owned(),
        };
        word.replace(&bare, &stands)
    };
    let line = |line: &str| line.split(' ').map(replaced).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The text without what a run has cost, which is another time every time.
pub(super) fn without_cost(text: &str) -> String {
    let is_cost = |line: &str| {
        let words: Vec<&str> = line.trim_start_matches("‹dim›").split(' ').collect();
        words.len() > 1 && words[0].parse::<u32>().is_ok() && words[1].starts_with("request")
    };
    let mut out = String::new();
    let mut inside = false;
    for line in text.lines() {
        if !inside && is_cost(line) {
            out.push_str("(requests and times)\n");
            inside = true;
        }
        if !inside {
            out.push_str(line);
            out.push('\n');
        }
        inside &= !line.trim_end_matches("‹/›").ends_with('.');
    }
    out
}
