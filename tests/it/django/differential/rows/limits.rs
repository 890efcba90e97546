//! Throttles.

use apictl::server::Config;
use serde_json::json;

use crate::django::differential::step::{Step, get};

use super::check::{check, check_stock};

#[test]
fn limits_are_counted_and_worded_alike() {
    let mut sequences = Vec::new();
    let times = |count: usize, step: Step| std::iter::repeat_n(step, count).collect::<Vec<_>>();
    sequences.push(times(12, get("/api/throttled/anon/")));
    sequences.push(times(12, get("/api/throttled/anon/").after(0.7)));
    sequences.push(times(30, get("/api/throttled/anon/").after(5.3)));
    sequences.push(times(102, get("/api/products/7/")));
    sequences.push(times(22, get("/api/throttled/user/").basic("alice")));
    sequences.push(
        [
            times(3, get("/api/throttled/scoped/")),
            times(4, get("/api/throttled/scoped-twin/").after(0.1)),
        ]
        .concat(),
    );
    sequences.push(times(30, get("/api/throttled/stacked/")));
    sequences.push(times(30, get("/api/throttled/stacked/").after(0.34)));
    sequences.push(times(8, get("/api/throttled/private/")));
    sequences.push(
        [
            times(10, get("/api/throttled/anon/")),
            vec![
                get("/api/throttled/anon/").after(60.0),
                get("/api/throttled/anon/").after(59.5),
            ],
        ]
        .concat(),
    );
    for method in ["POST", "PUT", "HEAD", "OPTIONS", "PROPFIND"] {
        sequences.push(times(12, Step::new(method, "/api/throttled/anon/")));
    }
    sequences.push(
        [
            times(12, get("/api/throttled/anon/").with("Accept", "text/html")),
            times(12, get("/api/throttled/anon/?format=x")),
            times(11, get("/api/throttled/anon/")),
        ]
        .concat(),
    );
    sequences.push(
        (0..12)
            .map(|n| get("/api/throttled/anon/").with("X-Forwarded-For", &format!("10.0.0.{n}")))
            .collect(),
    );
    sequences.push(
        (0..12)
            .map(|n| {
                get("/api/throttled/anon/")
                    .with("X-Forwarded-For", &format!("10.0. 0.1,{}", " ".repeat(n)))
            })
            .collect(),
    );
    // An address of `1` is the bucket of user 1.
    sequences.push(
        [
            times(20, get("/api/throttled/user/").with("X-Forwarded-For", "1")),
            vec![get("/api/throttled/user/").basic("alice")],
        ]
        .concat(),
    );
    // Three hundred other callers push the exhausted one out of the cache.
    let mut spray = times(
        11,
        get("/api/throttled/anon/").with("X-Forwarded-For", "victim"),
    );
    spray.extend(
        (0..320)
            .map(|n| get("/api/throttled/anon/").with("X-Forwarded-For", &format!("spray-{n}"))),
    );
    spray.push(get("/api/throttled/anon/").with("X-Forwarded-For", "victim"));
    sequences.push(spray);
    // Two throttles that share a list record twice, and the list is longer than either limit: no wait is named.
    sequences.push(times(12, get("/api/bad/throttled-twice/")));
    sequences.push(times(20, get("/api/bad/throttled-twice/").after(0.6)));
    sequences.push(times(
        12,
        get("/api/bad/throttled-twice/").after(7.0).basic("bob"),
    ));
    check_stock(&sequences);
}

#[test]
fn strange_rates_are_applied_alike() {
    for rate in ["0/min", "1/s", "1/hello", "2/decade", "+3/m", "1_0/m"] {
        let settings = json!({"THROTTLES": {"throttled_anon": rate}});
        let mut config = Config::default();
        config
            .throttles
            .insert("throttled_anon".to_owned(), rate.parse().unwrap());
        let ask = get("/api/throttled/anon/");
        let sequence = [
            vec![ask.clone(); 12],
            vec![
                ask.clone().after(1.0),
                ask.clone().after(60.0),
                ask.after(3600.0),
            ],
        ];
        check(&settings, &config, &[sequence.concat()]);
    }
}

#[test]
fn proxies_are_counted_alike() {
    for proxies in [0, 1, 2] {
        let settings = json!({"REST_FRAMEWORK": {"NUM_PROXIES": proxies}, "THROTTLES": {"throttled_anon": "2/min"}});
        let mut config = Config {
            num_proxies: Some(proxies),
            ..Config::default()
        };
        config
            .throttles
            .insert("throttled_anon".to_owned(), "2/min".parse().unwrap());
        let via = |value: &str| get("/api/throttled/anon/").with("X-Forwarded-For", value);
        let steps = [
            "a", "b", "a, c", "b, c", " c", "x, y, z", "q, y, z", "", "a,b,", "c", "c",
        ];
        let sequence = steps
            .iter()
            .map(|value| via(value))
            .chain([get("/api/throttled/anon/")]);
        check(&settings, &config, &[sequence.collect()]);
    }
}
