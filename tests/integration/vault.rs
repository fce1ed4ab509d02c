//! Vaults on a real machine: a Secret Service of GNOME Keyring in a D-Bus session of its own, one that
//! is locked, a session without any, and what is left in files.
//!
//! Where the programs for that are missing these tests skip and say so; with
//! `PROVISION_REQUIRE_CLIENTS` set, as in `.ci/run`, they fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use provision::vault::{
    Error, Keyring, Owner, PassphrasePrompt, PassphraseSource, Place, SealedFile, Vault,
};
use secrecy::{ExposeSecret as _, SecretString};
use tempfile::TempDir;

use crate::desk::Outcome;
use crate::logins::refresh_token;
use crate::support::Org;

/// Says to the inner test which part it plays.
const PART: &str = "PROVISION_TEST_VAULT_PART";

/// Where the inner test has its sealed file.
const STATE: &str = "PROVISION_STATE_DIR";

/// A bus without any service that D-Bus could start by itself.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=RUN</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Runs what comes behind it beside GNOME Keyring, which is ended by its own number.
const BESIDE_KEYRING: &str = r#"
if [ "$1" = unlocked ]; then unlock=--unlock; else unlock=; fi
shift
gnome-keyring-daemon --foreground $unlock --components=secrets < "$HOME/password" > /dev/null &
daemon=$!
trap 'kill "$daemon"; wait "$daemon"' EXIT
for try in $(seq 100); do
  dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true && break
  sleep 0.1
done
"$@"
"#;

/// A person's home and session.
struct Desktop {
    folder: TempDir,
}

