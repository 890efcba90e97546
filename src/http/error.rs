//! What can go wrong between a request and its reply.

use std::error::Error as StdError;
use std::time::Duration;

use thiserror::Error;
use url::Url;

use super::authority::Refusal;
use super::dial::Unconnected;

type Source = Box<dyn StdError + Send + Sync>;

/// Why a request has no usable reply. Shown URLs and hosts carry no credentials.
#[derive(Debug, Error)]
pub enum Error {
    /// The text is not an absolute http(s) URL and cannot be joined to the base URL.
    #[error("'{url}' is not a URL that can be requested: {why}")]
    Url {
        /// The text as given, without user information.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The host name has no address.
    #[error("no address found for '{host}'")]
    Dns {
        /// Host and port asked for.
        host: String,
        /// The resolver's error.
        source: Source,
    },
    /// Nothing listens there.
    #[error("{host} refused the connection")]
    Refused {
        /// Host and port asked for.
        host: String,
    },
    /// The connection could not be made for another reason.
    #[error("could not connect to {host}")]
    Connect {
        /// Host and port asked for.
        host: String,
        /// The operating system's or the proxy's error.
        source: Source,
    },
    /// The TLS handshake failed: certificate, name or protocol.
    #[error("the TLS handshake with {host} failed: {why}")]
    Tls {
        /// Host and port asked for.
        host: String,
        /// The TLS library's words.
        why: String,
        /// Whether the connection ended before the handshake did.
        cut_off: bool,
    },
    /// The connection was not made in time.
    #[error("no connection to {host} within {after_s} s")]
    ConnectTimeout {
        /// Host and port asked for.
        host: String,
        /// The limit that passed, in seconds.
        after_s: f64,
    },
    /// Nothing arrived in time.
    #[error("no answer from {host} within {after_s} s")]
    Timeout {
        /// Host and port asked for.
        host: String,
        /// The limit that passed, in seconds.
        after_s: f64,
    },
    /// The reply broke off or was not HTTP.
    #[error("the reply from {host} broke off")]
    Broken {
        /// Host and port asked for.
        host: String,
        /// The HTTP library's error.
        source: Source,
    },
    /// The reply is larger than the client takes.
    #[error("the reply from {host} is larger than {limit} bytes")]
    TooLarge {
        /// Host and port asked for.
        host: String,
        /// The cap, in bytes.
        limit: usize,
    },
    /// The redirects lead in a circle, or do not end.
    #[error("{url} is redirected again and again: redirect {hops} leads to {to}")]
    Redirects {
        /// What was asked for.
        url: String,
        /// Where the last redirect leads.
        to: String,
        /// How many there were.
        hops: usize,
    },
    /// The client itself cannot be set up: a bad proxy, CA bundle or header.
    #[error("{what}")]
    Setup {
        /// What is wrong, with the setting's name.
        what: String,
        /// The underlying error, where there is one.
        source: Option<Source>,
    },
    /// No credential could be had for the request.
    #[error("no valid credential for the request")]
    Credential(#[source] Refusal),
}

impl Error {
    /// Whether the request may have a reply when it is made again: nothing arrived, or it broke off.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Refused { .. }
            | Self::Connect { .. }
            | Self::ConnectTimeout { .. }
            | Self::Timeout { .. }
            | Self::Broken { .. } => true,
            Self::Tls { cut_off, .. } => *cut_off,
            Self::Dns { source, .. } => is_for_now(&source.to_string()),
            Self::Url { .. }
            | Self::TooLarge { .. }
            | Self::Redirects { .. }
            | Self::Setup { .. }
            | Self::Credential(_) => false,
        }
    }

    /// Nothing came from the server of `url` within `limit`.
    pub(super) fn late(url: &Url, limit: Duration) -> Self {
        Self::Timeout {
            host: host_of(url),
            after_s: limit.as_secs_f64(),
        }
    }

