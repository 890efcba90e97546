//! The embedded server in other shapes: envelopes, keys, releases, middleware.

use apictl::server::{Config, Extras, Profile, SigningKey, router};
use axum::Router;
use http::{HeaderMap, Method};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower_service::Service;

struct Said {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

async fn send(
    router: &Router,
    method: Method,
    target: &str,
    header: (&str, &str),
    body: &str,
) -> Said {
    let request = http::Request::builder()
        .method(method)
        .uri(target)
        .header("host", "h")
        .header("content-type", "application/json")
        .header("content-length", body.len())
        .header(header.0, header.1)
        .body(axum::body::Body::from(body.to_owned()))
        .unwrap();
    let (head, body) = router.clone().call(request).await.unwrap().into_parts();
    Said {
        status: head.status.as_u16(),
        headers: head.headers,
        body: body.collect().await.unwrap().to_bytes().to_vec(),
    }
}

async fn get(router: &Router, target: &str) -> Said {
    send(router, Method::GET, target, ("x-none", ""), "").await
}

async fn log_in(router: &Router) -> Value {
    let body = r#"{"username":"alice","password":"alice-pass"}"#;
    send(router, Method::POST, "/api/token/", ("x-none", ""), body)
        .await
        .json()
}

fn claims(token: &Value) -> Value {
    use base64::Engine;
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(part)
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn pages_come_in_other_envelopes() {
    let api = router(Config::default());
    let linked = get(&api, "/api/products-link-header/?page=2").await;
    assert_eq!(linked.json().as_array().unwrap().len(), 20);
    assert_eq!(
        linked.header("link"),
        "<http://h/api/products-link-header/>; rel=\"prev\", <http://h/api/products-link-header/?page=3>; rel=\"next\", \
         <http://h/api/products-link-header/>; rel=\"first\", <http://h/api/products-link-header/?page=52>; rel=\"last\""
    );
    let resources = get(&api, "/api/products-json-api/?page[size]=2").await;
    assert_eq!(resources.header("content-type"), "application/vnd.api+json");
    let resources = resources.json();
    assert_eq!(resources["data"][0]["attributes"]["name"], "Steel lamp 1");
    assert_eq!(
        resources["meta"]["pagination"],
        json!({"page": 1, "pages": 512, "count": 1023})
    );
    assert_eq!(
        resources["links"]["next"],
        "http://h/api/products-json-api/?page%5Bnumber%5D=2&page%5Bsize%5D=2"
    );
    let plain = send(
        &api,
        Method::GET,
        "/api/products-json-api/",
        ("accept", "application/json"),
        "",
    )
    .await;
    assert_eq!(plain.status, 406);
    let ninja = get(&api, "/api/products-ninja/?limit=5&offset=1021")
        .await
        .json();
    assert_eq!(
        (ninja["items"].as_array().unwrap().len(), &ninja["count"]),
        (2, &json!(1023))
    );
}

#[tokio::test]
async fn private_keys_sign_and_their_public_halves_are_published() {
    for (pem, algorithm) in [
        (&include_bytes!("signing_keys/es256.pem")[..], "ES256"),
        (&include_bytes!("signing_keys/rs256.pem")[..], "RS256"),
    ] {
        let mut config = Config::default();
        config.jwt.key = SigningKey::read(pem).unwrap();
        let api = router(config);
        let pair = log_in(&api).await;
        let bearer = format!("Bearer {}", pair["access"].as_str().unwrap());
        let me = send(
            &api,
            Method::GET,
            "/api/me/",
            ("authorization", &bearer),
            "",
        )
        .await;
        assert_eq!(me.json()["username"], "alice");
        let forged = format!("{}x", &bearer[..bearer.len() - 4]);
        let refused = send(
            &api,
            Method::GET,
            "/api/me/",
            ("authorization", &forged),
            "",
        )
        .await;
        assert_eq!(refused.status, 401);
        let keys = get(&api, "/.well-known/jwks.json").await.json();
        assert_eq!(keys["keys"][0]["alg"], algorithm);
        assert_eq!(keys["keys"][0].get("d"), None);
    }
    assert!(SigningKey::read(b"-----BEGIN NONSENSE-----").is_err());
}

#[tokio::test]
async fn older_releases_answer_as_they_did() {
    let old = router(Config {
        drf: Profile::V3_14,
        ..Config::default()
    });
    let new = router(Config::default());
    assert_eq!(claims(&log_in(&old).await["access"])["user_id"], json!(1));
    assert_eq!(claims(&log_in(&new).await["access"])["user_id"], json!("1"));
    let missing = "/api/products/99999/";
    assert_eq!(get(&old, missing).await.json()["detail"], "Not found.");
    assert_eq!(
        get(&new, missing).await.json()["detail"],
        "No Product matches the given query."
    );
    assert_eq!(get(&old, "/api/products/?page=").await.status, 404);
    assert_eq!(get(&new, "/api/products/?page=").await.status, 200);
    let body = r#"{"token":"a.b.c"}"#;
    let verify = async |api| {
        send(
            api,
            Method::POST,
            "/api/token/verify/",
            ("x-none", ""),
            body,
        )
        .await
        .json()
    };
    assert_eq!(verify(&old).await["detail"], "Token is invalid or expired");
    assert_eq!(verify(&new).await["detail"], "Token is invalid");
}

#[tokio::test]
async fn middleware_tags_compresses_and_counts_queries() {
    let extras = Extras {
        server_timing: true,
        etag: true,
        gzip: true,
    };
    let api = router(Config {
        extras,
        ..Config::default()
    });
    let page = get(&api, "/api/bad/n-plus-one/?page_size=50").await;
    assert!(
        page.header("server-timing")
            .contains("desc=\"SQL 52 queries\"")
    );
    // The last page holds three rows.
    let last = get(&api, "/api/bad/n-plus-one/?page=last").await;
    assert!(
        last.header("server-timing")
            .contains("desc=\"SQL 5 queries\"")
    );
    assert!(
        get(&api, "/api/products/")
            .await
            .header("server-timing")
            .contains("SQL 2 queries")
    );
    let tag = page.header("etag").trim_start_matches("W/").to_owned();
    let again = send(
        &api,
        Method::GET,
        "/api/bad/n-plus-one/?page_size=50",
        ("if-none-match", &tag),
        "",
    )
    .await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let small = send(
        &api,
        Method::GET,
        "/api/products/",
        ("accept-encoding", "gzip"),
        "",
    )
    .await;
    assert_eq!(small.header("content-encoding"), "gzip");
    let mut text = String::new();
    std::io::Read::read_to_string(
        &mut flate2::read::GzDecoder::new(&small.body[..]),
        &mut text,
    )
    .unwrap();
    assert!(text.starts_with("{\"count\":1023,"));
}

#[tokio::test]
async fn tags_are_for_what_may_be_stored_and_a_304_keeps_what_caches_need() {
    let extras = Extras {
        etag: true,
        ..Extras::default()
    };
    let api = router(Config {
        extras,
        ..Config::default()
    });
    assert_eq!(get(&api, "/api-auth/login/").await.header("etag"), "");
    let request = http::Request::get("/api/bad/public-drafts/")
        .header("host", "h")
        .header("authorization", "Basic YWxpY2U6YWxpY2UtcGFzcw==")
        .header("if-none-match", "*")
        .body(axum::body::Body::empty())
        .unwrap();
    let reply = api.clone().call(request).await.unwrap();
    assert_eq!(reply.status(), 304);
    assert_eq!(reply.headers()["cache-control"], "public, max-age=600");
}
