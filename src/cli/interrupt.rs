//! Ctrl-C: the first one asks the run to stop, the second ends the program.

use std::convert::Infallible;
use std::io;

use tokio::sync::watch;

use crate::failure::Kind;
use crate::view::Terminal;

/// Ctrl-C, and the signal by which services are stopped, from now on.
#[derive(Debug)]
pub(super) struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
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
            })
        }
        #[cfg(windows)]
        Ok(Self { interrupt: tokio::signal::windows::ctrl_c()? })
    }

    /// Waits for the next one, and tells whether it was Ctrl-C.
    pub(super) async fn next(&mut self) -> bool {
        #[cfg(unix)]
        {
            tokio::select! {
                _ = self.interrupt.recv() => true,
                _ = self.terminate.recv() => false,
            }
        }
        #[cfg(windows)]
        {
            self.interrupt.recv().await;
            true
        }
    }
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
    if signals.next().await {
        terminal.after_ctrl_c();
    }
    terminal.err("Stopping; Ctrl-C once more ends at once and leaves the org as it is.\n");
    tell.send_replace(true);
    if signals.next().await {
        terminal.after_ctrl_c();
    }
    terminal.clear();
    std::process::exit(i32::from(Kind::Interrupted.exit_code()))
}
