//! The embedded server's own offers, in process and in virtual time.

use std::time::Duration;

use apictl::server::{Algorithm, Config, Fault, HeaderFamily, Lie, Limiter, router};
use axum::Router;
use http::HeaderMap;
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::time::{Instant, advance};
use tower_service::Service;

/// What came back.
struct Said {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

async fn get(router: &Router, target: &str) -> Said {
    get_from(router, "h", target).await
}

async fn get_from(router: &Router, host: &str, target: &str) -> Said {
    let request = http::Request::get(target)
        .header("host", host)
        .body(axum::body::Body::empty())
        .unwrap();
    let reply = router.clone().call(request).await.unwrap();
    let (head, body) = reply.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes().to_vec());
    Said {
        status: head.status.as_u16(),
        headers: head.headers,
        body: body.map_or_else(
            |_| "broken".to_owned(),
            |bytes| String::from_utf8(bytes).unwrap(),
        ),
    }
}

/// `/api/throttled/anon/` under a rate and a limiter.
fn limited(rate: &str, limiter: Limiter) -> Router {
    let mut config = Config {
        limiter,
        ..Config::default()
    };
    config
        .throttles
        .insert("throttled_anon".to_owned(), rate.parse().unwrap());
    router(config)
}

async fn statuses(router: &Router, count: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..count {
        statuses.push(get(router, "/api/throttled/anon/").await.status);
    }
    statuses
}

#[tokio::test(start_paused = true)]
async fn a_token_bucket_gives_tokens_back_one_by_one() {
    let limiter = Limiter {
        algorithm: Algorithm::TokenBucket,
        burst: Some(2),
        headers: HeaderFamily::Draft10,
        ..Limiter::default()
    };
    let api = limited("60/min", limiter);
    assert_eq!(statuses(&api, 3).await, [200, 200, 429]);
    let refused = get(&api, "/api/throttled/anon/").await;
    assert_eq!(refused.header("ratelimit"), "\"default\";r=0;t=1");
    assert_eq!(refused.header("ratelimit-policy"), "\"default\";q=60;w=60");
    assert_eq!(refused.header("retry-after"), "1");
    advance(Duration::from_secs(1)).await;
    assert_eq!(statuses(&api, 2).await, [200, 429]);
}

#[tokio::test(start_paused = true)]
async fn a_leaky_queue_makes_requests_wait_and_refuses_when_it_is_full() {
    let limiter = Limiter {
        algorithm: Algorithm::LeakyQueue,
        burst: Some(3),
        status: 503,
        ..Limiter::default()
    };
    let api = limited("2/s", limiter);
    let begun = Instant::now();
    let one = async |wanted: u16| {
        assert_eq!(get(&api, "/api/throttled/anon/").await.status, wanted);
        begun.elapsed().as_millis()
    };
    let all = tokio::join!(one(200), one(200), one(200), one(200), one(503));
    assert_eq!(all, (0, 500, 1000, 1500, 0));
}

#[tokio::test(start_paused = true)]
async fn only_so_many_requests_are_inside_at_once() {
    let limiter = Limiter {
        algorithm: Algorithm::Concurrency,
        ..Limiter::default()
    };
    let mut config = Config {
        limiter,
        faults: vec![Fault::Latency(Duration::from_secs(1))],
        ..Config::default()
    };
    config
        .throttles
        .insert("throttled_anon".to_owned(), "2/s".parse().unwrap());
    let api = router(config);
    let one = async || get(&api, "/api/throttled/anon/").await.status;
    assert_eq!(tokio::join!(one(), one(), one()), (200, 200, 429));
    assert_eq!(tokio::join!(one(), one()), (200, 200));
}

#[tokio::test(start_paused = true)]
async fn headers_announce_the_limit_and_may_lie() {
    let with = |headers, lie| {
        let algorithm = Algorithm::FixedWindow;
        limited(
            "5/min",
            Limiter {
                algorithm,
                headers,
                lie,
                ..Limiter::default()
            },
        )
    };
    let honest = get(&with(HeaderFamily::Draft06, None), "/api/throttled/anon/").await;
    assert_eq!(honest.header("ratelimit-limit"), "5");
    assert_eq!(honest.header("ratelimit-remaining"), "4");
    assert_eq!(honest.header("ratelimit-reset"), "60");
    assert_eq!(honest.header("retry-after"), "");
    let epoch = get(
        &with(HeaderFamily::XRateLimit, None),
        "/api/throttled/anon/",
    )
    .await;
    assert_eq!(epoch.header("x-ratelimit-reset"), "1767225660");
    let liar = get(
        &with(HeaderFamily::Draft07, Some(Lie::Limit)),
        "/api/throttled/anon/",
    )
    .await;
    assert_eq!(liar.header("ratelimit"), "limit=10, remaining=4, reset=60");
}

