//! The reference project itself: it starts, it is what the embedded server imitates, it goes away.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::support::django::{self, Django, Settings};

/// Sends one request on a connection of its own and returns the whole reply as text.
fn exchange(django: &Django, request: &str) -> String {
    let mut stream = TcpStream::connect(django.address()).unwrap();
    let request = request.replace('\n', "\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

#[test]
fn the_reference_project_holds_the_documented_products() {
    let reply = exchange(
        django::shared(),
        "GET /api/products-stock/?page=52 HTTP/1.1\nHost: h\nConnection: close\n\n",
    );
    assert!(reply.contains(
        r#"{"count":1023,"next":null,"previous":"http://h/api/products-stock/?page=51""#
    ));
    assert!(reply.contains(
        r#"{"id":1023,"name":"Steel chair 1023","price":"93.37","rating":1.3,"category":"music","currency":"EUR","in_stock":true,"created":"2026-01-01T17:03:00Z"}"#
    ), "{reply}");
}

#[test]
fn a_reference_server_stops_when_it_is_dropped() {
    let django = Django::start(&Settings::default());
    let address = django.address();
    drop(django);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn settings_of_the_reference_can_be_overridden() {
    let django = Django::start(&Settings::overriding(
        json!({"THROTTLES": {"throttled_anon": "1/min"}}),
    ));
    let request = "GET /api/throttled/anon/ HTTP/1.1\nHost: h\nConnection: close\n\n";
    assert!(
        exchange(&django, request).starts_with("HTTP/1.1 200"),
        "{}",
        django.url()
    );
    assert!(exchange(&django, request).starts_with("HTTP/1.1 429"));
}
