//! The machine's clock: ids, certificates and records need a moment that calendars have.

use std::time::{Duration, SystemTime};

use crate::failure::Failure;

/// The end of the year 9999, in seconds since 1970: the last moment that records can hold.
const LAST: u64 = 253_402_300_799;

/// Refuses to work with a clock before 1970 or after 9999.
pub(super) fn check(now: SystemTime) -> Result<(), Failure> {
    let since = now.duration_since(SystemTime::UNIX_EPOCH);
    if since.is_ok_and(|since| since < Duration::from_secs(LAST)) {
        return Ok(());
    }
    Err(Failure::refused("This machine's clock is not between the years 1970 and 9999.").hint(
        "Set the clock: without it, certificates cannot be checked and runs cannot be recorded.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_that_no_record_can_hold_are_refused() {
        let epoch = SystemTime::UNIX_EPOCH;
        let day = Duration::from_secs(86_400);
        assert!(check(SystemTime::now()).is_ok() && check(epoch).is_ok());
        assert!(check(epoch - day).is_err());
        assert!(check(epoch + Duration::from_secs(LAST) + day).is_err());
    }
}
