//! Direct connections: the name, TCP, TLS. No proxy is used.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::Uri;
use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::error::Error;
use super::network::Settings;
use super::one::Habits;
use super::trusting::Trusting;

pub(super) type Failed = Box<dyn std::error::Error + Send + Sync>;

/// A connection, with or without TLS.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {
    /// Acknowledges what came now and not 40 ms later, as Linux may (RFC 9293 §3.8.6.3 allows half a second). A server
    /// that writes head and body one after the other, as Django's `runserver` does, holds the body back until then
    /// (RFC 896).
    fn acknowledge(&self) {}
}

impl Stream for TcpStream {
    fn acknowledge(&self) {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        // Where it cannot be asked for, the reply comes a little later.
        let _ = self.set_quickack(true);
    }
}

impl<S: Stream> Stream for TlsStream<S> {
    fn acknowledge(&self) {
        self.get_ref().0.acknowledge();
    }
}

#[cfg(test)]
impl Stream for tokio::io::DuplexStream {}

/// A new connection and how long its phases took.
pub(super) struct Dialled {
    pub(super) stream: Box<dyn Stream>,
    /// Looking the name up; `None` for an address.
    pub(super) dns: Option<Duration>,
    pub(super) connect: Duration,
    /// `None` for http.
    pub(super) tls: Option<Duration>,
}

/// Opens connections as the settings say.
#[derive(Clone)]
pub struct Dialer {
    settings: Settings,
    roots: Vec<CertificateDer<'static>>,
    /// Set up when it is first needed: plain HTTP asks for no certificates of the system, which may have none.
    tls: Arc<OnceLock<Arc<ClientConfig>>>,
    habits: Habits,
}

/// How long the first addresses of a name have before those of the other family are tried too (RFC 8305 §8).
const HEAD_START: Duration = Duration::from_millis(250);

impl Dialer {
    /// Connects to nothing yet; fails on a bad CA bundle.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let bundle = settings.ca_bundle.as_deref().unwrap_or_default();
        let roots = CertificateDer::pem_slice_iter(bundle)
            .collect::<Result<_, _>>()
            .map_err(|error| setup("the CA bundle is not a PEM bundle of certificates", error))?;
        Ok(Self {
            settings,
            roots,
            tls: Arc::default(),
            habits: Habits::default(),
        })
    }

    /// Sets TLS up where `scheme` is `https`, so that no measurement has it in it; fails without certificates of the system.
    pub fn set_up(&self, scheme: &str) -> Result<(), Error> {
        if scheme == "https" {
            self.tls()?;
        }
        Ok(())
    }

    fn tls(&self) -> Result<&Arc<ClientConfig>, Error> {
        if let Some(tls) = self.tls.get() {
            return Ok(tls);
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| setup("TLS cannot be set up", error))?;
        let dangerous = versions.dangerous();
        let tls = if self.settings.insecure {
            dangerous.with_custom_certificate_verifier(Arc::new(Trusting::new(provider)))
        } else {
            let roots = self.roots.clone();
            let verifier =
                rustls_platform_verifier::Verifier::new_with_extra_roots(roots, provider)
                    .map_err(|error| setup("the system's certificates cannot be read", error))?;
            dangerous.with_custom_certificate_verifier(Arc::new(verifier))
        };
        Ok(self.tls.get_or_init(|| Arc::new(tls.with_no_client_auth())))
    }

    fn connector(&self) -> Result<TlsConnector, Error> {
        let mut tls = Arc::clone(self.tls()?);
        if self.settings.http2_prior_knowledge {
            Arc::make_mut(&mut tls).alpn_protocols = vec![b"h2".to_vec()];
        }
        Ok(TlsConnector::from(tls))
    }

    /// The same, from another source address.
    #[must_use]
    pub fn bound_to(&self, source: IpAddr) -> Self {
        let mut other = self.clone();
        other.settings.bind = Some(source);
        other
    }

    /// The same, speaking HTTP/2 from the first byte (RFC 9113 §3.3).
    #[must_use]
    pub fn over_http2(&self) -> Self {
        let mut other = self.clone();
        other.settings.http2_prior_knowledge = true;
        other
    }

    /// What is known of how servers treat connections behind replies.
    pub(super) fn habits(&self) -> Habits {
        self.habits.clone()
    }

    /// Whether connections speak HTTP/2 from the first byte.
    pub(super) fn is_http2(&self) -> bool {
        self.settings.http2_prior_knowledge
    }

    /// Opens a connection to the server of `uri`; `wrap` sees its TCP stream before TLS does.
    pub(super) async fn dial<S, W>(&self, uri: &Uri, wrap: W) -> Result<Dialled, Failed>
    where
        S: Stream + 'static,
        W: FnOnce(TcpStream) -> S,
    {
        let host = uri
            .host()
            .unwrap_or_default()
            .trim_matches(['[', ']'])
            .to_owned();
        let https = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if https { 443 } else { 80 });
        let connector = https.then(|| self.connector()).transpose()?;
        let (addresses, dns) = self.settings.addresses(&host, port).await?;
        let started = Instant::now();
        let stream = wrap(self.settings.connect(&addresses).await?);
        let connect = started.elapsed();
        let Some(connector) = connector else {
            return Ok(Dialled {
                stream: Box::new(stream),
                dns,
                connect,
                tls: None,
            });
        };
        let started = Instant::now();
        let name = ServerName::try_from(host)?;
        let stream = connector.connect(name, stream).await?;
        Ok(Dialled {
            stream: Box::new(stream),
            dns,
            connect,
            tls: Some(started.elapsed()),
        })
    }
}

