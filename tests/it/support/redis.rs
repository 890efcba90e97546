//! A Redis server of the tests' own, on a Unix socket below a temporary folder.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const INSTALL: &str = "these tests need Redis: apt-get install redis-server";

/// A running server that keeps nothing; dropping it stops it.
pub struct Redis {
    folder: TempDir,
    process: Child,
}

impl Redis {
    /// Starts it and waits until its socket is there.
    pub fn start() -> Self {
        let folder = TempDir::with_prefix("apictl-redis-").unwrap();
        assert!(
            Command::new("redis-server")
                .arg("--version")
                .output()
                .is_ok(),
            "{INSTALL}"
        );
        // The shell ends the server when this process, which holds the other end of the pipe, ends.
        let process = Command::new("sh")
            .args(["-c", "redis-server \"$@\" & cat; kill $!; wait $!", "redis"])
            .args(["--port", "0", "--save", "", "--appendonly", "no"])
            .arg("--unixsocket")
            .arg(folder.path().join("socket"))
            .arg("--dir")
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let redis = Self { folder, process };
        let until = Instant::now() + Duration::from_secs(20);
        while std::os::unix::net::UnixStream::connect(redis.socket()).is_err() {
            assert!(Instant::now() < until, "redis-server did not start");
            std::thread::yield_now();
        }
        redis
    }

    /// Forgets everything.
    pub fn flush(&self) {
        use std::io::{Read, Write};
        let mut socket = std::os::unix::net::UnixStream::connect(self.socket()).unwrap();
        socket.write_all(b"FLUSHALL\r\n").unwrap();
        let mut reply = [0; 5];
        socket.read_exact(&mut reply).unwrap();
        assert_eq!(&reply, b"+OK\r\n");
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    /// Django's `CACHES` for it.
    pub fn caches(&self) -> serde_json::Value {
        serde_json::json!({
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": format!("unix://{}", self.socket().display()),
            }
        })
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