impl Desktop {
    /// One where nothing was kept yet; none where the programs are missing.
    fn new() -> Option<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let there = |program: &&str| {
            std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
        };
        let needed = ["dbus-run-session", "dbus-send", "gnome-keyring-daemon", "secret-tool"];
        if let Some(missing) = needed.iter().find(|program| !there(program)) {
            let message = format!(
                "no {missing}: install Debian's packages dbus, gnome-keyring and libsecret-tools"
            );
            assert!(std::env::var_os("PROVISION_REQUIRE_CLIENTS").is_none(), "{message}");
            #[expect(
                clippy::print_stdout,
                reason = "whoever runs the tests is told what was skipped"
            )]
            {
                println!("skipped: {message}");
            }
            return None;
        }
        let desktop = Self::bare();
        let run = desktop.path("run");
        fs::write(desktop.path("home/password"), "of the keyring").expect("a password");
        let bus = BUS.replace("RUN", &run.display().to_string());
        fs::write(desktop.path("bus.conf"), bus).expect("a bus");
        Some(desktop)
    }

    /// One without any session.
    fn bare() -> Self {
        let folder = TempDir::new().expect("a folder");
        for name in ["home", "run", "state"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs something in such a session.
    fn within(&self, session: Session, what: &[&str]) -> Command {
        let bus = format!("--config-file={}", self.path("bus.conf").display());
        let on_bus = ["dbus-run-session", &bus, "--"];
        let beside_keyring = |how| [&on_bus[..], &["sh", "-c", BESIDE_KEYRING, "sh", how]].concat();
        let before = match session {
            Session::None => Vec::new(),
            Session::Empty => on_bus.to_vec(),
            Session::Locked => beside_keyring("locked"),
            Session::Unlocked => beside_keyring("unlocked"),
        };
        let words = [&before[..], what].concat();
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path("home"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env(STATE, self.path("state"))
            .current_dir(self.path("home"));
        command
    }

    /// Has the inner test play its part in such a session; what it finds wrong fails this one.
    #[track_caller]
    fn plays(&self, part: &str, session: Session) {
        let program = std::env::current_exe().expect("this program").display().to_string();
        let inner = [&*program, "--ignored", "--exact", "vault::inner", "--nocapture"];
        let mut command = self.within(session, &inner);
        let Output { status, stdout, stderr } = command.env(PART, part).output().expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = format!("{}\n{}", text(&stdout), text(&stderr));
        assert!(status.success(), "{part}: {status}\n{said}");
        assert!(said.contains("1 passed"), "{part}: nothing was played\n{said}");
        assert!(!said.contains("canary"), "a secret was shown:\n{said}");
    }

    /// Whether no file below the folder has the secret, as it is or as base64.
    fn assert_sealed(&self) {
        use base64::Engine as _;
        let mut files = Vec::new();
        collect(self.folder.path(), &mut files);
        assert!(files.len() > 1, "{files:?}");
        for plain in [secret(), PASSPHRASE.to_owned()] {
            let encoded = base64::prelude::BASE64_STANDARD_NO_PAD.encode(&plain);
            for file in &files {
                let bytes = fs::read(file).expect("a file");
                for words in [plain.as_bytes(), &encoded.as_bytes()[..encoded.len() - 2]] {
                    let found = bytes.windows(words.len()).any(|window| window == words);
                    assert!(!found, "{} has it in plain text", file.display());
                }
            }
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            collect(&entry.path(), files);
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
}

const PASSPHRASE: &str = "open sesame, of the vault";

fn owner() -> Owner {
    Owner { org_id: "00D000000000001EAA".to_owned(), user_id: "005000000000001AAA".to_owned() }
}

/// As long as tokens are, with a letter that is no ASCII.
fn secret() -> String {
    format!("{{\"refresh_token\":\"canary-é\",\"access_token\":\"{}\"}}", "0123456789".repeat(400))
}

/// What a process finds when it looks for a keyring.
#[derive(Clone, Copy)]
enum Session {
    /// No D-Bus.
    None,
    /// D-Bus without a Secret Service.
    Empty,
    /// GNOME Keyring, which nobody has unlocked.
    Locked,
    /// GNOME Keyring, unlocked as it is by logging in to a desktop.
    Unlocked,
}

/// Logs in, looks, logs out; the keyring is looked into by a program of its own.
const A_LOGIN: &str = r#"
set -e
printf %s "$TOKEN" | "$PROVISION" login uat --login-url "$URL" --client-id PlatformCLI --refresh-token-stdin
echo "kept: $(secret-tool search --all service provision 2> /dev/null | grep -c '^secret = ')"
"$PROVISION" orgs --verbose
"$PROVISION" --org uat status > /dev/null
"$PROVISION" logout uat
echo "left: $(secret-tool search --all service provision 2> /dev/null | grep -c '^secret = ')"
"#;

#[test]
fn a_login_is_kept_in_the_keyring_where_there_is_one() {
    let Some(desktop) = Desktop::new() else { return };
    let org = Org::new();
    let token = refresh_token(&org);
    let run = |session| {
        let mut command = desktop.within(session, &["sh", "-c", A_LOGIN]);
        command.env("PROVISION", env!("CARGO_BIN_EXE_provision"));
        let output = command.env("URL", &org.url).env("TOKEN", token).output().expect("it runs");
        Outcome::of(output)
    };
    let kept = run(Session::Unlocked);
    for said in ["in the operating system's keyring", "kept: 1", "secret: keyring", "left: 0"] {
        assert!(kept.exits(0).out.contains(said), "{said}: {kept}");
    }
    assert!(!desktop.path("state/vault.json").exists());
    // Nobody is there to choose a passphrase, and nothing is kept in plain text.
    let nowhere = run(Session::Empty);
    let told = nowhere.exits(5).err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("PROVISION_VAULT_PASSPHRASE"), "{nowhere}");
}

#[test]
fn a_real_keyring_keeps_secrets_from_one_process_to_the_next() {
    let Some(desktop) = Desktop::new() else { return };
    desktop.plays("puts", Session::Unlocked);
    desktop.assert_sealed();
    desktop.plays("finds", Session::Unlocked);
}

#[test]
fn a_locked_keyring_is_an_error_and_nothing_takes_its_place() {
    let Some(desktop) = Desktop::new() else { return };
    desktop.plays("puts", Session::Unlocked);
    desktop.plays("is-locked-out", Session::Locked);
    assert!(fs::read_dir(desktop.path("state")).expect("a folder").next().is_none());
    desktop.plays("finds", Session::Unlocked);
}

#[test]
fn a_keyring_that_has_nothing_to_keep_secrets_in_is_told() {
    let Some(desktop) = Desktop::new() else { return };
    desktop.plays("finds-no-collection", Session::Locked);
}

#[test]
fn a_session_without_a_keyring_is_told() {
    let Some(desktop) = Desktop::new() else { return };
    desktop.plays("finds-no-keyring", Session::Empty);
}

#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_a_session_is_told() {
    Desktop::bare().plays("finds-no-keyring", Session::None);
}

#[test]
fn a_sealed_file_leaves_nothing_plain_on_the_machine() {
    let desktop = Desktop::bare();
    fs::write(desktop.path("home/other"), "so that there is something to look at").expect("a file");
    desktop.plays("seals", Session::None);
    assert!(desktop.path("state/vault.json").exists());
    desktop.assert_sealed();
    desktop.plays("unseals", Session::None);
}

#[test]
#[ignore = "the other tests of this file start it, inside a session"]
fn inner() {
    let part = std::env::var(PART).expect("a part, from the test that starts it");
    match part.as_str() {
        "puts" => puts(),
        "finds" => finds(),
        "is-locked-out" => is_locked_out(),
        "finds-no-collection" => {
            let keyring = Keyring::open().expect("it answers");
            assert!(keyring.get(&owner()).expect("an answer").is_none());
            let error = keyring.check_writable().expect_err("there is no collection");
            assert!(error.no_keyring(), "{error:?}");
            assert!(error.to_string().ends_with("it has no default collection."), "{error}");
        }
        "finds-no-keyring" => {
            let error = Keyring::open().expect_err("there is none");
            assert!(error.no_keyring(), "{error:?}");
            assert!(error.hint().expect("a hint").contains("--vault file"), "{error:?}");
        }
        "seals" => sealed_file().put(&owner(), &secret().into()).expect("it is kept"),
        "unseals" => {
            let vault = sealed_file();
            assert_eq!(held(&vault), Some(secret()));
            vault.remove(&owner()).expect("it is removed");
            assert_eq!(held(&vault), None);
        }
        other => panic!("{other} is no part"),
    }
}

fn puts() {
    let keyring = Keyring::open().expect("a keyring");
    assert_eq!(keyring.place(), Place::Keyring);
    keyring.check_writable().expect("it can keep something");
    assert_eq!(held(&keyring), None);
    keyring.remove(&owner()).expect("nothing to remove");
    keyring.put(&owner(), &SecretString::from("an older one")).expect("it is kept");
    keyring.put(&owner(), &secret().into()).expect("it is kept");
    assert_eq!(held(&keyring), Some(secret()));
    // Another program finds it under the names that the documentation tells.
    let user = format!("{}/{}", owner().org_id, owner().user_id);
    let found = Command::new("secret-tool")
        .args(["lookup", "service", "provision", "username", &user])
        .output()
        .expect("it runs");
    assert!(found.stdout == secret().as_bytes(), "secret-tool found something else");
}

fn finds() {
    let keyring = Keyring::open().expect("a keyring");
    let somebody_else = Owner { user_id: "005000000000002AAA".to_owned(), ..owner() };
    assert!(keyring.get(&somebody_else).expect("an answer").is_none());
    keyring.remove(&somebody_else).expect("nothing to remove");
    assert_eq!(held(&keyring), Some(secret()));
    keyring.remove(&owner()).expect("it is removed");
    assert_eq!(held(&keyring), None);
}

fn is_locked_out() {
    let keyring = Keyring::open().expect("it answers");
    let troubles = [
        keyring.check_writable().err(),
        keyring.get(&owner()).err(),
        keyring.put(&owner(), &SecretString::from("canary")).err(),
        keyring.remove(&owner()).err(),
    ];
    for error in troubles {
        let error = error.expect("it is locked");
        assert!(matches!(error, Error::Locked { .. }) && !error.no_keyring(), "{error:?}");
    }
}

/// What a vault holds.
#[track_caller]
fn held(vault: &dyn Vault) -> Option<String> {
    let secret = vault.get(&owner()).expect("an answer");
    secret.map(|secret| secret.expose_secret().to_owned())
}

fn sealed_file() -> SealedFile {
    let state = std::env::var_os(STATE).expect("a state directory");
    SealedFile::at(PathBuf::from(state).join("vault.json"), Passphrase)
}

struct Passphrase;

impl PassphraseSource for Passphrase {
    fn passphrase(&self, _asking: PassphrasePrompt) -> Result<SecretString, Error> {
        Ok(PASSPHRASE.into())
    }
}
