//! The settings, read.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use super::layers::{Layers, Origin};
use crate::cli::failure::Failure;
use crate::http::{HeaderMap, HeaderName, HeaderValue, Url, absolute};
use crate::rate::parse_duration;

/// Every setting that commands share, in its own type.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The layers it was read from.
    pub(crate) layers: Layers,
    /// The API's address.
    pub(crate) base_url: Url,
    /// The login to act as, or `anon`.
    pub(crate) identity: Option<String>,
    /// How to write answers, not yet read: commands differ in what they know.
    pub(crate) format: String,
    /// `auto`, `always` or `never`.
    pub(crate) color: String,
    /// Longest wait for a reply.
    pub(crate) timeout: Duration,
    /// Longest wait for a connection.
    pub(crate) connect_timeout: Duration,
    /// PEM file of further certificate authorities.
    pub(crate) cacert: Option<PathBuf>,
    /// Accept any certificate.
    pub(crate) insecure: bool,
    /// Proxy for every request.
    pub(crate) proxy: Option<String>,
    /// Header fields for the base origin.
    pub(crate) headers: HeaderMap,
    /// The `User-Agent`.
    pub(crate) user_agent: Option<HeaderValue>,
    /// Source address.
    pub(crate) bind: Option<IpAddr>,
    /// Fixed addresses.
    pub(crate) resolve: Vec<(String, SocketAddr)>,
    /// HTTP/2 from the first byte.
    pub(crate) http2_prior_knowledge: bool,
    /// Never show progress.
    pub(crate) no_progress: bool,
    /// Errors only.
    pub(crate) quiet: bool,
    /// Each request and reply line.
    pub(crate) verbose: bool,
}

impl Settings {
    /// Reads every setting; the failure names the value and where it came from.
    pub(crate) fn read(layers: Layers) -> Result<Self, Failure> {
        let base_url = match Self::text_of(&layers, "base_url") {
            Some(text) => {
                parse_base(&text).map_err(|why| wrong(&layers, "base_url", &text, &why))?
            }
            None => return Err(Failure::usage("there is no base URL")),
        };
        let mut headers = HeaderMap::new();
        for text in layers.found("header").texts {
            let (name, value) =
                parse_header(&text).map_err(|why| wrong(&layers, "header", &text, &why))?;
            headers.append(name, value);
        }
        let mut resolve = Vec::new();
        for text in layers.found("resolve").texts {
            let entry = parse_resolve(&text).ok_or_else(|| {
                wrong(
                    &layers,
                    "resolve",
                    &text,
                    "not of the form HOST:PORT:ADDRESS",
                )
            })?;
            resolve.push(entry);
        }
        let duration = |name: &'static str| -> Result<Duration, Failure> {
            let text = Self::text_of(&layers, name).unwrap_or_default();
            parse_duration(&text)
                .filter(|duration| !duration.is_zero())
                .ok_or_else(|| wrong(&layers, name, &text, "not a duration such as 30s or 2m"))
        };
        Ok(Self {
            base_url,
            identity: Self::text_of(&layers, "as"),
            format: Self::text_of(&layers, "format").unwrap_or_default(),
            color: Self::text_of(&layers, "color").unwrap_or_default(),
            timeout: duration("timeout")?,
            connect_timeout: duration("connect_timeout")?,
            cacert: Self::text_of(&layers, "cacert").map(PathBuf::from),
            insecure: switch(&layers, "insecure")?,
            proxy: Self::text_of(&layers, "proxy"),
            headers,
            user_agent: parsed(&layers, "user_agent", "a header field's value")?,
            bind: parsed(&layers, "bind", "an IP address")?,
            resolve,
            http2_prior_knowledge: switch(&layers, "http2_prior_knowledge")?,
            no_progress: switch(&layers, "no_progress")?,
            quiet: switch(&layers, "quiet")?,
            verbose: switch(&layers, "verbose")?,
            layers,
        })
    }

    /// The text of a setting that only one command reads.
    pub(crate) fn text(&self, name: &'static str) -> Option<String> {
        Self::text_of(&self.layers, name)
    }

    /// The flags whose values hold a secret: other users of the machine see the command line.
    pub(crate) fn secrets_on_argv(&self) -> Vec<&'static str> {
        let by_flag = |name| self.layers.found(name).origin == Origin::Flag;
        let sensitive = self.headers.values().any(HeaderValue::is_sensitive);
        let password = self
            .proxy
            .as_deref()
            .and_then(|proxy| Url::parse(proxy).ok())
            .is_some_and(|proxy| proxy.password().is_some());
        [
            ("--header", sensitive && by_flag("header")),
            ("--proxy", password && by_flag("proxy")),
        ]
        .into_iter()
        .filter_map(|(flag, holds)| holds.then_some(flag))
        .collect()
    }

    /// Whether errors are wanted as JSON.
    pub(crate) fn errors_as_json(&self) -> bool {
        matches!(self.format.as_str(), "json" | "ndjson")
    }

    /// The identity that this run's own words name, a flag or a variable; a file only says who acts by default.
    pub(crate) fn identity_of_this_run(&self) -> Option<&str> {
        match self.layers.found("as").origin {
            Origin::Flag | Origin::Variable(_) => self.identity.as_deref(),
            _ => None,
        }
    }

    /// Whether nobody said what the base URL is.
    pub(crate) fn base_url_is_default(&self) -> bool {
        self.layers.found("base_url").origin == Origin::Default
    }

    fn text_of(layers: &Layers, name: &'static str) -> Option<String> {
        layers.found(name).texts.into_iter().next()
    }
}

