//! Salesforce record ids: 15 characters that mean something, 3 that check their letters' case.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// An 18-character record id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(String);

impl Id {
    /// Reads a 15- or 18-character id; `None` where it is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let plausible = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match text.len() {
            15 if plausible => Some(Self::with_checksum(text)),
            18 if plausible => {
                let id = Self::with_checksum(text.get(..15)?);
                (id.0 == text).then_some(id)
            }
            _ => None,
        }
    }

    fn with_checksum(fifteen: &str) -> Self {
        let mut text = fifteen.to_owned();
        for chunk in fifteen.as_bytes().chunks(5) {
            let upper = chunk
                .iter()
                .enumerate()
                .filter(|(_, byte)| byte.is_ascii_uppercase())
                .fold(0, |bits, (place, _)| bits | (1 << place));
            text.push(char::from(CHECKS[upper]));
        }
        Self(text)
    }

    /// The id of an org that nobody else has.
    pub(crate) fn of_new_org() -> Self {
        let mut bytes = [0; 16];
        // Without randomness there is still the process and the moment.
        if aws_lc_rs::rand::fill(&mut bytes).is_err() {
            let now = u128::from(crate::clock::now()) << 32;
            bytes = (now | u128::from(std::process::id())).to_le_bytes();
        }
        let [low, high] = [0, 8].map(|at| {
            let half: [u8; 8] = bytes[at..at + 8].try_into().unwrap_or_default();
            u64::from_le_bytes(half)
        });
        let instance = base62(low % 62_u64.pow(5), 5);
        Self::with_checksum(&format!("00D{instance}{}", base62(high % 62_u64.pow(7), 7)))
    }

    /// The whole id, 18 characters.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The first 15 characters, which are all that counts.
    pub(crate) fn short(&self) -> &str {
        &self.0[..15]
    }

    /// The same id as another kind of record, for records that come in pairs.
    pub(crate) fn as_kind(&self, prefix: &str) -> Self {
        Self::with_checksum(&format!("{prefix}{}", &self.0[3..15]))
    }

    /// The three characters that tell the kind of record.
    pub(crate) fn prefix(&self) -> &str {
        &self.0[..3]
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format!("{text:?} is not a record id")))
    }
}

/// Hands out ids, one after another for each key prefix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct IdSource {
    /// Five characters that every id of this org carries, as real ids carry their instance.
    instance: String,
    next: BTreeMap<String, u64>,
}

impl IdSource {
    /// A source whose ids differ from those of any other number.
    pub(crate) fn new(number: u64) -> Self {
        Self { instance: base62(number % 62_u64.pow(5), 5), next: BTreeMap::new() }
    }

    /// The next id of that kind; `prefix` has three characters.
    pub(crate) fn next(&mut self, prefix: &str) -> Id {
        let count = self.next.entry(prefix.to_owned()).or_insert(1);
        let text = format!("{prefix}{}{}", self.instance, base62(*count, 7));
        *count += 1;
        Id::with_checksum(&text)
    }
}

fn base62(mut number: u64, width: usize) -> String {
    let mut digits = vec![b'0'; width];
    for digit in digits.iter_mut().rev() {
        // The remainder of a division by 62 always fits.
        *digit = DIGITS[usize::try_from(number % 62).unwrap_or_default()];
        number /= 62;
    }
    digits.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_real_one() {
        // Ids published by Cisco and by Salesforce's own tools.
        for id in ["04tUl000000VK45IAG", "a0N30000008YM3bEAG", "0Hf1h0000006runCAA"] {
            assert_eq!(Id::parse(&id[..15]).unwrap().as_str(), id);
            assert_eq!(Id::parse(id).unwrap().as_str(), id);
        }
        assert_eq!(Id::parse("04tUl000000VK45AAA"), None);
        assert_eq!(Id::parse("04t"), None);
        assert_eq!(Id::parse("04tUl000000VK4é"), None);
    }

    #[test]
    fn a_source_never_repeats_itself() {
        let mut ids = IdSource::new(7);
        let first = ids.next("005");
        let second = ids.next("005");
        assert_ne!(first, second);
        assert_eq!(first.prefix(), "005");
        assert_eq!(Id::parse(first.short()), Some(first));
    }
}
