//! What a person does next where the client reports trouble, in the words of this program: its options
//! and variables, and the pages of Setup.
//!
//! The client says as a value what happened, and knows no command line; these functions add the hints.

mod denial;
mod login;
mod network;
mod obstacle;
mod webex;

pub use denial::after_denial;
pub use login::{NEW_ACCESS_TOKEN, after_key_error, after_login_error};
pub use network::after_network_error;
pub use obstacle::after_obstacle;
pub use webex::after_webex_denial;
