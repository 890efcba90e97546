//! One request of a probe, and the trace of them all: what was sent when, and what came back when.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// The `schema` of a trace's first line.
pub const TRACE_SCHEMA: &str = "apictl.throttle.trace/1";

/// What became of one request at the limiter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The limiter let it through.
    Accepted,
    /// The limiter refused it.
    Refused,
    /// Nobody can tell whether the limiter saw it: a 5xx, a timeout, a reply out of a cache.
    #[default]
    Unknown,
}

/// One request: the server decided somewhere between `sent_s` and `received_s`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Seconds since the trace began when the request was handed to the socket.
    #[serde(deserialize_with = "exact")]
    pub sent_s: f64,
    /// Seconds since the trace began when the head of the reply arrived.
    #[serde(deserialize_with = "exact")]
    pub received_s: f64,
    /// What the limiter did with it.
    pub outcome: Outcome,
    /// The HTTP status; `None` when no reply came.
    #[serde(default)]
    pub status: Option<u16>,
    /// Which connection carried it; a new number is a new connection.
    #[serde(default)]
    pub connection: u32,
    /// The reply's headers that speak of limits, time or caching, names in lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The beginning of a refusal's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Why no reply came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Whether the server closed or reset an open connection instead of replying.
    #[serde(default, skip_serializing_if = "is_false")]
    pub dropped: bool,
    /// Whether the server closes its connections behind replies, and does not say so.
    #[serde(default, skip_serializing_if = "is_false")]
    pub closes: bool,
    /// What else was connected, where that was a part of the experiment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}

/// Idle connections: a process that serves one connection at a time is busy with the one that it accepted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// How many were open when the request was sent.
    pub idle: u32,
    /// When one of them was closed, because no answer came until then; seconds since the trace began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freed_s: Option<f64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The first line of a trace: what was probed, and when its clock stood at zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`TRACE_SCHEMA`].
    pub schema: String,
    /// The method of every request.
    pub method: String,
    /// The URL of every request.
    pub url: String,
    /// `anon` or the name of a stored login.
    pub identity: String,
    /// Unix time of the trace's second zero, by this machine's clock.
    #[serde(deserialize_with = "exact")]
    pub started_unix_s: f64,
    /// How far the server's clock may be from this machine's, seconds.
    #[serde(default = "one_second")]
    pub clock_error_s: f64,
    /// The only statuses that are refusals; `None` where they were learnt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reject_status: Option<Vec<u16>>,
}

/// The number that was written, to its last bit: a replay that starts from other times may end elsewhere, and
/// `serde_json` reads an `f64` of more than fifteen digits only nearly.
fn exact<'de, D: Deserializer<'de>>(reader: D) -> Result<f64, D::Error> {
    let number = serde_json::Number::deserialize(reader)?;
    let text = number.to_string();
    text.parse().map_err(D::Error::custom)
}

fn one_second() -> f64 {
    1.0
}

/// A recorded probe: replaying it gives the same answer as the probe did.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// What was probed.
    pub header: Header,
    /// Every request, in the order of sending.
    pub samples: Vec<Sample>,
}

/// Why a text is not a trace.
#[derive(Debug, Error)]
pub enum TraceError {
    /// The file has no first line.
    #[error("the trace is empty")]
    Empty,
    /// The first line is not a trace header of a version that is understood.
    #[error("the first line is not a trace header ({0})")]
    Header(String),
    /// A later line is not a sample.
    #[error("line {line} is not a sample: {source}")]
    Sample {
        /// The line's number, from 1.
        line: usize,
        /// What the JSON parser said.
        source: serde_json::Error,
    },
    /// A sample was answered before it was sent, or a time is not a number.
    #[error("line {line}: a reply cannot come before its request")]
    Time {
        /// The line's number, from 1.
        line: usize,
    },
}

impl Sample {
    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// Whether the server closed the connection behind the reply.
    pub fn closes_connection(&self) -> bool {
        self.closes
            || self
                .header("connection")
                .is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }

    /// Whether a cache answered (`Age` above zero): the limiter may never have seen the request.
    pub fn is_cached(&self) -> bool {
        self.header("age")
            .and_then(|age| age.trim().parse::<u64>().ok())
            .is_some_and(|age| age > 0)
    }

