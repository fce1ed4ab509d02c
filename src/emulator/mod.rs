//! An org on loopback.

mod soql;
