//! The file of `--trace`.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::throttle::sample::{Header, Sample, to_line};

/// A trace that is written as it grows, so that an interruption loses nothing.
pub(super) struct TraceFile {
    file: std::fs::File,
    path: PathBuf,
}

impl TraceFile {
    /// Begins the file with its header.
    pub(super) fn create(path: &Path, header: &Header) -> Result<Self, Failure> {
        let file = std::fs::File::create(path).map_err(|error| {
            Failure::local(format!("cannot write the trace {}", path.display())).because(&error)
        })?;
        let mut trace = Self {
            file,
            path: path.to_path_buf(),
        };
        let line = to_line(header).map_err(|error| trace.failure(&error))?;
        trace.line(&line)?;
        Ok(trace)
    }

    /// Adds a sample.
    pub(super) fn write(&mut self, sample: &Sample) -> Result<(), Failure> {
        let line = to_line(sample).map_err(|error| self.failure(&error))?;
        self.line(&line)
    }

    fn line(&mut self, line: &str) -> Result<(), Failure> {
        writeln!(self.file, "{line}").map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &(dyn std::error::Error + 'static)) -> Failure {
        Failure::local(format!("cannot write the trace {}", self.path.display())).because(error)
    }
}
