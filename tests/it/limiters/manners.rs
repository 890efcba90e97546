//! What a probe does to the server that it probes.

use crate::support::binary::Home;
use crate::support::limiters::Limiter;

#[test]
fn workers_that_answer_one_connection_at_a_time_are_not_kept_from_their_work_while_a_probe_waits() {
    let probed = |limit: u32| {
        let words = format!("drf_throttles.py anon {limit}/20s --workers 2 --threads 1");
        let limiter = Limiter::python(&words.split(' ').collect::<Vec<_>>());
        let line = format!("throttle probe {} --yes --max-time 40s", limiter.url());
        let said = Home::new().run(&line).stdout;
        let expected = format!("{limit} requests in any 20 s");
        assert!(said.contains(&expected), "{said}");
        // What Gunicorn says of one that does nothing for ten seconds, and is ended with all that it has counted.
        let errors = limiter.errors();
        assert!(!errors.contains("WORKER TIMEOUT"), "{errors}");
    };
    // How many connections are left when all counts are used up is chance.
    std::thread::scope(|scope| {
        for limit in [5, 10, 20, 30] {
            scope.spawn(move || probed(limit));
        }
    });
}

#[test]
fn a_window_on_a_clock_is_held_to_its_algorithm() {
    let limiter = Limiter::python(&["django_ratelimit_view.py", "8/5s"]);
    let checked = |limit: &str, algorithm: &str| {
        let home = Home::new();
        home.write(
            "apictl.toml",
            &format!(
                "[[throttle]]\nname = 'x'\nurl = '{}'\nas = 'anon'\nlimit = '{limit}'\nalgorithm = '{algorithm}'\n",
                limiter.url()
            ),
        );
        let said = home.run("throttle check --format json --max-time 30s");
        said.json()["checks"][0].clone()
    };
    for (limit, algorithm, status) in [
        ("8/5s", "fixed_window_aligned", "pass"),
        ("8/9s", "fixed_window_aligned", "fail"),
        ("8/5s", "sliding_log", "fail"),
    ] {
        // none of a window that an earlier check has used
        std::thread::sleep(std::time::Duration::from_secs(5));
        let check = checked(limit, algorithm);
        assert_eq!(check["status"], status, "{limit} {algorithm}: {check}");
    }
}

/// A proxy that keeps connections sends what comes one by one to the same worker.
#[test]
fn workers_behind_a_proxy_that_keeps_connections_make_a_check_red_and_one_alone_does_not() {
    let checked = |workers: &str| {
        let words = format!("nginx.py keeping drf_throttles.py anon 10/30s --workers {workers}");
        let limiter = Limiter::python(&words.split(' ').collect::<Vec<_>>());
        let home = Home::new();
        home.write(
            "apictl.toml",
            &format!(
                "[[throttle]]\nname = 'x'\nurl = '{}'\nas = 'anon'\nlimit = '10/30s'\nforwarded = 'trusted'\n",
                limiter.url()
            ),
        );
        let said = home.run("throttle check --format json --max-time 20s");
        said.json()["checks"][0].clone()
    };
    let sound = checked("1");
    assert_eq!(sound["status"], "pass", "{sound}");
    assert_eq!(sound["requests"], 11 + 8, "{sound}");
    let copies = checked("4");
    assert_eq!(copies["status"], "fail", "{copies}");
}

/// Whole seconds do not tell a second from two: the window itself is looked at.
#[test]
fn short_windows_are_told_apart() {
    let limiter = Limiter::python(&["drf_throttles.py", "anon", "5/2s"]);
    for (limit, passes) in [("5/2s", true), ("5/s", false)] {
        std::thread::sleep(std::time::Duration::from_secs(2));
        let home = Home::new();
        home.write(
            "apictl.toml",
            &format!(
                "[[throttle]]\nurl = '{}'\nlimit = '{limit}'\n",
                limiter.url()
            ),
        );
        let said = home.run("throttle check --format json");
        let check = &said.json()["checks"][0];
        assert_eq!(check["status"] == "pass", passes, "{check}");
    }
}
