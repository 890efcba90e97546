//! The reference: a real Django REST framework project (`tests/django/`) under gunicorn.
//!
//! The virtual environment and the seeded database are made once under `target/` and keyed by a hash of
//! what they are made from; every server works on its own copy of the database.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::prepared;

/// How a server differs from the project's defaults.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Merged into the project's settings, see `tests/django/shop/settings.py`.
    pub overrides: Value,
    /// Processes; each has its own local-memory cache.
    pub workers: u16,
    /// Threads in each worker.
    pub threads: u16,
    /// Whether requests may bring their own time in `X-Test-Clock`.
    pub clock: bool,
    /// Packages of another day: a file of `tests/django/stacks/`, without its ending.
    pub stack: Option<&'static str>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            overrides: json!({}),
            workers: 1,
            threads: 4,
            clock: false,
            stack: None,
        }
    }
}

impl Settings {
    /// Settings that override those of the project: `json!({"THROTTLES": {"anon": "5/min"}})`.
    pub fn overriding(overrides: Value) -> Self {
        Self {
            overrides,
            ..Self::default()
        }
    }
}

/// A running server; dropping it stops it.
pub struct Django {
    address: SocketAddr,
    process: Child,
    lifeline: Option<ChildStdin>,
    _database: TempDir,
}

impl Django {
    /// Starts gunicorn on a free port with a fresh database and waits until it answers.
    pub fn start(settings: &Settings) -> Self {
        let database = TempDir::with_prefix("apictl-django-").unwrap();
        let file = database.path().join("db.sqlite3");
        fs::copy(template_database(), &file).unwrap();
        let mut process = Command::new(python_of(settings.stack))
            .arg("run.py")
            .args(["--workers", &settings.workers.to_string()])
            .args(["--threads", &settings.threads.to_string()])
            .current_dir(project())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("APICTL_TEST_DB", &file)
            .env("APICTL_TEST_SETTINGS", settings.overrides.to_string())
            .env("APICTL_TEST_CLOCK", u8::from(settings.clock).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(database.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let lifeline = process.stdin.take();
        let mut line = String::new();
        let _ = BufReader::new(process.stdout.take().unwrap()).read_line(&mut line);
        let Some(port) = line
            .strip_prefix("ready ")
            .and_then(|port| port.trim().parse().ok())
        else {
            let log = fs::read_to_string(database.path().join("log")).unwrap_or_default();
            panic!("gunicorn did not start: {log}");
        };
        let django = Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            process,
            lifeline,
            _database: database,
        };
        django.wait_until_it_answers();
        django
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    fn wait_until_it_answers(&self) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let request = format!(
            "GET /api/unthrottled/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        assert!(
            reply.starts_with("HTTP/1.1 200"),
            "the project answers {reply}"
        );
    }
}

impl Drop for Django {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        let _ = self.process.wait();
    }
}

/// One server with the project's defaults for the whole test process, started when first asked for.
/// It dies with the process: its standard input closes.
pub fn shared() -> &'static Django {
    static SHARED: OnceLock<Django> = OnceLock::new();
    SHARED.get_or_init(|| Django::start(&Settings::default()))
}

/// The folder of the project.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/django")
}

/// The interpreter of the virtual environment, which is made from `requirements.txt` when it is not there.
pub fn python() -> PathBuf {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON
        .get_or_init(|| prepared::venv("django", &project().join("requirements.txt")))
        .clone()
}

/// The interpreter of the virtual environment of a stack, or of the usual one.
fn python_of(stack: Option<&'static str>) -> PathBuf {
    match stack {
        None => python(),
        Some(name) => {
            let file = project().join(format!("stacks/{name}.txt"));
            prepared::venv(&format!("django-{name}"), &file)
        }
    }
}

/// The migrated and seeded database that servers copy.
fn template_database() -> PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE
        .get_or_init(|| {
            let mut files = Vec::new();
            read_below(&project(), &mut files);
            let key = prepared::hash_of(&files);
            prepared::made_once(&format!("django/database-{key}"), |folder| {
                fs::create_dir_all(folder).unwrap();
                for command in ["migrate", "seed"] {
                    let done = Command::new(python())
                        .args(["manage.py", command, "-v0"])
                        .current_dir(project())
                        .env("PYTHONDONTWRITEBYTECODE", "1")
                        .env("APICTL_TEST_DB", folder.join("db.sqlite3"))
                        // Tables of packages that a server does not have hurt nobody.
                        .env("APICTL_TEST_SETTINGS", r#"{"NEIGHBOURS": true}"#)
                        .output()
                        .unwrap();
                    let errors = String::from_utf8_lossy(&done.stderr);
                    assert!(
                        done.status.success(),
                        "manage.py {command} failed: {errors}"
                    );
                }
            })
            .join("db.sqlite3")
        })
        .clone()
}

fn read_below(folder: &Path, files: &mut Vec<Vec<u8>>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "__pycache__") {
                read_below(&path, files);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension == "py" || extension == "txt")
        {
            files.push(fs::read(&path).unwrap());
        }
    }
}
