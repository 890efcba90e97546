//! One configuration file: the project's `apictl.toml` or the user's `config.toml`.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::keys::{KEYS, Kind, key};
use crate::cli::failure::Failure;

/// Tables beside the profiles that commands read themselves.
const COMMAND_TABLES: [&str; 2] = ["throttle", "access"];

/// Words that would put a secret into a file that is meant to be committed.
const SECRETS: [&str; 6] = [
    "password",
    "token",
    "access",
    "refresh",
    "secret",
    "client_secret",
];

/// A configuration file that was read and holds nothing unknown.
#[derive(Debug, Clone)]
pub(crate) struct ConfigFile {
    /// Where it lies.
    pub(crate) path: PathBuf,
    table: Table,
}

impl ConfigFile {
    /// Reads and checks a file.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::usage(format!("cannot read the configuration file {shown}")).because(&error)
        })?;
        let table: Table = toml::from_str(&text).map_err(|error| {
            Failure::usage(format!("{shown} is not valid TOML: {}", error.message()))
                .hint(position(&text, error.span()))
        })?;
        let file = Self {
            path: path.to_owned(),
            table,
        };
        file.check()?;
        Ok(file)
    }

    /// The names of its profiles.
    pub(crate) fn profiles(&self) -> Vec<&str> {
        match self.table.get("profile") {
            Some(Value::Table(profiles)) => profiles.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The profile it says to use when none is named.
    pub(crate) fn default_profile(&self) -> Option<&str> {
        self.table.get("default_profile").and_then(Value::as_str)
    }

    /// A setting's texts in a profile.
    pub(crate) fn setting(&self, profile: &str, name: &str) -> Option<Vec<String>> {
        match self.table.get("profile")?.get(profile)?.get(name)? {
            Value::Array(values) => Some(values.iter().map(plain).collect()),
            value => Some(vec![plain(value)]),
        }
    }

    /// The `[[throttle]]` or `[[access]]` tables, for the command that owns them.
    pub(crate) fn tables(&self, name: &str) -> Vec<Table> {
        match self.table.get(name) {
            Some(Value::Array(tables)) => tables
                .iter()
                .filter_map(|table| table.as_table().cloned())
                .collect(),
            _ => Vec::new(),
        }
    }

    fn check(&self) -> Result<(), Failure> {
        for (name, value) in &self.table {
            match name.as_str() {
                "profile" => self.check_profiles(value)?,
                "default_profile" if value.is_str() => {}
                "default_profile" => return Err(self.wrong("default_profile is not a text")),
                known if COMMAND_TABLES.contains(&known) => {
                    let tables = value
                        .as_array()
                        .is_some_and(|tables| tables.iter().all(Value::is_table));
                    if !tables {
                        return Err(self
                            .wrong(&format!("'{known}' is not an array of tables"))
                            .hint(format!("begin each with `[[{known}]]`")));
                    }
                }
                unknown => {
                    let failure = self.wrong(&format!("unknown table or setting '{unknown}'"));
                    return Err(if key(unknown).is_some() {
                        failure.hint(format!("settings belong to a profile: write `[profile.default]` above `{unknown}`"))
                    } else {
                        failure.hint("known are [profile.NAME], default_profile, [[throttle]] and [[access]]")
                    });
                }
            }
        }
        Ok(())
    }

    fn check_profiles(&self, value: &Value) -> Result<(), Failure> {
        let profiles = value
            .as_table()
            .ok_or_else(|| self.wrong("'profile' is not a table"))?;
        for (profile, settings) in profiles {
            let settings = settings.as_table().ok_or_else(|| {
                self.wrong(&format!("profile.{profile} is not a table"))
                    .hint(format!(
                        "write `[profile.{profile}]` and its settings below"
                    ))
            })?;
            for (name, value) in settings {
                self.check_setting(profile, name, value)?;
            }
        }
        Ok(())
    }

    fn check_setting(&self, profile: &str, name: &str, value: &Value) -> Result<(), Failure> {
        if SECRETS.contains(&name) {
            return Err(self
                .wrong(&format!("profile.{profile}.{name} would keep a secret in a file that is meant to be committed"))
                .hint("log in with `apictl token obtain`; passwords come from a prompt, `--password-stdin` or the environment"));
        }
        let Some(key) = key(name) else {
            let names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
            return Err(self
                .wrong(&format!("unknown setting '{name}' in profile.{profile}"))
                .hint(format!("known are {}", names.join(", "))));
        };
        let fits = match key.kind {
            Kind::Text => value.is_str() || value.is_integer() || value.is_float(),
            Kind::Switch => value.is_bool(),
            Kind::List => {
                value
                    .as_array()
                    .is_some_and(|values| values.iter().all(Value::is_str))
                    || value.is_str()
            }
        };
        if fits {
            return Ok(());
        }
        let wanted = match key.kind {
            Kind::Text => "a text",
            Kind::Switch => "true or false",
            Kind::List => "an array of texts",
        };
        Err(self.wrong(&format!("profile.{profile}.{name} is not {wanted}")))
    }

    fn wrong(&self, what: &str) -> Failure {
        Failure::usage(format!("{}: {what}", self.path.display()))
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// "line 3, column 7: `the line`", for a hint.
fn position(text: &str, span: Option<std::ops::Range<usize>>) -> String {
    let at = span.map_or(0, |span| span.start).min(text.len());
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count();
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |rest| rest.chars().count())
        + 1;
    format!(
        "line {}, column {column}: `{}`",
        line + 1,
        text.lines().nth(line).unwrap_or_default().trim()
    )
}
