//! One report type per command: `Serialize` is the contract with scripts, `table` the view for people.

use std::str::FromStr;

use serde::Serialize;

use super::look::Look;

/// What a command found out.
pub trait Report: Serialize {
    /// The view for people, without a trailing newline.
    fn table(&self, look: &Look) -> String;

    /// The parts that `ndjson` writes a line each; a report of one thing is one line.
    fn lines(&self) -> Result<Vec<serde_json::Value>, serde_json::Error> {
        Ok(vec![serde_json::to_value(self)?])
    }
}

/// The parts of a report, a line each, with the report's schema in front.
pub fn lines_of<T: Serialize>(
    schema: &str,
    parts: &[T],
) -> Result<Vec<serde_json::Value>, serde_json::Error> {
    #[derive(Serialize)]
    struct Line<'a, T> {
        schema: &'a str,
        #[serde(flatten)]
        part: &'a T,
    }
    parts
        .iter()
        .map(|part| serde_json::to_value(Line { schema, part }))
        .collect()
}

/// How a report is written. Never chosen by the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// One indented JSON document.
    Json,
    /// One JSON document a line.
    Ndjson,
}

impl Format {
    /// The names, as they are written on the command line.
    pub const NAMES: [&'static str; 3] = ["table", "json", "ndjson"];
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "table" => Ok(Self::Table),
            "json" => Ok(Self::Json),
            "ndjson" => Ok(Self::Ndjson),
            other => Err(format!(
                "'{other}' is not one of {}",
                Self::NAMES.join(", ")
            )),
        }
    }
}

/// Writes a report in a format, with a trailing newline.
pub fn render<R: Report>(
    report: &R,
    format: Format,
    look: &Look,
) -> Result<String, serde_json::Error> {
    Ok(match format {
        Format::Table => {
            let mut text = report.table(look);
            if !text.is_empty() {
                text.push('\n');
            }
            text
        }
        Format::Json => serde_json::to_string_pretty(report)? + "\n",
        Format::Ndjson => {
            let mut text = String::new();
            for line in report.lines()? {
                text += &line.to_string();
                text.push('\n');
            }
            text
        }
    })
}
