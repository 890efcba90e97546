//! A front before another server: TLS with a certificate of its own, or another address.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;

/// A running front; it ends when it is dropped.
pub struct Front {
    /// Where it listens.
    pub address: SocketAddr,
    /// The certificate of a TLS front, as PEM.
    pub certificate: String,
    _runtime: Runtime,
}

/// TLS on loopback for `shop.test` and `127.0.0.1`.
pub fn tls(to: SocketAddr) -> Front {
    let (certificate, key) = certificate();
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    start("127.0.0.1:0", certificate, move |stream| {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                pass_on(stream, to).await;
            }
        });
    })
}

/// The same server under another address: `[::1]:0`.
pub fn at(bind: &str, to: SocketAddr) -> Front {
    start(bind, String::new(), move |stream| {
        tokio::spawn(pass_on(stream, to));
    })
}

fn start(
    bind: &str,
    certificate: String,
    serve: impl Fn(TcpStream) + Send + Sync + 'static,
) -> Front {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime.block_on(TcpListener::bind(bind)).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            serve(stream);
        }
    });
    Front {
        address,
        certificate,
        _runtime: runtime,
    }
}

async fn pass_on<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, to: SocketAddr) {
    if let Ok(mut server) = TcpStream::connect(to).await {
        // Either side may hang up at any time.
        let _ = copy_bidirectional(&mut stream, &mut server).await;
    }
}

/// A certificate and its key.
fn certificate() -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let line = "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem -subj /CN=shop.test \
                -addext subjectAltName=DNS:shop.test,IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE";
    let done = Command::new("openssl")
        .args(line.split_whitespace())
        .current_dir(folder.path())
        .output()
        .unwrap_or_else(|_| panic!("these tests need openssl: apt-get install openssl"));
    assert!(
        done.status.success(),
        "openssl: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    (read("cert.pem"), read("key.pem"))
}