/// `status retry-after` of so many requests, under DRF's throttle and under one with other words.
async fn drf_and_others(path: &str, rates: &[(&str, &str)], count: usize) -> [Vec<String>; 2] {
    let mut config = Config::default();
    for (scope, rate) in rates {
        let rate = rate.parse().unwrap();
        config.throttles.insert((*scope).to_owned(), rate);
    }
    let mut other = config.clone();
    other.limiter.headers = HeaderFamily::Draft06;
    let mut said = [Vec::new(), Vec::new()];
    for (said, config) in said.iter_mut().zip([config, other]) {
        let api = router(config);
        for _ in 0..count {
            let reply = get(&api, path).await;
            said.push(format!("{} {}", reply.status, reply.header("retry-after")));
            advance(Duration::from_millis(600)).await;
        }
    }
    said
}

#[tokio::test(start_paused = true)]
async fn who_adds_headers_to_drfs_throttle_does_not_change_what_it_decides() {
    let [drf, other] = drf_and_others("/api/throttled/stacked/", &[("burst", "1/5s")], 12).await;
    assert_eq!(drf, other);
    // The longest of the waits that the throttles name.
    let stacked = [("burst", "2/5s"), ("sustained", "2/min")];
    let [drf, other] = drf_and_others("/api/throttled/stacked/", &stacked, 4).await;
    assert_eq!(drf, ["200 ", "200 ", "429 59", "429 59"]);
    assert_eq!(drf, other);
    let [drf, other] = drf_and_others("/api/bad/throttled-twice/", &[], 12).await;
    assert_eq!(drf, other);
    let none = [("throttled_anon", "0/min")];
    let [drf, other] = drf_and_others("/api/throttled/anon/", &none, 1).await;
    assert_eq!(drf, ["429 60"]);
    assert_eq!(drf, other);
}

#[tokio::test(start_paused = true)]
async fn two_buckets_of_one_scope_are_two() {
    let mut config = Config::default();
    config.limiter.algorithm = Algorithm::TokenBucket;
    for (scope, rate) in [("twice_minute", "3/min"), ("twice_second", "2/s")] {
        let rate = rate.parse().unwrap();
        config.throttles.insert(scope.to_owned(), rate);
    }
    let api = router(config);
    let mut said = Vec::new();
    for _ in 0..4 {
        let reply = get(&api, "/api/bad/throttled-twice/").await;
        said.push(format!("{} {}", reply.status, reply.header("retry-after")));
        advance(Duration::from_secs(1)).await;
    }
    assert_eq!(said, ["200 ", "200 ", "200 ", "429 17"]);
}

#[tokio::test(start_paused = true)]
async fn a_slow_shared_cache_lets_a_burst_through() {
    let latency = Some(Duration::from_millis(5));
    let api = limited(
        "2/min",
        Limiter {
            cache_latency: latency,
            ..Limiter::default()
        },
    );
    let one = async || get(&api, "/api/throttled/anon/").await.status;
    let burst = tokio::join!(one(), one(), one(), one());
    assert_eq!(burst, (200, 200, 200, 200));
    // One after the other, the count is exact: the burst left a single entry.
    assert_eq!(statuses(&api, 2).await, [200, 429]);
}

#[tokio::test(start_paused = true)]
async fn workers_that_count_for_themselves_multiply_the_limit() {
    let mut config = Config {
        workers: 4,
        ..Config::default()
    };
    config
        .throttles
        .insert("throttled_anon".to_owned(), "5/min".parse().unwrap());
    let statuses = statuses(&router(config), 100).await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 20);
    let first_refusal = statuses.iter().position(|status| *status == 429).unwrap();
    assert!((5..20).contains(&first_refusal), "{first_refusal}");
}

#[tokio::test(start_paused = true)]
async fn rows_that_go_while_pages_are_walked_are_missed() {
    let walk = async |fault| {
        let api = router(Config {
            products: 100,
            faults: vec![fault],
            ..Config::default()
        });
        let mut ids = Vec::new();
        let mut next = Some("/api/products/".to_owned());
        while let Some(target) = next {
            let page = get(&api, &target).await.json();
            let results = page["results"].as_array().unwrap();
            ids.extend(results.iter().map(|row| row["id"].as_u64().unwrap()));
            next = page["next"]
                .as_str()
                .map(|url| url.trim_start_matches("http://h").to_owned());
        }
        let seen = ids.len();
        ids.sort_unstable();
        ids.dedup();
        (seen, ids.len())
    };
    assert_eq!(walk(Fault::DeleteWhileWalking).await, (70, 70));
    let (seen, unique) = walk(Fault::InsertWhileWalking).await;
    assert!(seen > unique && seen > 100, "{seen} {unique}");
}

