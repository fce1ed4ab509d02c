//! Ctrl-C, a closed terminal, a stopped service: the first signal asks the run to stop, the second ends the program.

use std::convert::Infallible;
use std::io;

use tokio::sync::watch;

use crate::cli::exit;
use crate::failure::Kind;
use crate::view::Terminal;

/// Ctrl-C, and the signal by which services are stopped, from now on.
#[derive(Debug)]
pub(super) struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    hangup: Option<tokio::signal::unix::Signal>,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Signals {
    /// Takes the signals over from the system, which would end the program. Needs a runtime.
    pub(super) fn take() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hangup: (!ignores_hangup()).then(|| signal(SignalKind::hangup())).transpose()?,
            })
        }
        #[cfg(windows)]
        Ok(Self { interrupt: tokio::signal::windows::ctrl_c()? })
    }

    /// Waits for the next one.
    pub(super) async fn next(&mut self) -> Asked {
        #[cfg(unix)]
        {
            tokio::select! {
                _ = self.interrupt.recv() => Asked::ByCtrlC,
                _ = self.terminate.recv() => Asked::ToTerminate,
                () = closed(self.hangup.as_mut()) => Asked::ByClosing,
            }
        }
        #[cfg(windows)]
        {
            self.interrupt.recv().await;
            Asked::ByCtrlC
        }
    }
}

/// How the program was asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    ByCtrlC,
    #[cfg(unix)]
    ToTerminate,
    /// The terminal was closed. The shell and the system both say so.
    #[cfg(unix)]
    ByClosing,
}

/// Waits until the terminal is closed.
#[cfg(unix)]
async fn closed(hangup: Option<&mut tokio::signal::unix::Signal>) {
    match hangup {
        Some(hangup) => drop(hangup.recv().await),
        None => std::future::pending().await,
    }
}

/// Whether whoever started this wants it to go on without a terminal, as nohup does. Only Linux
/// tells; elsewhere a closed terminal ends a run in any case.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ignores(&status)
}

/// The first of the ignored signals, which are the bits of a number.
#[cfg(unix)]
fn ignores(status: &str) -> bool {
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|it| it & 1 == 1)
}

/// Waits until somebody wants the run to stop. A run that is asked to stop cancels what is under
/// way in the org; whoever does not want to wait for that asks again.
pub(super) async fn first(mut asked: watch::Receiver<bool>) {
    if asked.wait_for(|asked| *asked).await.is_err() {
        // Nobody listens for signals: nobody will ever ask.
        std::future::pending::<()>().await;
    }
}

/// Passes the first signal on and ends the program with the second.
pub(super) async fn watch(
    mut signals: Signals,
    terminal: &Terminal,
    tell: watch::Sender<bool>,
) -> Infallible {
    if signals.next().await == Asked::ByCtrlC {
        terminal.after_ctrl_c();
    }
    terminal.note("Stopping. Press Ctrl-C again to quit at once and leave the org as it is.");
    tell.send_replace(true);
    // A terminal is closed once, however often that is said.
    let mut again = signals.next().await;
    #[cfg(unix)]
    while again == Asked::ByClosing {
        again = signals.next().await;
    }
    if again == Asked::ByCtrlC {
        terminal.after_ctrl_c();
    }
    terminal.clear();
    std::process::exit(i32::from(exit::code_of(Kind::Interrupted)))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn nohup_is_told_by_the_mask_of_ignored_signals() {
        assert!(ignores("Name:\tx\nSigIgn:\t0000000000001001\n"));
        assert!(!ignores("SigIgn:\t0000000000001000\n"));
        assert!(!ignores(""));
    }
}
