//! The client against the emulated tenant, over real sockets.
//!
//! At the end of each test, every request and every answer is judged by Cisco's description of the API and
//! the overlay of its exceptions, where that description lies beside the project.

mod bench;
mod logins;
mod records;
mod traps;