    /// Whether a header is worth keeping in a trace; everything else may hold secrets.
    pub fn keeps_header(name: &str) -> bool {
        matches!(
            name,
            "age"
                | "allow"
                | "cache-control"
                | "connection"
                | "content-type"
                | "date"
                | "server"
                | "via"
                | "x-cache"
        ) || name.starts_with("retry-after")
            || name == "x-retry-in"
            || name.contains("ratelimit")
            || name.contains("rate-limit")
    }
}

impl Header {
    /// A header for a trace that begins now.
    pub fn new(method: &str, url: &str, identity: &str, started_unix_s: f64) -> Self {
        Self {
            schema: TRACE_SCHEMA.to_owned(),
            method: method.to_owned(),
            url: url.to_owned(),
            identity: identity.to_owned(),
            started_unix_s,
            clock_error_s: one_second(),
            reject_status: None,
        }
    }
}

impl Trace {
    /// Reads NDJSON: a [`Header`], then one [`Sample`] a line; blank lines are skipped.
    pub fn parse(text: &str) -> Result<Self, TraceError> {
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        let (_, first) = lines.next().ok_or(TraceError::Empty)?;
        let header: Header =
            serde_json::from_str(first).map_err(|fault| TraceError::Header(fault.to_string()))?;
        if header.schema != TRACE_SCHEMA {
            return Err(TraceError::Header(header.schema));
        }
        let mut samples = Vec::new();
        for (index, line) in lines {
            let line_number = index + 1;
            let sample: Sample =
                serde_json::from_str(line).map_err(|source| TraceError::Sample {
                    line: line_number,
                    source,
                })?;
            if sample.received_s.is_nan() || sample.received_s < sample.sent_s {
                return Err(TraceError::Time { line: line_number });
            }
            samples.push(sample);
        }
        samples.sort_by(|a, b| a.sent_s.total_cmp(&b.sent_s));
        Ok(Self { header, samples })
    }
}

/// One line of a trace, without its line feed.
pub fn to_line<T: Serialize>(part: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_survives_being_written_and_read() {
        let header = Header::new("GET", "http://127.0.0.1:1/x", "anon", 1_700_000_000.25);
        let sample = Sample {
            sent_s: 0.001,
            received_s: 0.0025,
            outcome: Outcome::Refused,
            status: Some(429),
            connection: 3,
            headers: vec![("retry-after".into(), "59".into())],
            body: Some("slow down".into()),
            ..Sample::default()
        };
        let text = format!(
            "{}\n\n{}\n",
            to_line(&header).unwrap(),
            to_line(&sample).unwrap()
        );
        let trace = Trace::parse(&text).unwrap();
        assert_eq!(trace.header, header);
        assert_eq!(trace.samples, vec![sample]);
    }

    #[test]
    fn times_are_read_to_their_last_bit() {
        let header = to_line(&Header::new("GET", "u", "anon", 0.0)).unwrap();
        for nanoseconds in (1..2_000_000_000_000).step_by(7_919_000_003) {
            let at = std::time::Duration::from_nanos(nanoseconds).as_secs_f64();
            let line = format!("{{\"sent_s\":{at},\"received_s\":{at},\"outcome\":\"accepted\"}}");
            let trace = Trace::parse(&format!("{header}\n{line}\n")).unwrap();
            assert_eq!(trace.samples[0].sent_s.to_bits(), at.to_bits(), "{at}");
        }
    }

    #[test]
    fn what_is_not_a_trace_is_refused_with_the_line() {
        assert!(matches!(Trace::parse(""), Err(TraceError::Empty)));
        assert!(matches!(Trace::parse("{}"), Err(TraceError::Header(_))));
        let header = to_line(&Header::new("GET", "u", "anon", 0.0)).unwrap();
        let backwards =
            format!("{header}\n{{\"sent_s\":2.0,\"received_s\":1.0,\"outcome\":\"accepted\"}}\n");
        assert!(matches!(
            Trace::parse(&backwards),
            Err(TraceError::Time { line: 2 })
        ));
    }

    #[test]
    fn credentials_never_enter_a_trace() {
        assert!(!Sample::keeps_header("authorization"));
        assert!(!Sample::keeps_header("set-cookie"));
        assert!(Sample::keeps_header("x-ratelimit-reset"));
        assert!(Sample::keeps_header("x-rate-limit-retry-after-seconds"));
    }
}
