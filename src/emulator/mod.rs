//! An org on loopback.
