//! The layers, laid over each other, with where each value came from.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::file::ConfigFile;
use super::keys::{KEYS, Key, Kind, key};
use crate::cli::environment::Environment;
use crate::cli::failure::Failure;
use crate::cli::globals::Globals;

/// The project file's name.
pub(crate) const PROJECT_FILE: &str = "apictl.toml";

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The command line.
    Flag,
    /// This environment variable.
    Variable(String),
    /// The project's `apictl.toml`.
    Project(PathBuf),
    /// The user's `config.toml`.
    User(PathBuf),
    /// Built in.
    Default,
    /// Nowhere: there is no value.
    Unset,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag"),
            Self::Variable(name) => write!(f, "environment {name}"),
            Self::Project(path) => write!(f, "project {}", path.display()),
            Self::User(path) => write!(f, "user {}", path.display()),
            Self::Default => f.write_str("default"),
            Self::Unset => f.write_str("unset"),
        }
    }
}

/// A setting's texts and where they came from.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// No text, one, or several for a list.
    pub(crate) texts: Vec<String>,
    /// Where they came from.
    pub(crate) origin: Origin,
}

/// All settings as texts.
#[derive(Debug, Clone)]
pub(crate) struct Layers {
    /// The profile in use.
    pub(crate) profile: String,
    /// The project file, where there is one.
    pub(crate) project: Option<ConfigFile>,
    /// The user's file, where there is one.
    pub(crate) user: Option<ConfigFile>,
    found: BTreeMap<&'static str, Found>,
}

impl Layers {
    /// Finds the files and lays the layers.
    pub(crate) fn lay(globals: &Globals, environment: &Environment) -> Result<Self, Failure> {
        let project = find_upward(&environment.folder)
            .map(|path| ConfigFile::read(&path))
            .transpose()?;
        let user = environment.user_config();
        let user = if user.exists() {
            Some(ConfigFile::read(&user)?)
        } else {
            None
        };
        let profile = choose_profile(globals, environment, project.as_ref(), user.as_ref())?;
        let flags = flag_texts(globals);
        let found = KEYS
            .iter()
            .map(|key| {
                (
                    key.name,
                    find(
                        key,
                        &flags,
                        environment,
                        project.as_ref(),
                        user.as_ref(),
                        &profile,
                    ),
                )
            })
            .collect();
        Ok(Self {
            profile,
            project,
            user,
            found,
        })
    }

    /// A file of tables that was named. Settings in it would be passed over, so it may hold some only if it is the
    /// project's own.
    pub(crate) fn tables_in(&self, path: &Path) -> Result<ConfigFile, Failure> {
        let file = ConfigFile::read(path)?;
        let own = self
            .project
            .as_ref()
            .is_some_and(|project| project.path.canonicalize().ok() == path.canonicalize().ok());
        match file.profiles().first() {
            Some(profile) if !own => Err(Failure::usage(format!(
                "{} has [profile.{profile}], which is not read here: settings come from {PROJECT_FILE} of this folder",
                path.display()
            ))
            .hint("run it in the folder of that file, or move its settings: `--base-url URL`, for one")),
            _ => Ok(file),
        }
    }

    /// What was found for a setting.
    pub(crate) fn found(&self, name: &'static str) -> Found {
        self.found.get(name).cloned().unwrap_or(Found {
            texts: Vec::new(),
            origin: Origin::Unset,
        })
    }
}

/// The nearest `apictl.toml` in a folder or above it.
fn find_upward(folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .map(|folder| folder.join(PROJECT_FILE))
        .find(|path| path.is_file())
}

