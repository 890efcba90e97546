//! `apictl request`: one request, as a stored login or anonymously.

use std::io::{IsTerminal, Read};

use serde::Serialize;
use serde_json::{Map, Value};

use super::context::{Context, Fallback};
use super::failure::{Exit, Failure};
use super::timing::{self, TimingArgs};
use crate::http::{HeaderValue, Method, Reply, Request, StatusCode, header, is_sensitive_header};
use crate::ui::{Format, Look, Report};

/// Send one request and print the reply's body
///
/// Credentials are those of `--as`, or of the login last obtained for the base URL, and are renewed
/// when they are about to expire. Exit code 3 for a 4xx, 4 for a 5xx.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl request GET /api/me/ --as alice
  apictl request POST /api/notes/ -d '{\"text\":\"hello\"}'
  apictl request PATCH /api/notes/3/ -d @change.json --include
  apictl request GET /api/products/ --timing
  apictl request GET /api/products/ --repeat 200 --save before.json
  apictl request GET /api/products/ --repeat 200 --compare before.json")]
pub(crate) struct Args {
    /// The method: GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS
    method: String,
    /// The URL, or a path that is joined to the base URL
    url: String,
    /// The body: a text, @FILE, or - for standard input; JSON unless `-H 'Content-Type: …'` says otherwise
    #[arg(short, long, value_name = "TEXT")]
    data: Option<String>,
    /// Print the status line and header fields above the body
    #[arg(short, long)]
    include: bool,
    /// Return a redirect as it is
    #[arg(long)]
    no_follow: bool,
    #[command(flatten)]
    timing: TimingArgs,
}

#[derive(Debug, Serialize)]
struct RequestReport {
    schema: &'static str,
    method: String,
    url: String,
    status: u16,
    reason: Option<&'static str>,
    version: String,
    headers: Map<String, Value>,
    body: Value,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let method: Method = args
        .method
        .to_uppercase()
        .parse()
        .map_err(|_| Failure::usage(format!("'{}' is not a method", args.method)))?;
    let format = ctx.format()?;
    let body = read_body(args.data.as_deref())?;
    let build = |url| {
        let mut request = Request::new(method.clone(), url);
        if let Some(body) = &body {
            request.body = Some(body.clone().into());
            if !ctx.settings.headers.contains_key(header::CONTENT_TYPE) {
                request.headers.insert(
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/json"),
                );
            }
        }
        request
    };
    ctx.block_on(async {
        if args.timing.is_given() {
            let status = timing::run(&args.timing, ctx, &args.url, build).await?;
            return Ok(exit_of(status));
        }
        let (client, url) = ctx.client_for(&args.url, Fallback::Current)?;
        let request = build(url);
        let mut notes = Vec::new();
        let reply = if args.no_follow {
            client.send_authorised(request).await?
        } else {
            client.send_following(request, &mut notes).await?
        };
        for note in &notes {
            ctx.warn(note);
        }
        if format == Format::Table {
            ctx.write(&raw(&reply, args.include))?;
        } else {
            ctx.print(&report(&method, &reply))?;
        }
        if !reply.status.is_success() && format == Format::Table {
            let reason = reply.status.canonical_reason().unwrap_or_default();
            ctx.say(&format!("{} {} {reason}", method, reply.status.as_u16()));
        }
        Ok(exit_of(reply.status))
    })
}

fn exit_of(status: StatusCode) -> Exit {
    match status.as_u16() {
        400..=499 => Exit::Api,
        500.. => Exit::NoAnswer,
        _ => Exit::Yes,
    }
}

fn read_body(data: Option<&str>) -> Result<Option<Vec<u8>>, Failure> {
    let Some(data) = data else { return Ok(None) };
    if data == "-" {
        let mut body = Vec::new();
        if std::io::stdin().is_terminal() {
            return Err(Failure::usage(
                "`-d -` reads the body from standard input, which is a terminal",
            ));
        }
        std::io::stdin()
            .read_to_end(&mut body)
            .map_err(|error| Failure::local("cannot read standard input").because(&error))?;
        return Ok(Some(body));
    }
    if let Some(path) = data.strip_prefix('@') {
        let body = std::fs::read(path).map_err(|error| {
            Failure::local(format!("cannot read the body from '{path}'")).because(&error)
        })?;
        return Ok(Some(body));
    }
    Ok(Some(data.as_bytes().to_vec()))
}

/// The body as it came, a text ending in a newline, under its head where that is wanted.
fn raw(reply: &Reply, include: bool) -> Vec<u8> {
    let mut out = Vec::new();
    if include {
        out.extend(format!("{:?} {}\n", reply.version, reply.status).bytes());
        for (name, value) in &reply.headers {
            out.extend(format!("{name}: ").bytes());
            out.extend(shown_value(name.as_str(), value).bytes());
            out.push(b'\n');
        }
        out.push(b'\n');
    }
    let binary = is_binary(&reply.body);
    if binary && std::io::stdout().is_terminal() {
        let bytes = reply.body.len();
        out.extend(format!("{bytes} bytes that are no text; redirect them to a file\n").bytes());
        return out;
    }
    out.extend_from_slice(&reply.body);
    if !binary && !reply.body.is_empty() && !reply.body.ends_with(b"\n") {
        out.push(b'\n');
    }
    out
}

/// Whether a body is no text: a byte more would be another file, and a terminal would obey it.
fn is_binary(body: &[u8]) -> bool {
    body.contains(&0) || std::str::from_utf8(body).is_err()
}

fn shown_value(name: &str, value: &HeaderValue) -> String {
    if is_sensitive_header(name) {
        "[redacted]".to_owned()
    } else {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    }
}

fn report(method: &Method, reply: &Reply) -> RequestReport {
    let mut headers = Map::new();
    for (name, value) in &reply.headers {
        let value = shown_value(name.as_str(), value);
        match headers.get_mut(name.as_str()) {
            // RFC 9110 §5.3: fields of the same name combine with a comma.
            Some(Value::String(earlier)) => *earlier += &format!(", {value}"),
            _ => {
                headers.insert(name.to_string(), value.into());
            }
        }
    }
    RequestReport {
        schema: "apictl.request/1",
        method: method.to_string(),
        url: crate::http::shown_url(&reply.url),
        status: reply.status.as_u16(),
        reason: reply.status.canonical_reason(),
        version: format!("{:?}", reply.version),
        headers,
        body: reply.json().unwrap_or_else(|_| reply.text().into()),
    }
}

impl Report for RequestReport {
    fn table(&self, _look: &Look) -> String {
        String::new()
    }
}
