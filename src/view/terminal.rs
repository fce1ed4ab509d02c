//! The one door to the terminal.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anstream::{AutoStream, ColorChoice};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dialoguer::console::Term;
use dialoguer::theme::Theme;
use indicatif::{MultiProgress, ProgressDrawTarget};

use super::failure::failure;
use super::harmless::{harmless, harmless_json};
use super::picture::{Style, draw};
use super::text::wrapped;
use super::{CommandReport, Format, Prompt, Screen, Settings};
use crate::failure::Failure;
use crate::model::{Diagnostic, Invocation, in_full};

/// Standard output and standard error.
///
/// A reader that has gone away (`| head`) is no error: what it no longer reads is not written.
/// Any other trouble with standard output is kept for [`Terminal::trouble`].
pub struct Terminal {
    settings: Settings,
    out: Mutex<Stream>,
    err: Mutex<Stream>,
    bars: MultiProgress,
    moving: AtomicBool,
    /// Whether everything is told: `--full`.
    full: AtomicBool,
    /// How long people took to answer.
    answering_ms: AtomicU64,
}

struct Stream {
    writer: Box<dyn Write + Send>,
    closed: bool,
    trouble: Option<io::Error>,
}

impl Terminal {
    /// The process's own streams.
    pub fn of_process(settings: Settings) -> Self {
        Self::new(
            settings,
            Box::new(AutoStream::new(io::stdout(), settings.out_colour)),
            Box::new(AutoStream::new(io::stderr(), settings.err_colour)),
        )
    }

    /// Streams to anywhere.
    pub fn new(settings: Settings, out: Box<dyn Write + Send>, err: Box<dyn Write + Send>) -> Self {
        let target =
            if settings.live { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self {
            settings,
            out: Mutex::new(Stream::to(out)),
            err: Mutex::new(Stream::to(err)),
            bars: MultiProgress::with_draw_target(target),
            moving: AtomicBool::new(false),
            full: AtomicBool::new(false),
            answering_ms: AtomicU64::new(0),
        }
    }

    /// What the program was started with.
    pub fn settings(&self) -> Settings {
        let full = self.full.load(Ordering::Relaxed);
        let Settings { out, err, .. } = self.settings;
        let with = |screen: Screen| Screen { full: full || screen.full, ..screen };
        Settings { out: with(out), err: with(err), ..self.settings }
    }

    /// From now on, nothing is cut or put together: every change and every name is told.
    pub fn tell_all(&self) {
        self.full.store(true, Ordering::Relaxed);
    }

    /// Shows a failure.
    pub fn failure(&self, failed: &Failure) {
        let Settings { err, err_colour, .. } = self.settings();
        self.err(&failure(failed, err, err_colour != ColorChoice::Never));
    }

    /// Shows diagnostics with their lines, each with an empty line below it.
    pub fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        if !diagnostics.is_empty() {
            let Settings { err, err_colour, .. } = self.settings();
            let style = Style::of(err, err_colour != ColorChoice::Never);
            self.err(&(draw(diagnostics, style) + "\n\n"));
        }
    }

    /// Writes what a command reports to standard output; `invocation` is what it was started with.
    pub fn report(
        &self,
        report: &CommandReport<'_>,
        format: Format,
        invocation: &Invocation,
    ) -> Result<(), Failure> {
        self.out(&format.reporter(&self.settings, invocation).report(report)?);
        Ok(())
    }

    /// Writes what a reporter made to standard output, or why it made nothing to standard error.
    pub(super) fn print(&self, made: Result<String, Failure>) {
        match made {
            Ok(text) => self.out(&text),
            Err(failure) => self.failure(&failure),
        }
    }

    /// Lines that move, on standard error; they step aside while something is printed.
    pub(super) fn bars(&self) -> &MultiProgress {
        &self.bars
    }

    /// Notes whether there are such lines right now.
    pub(super) fn set_moving(&self, moving: bool) {
        self.moving.store(moving, Ordering::Relaxed);
    }

    /// Mends what a terminal does at Ctrl-C: it writes `^C` behind the moving lines, which end at
    /// its right border, so that the cursor stands one line too low for taking them away.
    pub fn after_ctrl_c(&self) {
        if self.settings.live && self.moving.load(Ordering::Relaxed) {
            let term = Term::stderr();
            // A cursor that cannot be moved leaves a line behind, no more.
            term.clear_line().and_then(|()| term.move_cursor_up(1)).ok();
        }
    }

    /// Writes to standard output.
    pub fn out(&self, text: &str) {
        if !text.is_empty() {
            self.aside(|| locked(&self.out).write(text));
        }
    }

    /// Writes a JSON text to standard output, with whatever could harm a terminal escaped.
    pub fn out_json(&self, text: &str) {
        self.out(&harmless_json(in_full(text).into_owned()));
    }

    /// Writes to standard error.
    pub fn err(&self, text: &str) {
        self.aside(|| locked(&self.err).write(text));
    }

    /// Asks a question that `no` is the safe answer to: only a whole `y` or `yes` is yes. Whoever
    /// cannot answer says no; `None` where Ctrl-C is the answer.
    pub fn confirm(&self, question: &str) -> Option<bool> {
        if !self.settings.asks {
            return Some(false);
        }
        match self.typed(&format!("{question} [y/N]")) {
            Ok(answer) => Some(is_yes(&answer)),
            Err(error) => (error.kind() != ErrorKind::Interrupted).then_some(false),
        }
    }

    /// Says something by the way, on standard error.
    pub fn note(&self, text: &str) {
        self.err(&wrapped("", text, 0, self.settings().err));
    }

