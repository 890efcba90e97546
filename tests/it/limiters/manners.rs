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
