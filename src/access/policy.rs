//! What is expected: the `[[access]]` tables, read and written. Pure.

use std::fmt;

use thiserror::Error;
use toml::{Table, Value};

use super::matrix::{Cell, Meaning};

/// The methods a table may name.
const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/// Whether a method changes nothing on the server (RFC 9110 §9.2.1).
pub fn is_safe(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS")
}

/// What is wrong with an `[[access]]` table.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PolicyError {
    /// A table without an address.
    #[error("[[access]] table {table} has no `url`")]
    NoUrl {
        /// Counted from 1.
        table: usize,
    },
    /// A key that is neither a setting nor a method.
    #[error(
        "[[access]] table {table} ({url}): unknown key '{key}'; known are url, data and the methods {}",
        METHODS.join(", ")
    )]
    UnknownKey {
        /// Counted from 1.
        table: usize,
        /// The table's address.
        url: String,
        /// The key.
        key: String,
    },
    /// A value of the wrong kind.
    #[error("[[access]] table {table} ({url}): {key} is not {wanted}")]
    Wrong {
        /// Counted from 1.
        table: usize,
        /// The table's address.
        url: String,
        /// The key.
        key: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A table that expects nothing.
    #[error("[[access]] table {table} ({url}) names no method")]
    NoMethod {
        /// Counted from 1.
        table: usize,
        /// The table's address.
        url: String,
    },
}

/// One acceptable answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Status(u16),
    Class(u16),
    /// Anything but 401, 403 and what says nothing: 429 and 5xx.
    Open,
}

/// The statuses that are right, as written: `401`, `"2xx"`, `[401, 403]`, `"allowed"` (2xx),
/// `"refused"` (401 or 403) or `"open"` (anything else).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected(Vec<Wanted>);

impl Expected {
    /// Exactly this status.
    pub fn status(status: u16) -> Self {
        Self(vec![Wanted::Status(status)])
    }

    /// Any 2xx.
    pub fn allowed() -> Self {
        Self(vec![Wanted::Class(2)])
    }

    /// 401 or 403.
    pub fn refused() -> Self {
        Self(vec![Wanted::Status(401), Wanted::Status(403)])
    }

    /// Anything but 401 and 403.
    pub fn open() -> Self {
        Self(vec![Wanted::Open])
    }

    /// Whether a status is one of the expected.
    pub fn admits(&self, status: u16) -> bool {
        self.0.iter().any(|wanted| match wanted {
            Wanted::Status(exact) => *exact == status,
            Wanted::Class(class) => status / 100 == *class,
            // refused by a throttle or broken, it says nothing of permissions
            Wanted::Open => !matches!(status, 401 | 403 | 429 | 500..),
        })
    }

    /// Whether whoever gets past the permission is right to: success is among the expected, or nothing but the 400 or 415
    /// that a body is answered.
    pub fn admits_past_permission(&self) -> bool {
        let is_success = |wanted: &Wanted| match wanted {
            Wanted::Status(exact) => exact / 100 == 2,
            Wanted::Class(class) => *class == 2,
            Wanted::Open => true,
        };
        let is_of_body = |wanted: &Wanted| matches!(wanted, Wanted::Status(400 | 415));
        self.0.iter().any(is_success) || self.0.iter().all(is_of_body)
    }

    /// As TOML.
    fn written(&self) -> String {
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|wanted| match wanted {
                Wanted::Status(status) => status.to_string(),
                Wanted::Class(2) => "\"allowed\"".to_owned(),
                Wanted::Class(class) => format!("\"{class}xx\""),
                Wanted::Open => "\"open\"".to_owned(),
            })
            .collect();
        match parts.as_slice() {
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        }
    }

    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Array(values) if !values.is_empty() => {
                let parts: Option<Vec<Self>> = values.iter().map(Self::read).collect();
                Some(Self(parts?.into_iter().flat_map(|part| part.0).collect()))
            }
            Value::Integer(status) => {
                let status = u16::try_from(*status).ok()?;
                (100..600).contains(&status).then(|| Self::status(status))
            }
            Value::String(text) => match text.as_str() {
                "allowed" => Some(Self::allowed()),
                "open" => Some(Self::open()),
                "refused" => Some(Self::refused()),
                text => {
                    let class = text.strip_suffix("xx")?.parse().ok()?;
                    (1..6)
                        .contains(&class)
                        .then(|| Self(vec![Wanted::Class(class)]))
                }
            },
            _ => None,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, wanted) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" or ")?;
            }
            match wanted {
                Wanted::Status(status) => write!(f, "{status}")?,
                Wanted::Class(class) => write!(f, "{class}xx")?,
                Wanted::Open => f.write_str("not 401 or 403")?,
            }
        }
        Ok(())
    }
}

/// What one identity is to be answered for one method of one URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// A URL, or a path below the base URL.
    pub url: String,
    /// The method, in capitals.
    pub method: String,
    /// `anon` or the name of a login.
    pub identity: String,
    /// The statuses that are right.
    pub expected: Expected,
    /// The body to send with an unsafe method, instead of one that cannot validate.
    pub data: Option<String>,
}

/// Everything that is expected, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// The expectations.
    pub rules: Vec<Rule>,
}

impl Policy {
    /// Reads the `[[access]]` tables of a file.
    pub fn read(tables: &[Table]) -> Result<Self, PolicyError> {
        let mut rules = Vec::new();
        for (index, table) in tables.iter().enumerate() {
            read_table(index + 1, table, &mut rules)?;
        }
        Ok(Self { rules })
    }