fn parsed<T: FromStr>(
    layers: &Layers,
    name: &'static str,
    wanted: &str,
) -> Result<Option<T>, Failure> {
    let Some(text) = Settings::text_of(layers, name) else {
        return Ok(None);
    };
    text.parse()
        .map(Some)
        .map_err(|_| wrong(layers, name, &text, &format!("not {wanted}")))
}

fn switch(layers: &Layers, name: &'static str) -> Result<bool, Failure> {
    let text = Settings::text_of(layers, name).unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" | "" => Ok(false),
        _ => Err(wrong(layers, name, &text, "neither true nor false")),
    }
}

fn wrong(layers: &Layers, name: &'static str, text: &str, why: &str) -> Failure {
    // A header's value may be a credential.
    let shown = if name == "header" {
        text.split(':').next().unwrap_or_default()
    } else {
        text
    };
    Failure::usage(format!(
        "{name} '{shown}' ({}) is {why}",
        layers.found(name).origin
    ))
}

/// A base URL: `http://host`, `https://host/prefix`, `host:8000` or `:8000`.
fn parse_base(text: &str) -> Result<Url, String> {
    let url = absolute(text)
        .unwrap_or_else(|| Url::parse(&format!("http://{text}")))
        .map_err(|error| format!("not a URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err("not an http or https URL".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "a URL with a user name or password in it; log in with `apictl token obtain` instead"
                .to_owned(),
        );
    }
    Ok(url)
}

fn parse_header(text: &str) -> Result<(HeaderName, HeaderValue), String> {
    let (name, value) = text.split_once(':').ok_or("not of the form NAME: VALUE")?;
    let name = name
        .trim()
        .parse()
        .map_err(|_| "not a header field's name".to_owned())?;
    let mut value: HeaderValue = value
        .trim()
        .parse()
        .map_err(|_| "not a header field's value".to_owned())?;
    value.set_sensitive(crate::http::is_sensitive_header(
        text.split(':').next().unwrap_or_default().trim(),
    ));
    Ok((name, value))
}

/// curl's form: the port is the one that would be connected to, the address may be in brackets.
fn parse_resolve(text: &str) -> Option<(String, SocketAddr)> {
    let (host, rest) = text.split_once(':')?;
    let (port, address) = rest.split_once(':')?;
    let address: IpAddr = address
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()?;
    Some((
        host.to_owned(),
        SocketAddr::new(address, port.parse().ok()?),
    ))
}
