//! Configuration: flag, environment, project `apictl.toml`, user file, default; first wins.

pub(crate) mod command;
mod file;
mod keys;
mod layers;
mod settings;

pub(crate) use file::ConfigFile;
pub(crate) use layers::{Layers, Origin, variable_of_flag};
pub(crate) use settings::Settings;
