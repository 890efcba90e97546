//! `apictl serve` as a process on a free port.

use std::io::{BufRead, BufReader};

use super::binary::{Home, Started};

/// A running server. Ends with the test, whatever happens in it.
pub struct Serving {
    child: Started,
    url: String,
    _home: Home,
}

impl Serving {
    /// Starts a server without throttles, with more flags.
    pub fn start(flags: &str) -> Self {
        let home = Home::new();
        let line = format!(
            "serve --port 0 --format json --throttle anon=none --throttle user=none {flags}"
        );
        let mut child = home.command(line.split_whitespace()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut first)
            .unwrap();
        let said: serde_json::Value = serde_json::from_str(&first).unwrap();
        Self {
            child,
            url: said["url"].as_str().unwrap().to_owned(),
            _home: home,
        }
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        self.url.trim_end_matches('/').to_owned()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
