//! Where exported tables go.

use std::io;

/// A place that takes tables.
pub trait Sink: Send + Sync {
    /// Begins a table of that file name.
    fn begin(&self, file: &str) -> io::Result<Box<dyn Part>>;
}

/// A table that is being written. One that is dropped unfinished must not be taken for a whole one.
pub trait Part: io::Write + Send {
    /// The table is whole.
    fn finish(self: Box<Self>) -> io::Result<()>;
}
