//! Where passwords come from: a prompt, standard input, a file, the environment; argv with a warning.

use std::io::{BufRead, ErrorKind, IsTerminal, Read};
use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::secret::Secret;

/// How a password can be given.
#[derive(Debug, clap::Args)]
pub(super) struct PasswordArgs {
    /// Read the password from standard input
    #[arg(long, conflicts_with_all = ["password_file", "password"])]
    password_stdin: bool,
    /// Read the password from this file
    #[arg(long, value_name = "FILE", conflicts_with = "password")]
    password_file: Option<PathBuf>,
    /// The password itself; other users see it in the process list, so prefer any other way
    #[arg(long, value_name = "PASSWORD")]
    password: Option<Secret>,
}

impl PasswordArgs {
    /// The password: flag, `APICTL_PASSWORD`, prompt.
    pub(super) fn read(&self, ctx: &Context, prompt: &str) -> Result<Secret, Failure> {
        if self.password_stdin {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| Failure::local("cannot read standard input").because(&error))?;
            return Ok(without_newline(text));
        }
        if let Some(path) = &self.password_file {
            let text = std::fs::read_to_string(path).map_err(|error| {
                Failure::local(format!("cannot read the password from {}", path.display()))
                    .because(&error)
            })?;
            return Ok(without_newline(text));
        }
        if let Some(password) = &self.password {
            ctx.warn(
                "a password on the command line is seen by other users and kept in the shell's history; \
                 `--password-stdin`, `--password-file` and APICTL_PASSWORD are not",
            );
            return Ok(password.clone());
        }
        if let Some(password) = ctx.environment.variable("APICTL_PASSWORD") {
            return Ok(Secret::new(password));
        }
        if !std::io::stdin().is_terminal() {
            return Err(Failure::usage("there is no password").hint(
                "pipe it in with `--password-stdin`, or use `--password-file FILE` or APICTL_PASSWORD",
            ));
        }
        rpassword::prompt_password(prompt)
            .map(Secret::new)
            .map_err(|error| match error.kind() {
                // The prompt takes Ctrl-C as a key.
                ErrorKind::Interrupted => Failure::interrupted(),
                _ => Failure::local("cannot read the password").because(&error),
            })
    }
}

/// Asks for a line on a terminal; `None` where there is none.
pub(super) async fn ask(question: &'static str) -> Result<Option<String>, Failure> {
    // Beside the command, so that it can be interrupted: a read that has begun comes back with a line alone.
    let asked = tokio::task::spawn_blocking(move || ask_now(question));
    asked
        .await
        .map_err(|error| Failure::local("cannot read from the terminal").because(&error))?
}

fn ask_now(question: &str) -> Result<Option<String>, Failure> {
    use std::io::Write;
    if !std::io::stdin().is_terminal() {
        return Ok(None);
    }
    let failed =
        |error: std::io::Error| Failure::local("cannot read from the terminal").because(&error);
    let mut err = std::io::stderr();
    write!(err, "{question}")
        .and_then(|()| err.flush())
        .map_err(failed)?;
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(failed)?;
    let line = line.trim();
    Ok((!line.is_empty()).then(|| line.to_owned()))
}

/// The text without the one line ending that editors and `echo` add.
fn without_newline(mut text: String) -> Secret {
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Secret::new(text)
}