    /// Asks for a line of text; `None` where Ctrl-C is the answer, or nobody can answer.
    pub fn line(&self, question: &str) -> Option<String> {
        if !self.settings.asks {
            return None;
        }
        self.typed(question).ok()
    }

    /// How long people took to answer so far.
    pub fn answering_ms(&self) -> u64 {
        self.answering_ms.load(Ordering::Relaxed)
    }

    /// What a person types behind a question, up to Enter.
    fn typed(&self, question: &str) -> io::Result<String> {
        let asked = Instant::now();
        let answer = self.answer(question);
        let took = asked.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
        self.answering_ms.fetch_add(took, Ordering::Relaxed);
        answer
    }

    fn answer(&self, question: &str) -> io::Result<String> {
        self.aside(|| {
            let answer = dialoguer::Input::<String>::with_theme(&AsAsked)
                .with_prompt(harmless(question))
                .allow_empty(true)
                .interact_text();
            answer.map_err(|error| {
                // The prompt was not there to show the cursor again and to end its line.
                Term::stderr().show_cursor().ok();
                locked(&self.err).write("\n");
                let dialoguer::Error::IO(error) = error;
                error
            })
        })
    }

    /// Asks for what must not be seen, also on another thread; `None` where nobody can answer.
    pub fn prompt(&self) -> Option<Prompt> {
        let bars = self.settings.live.then(|| self.bars.clone());
        self.settings.asks.then(|| Prompt::beside(bars))
    }

    /// Whether a text can be given to the terminal for the clipboard.
    pub(super) fn copies(&self) -> bool {
        let Settings { live, err_colour, .. } = self.settings;
        live && err_colour != ColorChoice::Never
    }

    /// Gives a text to the terminal for the clipboard (OSC 52). Terminals that do not allow that ignore
    /// it, and none answers.
    pub(super) fn copy(&self, text: &str) {
        let code = format!("\u{1b}]52;c;{}\u{7}", BASE64_STANDARD.encode(text));
        self.aside(|| locked(&self.err).write_code(&code));
    }

    /// What kept standard output from being written, once.
    pub fn trouble(&self) -> Option<io::Error> {
        locked(&self.out).trouble.take()
    }

    /// Takes the moving lines away: before the process ends in a hurry.
    pub fn clear(&self) {
        // A terminal that cannot be cleared needs no clearing.
        drop(self.bars.clear());
    }

    fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        if self.settings.live { self.bars.suspend(write) } else { write() }
    }
}

/// Whether an answer is a whole yes.
fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

/// Questions as they are worded, without a colon behind a question mark.
struct AsAsked;

impl Theme for AsAsked {
    fn format_input_prompt(
        &self,
        out: &mut dyn fmt::Write,
        question: &str,
        _default: Option<&str>,
    ) -> fmt::Result {
        write!(out, "{question} ")
    }

    fn format_input_prompt_selection(
        &self,
        out: &mut dyn fmt::Write,
        question: &str,
        answer: &str,
    ) -> fmt::Result {
        write!(out, "{question} {answer}")
    }
}

impl fmt::Debug for Terminal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Terminal").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Stream {
    fn to(writer: Box<dyn Write + Send>) -> Self {
        Self { writer, closed: false, trouble: None }
    }

    fn write(&mut self, text: &str) {
        self.write_code(&harmless(&in_full(text)));
    }

    /// Writes what is meant for the terminal itself, and was made here.
    fn write_code(&mut self, text: &str) {
        if self.closed {
            return;
        }
        let written = self.writer.write_all(text.as_bytes()).and_then(|()| self.writer.flush());
        if let Err(error) = written {
            self.closed = true;
            if error.kind() != ErrorKind::BrokenPipe {
                self.trouble = Some(error);
            }
        }
    }
}

/// A stream that somebody panicked beside is still a stream.
fn locked(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::samples::{self, Gone};

    #[test]
    fn only_a_whole_yes_is_yes() {
        for yes in ["y", "Y", "yes", " Yes ", "YES"] {
            assert!(is_yes(yes), "{yes}");
        }
        for no in ["", "n", "no", "not yet", "yesterday", "xyz", "ye", "yy", "y n", "j", "ja"] {
            assert!(!is_yes(no), "{no}");
        }
    }

    #[derive(Clone, Default)]
    struct Written(std::sync::Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn only_a_terminal_gets_something_for_the_clipboard() {
        let pipe = samples::settings(80);
        assert!(!Terminal::new(pipe, Box::new(io::sink()), Box::new(io::sink())).copies());
        let live = Settings { live: true, err_colour: ColorChoice::Always, ..pipe };
        let written = Written::default();
        let terminal = Terminal::new(live, Box::new(io::sink()), Box::new(written.clone()));
        assert!(terminal.copies());
        // What an org says cannot end the code that it is in.
        terminal.copy("Webex\u{7}\u{1b}]0;x");
        let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text, "\u{1b}]52;c;V2ViZXgHG10wO3g=\u{7}");
    }

    #[test]
    fn a_closed_pipe_is_no_trouble_and_a_full_disk_is() {
        let settings = samples::settings(80);
        let closed =
            Terminal::new(settings, Box::new(Gone(ErrorKind::BrokenPipe)), Box::new(io::sink()));
        closed.out("a\n");
        closed.out("b\n");
        assert!(closed.trouble().is_none());
        let full =
            Terminal::new(settings, Box::new(Gone(ErrorKind::StorageFull)), Box::new(io::sink()));
        full.out("a\n");
        assert!(full.trouble().is_some());
    }
}
