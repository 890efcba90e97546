//! Access tokens are renewed in time, once, and nothing is lost by it.

use std::sync::{Mutex, mpsc};

use crate::support::binary::{Home, finish};
use crate::support::fixture::{Fixture, reply};
use crate::support::token_api::{FAR, JSON, PAST, api, jwt, obtain, record, refusal, simplejwt};

#[test]
fn an_expired_access_token_is_refreshed_before_it_is_used_and_the_rotated_one_is_stored() {
    let (home, server) = (Home::new(), api(PAST));
    obtain(&home, &server, "p").expect(0);
    home.run(&format!("request GET {}/x/", server.url()))
        .expect(3);
    let asked = server.asked();
    let last = asked.last().unwrap();
    assert!(
        last.headers
            .contains(&format!("authorization: JWT {}", jwt(FAR, "a2"))),
        "{:?}",
        last.headers
    );
    let stored = std::fs::read_to_string(record(&home, &server, "alice")).unwrap();
    assert!(stored.contains(&jwt(FAR, "r2")) && !stored.contains(&jwt(FAR, "r1")));
}

#[test]
fn a_dead_refresh_token_is_cleared_and_the_user_told_to_log_in_again() {
    let home = Home::new();
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /api/token/refresh/ ") {
            return refusal("Token is blacklisted", "token_not_valid");
        }
        simplejwt(asked, PAST)
    });
    obtain(&home, &server, "p").expect(0);
    let base = format!("--base-url {}", server.url());
    let said = home.run(&format!("token print {base}")).expect(3);
    assert!(
        said.stderr.contains("the login 'alice' at"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("Token is blacklisted"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr
            .contains("hint: log in again with `apictl token obtain --as alice`"),
        "{}",
        said.stderr
    );
    let before = server.asked().len();
    home.run(&format!("token print {base}")).expect(3);
    assert_eq!(
        server.asked().len(),
        before,
        "a dead token is not tried again"
    );
}

#[test]
fn a_refresh_that_the_server_cannot_answer_costs_nothing() {
    let home = Home::new();
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /api/token/refresh/ ") && !asked.body.contains("\"-\"") {
            return reply("502 Bad Gateway", "text/html", "<title>Bad gateway</title>");
        }
        simplejwt(asked, PAST)
    });
    obtain(&home, &server, "p").expect(0);
    let said = home
        .run(&format!("token print --base-url {}", server.url()))
        .expect(4);
    assert!(said.stderr.contains("answered 502"), "{}", said.stderr);
    let stored = std::fs::read_to_string(record(&home, &server, "alice")).unwrap();
    assert!(stored.contains(&jwt(FAR, "r1")));
}

#[test]
fn one_401_leads_to_one_refresh_and_never_two() {
    let (home, server) = (
        Home::new(),
        Fixture::new(|asked| {
            if asked.line.starts_with("GET /x/ ") {
                return refusal("User is inactive", "user_inactive");
            }
            simplejwt(asked, FAR)
        }),
    );
    obtain(&home, &server, "p").expect(0);
    let before = server.asked().len();
    home.run(&format!("request GET {}/x/", server.url()))
        .expect(3);
    let lines: Vec<String> = server.asked()[before..]
        .iter()
        .map(|asked| asked.line.clone())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /x/ HTTP/1.1",
            "POST /api/token/refresh/ HTTP/1.1",
            "GET /x/ HTTP/1.1"
        ]
    );
}

#[test]
fn a_token_with_too_short_a_life_is_an_error_and_not_a_promise() {
    let soon = jiff::Timestamp::now().as_second() + 40;
    let home = Home::new();
    let server = Fixture::new(move |asked| {
        if asked.line.starts_with("POST /api/token/refresh/ ") {
            return reply(
                "200 OK",
                JSON,
                &format!(r#"{{"access":"{}"}}"#, jwt(soon, "s")),
            );
        }
        simplejwt(asked, soon)
    });
    obtain(&home, &server, "p").expect(0);
    let base = format!("--base-url {}", server.url());
    home.run(&format!("token print --min-ttl 5 {base}"))
        .expect(0);
    let said = home
        .run(&format!("token print --min-ttl 10m {base}"))
        .expect(3);
    assert_eq!(said.stdout, "");
    assert!(
        said.stderr.contains("less than the 600 s asked for"),
        "{}",
        said.stderr
    );
}

fn interrupt(child: &std::process::Child) {
    let status = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn an_interruption_waits_for_the_refresh_that_is_under_way() {
    for line in ["token refresh", "pages walk /api/items/ --retries 0"] {
        waits_for_the_refresh(line);
    }
}

fn waits_for_the_refresh(line: &str) {
    let home = Home::new();
    let (arrived, arrivals) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let (arrived, released) = (Mutex::new(arrived), Mutex::new(released));
    let server = Fixture::new(move |asked| {
        let refreshes = asked.line.starts_with("POST /api/token/refresh/ ");
        if refreshes && asked.body.contains(&jwt(FAR, "r1")) {
            arrived.lock().unwrap().send(()).unwrap();
            released.lock().unwrap().recv().unwrap();
        }
        simplejwt(asked, PAST)
    });
    obtain(&home, &server, "p").expect(0);
    let child = home
        .command(line.split(' ').chain(["--base-url", &server.url()]))
        .spawn()
        .unwrap();
    arrivals.recv().unwrap();
    // The server has replaced the refresh token; nobody but this process will ever see the new one.
    interrupt(&child);
    // The walk ends with the interruption, or with what its first page is answered.
    std::thread::sleep(std::time::Duration::from_millis(100));
    release.send(()).unwrap();
    let said = finish(child);
    assert!([0, 3, 130].contains(&said.code), "{said:?}");
    let stored = std::fs::read_to_string(record(&home, &server, "alice")).unwrap();
    assert!(stored.contains(&jwt(FAR, "r2")), "{said:?}");
}

#[test]
fn a_second_interruption_waits_for_nothing() {
    let home = Home::new();
    let (arrived, arrivals) = mpsc::channel();
    let arrived = Mutex::new(arrived);
    let server = Fixture::new(move |asked| {
        let refreshes = asked.line.starts_with("POST /api/token/refresh/ ");
        if refreshes && asked.body.contains(&jwt(FAR, "r1")) {
            arrived.lock().unwrap().send(()).unwrap();
            return Vec::new();
        }
        simplejwt(asked, PAST)
    });
    obtain(&home, &server, "p").expect(0);
    let mut child = home
        .command(["token", "refresh", "--base-url", &server.url()])
        .spawn()
        .unwrap();
    arrivals.recv().unwrap();
    let started = std::time::Instant::now();
    while child.try_wait().unwrap().is_none() {
        interrupt(&child);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    finish(child).expect(130);
    assert!(started.elapsed().as_secs_f64() < 4.0);
}
