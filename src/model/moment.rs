//! Moments as an org writes them.

/// An org's way to write a moment, as people write it; as it came where it is another.
pub fn moment_for_people(text: &str) -> String {
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(time)) if text.as_bytes().get(10) == Some(&b'T') => {
            format!("{day} {time} UTC")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_to_the_minute_and_anything_else_as_it_came() {
        assert_eq!(moment_for_people("2026-11-22T18:01:02.000+0000"), "2026-11-22 18:01 UTC");
        assert_eq!(moment_for_people("yesterday"), "yesterday");
        assert_eq!(moment_for_people("ééééééééééééééé"), "ééééééééééééééé");
    }
}
