//! Names in sentences.

/// Names in a row, with what is past the first ones only counted.
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const NAMED: usize = 5;
    let shown: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
