//! `apictl completions`: scripts that complete commands and flags in a shell.

use std::io::Write;

use clap_complete::Shell;

use super::failure::{Exit, Failure};

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl completions bash > ~/.local/share/bash-completion/completions/apictl
  apictl completions zsh > ~/.zfunc/_apictl
  apictl completions fish > ~/.config/fish/completions/apictl.fish")]
pub(crate) struct Args {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(&script(args.shell))
        .and_then(|()| out.flush())
        .map_err(|error| Failure::stdout(&error))?;
    Ok(Exit::Yes)
}

/// The completion script for a shell.
pub(crate) fn script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut super::command(), "apictl", &mut script);
    script
}
