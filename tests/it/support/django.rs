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

/// Which releases the project runs on; each has a virtual environment and a seeded database of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stack {
    /// DRF 3.18, simplejwt 5.5.1, and the packages of `shop/neighbours.py`.
    #[default]
    Drf318,
    /// DRF 3.14, simplejwt 5.2.2.
    Drf314,
    /// simplejwt 5.4.
    Simplejwt54,
    /// simplejwt 5.3.
    Simplejwt53,
}

impl Stack {
    /// The releases of DRF that the embedded server is compared with, newest first.
    pub const OF_DRF: [Self; 2] = [Self::Drf318, Self::Drf314];

    fn requirements(self) -> PathBuf {
        project().join(match self {
            Self::Drf318 => "requirements.txt",
            Self::Drf314 => "stacks/drf-3.14.txt",
            Self::Simplejwt54 => "stacks/simplejwt-5.4.txt",
            Self::Simplejwt53 => "stacks/simplejwt-5.3.txt",
        })
    }

    /// The interpreter of its virtual environment.
    fn python(self) -> PathBuf {
        match self {
            Self::Drf318 => python(),
            _ => prepared::venv("django", &self.requirements()),
        }
    }
}

/// How a server differs from the project's defaults.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Merged into the project's settings, see `tests/django/shop/settings.py`.
    pub overrides: Value,
    /// Processes; each has its own local-memory cache.
    pub workers: u16,
    /// Threads in each worker.
    pub threads: u16,
    /// Whether workers are gunicorn's `sync` ones, which answer one request at a time and close the connection.
    pub sync: bool,
    /// Whether requests may bring their own time in `X-Test-Clock`.
    pub clock: bool,
    /// What it runs on.
    pub stack: Stack,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            overrides: json!({}),
            workers: 1,
            threads: 4,
            sync: false,
            clock: false,
            stack: Stack::default(),
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
        fs::copy(template_database(settings.stack), &file).unwrap();
        let mut process = Command::new(settings.stack.python())
            .arg("run.py")
            .args(["--workers", &settings.workers.to_string()])
            .args(["--threads", &settings.threads.to_string()])
            .args([
                "--worker-class",
                if settings.sync { "sync" } else { "gthread" },
            ])
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
        .get_or_init(|| prepared::venv("django", &Stack::Drf318.requirements()))
        .clone()
}

/// The migrated and seeded database that the servers of a stack copy.
fn template_database(stack: Stack) -> PathBuf {
    static TEMPLATES: [OnceLock<PathBuf>; 4] = [const { OnceLock::new() }; 4];
    TEMPLATES[stack as usize]
        .get_or_init(|| {
            let mut files = vec![fs::read(stack.requirements()).unwrap()];
            read_below(&project(), &mut files);
            let key = prepared::hash_of(&files);
            prepared::made_once(&format!("django/database-{key}"), |folder| {
                fs::create_dir_all(folder).unwrap();
                for command in ["migrate", "seed"] {
                    let done = Command::new(stack.python())
                        .args(["manage.py", command, "-v0"])
                        .current_dir(project())
                        .env("PYTHONDONTWRITEBYTECODE", "1")
                        .env("APICTL_TEST_DB", folder.join("db.sqlite3"))
                        // Tables of packages that a server does not have hurt nobody.
                        .env(
                            "APICTL_TEST_SETTINGS",
                            json!({"NEIGHBOURS": stack == Stack::Drf318}).to_string(),
                        )
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