    /// The identities that it speaks of, each once, in order.
    pub fn identities(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for rule in &self.rules {
            if !names.contains(&rule.identity.as_str()) {
                names.push(&rule.identity);
            }
        }
        names
    }

    /// What was observed, as expectations. Cells without a telling reply (none, 429, 5xx) are left out.
    pub fn of(cells: &[Cell]) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        for cell in cells {
            let Some(observed) = cell.observed() else {
                continue;
            };
            let expected = match observed.meaning() {
                Meaning::Throttled | Meaning::ServerError => continue,
                Meaning::StoppedByBody => Expected::allowed(),
                _ => Expected::status(observed.status),
            };
            rules.push(Rule {
                url: cell.url.clone(),
                method: cell.method.clone(),
                identity: cell.identity.clone(),
                expected,
                data: None,
            });
        }
        Self { rules }
    }

    /// The tables as text for `apictl.toml`. Rules of one URL must stand together.
    pub fn write(&self) -> String {
        let mut text = String::new();
        let mut url: Option<&str> = None;
        let mut rules = self.rules.as_slice();
        while let Some(first) = rules.first() {
            let same = rules
                .iter()
                .take_while(|rule| rule.url == first.url && rule.method == first.method)
                .count();
            let (row, rest) = rules.split_at(same);
            rules = rest;
            if url != Some(&first.url) {
                let gap = if url.is_some() { "\n" } else { "" };
                text += &format!("{gap}[[access]]\nurl = {}\n", quoted(&first.url));
                url = Some(&first.url);
            }
            let cells: Vec<String> = row
                .iter()
                .map(|rule| format!("{} = {}", name(&rule.identity), rule.expected.written()))
                .collect();
            text += &format!("{} = {{ {} }}\n", first.method, cells.join(", "));
        }
        text
    }
}

fn read_table(table: usize, values: &Table, rules: &mut Vec<Rule>) -> Result<(), PolicyError> {
    let url = match values.get("url") {
        Some(Value::String(url)) if !url.is_empty() => url.clone(),
        _ => return Err(PolicyError::NoUrl { table }),
    };
    let wrong = |key: &str, wanted| PolicyError::Wrong {
        table,
        url: url.clone(),
        key: key.to_owned(),
        wanted,
    };
    let data = match values.get("data") {
        None => None,
        Some(Value::String(data)) => Some(data.clone()),
        Some(_) => return Err(wrong("data", "a text")),
    };
    let before = rules.len();
    for (key, value) in values {
        if key == "url" || key == "data" {
            continue;
        }
        if !METHODS.contains(&key.as_str()) {
            return Err(PolicyError::UnknownKey {
                table,
                url: url.clone(),
                key: key.clone(),
            });
        }
        let cells = value
            .as_table()
            .filter(|cells| !cells.is_empty())
            .ok_or_else(|| wrong(key, "a table such as { anon = 401, alice = 200 }"))?;
        for (identity, status) in cells {
            let expected = Expected::read(status).ok_or_else(|| {
                wrong(
                    &format!("{key}.{identity}"),
                    "a status such as 403, \"2xx\", \"allowed\", \"refused\", \"open\" or a list of them",
                )
            })?;
            rules.push(Rule {
                url: url.clone(),
                method: key.clone(),
                identity: identity.clone(),
                expected,
                data: data.clone().filter(|_| !is_safe(key)),
            });
        }
    }
    if rules.len() == before {
        return Err(PolicyError::NoMethod { table, url });
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// A key, quoted where TOML does not take it bare.
fn name(identity: &str) -> String {
    let bare = !identity.is_empty()
        && identity
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if bare {
        identity.to_owned()
    } else {
        quoted(identity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(text: &str) -> Result<Policy, PolicyError> {
        let file: Table = toml::from_str(text).unwrap();
        let tables: Vec<Table> = file["access"]
            .as_array()
            .unwrap()
            .iter()
            .map(|table| table.as_table().unwrap().clone())
            .collect();
        Policy::read(&tables)
    }

    #[test]
    fn a_table_is_a_rule_for_each_method_and_identity() {
        let policy = policy(
            "[[access]]\nurl = '/x/'\nGET = { anon = 401, alice = [403, 404], admin = 'allowed' }\n",
        )
        .unwrap();
        assert_eq!(policy.identities(), ["anon", "alice", "admin"]);
        let shown: Vec<String> = policy
            .rules
            .iter()
            .map(|rule| rule.expected.to_string())
            .collect();
        assert_eq!(shown, ["401", "403 or 404", "2xx"]);
        assert!(policy.rules[2].expected.admits(204) && !policy.rules[2].expected.admits(301));
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let text = "[[access]]\nurl = \"/x/\"\nGET = { anon = [401, 403], \"a b\" = \"allowed\" }\nHEAD = { anon = 401 }\n\n\
                    [[access]]\nurl = \"/y/\"\nGET = { anon = 200 }\n";
        assert_eq!(policy(text).unwrap().write(), text);
    }

    #[test]
    fn a_mistake_is_named_with_its_table() {
        let said = |text: &str| policy(text).unwrap_err().to_string();
        assert_eq!(
            said("[[access]]\nGET = { anon = 200 }\n"),
            "[[access]] table 1 has no `url`"
        );
        assert!(
            said("[[access]]\nurl = '/x/'\nget = { anon = 200 }\n").contains("unknown key 'get'")
        );
        assert!(
            said("[[access]]\nurl = '/x/'\nGET = { anon = 7 }\n")
                .contains("GET.anon is not a status")
        );
        assert!(said("[[access]]\nurl = '/x/'\n").contains("names no method"));
    }
}
