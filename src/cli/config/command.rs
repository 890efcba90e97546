//! `apictl config`: where settings come from.

use serde::Serialize;

use super::keys::{KEYS, Kind};
use super::layers::{Origin, PROJECT_FILE};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::ui::{Look, Report, Table, Tone, facts};

/// Show where settings come from, or begin an apictl.toml
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Print which files are read
    Path,
    /// Print every setting, its value and where it came from
    Show,
    /// Write an apictl.toml to the working folder
    Init {
        /// Replace one that is there
        #[arg(long)]
        force: bool,
    },
}

pub(crate) fn run(command: &Command, ctx: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Path => ctx.print(&paths(ctx))?,
        Command::Show => ctx.print(&shown(ctx))?,
        Command::Init { force } => init(ctx, *force)?,
    }
    Ok(Exit::Yes)
}

#[derive(Debug, Serialize)]
struct PathReport {
    schema: &'static str,
    project: Option<String>,
    user: String,
    user_exists: bool,
    store: String,
}

fn paths(ctx: &Context) -> PathReport {
    let layers = &ctx.settings.layers;
    PathReport {
        schema: "apictl.config.path/1",
        project: layers
            .project
            .as_ref()
            .map(|file| file.path.display().to_string()),
        user: ctx.environment.user_config().display().to_string(),
        user_exists: layers.user.is_some(),
        store: ctx.store_folder().display().to_string(),
    }
}

impl Report for PathReport {
    fn table(&self, look: &Look) -> String {
        let none = format!("no {PROJECT_FILE} here or above");
        let user = if self.user_exists {
            self.user.clone()
        } else {
            format!("{} (absent)", self.user)
        };
        facts(
            look,
            [
                ("project file", self.project.clone().unwrap_or(none)),
                ("user file", user),
                ("token store", self.store.clone()),
            ],
        )
    }
}

#[derive(Debug, Serialize)]
struct ShowReport {
    schema: &'static str,
    profile: String,
    settings: Vec<Shown>,
}

#[derive(Debug, Serialize)]
struct Shown {
    name: &'static str,
    value: serde_json::Value,
    origin: &'static str,
    source: Option<String>,
    about: &'static str,
}

fn shown(ctx: &Context) -> ShowReport {
    let layers = &ctx.settings.layers;
    let settings = KEYS
        .iter()
        .map(|key| {
            let found = layers.found(key.name);
            let texts: Vec<String> = match key.name {
                // A field's value may be a credential, and so may a proxy's user information.
                "header" => found
                    .texts
                    .iter()
                    .map(|text| redacted_header(text))
                    .collect(),
                "proxy" => found
                    .texts
                    .iter()
                    .map(|text| redacted_proxy(text))
                    .collect(),
                _ => found.texts,
            };
            let value = match (key.kind, texts.first()) {
                (Kind::List, Some(_)) => texts.clone().into(),
                (_, Some(text)) => text.clone().into(),
                (_, None) => serde_json::Value::Null,
            };
            let (origin, source) = match found.origin {
                Origin::Flag => ("flag", None),
                Origin::Variable(name) => ("environment", Some(name)),
                Origin::Project(path) => ("project", Some(path.display().to_string())),
                Origin::User(path) => ("user", Some(path.display().to_string())),
                Origin::Default => ("default", None),
                Origin::Unset => ("unset", None),
            };
            Shown {
                name: key.name,
                value,
                origin,
                source,
                about: key.about,
            }
        })
        .collect();
    ShowReport {
        schema: "apictl.config.show/1",
        profile: layers.profile.clone(),
        settings,
    }
}

fn redacted_header(text: &str) -> String {
    match text.split_once(':') {
        Some((name, _)) if crate::http::is_sensitive_header(name.trim()) => {
            format!("{name}: [redacted]")
        }
        _ => text.to_owned(),
    }
}

fn redacted_proxy(text: &str) -> String {
    text.parse()
        .map_or_else(|_| text.to_owned(), |url| crate::http::shown_url(&url))
}

impl Report for ShowReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["SETTING", "VALUE", "FROM"]);
        for shown in &self.settings {
            let value = match &shown.value {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let from = match &shown.source {
                Some(source) => format!("{} {source}", shown.origin),
                None => shown.origin.to_owned(),
            };
            let tone = matches!(shown.origin, "default" | "unset").then_some(Tone::Faint);
            table.toned_row([(shown.name.to_owned(), None), (value, None), (from, tone)]);
        }
        format!(
            "{}  {}\n\n{}",
            look.paint(Tone::Faint, "profile"),
            self.profile,
            table.render(look)
        )
    }
}

const TEMPLATE: &str = r#"# Settings of this project for apictl. Safe to commit: no secrets belong here.

[profile.default]
base_url = "http://127.0.0.1:8000"
# preset = "simplejwt"        # the shape of the token endpoints

# What `apictl throttle check` holds the API to:
#
# [[throttle]]
# name = "anon products"
# url = "/api/products/"
# as = "anon"
# limit = "100/day"            # or several: ["20/min", "1000/day"]
# algorithm = "sliding_log"    # optional
# race = "forbid"              # optional: over-admission under concurrency is a failure

# What `apictl access check` holds the API to:
#
# [[access]]
# url = "/api/secret-data/"
# GET = { anon = 401, alice = 403, admin = 200 }
"#;

fn init(ctx: &Context, force: bool) -> Result<(), Failure> {
    let path = ctx.environment.folder.join(PROJECT_FILE);
    let mut options = std::fs::OpenOptions::new();
    options
        .write(true)
        .truncate(force)
        .create(force)
        .create_new(!force);
    let written = options
        .open(&path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            ctx.say(&format!("wrote {}", path.display()));
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(Failure::usage(
            format!("{} is already there", path.display()),
        )
        .hint("replace it with `--force`")),
        Err(error) => {
            Err(Failure::local(format!("cannot write {}", path.display())).because(&error))
        }
    }
}
