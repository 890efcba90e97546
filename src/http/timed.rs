//! A transport that opens a connection for each request and tells how long each phase took.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Uri};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::authority::Pending;
use super::error::Error;
use super::network::Settings;
use super::transport::{Body, Transport};
use super::trusting::Trusting;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// How long each phase of a request took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phases {
    /// Looking the name up; `None` for an address.
    pub dns: Option<Duration>,
    /// The TCP handshake.
    pub connect: Duration,
    /// The TLS handshake; `None` for http.
    pub tls: Option<Duration>,
    /// From the request's first byte to the end of the reply's head.
    pub first_byte: Duration,
}

/// Sends each request over HTTP/1.1 on a new, direct connection, uncompressed. No proxy is used.
pub struct Timed {
    settings: Settings,
    tls: Arc<ClientConfig>,
    last: Mutex<Option<Phases>>,
}

impl Timed {
    /// Sets the network up; fails on a bad CA bundle.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| setup("TLS cannot be set up", error))?;
        let dangerous = versions.dangerous();
        let tls = if settings.insecure {
            dangerous.with_custom_certificate_verifier(Arc::new(Trusting::new(provider)))
        } else {
            let bundle = settings.ca_bundle.as_deref().unwrap_or_default();
            let roots: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(bundle)
                .collect::<Result<_, _>>()
                .map_err(|error| {
                    setup("the CA bundle is not a PEM bundle of certificates", error)
                })?;
            let verifier =
                rustls_platform_verifier::Verifier::new_with_extra_roots(roots, provider)
                    .map_err(|error| setup("the system's certificates cannot be read", error))?;
            dangerous.with_custom_certificate_verifier(Arc::new(verifier))
        };
        Ok(Self {
            settings,
            tls: Arc::new(tls.with_no_client_auth()),
            last: Mutex::new(None),
        })
    }

    /// The phases of the last request that got a reply.
    pub fn last(&self) -> Option<Phases> {
        self.last.lock().map_or(None, |last| *last)
    }

    async fn resolve(
        &self,
        host: &str,
        port: u16,
    ) -> Result<(SocketAddr, Option<Duration>), Failed> {
        let fixed = self
            .settings
            .resolve
            .iter()
            .find(|(known, address)| known == host && address.port() == port);
        if let Some((_, address)) = fixed {
            return Ok((*address, None));
        }
        if let Ok(ip) = host.parse() {
            return Ok((SocketAddr::new(ip, port), None));
        }
        let started = Instant::now();
        let mut found = tokio::net::lookup_host((host, port))
            .await
            .map_err(NoAddress)?;
        let address = found
            .next()
            .ok_or_else(|| NoAddress(std::io::ErrorKind::NotFound.into()))?;
        Ok((address, Some(started.elapsed())))
    }

    async fn connect(&self, address: SocketAddr) -> std::io::Result<TcpStream> {
        let socket = if address.is_ipv4() {
            TcpSocket::new_v4()?
        } else {
            TcpSocket::new_v6()?
        };
        if let Some(ip) = self.settings.bind {
            socket.bind(SocketAddr::new(ip, 0))?;
        }
        let stream = timeout(self.settings.connect_timeout, socket.connect(address))
            .await
            .map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))??;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, Failed> {
        let uri = request.uri().clone();
        let host = uri
            .host()
            .unwrap_or_default()
            .trim_matches(['[', ']'])
            .to_owned();
        let https = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if https { 443 } else { 80 });
        let (address, dns) = self.resolve(&host, port).await?;
        let started = Instant::now();
        let stream = self.connect(address).await?;
        let connect = started.elapsed();
        let request = origin_form(request, &uri)?;
        let (reply, tls, first_byte) = if https {
            let started = Instant::now();
            let name = ServerName::try_from(host)?;
            let stream = TlsConnector::from(Arc::clone(&self.tls))
                .connect(name, stream)
                .await?;
            let tls = started.elapsed();
            let (reply, first_byte) = send(stream, request).await?;
            (reply, Some(tls), first_byte)
        } else {
            let (reply, first_byte) = send(stream, request).await?;
            (reply, None, first_byte)
        };
        if let Ok(mut last) = self.last.lock() {
            *last = Some(Phases {
                dns,
                connect,
                tls,
                first_byte,
            });
        }
        Ok(reply)
    }
}

/// The request as HTTP/1.1 sends it to the server itself (RFC 9112 §3.2.1).
fn origin_form(
    mut request: http::Request<Bytes>,
    uri: &Uri,
) -> Result<http::Request<Full<Bytes>>, Failed> {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    request
        .headers_mut()
        .insert(HOST, HeaderValue::from_str(authority)?);
    *request.uri_mut() = match uri.path_and_query() {
        Some(path) => path.as_str().parse()?,
        None => Uri::from_static("/"),
    };
    Ok(request.map(Full::new))
}

async fn send<S>(
    stream: S,
    request: http::Request<Full<Bytes>>,
) -> Result<(http::Response<Body>, Duration), Failed>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends with the body, or breaks off, which the reader of the body is told.
    tokio::spawn(connection);
    let started = Instant::now();
    let reply = sender.send_request(request).await?;
    let first_byte = started.elapsed();
    let reply = reply.map(|body| body.map_err(Into::into).boxed_unsync());
    Ok((reply, first_byte))
}

impl Transport for Timed {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Failed>> {
        Box::pin(self.exchange(request))
    }
}

fn setup(what: &str, error: impl Into<Failed>) -> Error {
    Error::Setup {
        what: what.to_owned(),
        source: Some(error.into()),
    }
}

/// The name has no address; the words are those that [`Error`] knows this phase by.
#[derive(Debug)]
struct NoAddress(std::io::Error);

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("dns error")
    }
}

impl std::error::Error for NoAddress {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
