//! Where the tour plays: the embedded API on a free port, a home of its own, the real binary.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::server;

/// What one command of the tour said.
pub(super) struct Said {
    pub(super) code: i32,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

/// The embedded API and a folder for everything that the commands write.
pub(super) struct Stage {
    binary: PathBuf,
    folder: tempfile::TempDir,
    /// Variables of the caller that would change the tour.
    foreign: Vec<String>,
    url: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    server: Option<std::thread::JoinHandle<()>>,
}

impl Stage {
    /// Starts the embedded API on a free loopback port, with a signing key that the tour knows.
    pub(super) fn set(signing_key: &str, ctx: &Context) -> Result<Self, Failure> {
        let fail = |what: &str, error: std::io::Error| Failure::local(what).because(&error);
        let folder = tempfile::tempdir()
            .map_err(|error| fail("cannot make a folder for the tour", error))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
            .map_err(|error| fail("cannot open a port for the embedded API", error))?;
        let port = listener
            .local_addr()
            .map_err(|error| fail("the port has no address", error))?
            .port();
        let mut config = server::Config {
            clock: server::Clock::following(ctx.clock()),
            ..server::Config::default()
        };
        config.jwt.key = server::SigningKey::Hs256(signing_key.as_bytes().to_vec());
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| fail("cannot start the embedded API", error))?;
        let server = std::thread::spawn(move || {
            // An API that ends early shows in the next step as a refused connection.
            let _ = runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                server::serve(listener, config, async {
                    let _ = stopped.await;
                })
                .await
            });
        });
        Ok(Self {
            binary: binary()?,
            folder,
            foreign: ctx.environment.own_variables().map(str::to_owned).collect(),
            url: format!("http://127.0.0.1:{port}"),
            stop: Some(stop),
            server: Some(server),
        })
    }

    /// The API's address.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The folder that the commands run in.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the binary as a reader would, with this stage's API and home.
    pub(super) fn run(
        &self,
        args: &[&str],
        input: Option<&str>,
        color: bool,
    ) -> Result<Said, Failure> {
        let fail = |error: std::io::Error| {
            Failure::local("cannot run a command of the tour").because(&error)
        };
        let mut command = Command::new(&self.binary);
        for name in &self.foreign {
            command.env_remove(name);
        }
        let mut child = command
            .args(args)
            .current_dir(self.folder())
            .env("HOME", self.folder())
            .env("APICTL_BASE_URL", &self.url)
            .env("APICTL_COLOR", if color { "always" } else { "never" })
            .env("NO_PROXY", "127.0.0.1")
            // The keyring is the one place outside the folder that a login would leave something in.
            .env("APICTL_KEYRING", "off")
            .stdin(if input.is_some() {
                Stdio::piped()
            } else {
                Stdio::null()
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(fail)?;
        if let (Some(input), Some(mut pipe)) = (input, child.stdin.take()) {
            // A command that ends before reading says why by itself.
            let _ = std::io::Write::write_all(&mut pipe, input.as_bytes());
        }
        let output = child.wait_with_output().map_err(fail)?;
        Ok(Said {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only when the server has ended already.
            let _ = stop.send(());
        }
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

fn binary() -> Result<PathBuf, Failure> {
    std::env::current_exe()
        .map_err(|error| Failure::local("cannot find this program's own file").because(&error))
}
