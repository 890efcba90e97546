//! What the process was started with: read once, here, and passed on.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Environment variables, working folder and the user's folders.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    variables: BTreeMap<String, String>,
    /// The working folder.
    pub(crate) folder: PathBuf,
    home: Option<PathBuf>,
}

impl Environment {
    /// Reads the process's own.
    pub(crate) fn of_process() -> Self {
        Self {
            variables: std::env::vars_os()
                .filter_map(|(name, value)| {
                    Some((name.into_string().ok()?, value.into_string().ok()?))
                })
                .collect(),
            folder: std::env::current_dir().unwrap_or_default(),
            home: etcetera::home_dir().ok(),
        }
    }

    /// The names of the variables that would change what a run of this program does.
    pub(crate) fn own_variables(&self) -> impl Iterator<Item = &str> {
        let ours = |name: &&str| name.starts_with("APICTL_") || name.starts_with("XDG_");
        self.variables.keys().map(String::as_str).filter(ours)
    }

    /// A variable's value.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// Whether a variable is set to something.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|value| !value.is_empty())
    }

    /// The user's `config.toml`, whether or not it exists.
    pub(crate) fn user_config(&self) -> PathBuf {
        self.base("XDG_CONFIG_HOME", ".config")
            .join("apictl")
            .join("config.toml")
    }

    /// The folder of data that belongs to the user: the token store.
    pub(crate) fn user_data(&self) -> PathBuf {
        self.base("XDG_DATA_HOME", ".local/share").join("apictl")
    }

    /// The folder that an XDG variable names, which must be absolute to count, else one below the home.
    fn base(&self, variable: &str, below_home: &str) -> PathBuf {
        match self
            .variable(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
        {
            Some(path) => path,
            None => self.home.clone().unwrap_or_default().join(below_home),
        }
    }
}
