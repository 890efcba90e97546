//! How a token's parts are shown to people and to scripts, the same in every command.

use serde_json::{Map, Value};

use crate::jwt::{State, Time, Warning, times};
use crate::ui::{Look, Table, Tone};

/// The time claims as the contract's JSON.
pub(crate) fn times_json(claims: &Map<String, Value>, now: f64) -> Map<String, Value> {
    times(claims, now)
        .into_iter()
        .filter_map(|(name, time)| Some((name.to_owned(), serde_json::to_value(time).ok()?)))
        .collect()
}

/// The members of a JSON object, a row each: name, exact value, and what a time means.
pub(crate) fn members(map: &Map<String, Value>, heading: &str, now: f64, look: &Look) -> String {
    let times = times(map, now);
    let mut headings = vec![heading, "VALUE"];
    headings.extend((!times.is_empty()).then_some("MEANING"));
    let mut table = Table::new(headings);
    for (name, value) in map {
        let mut row = vec![
            (printable(name), Some(Tone::Strong)),
            (printable(&value.to_string()), None),
        ];
        if let Some((_, time)) = times.iter().find(|(claim, _)| claim == name) {
            row.push((meaning(time), tone(time)));
        }
        table.toned_row(row);
    }
    table.render(look)
}

fn tone(time: &Time) -> Option<Tone> {
    match time.state {
        State::Valid => None,
        State::Expired | State::NotYet => Some(Tone::Bad),
    }
}

/// A moment in UTC, in local time where that differs, and how far away it is.
pub(crate) fn meaning(time: &Time) -> String {
    let mut words: Vec<String> = time.at.iter().cloned().collect();
    words.extend(time.at.as_deref().and_then(local));
    words.push(time.words());
    words.join(", ")
}

/// The same moment on the local clock, when that is not UTC.
fn local(at: &str) -> Option<String> {
    let zoned = at
        .parse::<jiff::Timestamp>()
        .ok()?
        .to_zoned_datetime(crate::cli::zone::local());
    (!zoned.offset().is_zero()).then(|| zoned.strftime("%Y-%m-%d %H:%M:%S %Z").to_string())
}

/// Text that cannot steer a terminal: control and direction characters are written out.
pub(crate) fn printable(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .flat_map(|c| {
            let written: Vec<char> = if steers(c) {
                format!("\\u{:04x}", c as u32).chars().collect()
            } else {
                vec![c]
            };
            written
        })
        .collect()
}

/// Warnings, a line each.
pub(crate) fn warnings(all: &[Warning], look: &Look) -> Vec<String> {
    all.iter()
        .map(|warning| {
            format!(
                "{} {}",
                look.paint(Tone::Warning, "warning:"),
                printable(&warning.message)
            )
        })
        .collect()
}
