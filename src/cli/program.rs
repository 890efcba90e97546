//! The program's table of contents: parse, configure, dispatch.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args as _, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::config::{Layers, Settings};
use super::context::{Context, print_error_line};
use super::environment::Environment;
use super::failure::{Exit, Failure};
use super::globals::Globals;
use super::{access, completions, config, demo, jwt, man, pages, request, serve, throttle, token};
use crate::ui::Look;

const EXIT_CODES: &str = "\
Exit codes:
  0    done, and the answer is yes
  1    done, and the answer is no: token invalid, limit regressed, a fault was found
  2    usage, or a bad configuration or specification file
  3    the API refused or answered nonsense
  4    no answer: DNS, connection, TLS, timeout, 5xx after all retries
  5    a fault on this machine: a file, the token store
  130  interrupted; what was written stands";

/// The truth about a Django REST framework API's tokens, pages and limits.
#[derive(Debug, Parser)]
#[command(name = "apictl", version, max_term_width = 100, after_help = EXIT_CODES)]
#[command(subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(subcommand)]
    Token(token::command::Command),
    #[command(subcommand)]
    Jwt(jwt::command::Command),
    Request(request::Args),
    #[command(subcommand)]
    Throttle(throttle::Command),
    #[command(subcommand)]
    Access(access::command::Command),
    Serve(serve::Args),
    Demo(demo::Args),
    #[command(subcommand)]
    Pages(pages::command::Command),
    #[command(subcommand)]
    Config(config::command::Command),
    Completions(completions::Args),
    Man(man::Args),
}

/// The clap definition of the whole program, for completions and man pages.
pub fn command() -> clap::Command {
    let command = Cli::command();
    // Every global flag names its environment variable, from the one table that knows them.
    let globals: Vec<String> = Globals::augment_args(clap::Command::new("globals"))
        .get_arguments()
        .map(|arg| arg.get_id().to_string())
        .collect();
    globals.into_iter().fold(command, |command, id| {
        let Some(variable) = config::variable_of_flag(&id) else {
            return command;
        };
        command.mut_arg(id, |arg| {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            arg.help(format!("{help} [env: {variable}]"))
        })
    })
}

/// Parses a command that is to start fast with its own definition alone. Whatever that does not take, help and
/// mistakes among it, is left to the whole definition, which says the same of it as of any other command.
fn alone(args: &[OsString]) -> Option<Cli> {
    let [_, noun, verb, rest @ ..] = args else {
        return None;
    };
    // What has no flags needs no definition of flags: to build even that one takes as long as all the rest.
    if noun == "jwt"
        && let Some(command) = jwt::command::plain(verb.to_str()?, rest)
    {
        return Some(Cli {
            globals: Globals::default(),
            command: Command::Jwt(command),
        });
    }
    let noun = match noun.to_str()? {
        "jwt" => jwt::command::only(verb.to_str()?)?,
        _ => return None,
    };
    let root = Globals::augment_args(clap::Command::new("apictl")).subcommand(noun);
    Cli::from_arg_matches(&root.try_get_matches_from(args).ok()?).ok()
}

/// Runs the program with the given arguments, the first of which is its name.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    let environment = Environment::of_process();
    let as_json = asks_for_json(&args, &environment);
    let whole = || {
        let matches = command().try_get_matches_from(&args)?;
        Cli::from_arg_matches(&matches)
    };
    let cli = match alone(&args).map_or_else(whole, Ok) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error, as_json),
    };
    match run(cli, environment) {
        Ok(exit) => exit.into(),
        Err((failure, look, configured)) => {
            let shown = failure.shown(as_json || configured, &look);
            if !shown.is_empty() {
                print_error_line(shown.trim_end());
            }
            failure.exit.into()
        }
    }
}

/// A failure comes with how it may look, and whether the configuration wants it as JSON.
fn run(mut cli: Cli, environment: Environment) -> Result<Exit, (Failure, Look, bool)> {
    let plain = |failure| (failure, Look::PLAIN, false);
    // These two must work when the configuration does not.
    let command = match cli.command {
        Command::Completions(args) => return completions::run(&args).map_err(plain),
        Command::Man(args) => return man::run(&args).map_err(plain),
        other => other,
    };
    if matches!(&command, Command::Jwt(jwt) if jwt.has_own_header()) {
        cli.globals.header.clear();
    }
    let layers = Layers::lay(&cli.globals, &environment).map_err(plain)?;
    let settings = Settings::read(layers).map_err(plain)?;
    let as_json = settings.errors_as_json();
    let ctx = Context::new(settings, environment);
    for flag in ctx.settings.secrets_on_argv() {
        ctx.warn(&format!(
            "the secret in `{flag}` is seen by other users and kept in the shell's history; \
             the environment and files are not ({flag} is also APICTL_{})",
            flag.trim_start_matches('-').to_uppercase()
        ));
    }
    dispatch(command, &ctx).map_err(|failure| (failure, *ctx.err_look(), as_json))
}

fn dispatch(command: Command, ctx: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Jwt(command) => jwt::command::run(&command, ctx),
        Command::Token(command) => token::command::run(&command, ctx),
        Command::Request(args) => request::run(&args, ctx),
        Command::Throttle(command) => throttle::run(&command, ctx),
        Command::Access(command) => access::command::run(&command, ctx),
        Command::Serve(args) => serve::run(&args, ctx),
        Command::Demo(args) => demo::run(&args, ctx),
        Command::Pages(command) => pages::command::run(&command, ctx),
        Command::Config(command) => config::command::run(&command, ctx),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// Whether errors are wanted as JSON, known before the arguments are: they may be what is wrong.
fn asks_for_json(args: &[OsString], environment: &Environment) -> bool {
    let is_json = |text: &OsString| text == "json" || text == "ndjson";
    let flag = args
        .windows(2)
        .any(|pair| pair[0] == "--format" && is_json(&pair[1]));
    let joined = args
        .iter()
        .any(|arg| arg == "--format=json" || arg == "--format=ndjson");
    flag || joined
        || environment
            .variable("APICTL_FORMAT")
            .is_some_and(|text| text == "json" || text == "ndjson")
}

/// Prints clap's help, version or error.
fn refuse(error: &clap::Error, as_json: bool) -> ExitCode {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    if as_json && !asked {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        let message = first.strip_prefix("error: ").unwrap_or(first);
        let failure = Failure::usage(message).hint("see `apictl --help`");
        print_error_line(failure.shown(true, &Look::PLAIN).trim_end());
        return Exit::Usage.into();
    }
    // A closed pipe while printing help is nobody's fault.
    let _ = error.print();
    if asked {
        Exit::Yes.into()
    } else {
        Exit::Usage.into()
    }
}
