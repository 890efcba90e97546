//! A login while its refresh endpoint is down.

use std::sync::Arc;

use apictl::http::{Body, Bytes, Client, Pending, StatusCode, Transport};
use http_body_util::Empty;

use super::token_keeper::World;

/// A gateway whose upstream is gone.
struct Down;

impl Transport for Down {
    fn send(
        &self,
        _request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Box<dyn std::error::Error + Send + Sync>>> {
        let mut reply = http::Response::new(Body::new(Empty::new()));
        *reply.status_mut() = StatusCode::BAD_GATEWAY;
        Box::pin(async move { Ok(reply) })
    }
}

#[tokio::test]
async fn a_living_token_serves_while_its_refresh_endpoint_is_down() {
    let world = World::new().await;
    let down = Client::new(Arc::new(Down), world.client.base().clone())
        .with_observer(Some(world.observer()));
    let keeper = world.keeper_through(&down);
    world.pass(280);
    assert_eq!(world.me(&keeper).await, StatusCode::OK);
    assert_eq!(world.refreshes(), 1);
    // Not every request waits for another failure.
    assert_eq!(world.me(&keeper).await, StatusCode::OK);
    assert_eq!(world.refreshes(), 1);
    world.pass(10);
    assert_eq!(world.me(&keeper).await, StatusCode::OK);
    assert_eq!(world.refreshes(), 2);
    world.pass(10);
    let error = keeper.ensure(None).await.unwrap_err();
    assert!(error.to_string().contains("answered 502"), "{error}");
    // Nothing was lost: the endpoint comes back, and so does the login.
    assert_eq!(world.me(&world.keeper()).await, StatusCode::OK);
}
