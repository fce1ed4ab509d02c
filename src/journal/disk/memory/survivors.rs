//! What a power cut leaves of that which was not synced.

/// What becomes of that which was not synced when the power is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsynced {
    /// All of it is lost.
    Lost,
    /// All of it was written nevertheless.
    Kept,
    /// Some of it was, chosen by that seed: some names, and the beginnings of what was added to
    /// files, with zeros where the rest should be or without.
    Torn(u64),
}

/// Decides by a seed, so that the same simulation ends in the same way.
pub(super) struct Chance {
    unsynced: Unsynced,
    state: u64,
}

impl Chance {
    pub(super) fn of(unsynced: Unsynced) -> Self {
        let state = if let Unsynced::Torn(seed) = unsynced { seed } else { 0 };
        Self { unsynced, state }
    }

    /// Whether a changed name survives.
    pub(super) fn survives(&mut self) -> bool {
        match self.unsynced {
            Unsynced::Lost => false,
            Unsynced::Kept => true,
            Unsynced::Torn(_) => self.below(2) == 0,
        }
    }

    /// What is left of a file of which so many bytes were synced.
    pub(super) fn rest_of(&mut self, mut bytes: Vec<u8>, synced: usize) -> Vec<u8> {
        let unsynced = bytes.len() - synced;
        let kept = match self.unsynced {
            Unsynced::Lost => 0,
            Unsynced::Kept => unsynced,
            Unsynced::Torn(_) => self.below(unsynced + 1),
        };
        let length = bytes.len();
        bytes.truncate(synced + kept);
        if kept < unsynced && matches!(self.unsynced, Unsynced::Torn(_)) && self.survives() {
            // The file system knew how long the file is, and not yet what it holds.
            bytes.resize(length, 0);
        }
        bytes
    }

    /// A number below that one, by the generator `SplitMix64`.
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = mixed ^ (mixed >> 31);
        usize::try_from(mixed % (limit.max(1) as u64)).unwrap_or(0)
    }
}
