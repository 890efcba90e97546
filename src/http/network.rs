//! The network as a transport: plain HTTP/1.1 by itself, all else by reqwest, whose only user this is.

use std::net::{IpAddr, SocketAddr};
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::redirect;
use url::Url;

use super::authority::Pending;
use super::dial::{Failed, Unconnected};
use super::error::Error;
use super::inflate::{ask, inflated};
use super::plain::Plain;
use super::transport::{Body, Transport};

/// How to reach the network. The default is what a browser would do on this machine.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The longest wait for a connection.
    pub connect_timeout: Duration,
    /// A PEM bundle of certificate authorities to trust beside the system's.
    pub ca_bundle: Option<Vec<u8>>,
    /// Accept any certificate.
    pub insecure: bool,
    /// A proxy for every request; without it the system's (`HTTPS_PROXY` …) is used.
    pub proxy: Option<String>,
    /// The source address of connections.
    pub bind: Option<IpAddr>,
    /// Fixed addresses of hosts.
    pub resolve: Vec<(String, SocketAddr)>,
    /// Speak HTTP/2 from the first byte, without TLS too (RFC 9113 §3.3).
    pub http2_prior_knowledge: bool,
    /// Ask for compressed replies.
    pub compress: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            ca_bundle: None,
            insecure: false,
            proxy: None,
            bind: None,
            resolve: Vec::new(),
            http2_prior_knowledge: false,
            compress: true,
        }
    }
}

/// Pooled keep-alive connections: plain ones, and those that need TLS, HTTP/2 or a proxy.
pub struct Network {
    settings: Settings,
    plain: Plain,
    /// The proxies of the environment.
    proxies: Matcher,
    /// Made when they are first needed: the certificates of the system alone take a while to read. The one without them
    /// serves plain HTTP, also where the system has none.
    certified: OnceLock<reqwest::Client>,
    uncertified: OnceLock<reqwest::Client>,
}

impl Network {
    /// Sets the network up; connects to nothing yet. Fails on a bad proxy or CA bundle.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        // ring and not aws-lc: the latter's first random draw costs 50 ms of CPU, which every command would pay.
        // The only failure is a provider installed by an earlier call, which is the same one.
        let _ = rustls::crypto::CryptoProvider::install_default(
            rustls::crypto::ring::default_provider(),
        );
        certificates(settings)?;
        proxy(settings)?;
        Ok(Self {
            settings: settings.clone(),
            plain: Plain::new(settings.clone()),
            proxies: Matcher::from_system(),
            certified: OnceLock::new(),
            uncertified: OnceLock::new(),
        })
    }

    /// Whether a URL is asked without TLS, HTTP/2 and proxies.
    fn is_plain(&self, uri: &http::Uri) -> bool {
        uri.scheme_str() == Some("http")
            && !self.settings.http2_prior_knowledge
            && self.settings.proxy.is_none()
            && self.proxies.intercept(uri).is_none()
    }

    /// Whether a URL is asked for, or its proxy spoken to, over TLS.
    fn needs_certificates(&self, uri: &http::Uri) -> bool {
        let proxy = self.settings.proxy.as_deref();
        uri.scheme_str() == Some("https")
            || proxy.is_some_and(|proxy| proxy.to_ascii_lowercase().starts_with("https:"))
            || self
                .proxies
                .intercept(uri)
                .is_some_and(|proxy| proxy.uri().scheme_str() == Some("https"))
    }

    fn client(&self, uri: &http::Uri) -> Result<&reqwest::Client, Error> {
        let certified = self.needs_certificates(uri);
        let slot = if certified {
            &self.certified
        } else {
            &self.uncertified
        };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client = pooled(&self.settings, certified)?;
        Ok(slot.get_or_init(|| client))
    }

    /// The error as [`Error::classify`] reads it.
    fn failed(&self, error: reqwest::Error) -> Failed {
        if error.is_connect() && error.is_timeout() {
            return Unconnected::Late(self.settings.connect_timeout).into();
        }
        error.without_url().into()
    }
}

/// Whether the environment names a proxy for a URL.
pub fn has_system_proxy(url: &Url) -> bool {
    let uri = url.as_str().parse();
    uri.is_ok_and(|uri: http::Uri| Matcher::from_system().intercept(&uri).is_some())
}

/// The certificates to trust beside the system's.
fn certificates(settings: &Settings) -> Result<Vec<reqwest::Certificate>, Error> {
    let Some(bundle) = &settings.ca_bundle else {
        return Ok(Vec::new());
    };
    let certificates = reqwest::Certificate::from_pem_bundle(bundle)
        .map_err(|error| setup("the CA bundle is not a PEM bundle of certificates", error))?;
    if certificates.is_empty() {
        return Err(Error::Setup {
            what: "the CA bundle holds no certificate".to_owned(),
            source: None,
        });
    }
    Ok(certificates)
}

fn proxy(settings: &Settings) -> Result<Option<reqwest::Proxy>, Error> {
    let proxy = settings.proxy.as_deref().map(reqwest::Proxy::all);
    proxy
        .transpose()
        .map_err(|error| setup("the proxy is not a URL", error))
}

fn pooled(settings: &Settings, certified: bool) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .tcp_nodelay(true)
        .connect_timeout(settings.connect_timeout)
        .local_address(settings.bind);
    let certificates = certificates(settings)?;
    if !certified {
        builder = builder.tls_certs_only([]);
    } else if !certificates.is_empty() {
        builder = builder.tls_certs_merge(certificates);
    }
    if settings.insecure {
        builder = builder.tls_danger_accept_invalid_certs(true);
    }
    if let Some(proxy) = proxy(settings)? {
        builder = builder.proxy(proxy);
    }
    for (host, address) in &settings.resolve {
        builder = builder.resolve(host, *address);
    }
    if settings.http2_prior_knowledge {
        builder = builder.http2_prior_knowledge();
    }
    builder
        .build()
        .map_err(|error| setup("the HTTP client cannot be set up", error))
}

fn setup(what: &str, error: reqwest::Error) -> Error {
    Error::Setup {
        what: what.to_owned(),
        source: Some(Box::new(error)),
    }
}

impl Transport for Network {
    fn send(
        &self,
        mut request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Failed>> {
        if self.is_plain(request.uri()) {
            return Box::pin(self.plain.exchange(request));
        }
        Box::pin(async move {
            let client = self.client(request.uri())?;
            let compress = self.settings.compress;
            if compress {
                ask(request.headers_mut());
            }
            let request =
                reqwest::Request::try_from(request).map_err(reqwest::Error::without_url)?;
            let reply = client
                .execute(request)
                .await
                .map_err(|error| self.failed(error))?;
            let reply: http::Response<reqwest::Body> = reply.into();
            let reply = reply.map(|body| Body::new(body.map_err(reqwest::Error::without_url)));
            Ok(if compress { inflated(reply) } else { reply })
        })
    }
}
