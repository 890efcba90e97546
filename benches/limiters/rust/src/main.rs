//! One limiter of a Rust crate.
//!
//!     limiters governor|tower|tower-headers BURST PERIOD_MS
//!     limiters leaky BURST REFILL INTERVAL_MS

use std::net::SocketAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, http::StatusCode, routing::get};
use tokio::io::AsyncReadExt;
use tower_governor::key_extractor::GlobalKeyExtractor;
use tower_governor::{GovernorLayer, governor::GovernorConfigBuilder};

type Reply = (StatusCode, &'static str);

/// Serves a function that says whether a request is let in.
fn plain(admitted: impl Fn() -> bool + Clone + Send + Sync + 'static) -> Router {
    let answer = move || -> Reply {
        if admitted() { (StatusCode::OK, "hello") } else { (StatusCode::TOO_MANY_REQUESTS, "slow down") }
    };
    Router::new().route("/", get(async move || answer()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let figure = |at: usize| words[at].parse::<u32>().unwrap();
    let (burst, period) = (figure(1), Duration::from_millis(figure(2).into()));
    let hello = Router::new().route("/", get(async || "hello"));
    let key = GlobalKeyExtractor;
    let router = match words[0].as_str() {
        "governor" => {
            let quota = governor::Quota::with_period(period).unwrap();
            let limiter = Arc::new(governor::RateLimiter::direct(quota.allow_burst(NonZero::new(burst).unwrap())));
            plain(move || limiter.check().is_ok())
        }
        "tower" => {
            let config = GovernorConfigBuilder::default().period(period).burst_size(burst).key_extractor(key).finish();
            hello.layer(GovernorLayer::new(config.unwrap()))
        }
        "tower-headers" => {
            let mut config = GovernorConfigBuilder::default().key_extractor(key).use_headers();
            hello.layer(GovernorLayer::new(config.period(period).burst_size(burst).finish().unwrap()))
        }
        "leaky" => {
            let (max, refill, interval) = (burst as usize, figure(2) as usize, Duration::from_millis(figure(3).into()));
            let mut limiter = leaky_bucket::RateLimiter::builder();
            let limiter = Arc::new(limiter.max(max).initial(max).refill(refill).interval(interval).build());
            plain(move || limiter.try_acquire(1))
        }
        other => panic!("no limiter {other}"),
    };
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    println!("ready {}", listener.local_addr().unwrap().port());
    tokio::spawn(async {
        let _ = tokio::io::stdin().read_to_end(&mut Vec::new()).await;
        std::process::exit(0);
    });
    axum::serve(listener, router).await.unwrap();
}