    /// Sorts a transport's error by what lies at the bottom of its chain of causes; `limit` is what a wait may take.
    pub(super) fn classify(url: &Url, error: &Source, limit: Duration) -> Self {
        let host = host_of(url);
        let mut connecting = false;
        let mut at: Option<&(dyn StdError + 'static)> = Some(error.as_ref());
        while let Some(cause) = at {
            if let Some(Self::Setup { what, .. }) = cause.downcast_ref::<Self>() {
                return Self::Setup {
                    what: what.clone(),
                    source: cause.source().map(|cause| root_of(cause)),
                };
            }
            if let Some(tls) = tls_error(cause) {
                return Self::Tls {
                    host,
                    why: tls.to_string(),
                    cut_off: false,
                };
            }
            if let Some(io) = cause.downcast_ref::<std::io::Error>() {
                match innermost(io).kind() {
                    std::io::ErrorKind::ConnectionRefused => return Self::Refused { host },
                    std::io::ErrorKind::TimedOut if !connecting => return Self::late(url, limit),
                    // Nothing is read before a handshake: an end while connecting is its end.
                    std::io::ErrorKind::UnexpectedEof if connecting => {
                        let why = "the server closed the connection".to_owned();
                        return Self::Tls {
                            host,
                            why,
                            cut_off: true,
                        };
                    }
                    _ => {}
                }
            }
            match cause.downcast_ref::<Unconnected>() {
                Some(Unconnected::Late(limit)) => {
                    return Self::ConnectTimeout {
                        host,
                        after_s: limit.as_secs_f64(),
                    };
                }
                Some(Unconnected::Failed(_)) => connecting = true,
                None => {}
            }
            if let Some(sent) = cause.downcast_ref::<reqwest::Error>() {
                if sent.is_timeout() {
                    return Self::late(url, limit);
                }
                connecting |= sent.is_connect();
            }
            // hyper-util keeps the phase in the text of a private error type.
            if cause.to_string() == "dns error" {
                return Self::Dns {
                    host,
                    source: root_of(error.as_ref()),
                };
            }
            at = cause.source();
        }
        if connecting {
            Self::Connect {
                host,
                source: root_of(error.as_ref()),
            }
        } else {
            Self::Broken {
                host,
                source: root_of(error.as_ref()),
            }
        }
    }
}

/// Host and port, as they are told.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port_or_known_default() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Whether the resolver's words are those of a name server that could not be asked (`EAI_AGAIN`): glibc and the BSDs have the
/// one text, musl the other, and the number is not handed on.
fn is_for_now(words: &str) -> bool {
    words.contains("Temporary failure") || words.ends_with("Try again")
}

/// The TLS library's error, also inside I/O errors: their `source` skips the error that they wrap.
fn tls_error<'a>(cause: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
        return Some(tls);
    }
    let wrapped: &'a (dyn StdError + 'static) =
        cause.downcast_ref::<std::io::Error>()?.get_ref()?;
    tls_error(wrapped)
}

/// The I/O error at the bottom of I/O errors that wrap each other.
fn innermost(io: &std::io::Error) -> &std::io::Error {
    match io
        .get_ref()
        .and_then(|wrapped| wrapped.downcast_ref::<std::io::Error>())
    {
        Some(wrapped) => innermost(wrapped),
        None => io,
    }
}

/// The last words of a chain of causes: the layers above only repeat that a request failed.
fn root_of(error: &(dyn StdError + 'static)) -> Source {
    let mut root = error;
    while let Some(cause) = root.source() {
        root = cause;
    }
    root.to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_otherwise_the_next_time_is_transient() {
        let dns = |words: &str| Error::Dns {
            host: String::new(),
            source: words.into(),
        };
        for words in [
            "failed to lookup address information: Temporary failure in name resolution",
            "failed to lookup address information: Try again",
        ] {
            assert!(dns(words).is_transient());
        }
        assert!(
            !dns("failed to lookup address information: Name or service not known").is_transient()
        );
        let tls = |cut_off| Error::Tls {
            host: String::new(),
            why: String::new(),
            cut_off,
        };
        assert!(tls(true).is_transient() && !tls(false).is_transient());
    }
}
