//! Logins and the keyring: GNOME's under a session bus of the test's own, one that never answers, and none.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::binary::{Home, Said, finish};
use crate::support::fixture::Fixture;
use crate::support::token_api::{FAR, api, jwt, record};

const INSTALL: &str =
    "these tests need a session bus and a keyring: apt-get install dbus gnome-keyring";

const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=FOLDER</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// A session bus with an unlocked GNOME keyring on it, both gone at the end of the test.
struct Session {
    address: String,
    keyring: Child,
    bus: Child,
    _home: tempfile::TempDir,
}

impl Session {
    fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        // Of its own, so that nobody starts a keyring on it but the test.
        let config = home.path().join("bus.conf");
        std::fs::write(
            &config,
            BUS.replace("FOLDER", home.path().to_str().unwrap()),
        )
        .unwrap();
        let mut bus = Command::new("dbus-daemon")
            .args(["--nofork", "--nopidfile", "--print-address"])
            .arg(format!("--config-file={}", config.display()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().to_owned();
        let mut keyring = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .env_clear()
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
        // The password of the new keyring; a line on its standard output says that it is ready.
        keyring.stdin.take().unwrap().write_all(b"opens").unwrap();
        let mut ready = String::new();
        BufReader::new(keyring.stdout.take().unwrap())
            .read_line(&mut ready)
            .unwrap();
        let session = Self {
            address,
            keyring,
            bus,
            _home: home,
        };
        session.wait_for_the_service();
        session
    }

    /// The name on the bus is taken a moment after the daemon says that it is ready.
    fn wait_for_the_service(&self) {
        let started = Instant::now();
        let has_owner = || {
            let asked = Command::new("dbus-send")
                .arg(format!("--bus={}", self.address))
                .args([
                    "--print-reply",
                    "--dest=org.freedesktop.DBus",
                    "/",
                    "org.freedesktop.DBus.NameHasOwner",
                ])
                .arg("string:org.freedesktop.secrets")
                .output()
                .unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
            String::from_utf8_lossy(&asked.stdout).contains("boolean true")
        };
        while !has_owner() {
            assert!(
                started.elapsed() < Duration::from_secs(30),
                "the keyring does not come up"
            );
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for process in [&mut self.keyring, &mut self.bus] {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// Runs the binary on a session bus.
fn run(home: &Home, bus: &str, line: &str, keyring: &str) -> Said {
    home.write("password", "alice-pass\n");
    let mut command = home.command(line.split_whitespace());
    command
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("APICTL_KEYRING", keyring);
    finish(command.spawn().unwrap())
}

fn obtain(home: &Home, server: &Fixture, bus: &str, keyring: &str) -> Said {
    let line = format!(
        "token obtain -u alice --preset simplejwt --password-file password --base-url {}",
        server.url()
    );
    run(home, bus, &line, keyring)
}

fn list(home: &Home, bus: &str) -> serde_json::Value {
    run(home, bus, "token list --format json", "")
        .expect(0)
        .json()
}

#[test]
fn logins_are_sealed_with_a_key_in_the_keyring_and_never_downgraded() {
    let (home, server, mut session) = (Home::new(), api(FAR), Session::start());
    let bus = session.address.clone();
    let base = format!("--base-url {}", server.url());
    let said = obtain(&home, &server, &bus, "").expect(0);
    assert!(
        said.stderr.contains("sealed with a key in the keyring"),
        "{}",
        said.stderr
    );
    let stored = || std::fs::read_to_string(record(&home, &server, "alice")).unwrap();
    for secret in [
        jwt(FAR, "a1"),
        jwt(FAR, "r1"),
        "refresh".to_owned(),
        "username".to_owned(),
    ] {
        assert!(!stored().contains(&secret), "{secret}");
    }
    assert_eq!(list(&home, &bus)["store"]["kind"], "keyring");
    assert_eq!(list(&home, &bus)["logins"][0]["access_state"], "valid");
    let printed = run(&home, &bus, &format!("token print {base}"), "")
        .expect(0)
        .stdout;
    assert_eq!(printed.trim(), jwt(FAR, "a1"));
    run(&home, &bus, &format!("token refresh {base}"), "").expect(0);
    assert!(!stored().contains(&jwt(FAR, "r2")));
    let printed = run(&home, &bus, &format!("token print refresh {base}"), "")
        .expect(0)
        .stdout;
    assert_eq!(printed.trim(), jwt(FAR, "r2"));

    // Without its keyring the store says so; nothing is written in the clear instead.
    session.keyring.kill().unwrap();
    session.keyring.wait().unwrap();
    for line in [
        format!("token print {base}"),
        format!("token refresh {base}"),
    ] {
        let said = run(&home, &bus, &line, "").expect(5);
        assert!(said.stderr.contains("from the keyring"), "{}", said.stderr);
        assert!(
            said.stderr.contains("hint: unlock the keyring"),
            "{}",
            said.stderr
        );
    }
    let before = stored();
    obtain(&home, &server, &bus, "").expect(5);
    assert_eq!(stored(), before);
    let report = run(&home, &bus, "token list --format json", "")
        .expect(5)
        .json();
    assert_eq!(report["store"]["kind"], "keyring");
    assert_eq!(report["logins"][0]["access_state"], "unreadable");
    // Only the user's own word changes where logins go.
    let said = obtain(&home, &server, &bus, "off").expect(0);
    assert!(
        said.stderr.contains("files that only you can read"),
        "{}",
        said.stderr
    );
    assert_eq!(list(&home, &bus)["store"]["kind"], "file");
    assert!(stored().contains(&jwt(FAR, "a1")));
}

#[test]
fn without_a_keyring_a_file_is_chosen_aloud_and_the_choice_stays() {
    let (home, server) = (Home::new(), api(FAR));
    let said = obtain(&home, &server, "unix:path=/nonexistent/bus", "").expect(0);
    assert!(
        said.stderr
            .contains("files that only you can read, from now on"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("no keyring answers"),
        "{}",
        said.stderr
    );
    let again = obtain(&home, &server, "unix:path=/nonexistent/bus", "").expect(0);
    assert!(!again.stderr.contains("from now on"), "{}", again.stderr);
    let session = Session::start();
    obtain(&home, &server, &session.address, "").expect(0);
    let store = &list(&home, &session.address)["store"];
    assert_eq!(store["kind"], "file");
    assert!(
        store["why"]
            .as_str()
            .unwrap()
            .contains("no keyring answers"),
        "{store}"
    );
    let table = run(&home, &session.address, "token list", "")
        .expect(0)
        .stdout;
    assert!(
        table.contains("files that only you can read: no keyring answers"),
        "{table}"
    );
    // Asked for, it moves in.
    obtain(&home, &server, &session.address, "on").expect(0);
    assert_eq!(list(&home, &session.address)["store"]["kind"], "keyring");
    let stored = std::fs::read_to_string(record(&home, &server, "alice")).unwrap();
    assert!(!stored.contains(&jwt(FAR, "a1")));
}

#[test]
fn a_bus_that_never_answers_costs_two_seconds_once() {
    let (home, server) = (Home::new(), api(FAR));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bus");
    let listener = UnixListener::bind(&path).unwrap();
    let bus = format!("unix:path={}", path.display());
    let mut elapsed = [Duration::ZERO; 2];
    for elapsed in &mut elapsed {
        let started = Instant::now();
        obtain(&home, &server, &bus, "").expect(0);
        *elapsed = started.elapsed();
    }
    assert!(elapsed[0] >= Duration::from_secs(2), "{elapsed:?}");
    assert!(elapsed[1] < elapsed[0], "{elapsed:?}");
    let why = list(&home, &bus)["store"]["why"].to_string();
    assert!(why.contains("did not answer within 2 s"), "{why}");
    drop(listener);
}

#[test]
fn a_keyring_asked_for_and_absent_is_an_error() {
    let (home, server) = (Home::new(), api(FAR));
    let said = obtain(&home, &server, "unix:path=/nonexistent/bus", "on").expect(5);
    assert!(
        said.stderr.contains("no keyring answers"),
        "{}",
        said.stderr
    );
    assert!(!record(&home, &server, "alice").exists());
    let said = obtain(&home, &server, "unix:path=/nonexistent/bus", "perhaps").expect(2);
    assert!(
        said.stderr.contains("none of auto, on and off"),
        "{}",
        said.stderr
    );
}

#[test]
fn the_tour_never_asks_the_keyring_of_whoever_takes_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bus");
    let listener = UnixListener::bind(&path).unwrap();
    listener.set_nonblocking(true).unwrap();
    let bus = format!("unix:path={}", path.display());
    run(&Home::new(), &bus, "demo", "").expect(0);
    assert!(listener.accept().is_err(), "somebody came to the bus");
}
