//! Letters that nobody can guess.

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::Error;

/// So many random bytes, in letters that are at home in addresses.
pub(super) fn letters<const BYTES: usize>() -> Result<String, Error> {
    let mut bytes = [0_u8; BYTES];
    rand::fill(&mut bytes).map_err(|_| {
        Error::local(
            "This machine gives no random numbers, and a login cannot be safe without them.",
            "Look at what keeps the operating system's random number generator from working.",
        )
    })?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
