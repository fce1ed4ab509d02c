//! What `init` says.

use super::Look;
use super::text::{clean, wrapped};

/// A configuration was written for somebody who has none.
pub fn begun(file: &str, again: &str, look: Look) -> String {
    let text = format!(
        "Wrote {}. See to the four places marked >>> in it, then look at what would change:",
        clean(file)
    );
    format!("{}  {again} plan\n", wrapped("", &text, 0, look.width))
}
