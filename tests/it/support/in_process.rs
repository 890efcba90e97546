//! The embedded API, or any other service, without a socket: for flows in virtual time.

use std::error::Error;
use std::sync::Arc;

use apictl::http::{Body, Bytes, Client, Pending, Transport, Url};
use axum::Router;
use tower_service::Service;

/// Carries requests straight into a router.
struct InProcess(Router);

impl Transport for InProcess {
    fn send(
        &self,
        mut request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Box<dyn Error + Send + Sync>>> {
        let mut router = self.0.clone();
        // What the network's client adds, and a server needs to know that there is a body.
        let length = request.body().len();
        if length > 0 {
            request
                .headers_mut()
                .insert(http::header::CONTENT_LENGTH, length.into());
        }
        Box::pin(async move {
            let reply = router.call(request.map(axum::body::Body::from)).await?;
            Ok(reply.map(Body::new))
        })
    }
}

/// An anonymous client of a router, at `http://api.test/`.
pub fn client(router: Router) -> Client {
    let base: Url = "http://api.test/".parse().unwrap();
    Client::new(Arc::new(InProcess(router)), base)
}
