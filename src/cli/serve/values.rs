//! How the values of the switches are read.

use std::time::Duration;

use crate::rate::parse_duration;
use crate::server::{Algorithm, FAULTS, Fault, HeaderFamily, Lie, Profile, RetryAfter};

pub(super) fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "not a duration such as 30s, 5m or 1d".to_owned())
}

pub(super) fn profile(text: &str) -> Result<Profile, String> {
    text.parse()
        .map_err(|()| "known are 3.14, 3.15, 3.16, 3.17 and 3.18".to_owned())
}

pub(super) fn algorithm(text: &str) -> Result<Algorithm, String> {
    text.parse().map_err(|()| known(&Algorithm::NAMES))
}

pub(super) fn family(text: &str) -> Result<HeaderFamily, String> {
    text.parse().map_err(|()| known(&HeaderFamily::NAMES))
}

pub(super) fn retry_after(text: &str) -> Result<RetryAfter, String> {
    text.parse().map_err(|()| known(&RetryAfter::NAMES))
}

pub(super) fn lie(text: &str) -> Result<Lie, String> {
    text.parse().map_err(|()| known(&Lie::NAMES))
}

fn known(names: &[&str]) -> String {
    format!("known are {}", names.join(", "))
}

pub(super) fn fault(text: &str) -> Result<Fault, String> {
    text.parse().map_err(|()| format!("known are {FAULTS}"))
}
