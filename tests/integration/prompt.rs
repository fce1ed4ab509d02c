//! The hidden prompt at a real terminal: what is typed is read, and nowhere to be seen.

use std::io::{Read as _, Write as _};
use std::process::{ChildStdout, Command, Stdio};
use std::time::Duration;

use anstream::ColorChoice;
use provision::view::{Screen, Settings, Terminal};
use secrecy::ExposeSecret as _;

use crate::desk::Desk;
use crate::migration::with_version_1;
use crate::support::demo;

const QUESTION: &str = "Passphrase of the sealed file";

#[test]
fn what_is_typed_is_hidden_and_asked_for_twice_where_it_is_new() {
    let program = std::env::current_exe().expect("this program");
    let inner =
        format!("tty; exec '{}' --ignored --exact prompt::inner --nocapture", program.display());
    let script = Command::new("script")
        .args(["-qec", &inner, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    // Machines without a terminal to lend have none of this either.
    let Ok(mut script) = script else { return };
    let mut keys = script.stdin.take().expect("keys");
    let mut screen = script.stdout.take().expect("a screen");
    let mut seen = String::new();
    wait_for("\n", &mut screen, &mut seen);
    let tty = seen.trim().to_owned();
    for (question, typed) in [
        (QUESTION, "canary words\n"),
        ("Choose", "canary one\n"),
        ("Again", "canary two\n"),
        ("Choose", "canary\n"),
        ("Again", "canary\n"),
        ("The end", "\u{4}"),
    ] {
        wait_for(&format!("{question}: "), &mut screen, &mut seen);
        wait_for_no_echo(&tty);
        keys.write_all(typed.as_bytes()).expect("it is typed");
    }
    screen.read_to_string(&mut seen).expect("the rest");
    assert!(script.wait().expect("an end").success(), "{seen}");
    assert!(seen.contains("The two do not match"), "{seen}");
    assert!(!seen.contains("canary"), "it was shown: {seen}");
}

/// What the screen shows in the end of a program that asks, and whether it ended well; `None` where this
/// machine has no terminal to lend.
pub(crate) fn asked(
    desk: &Desk,
    arguments: &[&str],
    answers: &[(&str, &str)],
) -> Option<(String, bool)> {
    let mut script = desk.script(arguments)?;
    let mut script = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut keys = script.stdin.take().expect("keys");
    let mut screen = script.stdout.take().expect("a screen");
    let mut seen = String::new();
    for (question, typed) in answers {
        wait_for(question, &mut screen, &mut seen);
        keys.write_all(format!("{typed}\n").as_bytes()).expect("it is typed");
    }
    screen.read_to_string(&mut seen).expect("the rest");
    let ended = script.wait().expect("an end").success();
    Some((seen, ended))
}

const DOMAIN: (&str, &str) = ("leave it open:", "rtw.example.com");

#[test]
fn init_asks_what_nobody_knows_of_version_2() {
    let desk = Desk::new();
    let answers = [("fill it in later:", "eu2"), DOMAIN];
    let Some((seen, ended)) = asked(&desk, &["init", "--recipe", "webex-v2"], &answers) else {
        return;
    };
    assert!(ended && seen.contains("Fill in the 1 place marked"), "{seen}");
    let written = desk.read("provision.toml");
    for line in ["data_center = \"eu2\"", "webrtc_domain = \"rtw.example.com\""] {
        assert!(written.lines().any(|it| it == line), "{written}");
    }
}

#[test]
fn migrate_asks_for_the_webrtc_domain_and_counts_the_answer_as_typed() {
    let (org, desk) = with_version_1(&demo().replace("\"us1\"", "\"eu1\""));
    let plan = ["--instance-url", &org.url, "migrate", "--to", "webex-v2", "--plan", "--full"];
    let Some((seen, ended)) = asked(&desk, &plan, &[DOMAIN]) else { return };
    assert!(ended, "{seen}");
    assert!(!seen.contains("WebRTC domain is not configured"), "{seen}");
    assert!(seen.contains("--webrtc-domain rtw.example.com"), "the command to type next: {seen}");
    // Whoever leaves it open hears what that means.
    let Some((seen, ended)) = asked(&desk, &plan, &[(DOMAIN.0, "")]) else { return };
    assert!(ended && seen.contains("is not configured"), "{seen}");
}

/// Reads until that is on the screen, behind what was there before. A prompt stands in a line that has
/// no end yet.
fn wait_for(text: &str, screen: &mut ChildStdout, seen: &mut String) {
    let from = seen.len();
    let mut bytes = Vec::new();
    while !String::from_utf8_lossy(&bytes).contains(text) {
        let mut byte = [0];
        let read = screen.read(&mut byte).expect("a screen");
        let so_far = String::from_utf8_lossy(&bytes);
        assert!(read == 1, "`{text}` was not asked:\n{}{so_far}", &seen[..from]);
        bytes.extend_from_slice(&byte);
    }
    seen.push_str(&String::from_utf8_lossy(&bytes));
}

/// Waits until the terminal shows nothing of what is typed; what is typed before is thrown away.
fn wait_for_no_echo(tty: &str) {
    let hides = (0..500).any(|_| {
        let state = Command::new("stty").args(["-F", tty, "-a"]).output().expect("stty").stdout;
        let hides = String::from_utf8_lossy(&state).split_whitespace().any(|flag| flag == "-echo");
        if !hides {
            std::thread::sleep(Duration::from_millis(20));
        }
        hides
    });
    assert!(hides, "{tty} still shows what is typed");
}

#[test]
#[ignore = "the other test of this file starts it, at a terminal"]
fn inner() {
    let look = Screen::new(80, true);
    let colour = ColorChoice::Never;
    let settings = Settings {
        out: look,
        err: look,
        out_colour: colour,
        err_colour: colour,
        live: false,
        asks: true,
    };
    let quiet = Settings { asks: false, ..settings };
    assert!(Terminal::of_process(quiet).prompt().is_none(), "nobody is there to answer");
    let prompt = Terminal::of_process(settings).prompt().expect("somebody is there");
    // On another thread, as vaults are asked.
    let typed = std::thread::spawn(move || {
        [prompt.hidden(QUESTION), prompt.hidden_twice("Choose", "Again"), prompt.hidden("The end")]
    });
    let typed = typed.join().expect("three answers");
    let typed = typed.map(|words| words.map(|words| words.expose_secret().to_owned()));
    // An end of the input is an empty answer, not a question for ever.
    let expected = ["canary words", "canary", ""].map(|words| Some(words.to_owned()));
    assert!(typed == expected, "something else was read");
}
