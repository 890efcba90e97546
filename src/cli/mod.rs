//! The command line: arguments, configuration, dispatch, exit codes; one file per command.

mod access;
mod ci;
mod completions;
mod config;
mod context;
mod demo;
mod environment;
mod failure;
mod globals;
mod identity;
mod jwt;
mod man;
mod pages;
mod program;
mod request;
mod runtime;
mod serve;
mod throttle;
mod timing;
mod token;
mod zone;

pub use program::{command, main};
