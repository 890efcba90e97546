//! The real binary: arguments in; standard output, standard error and exit code out.

mod access;
mod configuration;
mod request;
mod token;
