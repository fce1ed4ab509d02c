//! A number that stands for a text: FNV-1a with 64 bits, the same in any build.

/// The number of these bytes. It tells texts apart, and keeps nobody from making two of one number.
pub fn fnv(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
