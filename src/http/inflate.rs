//! Compressed replies, taken apart as they come.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use tower_http::decompression::Decompression;
use tower_service::Service;

use super::dial::Failed;
use super::transport::Body;

/// What is asked for.
pub(super) const ACCEPTED: HeaderValue = HeaderValue::from_static("gzip, br");

/// The reply as its server meant it, without the fields that speak of the compression.
pub(super) async fn inflated<B>(reply: Response<B>) -> Response<Body>
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Failed> + Send,
{
    let Ok(reply) = Decompression::new(Echo).call(Request::new(reply)).await;
    reply.map(Body::new)
}

/// The service that answers with what it is asked: the library takes replies from services only.
struct Echo;

impl<B> Service<Request<Response<B>>> for Echo {
    type Response = Response<B>;
    type Error = Infallible;
    type Future = Ready<Result<Response<B>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, asked: Request<Response<B>>) -> Self::Future {
        ready(Ok(asked.into_body()))
    }
}