#[tokio::test(start_paused = true)]
async fn faults_strike_bodies_links_and_whole_replies() {
    let with = |fault| {
        router(Config {
            faults: vec![fault],
            ..Config::default()
        })
    };
    let target = "/api/products/";
    assert_eq!(get(&with(Fault::Errors(1.0)), target).await.status, 500);
    assert_eq!(
        get(&with(Fault::Unavailable(1.0)), target).await.status,
        503
    );
    assert_eq!(
        get(&with(Fault::Truncate(1.0)), target).await.body,
        "broken"
    );
    assert_eq!(
        get(&with(Fault::WrongLength(1.0)), target).await.body,
        "broken"
    );
    let begun = Instant::now();
    assert_eq!(
        get(&with(Fault::Drip(1.0)), target).await.json()["count"],
        1023
    );
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let next = async |fault| {
        get(&with(fault), target).await.json()["next"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        next(Fault::NextElsewhere).await,
        "https://inner.example.test:8443/api/products/?page=2"
    );
    assert_eq!(
        next(Fault::NextHttp).await,
        "http://h:8001/api/products/?page=2"
    );
    assert_eq!(next(Fault::NextCircular).await, "http://h/api/products/");
    let page = get_from(&with(Fault::NextHttp), "[::1]:8000", target).await;
    assert_eq!(
        page.json()["next"],
        "http://[::1]:8001/api/products/?page=2"
    );
}

#[tokio::test(start_paused = true)]
async fn every_reply_waits_for_the_latency_once() {
    let api = router(Config {
        faults: vec![Fault::Latency(Duration::from_secs(3))],
        ..Config::default()
    });
    for (target, status) in [
        ("/api/unthrottled/", 200),
        ("/api/me/", 401),
        ("/api/products/99999/", 404),
        ("/api/nothing/", 404),
        ("/api/products", 301),
        ("/api-auth/login/", 200),
        ("/api/products-ninja/", 200),
    ] {
        let begun = Instant::now();
        assert_eq!(get(&api, target).await.status, status, "{target}");
        assert_eq!(begun.elapsed().as_millis() / 10, 300, "{target}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_list_has_its_next_misled() {
    for (fault, wanted) in [
        (Fault::NextElsewhere, "https://inner.example.test:8443/api/"),
        (Fault::NextHttp, "http://h:8001/api/"),
        (Fault::NextCircular, "http://h/api/"),
    ] {
        let api = router(Config {
            faults: vec![fault],
            page_size: 2,
            ..Config::default()
        });
        for (path, pointer) in [
            ("/api/products-limit-offset/", "/next"),
            ("/api/products-cursor/", "/next"),
            ("/api/products-json-api/", "/links/next"),
            ("/api/notes/", "/next"),
            ("/api/bad/schema-drift/", "/next"),
        ] {
            let page = get(&api, path).await.json();
            let next = page.pointer(pointer).and_then(Value::as_str).unwrap();
            assert!(next.starts_with(wanted), "{path}: {next}");
            let is_same = next == format!("http://h{path}");
            assert_eq!(is_same, fault == Fault::NextCircular, "{path}: {next}");
        }
        let linked = get(&api, "/api/products-link-header/").await;
        let next = format!("<{wanted}products-link-header/");
        assert!(
            linked.header("link").starts_with(&next),
            "{}",
            linked.header("link")
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_of_ten_million_products_is_as_near_as_the_first() {
    let api = router(Config {
        products: 10_000_000,
        ..Config::default()
    });
    let page = get(&api, "/api/products/?page=last&page_size=1000")
        .await
        .json();
    assert_eq!(page["count"], 10_000_000);
    assert_eq!(page["results"][999]["created"], "2045-01-05T10:40:00Z");
    let cursor = get(&api, "/api/products-cursor/").await.json();
    assert_eq!(cursor["results"][0]["id"], 10_000_000);
}

#[tokio::test(start_paused = true)]
async fn an_offset_beyond_all_numbers_is_cut_off() {
    let api = router(Config::default());
    // o=18446744073709551615
    let cursor = "bz0xODQ0Njc0NDA3MzcwOTU1MTYxNQ%3D%3D";
    let page = get(&api, &format!("/api/bad/null-ordering/?cursor={cursor}")).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.json()["results"][0]["id"], 1001);
}

#[tokio::test(start_paused = true)]
async fn a_list_of_millions_is_written_while_it_is_read() {
    let api = router(Config {
        products: 1_000_000_000,
        ..Config::default()
    });
    for (target, head) in [
        ("/api/products-bare/", "[{\"id\":1,"),
        (
            "/api/bad/unbounded/?page_size=1000000000",
            "{\"count\":1000000000,\"next\":null,\"previous\":null,\"results\":[{\"id\":1,",
        ),
    ] {
        let request = http::Request::get(target).header("host", "h");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let mut body = api.clone().call(request).await.unwrap().into_body();
        for turn in 0..3 {
            let part = body.frame().await.unwrap().unwrap().into_data().unwrap();
            assert!(part.len() < 100_000, "{}", part.len());
            assert!(turn > 0 || part.starts_with(head.as_bytes()), "{part:?}");
        }
    }
    let some = router(Config {
        products: 20_000,
        ..Config::default()
    });
    let all = get(&some, "/api/products-bare/").await;
    assert_eq!(all.json().as_array().unwrap().len(), 20_000);
    assert_eq!(all.header("content-length"), "");
    let page = get(&some, "/api/bad/unbounded/?page_size=15000").await;
    assert_eq!(page.json()["results"][14_999]["id"], 15_000);
}
