//! `apictl man`: manual pages, one a command.

use std::io::Write;
use std::path::PathBuf;

use super::failure::{Exit, Failure};

/// Print the manual page, or write all of them to a folder
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write a page for every command to this folder instead
    dir: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    let pages =
        pages().map_err(|error| Failure::local("cannot render the manual").because(&error))?;
    if let Some(dir) = &args.dir {
        let fail = |error: std::io::Error| {
            Failure::local(format!("cannot write to {}", dir.display())).because(&error)
        };
        std::fs::create_dir_all(dir).map_err(fail)?;
        for (name, page) in &pages {
            std::fs::write(dir.join(name), page).map_err(fail)?;
        }
        return Ok(Exit::Yes);
    }
    let mut out = std::io::stdout().lock();
    for (_, page) in pages.iter().filter(|(name, _)| name == "apictl.1") {
        out.write_all(page)
            .and_then(|()| out.flush())
            .map_err(|error| Failure::stdout(&error))?;
    }
    Ok(Exit::Yes)
}

/// Every page with its file name, `apictl-token-obtain.1` for a command of two words.
fn pages() -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = super::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    render(&command, "apictl", &mut pages)?;
    Ok(pages)
}

fn render(
    command: &clap::Command,
    name: &str,
    pages: &mut Vec<(String, Vec<u8>)>,
) -> std::io::Result<()> {
    let mut page = Vec::new();
    let named = command
        .clone()
        .name(name.to_owned())
        .display_name(name.to_owned())
        // what `-h` leaves out would stand here without a text
        .mut_args(|arg| arg.hide_short_help(false));
    clap_mangen::Man::new(named).render(&mut page)?;
    pages.push((format!("{name}.1"), page));
    for child in command
        .get_subcommands()
        .filter(|child| !child.is_hide_set() && child.get_name() != "help")
    {
        render(child, &format!("{name}-{}", child.get_name()), pages)?;
    }
    Ok(())
}