impl Settings {
    /// A TCP connection to the server of an `http` URL.
    pub(super) async fn tcp(&self, uri: &Uri) -> Result<TcpStream, Failed> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let (addresses, _) = self.addresses(host, uri.port_u16().unwrap_or(80)).await?;
        Ok(self.connect(&addresses).await?)
    }

    /// The addresses of a host, and how long it took to look them up.
    async fn addresses(
        &self,
        host: &str,
        port: u16,
    ) -> Result<(Vec<SocketAddr>, Option<Duration>), Failed> {
        let fixed = self
            .resolve
            .iter()
            .find(|(known, address)| known == host && address.port() == port);
        if let Some((_, address)) = fixed {
            return Ok((vec![*address], None));
        }
        if let Ok(ip) = host.parse() {
            return Ok((vec![SocketAddr::new(ip, port)], None));
        }
        let started = Instant::now();
        let mut found: Vec<SocketAddr> = tokio::net::lookup_host((host, port))
            .await
            .map_err(NoAddress)?
            .collect();
        // A source address reaches only addresses of its own family.
        if let Some(source) = self.bind
            && found
                .iter()
                .any(|address| address.is_ipv4() == source.is_ipv4())
        {
            found.retain(|address| address.is_ipv4() == source.is_ipv4());
        }
        if found.is_empty() {
            return Err(NoAddress(std::io::ErrorKind::NotFound.into()).into());
        }
        Ok((found, Some(started.elapsed())))
    }

    /// Connects to the first address that answers; those of the other family follow after a head start.
    async fn connect(&self, addresses: &[SocketAddr]) -> Result<TcpStream, Unconnected> {
        let family = addresses.first().is_some_and(SocketAddr::is_ipv4);
        let (one, other): (Vec<SocketAddr>, Vec<SocketAddr>) = addresses
            .iter()
            .partition(|address| address.is_ipv4() == family);
        if other.is_empty() {
            return self.connect_in_turn(&one).await;
        }
        let first = self.connect_in_turn(&one);
        let second = async {
            sleep(HEAD_START).await;
            self.connect_in_turn(&other).await
        };
        tokio::pin!(first, second);
        tokio::select! {
            done = &mut first => match done {
                Ok(stream) => Ok(stream),
                Err(_) => self.connect_in_turn(&other).await,
            },
            done = &mut second => match done {
                Ok(stream) => Ok(stream),
                Err(_) => first.await,
            },
        }
    }

    async fn connect_in_turn(&self, addresses: &[SocketAddr]) -> Result<TcpStream, Unconnected> {
        let mut failed = Unconnected::from(std::io::Error::from(std::io::ErrorKind::NotFound));
        for address in addresses {
            match self.connect_to(*address).await {
                Ok(stream) => return Ok(stream),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    async fn connect_to(&self, address: SocketAddr) -> Result<TcpStream, Unconnected> {
        let socket = if address.is_ipv4() {
            TcpSocket::new_v4()?
        } else {
            TcpSocket::new_v6()?
        };
        if let Some(ip) = self.bind {
            socket.bind(SocketAddr::new(ip, 0))?;
        }
        let stream = timeout(self.connect_timeout, socket.connect(address))
            .await
            .map_err(|_| Unconnected::Late(self.connect_timeout))??;
        stream.set_nodelay(true)?;
        Ok(stream)
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

/// No connection could be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unconnected {
    #[error("no connection")]
    Failed(#[from] std::io::Error),
    /// Not within the connect timeout.
    #[error("no connection in time")]
    Late(Duration),
}

impl std::error::Error for NoAddress {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn an_address_that_nobody_listens_at_is_followed_by_the_next_one() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let good = listener.local_addr().unwrap();
        let closed = |host: &str| -> SocketAddr { format!("{host}:1").parse().unwrap() };
        let settings = Settings::default();
        for bad in [closed("127.0.0.1"), closed("[::1]")] {
            let stream = settings.connect(&[bad, good]).await.unwrap();
            assert_eq!(stream.peer_addr().unwrap(), good);
        }
        let failed = settings
            .connect(&[closed("[::1]"), closed("127.0.0.1")])
            .await;
        let error: Failed = failed.unwrap_err().into();
        assert!(matches!(
            Error::classify(&"http://h".parse().unwrap(), &error, Duration::ZERO),
            Error::Refused { .. }
        ));
    }

    /// Linux drops what a full queue has no room for; elsewhere it may be refused.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_connection_that_is_not_made_in_time_names_the_limit_that_passed() {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = socket.local_addr().unwrap();
        let _full = socket.listen(1).unwrap();
        let settings = Settings {
            connect_timeout: Duration::from_millis(250),
            ..Settings::default()
        };
        let mut queued = Vec::new();
        let error = loop {
            match settings.connect(&[address]).await {
                Ok(stream) => queued.push(stream),
                Err(error) => break Failed::from(error),
            }
            assert!(queued.len() < 8);
        };
        let error = Error::classify(
            &"http://h".parse().unwrap(),
            &error,
            Duration::from_secs(30),
        );
        assert_eq!(error.to_string(), "no connection to h:80 within 0.25 s");
    }
}
