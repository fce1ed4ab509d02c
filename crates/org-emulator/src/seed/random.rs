//! Repeatable randomness: `SplitMix64`, so that a seed gives the same org everywhere.

/// A stream of numbers that its seed determines.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The stream of that seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit, which is not zero.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(u64::MAX);
        // Smaller than `limit`, so it fits.
        usize::try_from(self.next() % limit).unwrap_or_default()
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// True so many times out of a hundred.
    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// A name that means nothing: a letter, then letters and digits.
    pub(super) fn gibberish(&mut self) -> String {
        const CONSONANTS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
        const VOWELS: &[u8] = b"aeiou";
        let mut name = String::new();
        for _ in 0..2 + self.below(2) {
            name.push(char::from(*self.pick(CONSONANTS)));
            name.push(char::from(*self.pick(VOWELS)));
        }
        let number = self.below(90) + 10;
        format!("{name}{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        let mut random = Random::new(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }
}
