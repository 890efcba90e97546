//! Runs the real binary with an empty environment and a home of its own.

use std::ffi::OsStr;
use std::io::Write;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::leaks::Watched;

/// A user's home and working folder, gone at the end of the test.
pub struct Home {
    folder: TempDir,
}

/// What a run of the binary left behind.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Home {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The working folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below the working folder.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The binary with arguments, not yet started: environment cleared, home and working folder here.
    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        let mut run = Run {
            command: Command::new(env!("CARGO_BIN_EXE_apictl")),
            home: self.path().to_owned(),
        };
        run.command
            .env_clear()
            .env("HOME", self.path())
            .env("TZ", "UTC")
            // Without it the session bus of whoever runs the tests would be found, and their keyring used.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .current_dir(self.path());
        run.args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        run
    }

    /// Runs the binary with arguments written as in a shell, without its quoting.
    pub fn run(&self, line: &str) -> Said {
        finish(self.command(line.split_whitespace()).spawn().unwrap())
    }

    /// Like [`Home::run`], with a text on standard input.
    pub fn run_with_input(&self, line: &str, input: &str) -> Said {
        let mut child = self
            .command(line.split_whitespace())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.watched.given(input);
        // The program may end before it has read everything.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        finish(child)
    }
}

/// The binary about to run. What it prints is looked through for secrets, which is why this is no [`Command`].
#[derive(Debug)]
pub struct Run {
    command: Command,
    home: PathBuf,
}

impl Run {
    pub fn arg(&mut self, arg: impl AsRef<OsStr>) -> &mut Self {
        self.command.arg(arg);
        self
    }

    pub fn args<S: AsRef<OsStr>>(&mut self, args: impl IntoIterator<Item = S>) -> &mut Self {
        for arg in args {
            self.arg(arg);
        }
        self
    }

    pub fn env(&mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> &mut Self {
        self.command.env(name, value);
        self
    }

    pub fn stdin(&mut self, from: impl Into<Stdio>) -> &mut Self {
        self.command.stdin(from);
        self
    }

    pub fn stdout(&mut self, to: impl Into<Stdio>) -> &mut Self {
        self.command.stdout(to);
        self
    }

    pub fn stderr(&mut self, to: impl Into<Stdio>) -> &mut Self {
        self.command.stderr(to);
        self
    }

    pub fn spawn(&mut self) -> std::io::Result<Started> {
        let text = |text: &OsStr| text.to_string_lossy().into_owned();
        let args = self.command.get_args().map(text).collect();
        let variables: Vec<(String, String)> = self
            .command
            .get_envs()
            .filter_map(|(name, value)| Some((text(name), text(value?))))
            .collect();
        let watched = Watched::new(&self.home, args, &variables);
        let child = self.command.spawn()?;
        Ok(Started { child, watched })
    }

    /// Runs it to its end.
    pub fn said(&mut self) -> Said {
        finish(self.spawn().unwrap())
    }
}

/// The running binary: a [`Child`] whose output will be looked through.
#[derive(Debug)]
pub struct Started {
    child: Child,
    watched: Watched,
}

impl Deref for Started {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.child
    }
}

impl DerefMut for Started {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.child
    }
}

/// Waits for the end of a run.
#[track_caller]
pub fn finish(started: Started) -> Said {
    let Started { child, watched } = started;
    let output = child.wait_with_output().unwrap();
    let said = Said {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    watched.inspect(&said.stdout, &said.stderr);
    said
}

impl Said {
    /// Asserts the exit code, showing everything when it is another.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
