//! `apictl jwt decode`: what a token says, with nothing checked and nothing hidden.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::clock::Clock;
use super::{batch, input, shown};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::jwt::{Decoded, Found, Kind, Malformed, Payload, Warning, decode};
use crate::secret::Secret;
use crate::ui::{Look, Report, Tone};

pub(super) const SCHEMA: &str = "apictl.jwt.decode/1";

/// Show what a token says, without checking its signature
///
/// Tokens are found in any text: bare, after `Bearer`, in header lines, curl commands, JSON replies
/// and archives, several at once. No algorithm makes it fail; numbers and order stay exact.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl jwt decode eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln
  curl -s … /api/token/ | apictl jwt decode
  apictl jwt decode @reply.json --format json
  apictl jwt decode --batch < tokens.txt

Exit code 0 when every token could be read, 1 when one could not or there is none.")]
pub(crate) struct Args {
    /// The token, a text that holds tokens, @FILE, or - for standard input (also when left out)
    token: Vec<String>,
    /// Read one token a line and write one line of JSON for each, in order
    #[arg(long)]
    batch: bool,
    /// Compare times with this moment, RFC 3339 or seconds since 1970, instead of now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

impl Args {
    /// Of texts alone, without any flag.
    pub(super) fn of(token: Vec<String>) -> Self {
        Self {
            token,
            batch: false,
            at: None,
        }
    }
}

/// One token of the answer.
#[derive(Debug, Clone, Serialize)]
struct Entry {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    kind: Option<Kind>,
    header: Map<String, Value>,
    claims: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<String>,
    signature: String,
    times: Map<String, Value>,
    warnings: Vec<Warning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip)]
    now: f64,
}

/// The answer: the members of the first token (the access token of a pair), and all of them under
/// `tokens` when there are several.
struct DecodeReport {
    entries: Vec<Entry>,
    first: usize,
}

impl Serialize for DecodeReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = line(&self.entries[self.first]).map_err(serde::ser::Error::custom)?;
        if self.entries.len() > 1 {
            let all = serde_json::to_value(&self.entries).map_err(serde::ser::Error::custom)?;
            map.insert("tokens".to_owned(), all);
        }
        map.serialize(serializer)
    }
}

/// One token with the schema in front.
fn line(entry: &Entry) -> Result<Map<String, Value>, serde_json::Error> {
    let mut map = Map::new();
    map.insert("schema".to_owned(), SCHEMA.into());
    if let Value::Object(members) = serde_json::to_value(entry)? {
        map.extend(members);
    }
    Ok(map)
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let clock = Clock::at(args.at.as_deref())?;
    if args.batch {
        return batch::run(&args.token, || {
            let now = clock.now(ctx);
            move |text: &str| batch_line(text, now)
        });
    }
    let found = input::tokens(&args.token)?;
    let now = clock.now(ctx);
    let entries: Vec<Entry> = found.iter().map(|found| entry(found, now)).collect();
    if let [
        Entry {
            error: Some(error),
            kind: None,
            ..
        },
    ] = entries.as_slice()
    {
        return Err(Failure::new(Exit::No, "malformed", error.clone()));
    }
    let first = entries
        .iter()
        .position(|entry| {
            entry
                .label
                .as_deref()
                .is_some_and(|label| label.contains("access"))
        })
        .unwrap_or_default();
    let readable = entries.iter().all(Entry::is_readable);
    ctx.print(&DecodeReport { entries, first })?;
    Ok(Exit::answer(readable))
}

fn batch_line(text: &str, now: f64) -> (String, bool) {
    let found = Found {
        token: Secret::new(text),
        label: None,
        joined: false,
    };
    let found = crate::jwt::find(text).into_iter().next().unwrap_or(found);
    let entry = entry(&found, now);
    let text = line(&entry)
        .map(|map| Value::Object(map).to_string())
        .unwrap_or_default();
    (text, entry.is_readable())
}

fn entry(found: &Found, now: f64) -> Entry {
    let mut entry = match decode(found.token.expose()) {
        Ok(decoded) => Entry::of(decoded, now),
        Err(fault) => Entry::unreadable(&fault, now),
    };
    entry.label.clone_from(&found.label);
    if found.joined {
        entry.warnings.push(Warning {
            id: "joined",
            message: "line breaks or spaces inside the token were taken out".to_owned(),
        });
    }
    entry
}

impl Entry {
    fn of(decoded: Decoded, now: f64) -> Self {
        let (claims, payload) = match decoded.payload {
            Payload::Claims(claims) => (Some(claims), None),
            Payload::Text(text) => (None, Some(text)),
            Payload::Binary(length) => (None, Some(format!("{length} bytes that are no text"))),
            Payload::Encrypted => (None, None),
        };
        Self {
            label: None,
            kind: Some(decoded.kind),
            header: decoded.header,
            times: claims
                .as_ref()
                .map(|claims| shown::times_json(claims, now))
                .unwrap_or_default(),
            claims,
            payload,
            signature: decoded.signature,
            warnings: decoded.warnings,
            error: decoded.faults.first().map(ToString::to_string),
            now,
        }
    }

    fn unreadable(fault: &Malformed, now: f64) -> Self {
        Self {
            label: None,
            kind: None,
            header: Map::new(),
            claims: None,
            payload: None,
            signature: String::new(),
            times: Map::new(),
            warnings: Vec::new(),
            error: Some(fault.to_string()),
            now,
        }
    }

    fn is_readable(&self) -> bool {
        self.error.is_none()
    }

    fn title(&self) -> String {
        let alg = self
            .header
            .get("alg")
            .map_or_else(|| "no alg".to_owned(), shown_text);
        let kind = match self.kind {
            Some(Kind::Signed) => format!("signed with {alg}, signature not checked"),
            Some(Kind::Unsecured) => "not signed".to_owned(),
            Some(Kind::Truncated) => format!("{alg}, cut off: the signature is missing"),
            Some(Kind::Encrypted) => {
                let enc = self.header.get("enc").map(shown_text).unwrap_or_default();
                format!("encrypted with {alg} and {enc}: the claims cannot be read without the key")
            }
            None => "no token".to_owned(),
        };
        match &self.label {
            Some(label) => format!("{label}: {kind}"),
            None => kind,
        }
    }

    fn view(&self, look: &Look) -> String {
        let mut blocks = vec![look.paint(Tone::Strong, &self.title())];
        if !self.header.is_empty() {
            blocks.push(shown::members(&self.header, "HEADER", self.now, look));
        }
        if let Some(claims) = &self.claims {
            blocks.push(shown::members(claims, "CLAIM", self.now, look));
        }
        if let Some(payload) = &self.payload {
            blocks.push(format!("payload: {}", shown::printable(payload)));
        }
        if self.kind.is_none()
            && let Some(error) = &self.error
        {
            blocks.push(look.paint(Tone::Bad, &shown::printable(error)));
        }
        let warnings = shown::warnings(&self.warnings, look);
        if !warnings.is_empty() {
            blocks.push(warnings.join("\n"));
        }
        blocks.join("\n\n")
    }
}

/// A header member as words: a text without its quotes.
fn shown_text(value: &Value) -> String {
    shown::printable(value.as_str().unwrap_or(&value.to_string()))
}

impl Report for DecodeReport {
    fn table(&self, look: &Look) -> String {
        let views: Vec<String> = self.entries.iter().map(|entry| entry.view(look)).collect();
        views.join("\n\n\n")
    }

    fn lines(&self) -> Result<Vec<Value>, serde_json::Error> {
        self.entries
            .iter()
            .map(|entry| line(entry).map(Value::Object))
            .collect()
    }
}
