//! The command line: arguments, configuration, dispatch, exit codes; one file per command.

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with the given arguments, the first of which is its name.
pub fn main(_args: impl Iterator<Item = OsString>) -> ExitCode {
    ExitCode::SUCCESS
}
