//! What replies say about limits.

use super::super::sample::Outcome;
use super::*;

const NOW: f64 = 1_700_000_000.0;

fn read(headers: &[(&str, &str)], body: Option<&str>) -> Advertised {
    let sample = Sample {
        sent_s: 0.0,
        received_s: 0.0,
        outcome: Outcome::Refused,
        status: Some(429),
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.map(str::to_owned),
        ..Sample::default()
    };
    Advertised::read(&sample, NOW)
}

fn only(headers: &[(&str, &str)]) -> Quota {
    let found = read(headers, None);
    assert_eq!(found.quotas.len(), 1, "{found:?}");
    found.quotas[0].clone()
}

#[test]
fn retry_after_is_seconds_a_fraction_or_a_date() {
    let wait = |text| read(&[("retry-after", text)], None).retry_after_s;
    assert_eq!(wait("58"), Some(58.0));
    assert_eq!(wait("2.0"), Some(2.0));
    assert_eq!(wait("Tue, 14 Nov 2023 22:13:30 GMT"), Some(10.0));
    assert_eq!(wait("soon"), None);
    assert_eq!(
        read(&[("x-retry-in", "450ms")], None).retry_after_s,
        Some(0.45)
    );
}

#[test]
fn django_rest_framework_tells_its_wait_in_the_body() {
    let found = read(
        &[],
        Some(r#"{"detail":"Request was throttled. Expected available in 86398 seconds."}"#),
    );
    assert!(found.drf_body);
    assert_eq!(found.retry_after_s, Some(86_398.0));
    assert!(read(&[], Some(r#"{"detail":"Request was throttled."}"#)).drf_body);
}

#[test]
fn django_rest_framework_is_known_in_other_languages() {
    let german =
        r#"{"detail":"Die Anfrage wurde gedrosselt. Erwarte Verfügbarkeit in 42 Sekunden."}"#;
    let marks = [("retry-after", "42"), ("allow", "GET, HEAD, OPTIONS")];
    assert!(read(&marks, Some(german)).drf_body);
    assert!(!read(&marks[..1], Some(german)).drf_body);
    assert!(!read(&[("retry-after", "41"), marks[1]], Some(german)).drf_body);
    for other in [
        r#"{"detail":"42 requests in 60 seconds."}"#,
        r#"{"detail":"In 42 Sekunden.","code":"throttled"}"#,
        r#"{"error":"In 42 Sekunden."}"#,
        "In 42 Sekunden.",
    ] {
        assert!(!read(&marks, Some(other)).drf_body, "{other}");
    }
}

#[test]
fn every_draft_of_the_ratelimit_fields_is_read() {
    let six = only(&[
        ("ratelimit-limit", "100, 100;w=10"),
        ("ratelimit-remaining", "50"),
        ("ratelimit-reset", "5"),
        ("ratelimit-policy", "100;w=10"),
    ]);
    let seven = only(&[
        ("ratelimit-policy", "100;w=10;comment=\"a;b\""),
        ("ratelimit", "limit=100, remaining=50, reset=5"),
    ]);
    for quota in [six, seven] {
        assert_eq!((quota.limit, quota.window_s), (Some(100.0), Some(10.0)));
        assert_eq!((quota.remaining, quota.reset_s), (Some(50.0), Some(5.0)));
    }
    let ten = read(
        &[
            (
                "ratelimit-policy",
                r#""burst";q=10;w=1, "a,day";q=1000;w=86400;qu="requests""#,
            ),
            ("ratelimit", r#""burst";r=3;t=1"#),
        ],
        None,
    );
    assert_eq!(ten.quotas.len(), 2);
    assert_eq!(ten.quotas[0].remaining, Some(3.0));
    assert_eq!(ten.quotas[1].name, "a,day");
    assert_eq!(ten.quotas[1].window_s, Some(86_400.0));
}

#[test]
fn a_reset_is_a_delta_an_epoch_or_a_date_by_its_looks() {
    for reset in [
        "30",
        "1700000030",
        "1700000030.0",
        "1700000030000",
        "2023-11-14T22:13:50Z",
        "Tue, 14 Nov 2023 22:13:50 GMT",
        "30s",
    ] {
        let quota = only(&[("x-ratelimit-reset", reset)]);
        assert_eq!(quota.reset_s, Some(30.0), "{reset}");
    }
}

#[test]
fn instants_are_read_by_the_clock_of_the_server() {
    for date in [
        "Tue, 14 Nov 2023 22:11:50 GMT",
        "Tue, 14 Nov 2023 22:13:22 GMT",
    ] {
        let at = parse_http_date(date).unwrap();
        let later = httpdate::fmt_http_date(
            std::time::UNIX_EPOCH + std::time::Duration::from_secs_f64(at + 60.0),
        );
        let found = read(&[("date", date), ("retry-after", &later)], None);
        assert_eq!((found.wait_s(), found.rounded_s()), (Some(60.0), 2.0));
        let reset = (at + 60.0).to_string();
        let found = read(&[("date", date), ("x-ratelimit-reset", &reset)], None);
        assert_eq!((found.wait_s(), found.rounded_s()), (Some(60.0), 2.0));
        let found = read(&[("date", date), ("retry-after", "60")], None);
        assert_eq!((found.wait_s(), found.rounded_s()), (Some(60.0), 1.0));
    }
    // a clock that agrees is known better than to a second
    let date = ("date", "Tue, 14 Nov 2023 22:13:19 GMT");
    let found = read(
        &[date, ("retry-after", "Tue, 14 Nov 2023 22:14:20 GMT")],
        None,
    );
    assert_eq!((found.wait_s(), found.rounded_s()), (Some(60.0), 1.0));
}

#[test]
fn limits_by_unit_are_separate_quotas() {
    let found = read(
        &[
            ("x-ratelimit-limit-minute", "20"),
            ("x-ratelimit-remaining-minute", "19"),
            ("x-ratelimit-limit-hour", "500"),
        ],
        None,
    );
    assert_eq!(found.quotas.len(), 2);
    assert_eq!(found.quotas[1].window_s, Some(3_600.0));
    assert_eq!(found.quotas[1].limit, Some(500.0));
}

#[test]
fn fields_of_a_cached_reply_are_ignored() {
    let found = read(&[("age", "7"), ("ratelimit-limit", "100")], None);
    assert!(found.quotas.is_empty());
}
