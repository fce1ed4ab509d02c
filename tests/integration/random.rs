//! Numbers that look random, and are the same for the same seed.

/// One number after another (`SplitMix64`).
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of so many, from 0; 0 of none.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count.max(1)).expect("a count");
        usize::try_from(self.next() % count).expect("a smaller one")
    }

    pub(crate) fn flip(&mut self) -> bool {
        self.below(2) == 0
    }

    /// One of these, where there is one.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { of.get(self.below(of.len())) }
    }

    /// One of these, of which there is one.
    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *self.pick(of).expect("one of several")
    }
}