fn choose_profile(
    globals: &Globals,
    environment: &Environment,
    project: Option<&ConfigFile>,
    user: Option<&ConfigFile>,
) -> Result<String, Failure> {
    let named = globals
        .profile
        .clone()
        .or_else(|| {
            environment
                .variable("APICTL_PROFILE")
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
        })
        .or_else(|| {
            project
                .and_then(ConfigFile::default_profile)
                .map(str::to_owned)
        })
        .or_else(|| {
            user.and_then(ConfigFile::default_profile)
                .map(str::to_owned)
        });
    let Some(named) = named else {
        return Ok("default".to_owned());
    };
    let mut known: Vec<&str> = [project, user]
        .into_iter()
        .flatten()
        .flat_map(ConfigFile::profiles)
        .collect();
    if named == "default" || known.contains(&named.as_str()) {
        return Ok(named);
    }
    known.sort_unstable();
    known.dedup();
    let failure = Failure::usage(format!("there is no profile '{named}'"));
    Err(if known.is_empty() {
        failure.hint(format!(
            "write `[profile.{named}]` into apictl.toml; `apictl config init` begins one"
        ))
    } else {
        failure.hint(format!("known are {}", known.join(", ")))
    })
}

fn flag_texts(globals: &Globals) -> BTreeMap<&'static str, Vec<String>> {
    let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
    let switch = |on: bool| {
        if on {
            vec!["true".to_owned()]
        } else {
            Vec::new()
        }
    };
    BTreeMap::from([
        ("base_url", one(&globals.base_url)),
        ("as", one(&globals.identity)),
        ("format", one(&globals.format)),
        ("color", one(&globals.color)),
        ("quiet", switch(globals.quiet)),
        ("verbose", switch(globals.verbose)),
        ("timeout", one(&globals.timeout)),
        ("connect_timeout", one(&globals.connect_timeout)),
        ("cacert", one(&globals.cacert)),
        ("insecure", switch(globals.insecure)),
        ("proxy", one(&globals.proxy)),
        ("header", globals.header.clone()),
        ("user_agent", one(&globals.user_agent)),
        ("bind", one(&globals.bind)),
        ("resolve", globals.resolve.clone()),
        (
            "http2_prior_knowledge",
            switch(globals.http2_prior_knowledge),
        ),
        ("no_progress", switch(globals.no_progress)),
    ])
}

fn find(
    key: &Key,
    flags: &BTreeMap<&'static str, Vec<String>>,
    environment: &Environment,
    project: Option<&ConfigFile>,
    user: Option<&ConfigFile>,
    profile: &str,
) -> Found {
    if let Some(texts) = flags.get(key.name).filter(|texts| !texts.is_empty()) {
        return Found {
            texts: texts.clone(),
            origin: Origin::Flag,
        };
    }
    let variable = variable_of(key.name);
    // An empty variable is how a shell or a CI system says "not set".
    if let Some(text) = environment
        .variable(&variable)
        .filter(|text| !text.is_empty())
    {
        let texts = match key.kind {
            Kind::List => text.lines().map(str::to_owned).collect(),
            _ => vec![text.to_owned()],
        };
        return Found {
            texts,
            origin: Origin::Variable(variable),
        };
    }
    for (file, project_layer) in [(project, true), (user, false)] {
        let Some(file) = file else { continue };
        // A named profile falls back to the default one of the same file.
        let texts = file
            .setting(profile, key.name)
            .or_else(|| file.setting("default", key.name));
        if let Some(texts) = texts {
            let path = file.path.clone();
            let origin = if project_layer {
                Origin::Project(path)
            } else {
                Origin::User(path)
            };
            return Found { texts, origin };
        }
    }
    match key.default {
        Some(text) => Found {
            texts: vec![text.to_owned()],
            origin: Origin::Default,
        },
        None => Found {
            texts: Vec::new(),
            origin: Origin::Unset,
        },
    }
}

/// The environment variable of a setting.
pub(crate) fn variable_of(name: &str) -> String {
    format!("APICTL_{}", name.to_uppercase())
}

/// The environment variable of a global flag, for its help.
pub(crate) fn variable_of_flag(id: &str) -> Option<String> {
    let name = if id == "identity" { "as" } else { id };
    (name == "profile" || key(name).is_some()).then(|| variable_of(name))
}
