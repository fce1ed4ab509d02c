//! What moves, and who, tried on made-up orgs.

mod conversions;
mod teams;
mod waves;
