//! Which replies are refusals: given, or learnt from how the first reply looked.

use super::sample::{Outcome, Sample, Trace};

/// Statuses that limiters are known to refuse with, besides 429.
const SUSPECTS: [u16; 5] = [403, 418, 420, 503, 509];

/// Connections dropped in a row, without a reply, that make dropping the way to refuse: one or two happen anywhere.
const DROPS: u32 = 3;

/// Tells refusals from other replies.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Refusals {
    given: Option<Vec<u16>>,
    baseline: Option<u16>,
    drops: u32,
    learns_drops: bool,
}

impl Refusals {
    /// With `given`, only these statuses are refusals, 0 being a dropped connection; else 429, and what limiters
    /// use once another status came first.
    pub(crate) fn new(given: Option<Vec<u16>>) -> Self {
        Self {
            given,
            baseline: None,
            drops: 0,
            learns_drops: false,
        }
    }

    /// Takes connections that are dropped again and again for refusals. A probe looks at what comes after; a check
    /// does not, and a server that dies must not pass for one that refuses.
    #[must_use]
    pub(crate) fn learning_drops(mut self) -> Self {
        self.learns_drops = true;
        self
    }

    /// The status of requests that are let in, once it is known.
    pub(crate) fn usual(&self) -> Option<u16> {
        self.baseline
    }

    /// What a request's end says.
    pub(crate) fn judge_sample(&mut self, sample: &Sample) -> Outcome {
        if sample.is_cached() {
            return Outcome::Unknown;
        }
        let usual = |usual: u16| Some(usual) != sample.status;
        if self.given.is_none() && says_so(sample) && self.baseline.is_some_and(usual) {
            return Outcome::Refused;
        }
        if !sample.dropped {
            return self.judge(sample.status);
        }
        self.drops += 1;
        let refused = match &self.given {
            Some(given) => given.contains(&0),
            None => self.learns_drops && self.baseline.is_some() && self.drops >= DROPS,
        };
        if refused {
            Outcome::Refused
        } else {
            Outcome::Unknown
        }
    }

    /// What a reply's status says; `None` is a request without a reply.
    pub(crate) fn judge(&mut self, status: Option<u16>) -> Outcome {
        let Some(status) = status else {
            return Outcome::Unknown;
        };
        let refused = match &self.given {
            Some(given) => given.contains(&status),
            None => {
                status == 429
                    || (SUSPECTS.contains(&status)
                        && self.baseline.is_some_and(|usual| usual != status))
            }
        };
        if refused {
            return Outcome::Refused;
        }
        if status >= 500 {
            return Outcome::Unknown;
        }
        let usual = *self.baseline.get_or_insert(status);
        if is_success(status) && SUSPECTS.contains(&usual) {
            self.baseline = Some(status);
        }
        if self.drops < DROPS {
            self.drops = 0;
        }
        Outcome::Accepted
    }
}

/// Whether a request was answered as asked.
pub(crate) fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Whether the words of an error are those of a limiter: some refuse with a 400.
fn says_so(sample: &Sample) -> bool {
    const WORDS: [&str; 7] = [
        "throttl",
        "rate limit",
        "rate-limit",
        "ratelimit",
        "rate exceeded",
        "too many requests",
        "quota",
    ];
    let is_error = sample
        .status
        .is_some_and(|status| (400..500).contains(&status));
    let says_so = |body: &String| {
        let body = body.to_lowercase();
        WORDS.iter().any(|word| body.contains(word))
    };
    is_error && sample.body.as_ref().is_some_and(says_so)
}

/// Judges again what came before its meaning was known: a 403 from the start is an API's usual answer until a request
/// succeeds, and then it was a refusal of a key that was used up. What was refused stays so, and of what a cache answered
/// nobody can tell.
pub fn judge_again(trace: &mut Trace) {
    for cached in trace.samples.iter_mut().filter(|s| s.is_cached()) {
        cached.outcome = Outcome::Unknown;
    }
    let is_success = |sample: &Sample| {
        sample.outcome == Outcome::Accepted && sample.status.is_some_and(is_success)
    };
    if trace.header.reject_status.is_some() || !trace.samples.iter().any(is_success) {
        return;
    }
    for sample in &mut trace.samples {
        let suspect = sample.status.is_some_and(|it| SUSPECTS.contains(&it));
        if (suspect || says_so(sample)) && sample.outcome == Outcome::Accepted {
            sample.outcome = Outcome::Refused;
        }
    }
}

/// Why replies that all have this status say nothing about a throttle: they come from before it. `None` for a
/// status that may come from behind one.
pub fn before_the_throttle(status: u16) -> Option<String> {
    let why = match status {
        300..=399 => format!(
            "it answers {status}, a redirect, which no throttle has seen: name the URL that it leads to"
        ),
        401 => "every reply was 401: authentication refuses before the throttle counts, `--as` or `as` must name a login"
            .to_owned(),
        403 => "every reply was 403: permissions refuse before the throttle counts".to_owned(),
        404 => "every reply was 404: is the URL right?".to_owned(),
        _ => return None,
    };
    Some(why)
}

#[cfg(test)]
mod tests {
    use super::super::identify;
    use super::super::limits::Verdict;
    use super::super::sample::Header;
    use super::*;

    fn sample(status: Option<u16>, dropped: bool) -> Sample {
        Sample {
            sent_s: 0.0,
            received_s: 0.1,
            status,
            dropped,
            ..Sample::default()
        }
    }

    #[test]
    fn a_403_after_a_200_is_a_refusal_and_a_403_from_the_start_is_not() {
        let mut learnt = Refusals::new(None);
        assert_eq!(learnt.judge(Some(200)), Outcome::Accepted);
        assert_eq!(learnt.judge(Some(403)), Outcome::Refused);
        assert_eq!(learnt.judge(Some(503)), Outcome::Refused);
        assert_eq!(learnt.judge(Some(500)), Outcome::Unknown);
        assert_eq!(learnt.judge(None), Outcome::Unknown);
        let mut forbidden = Refusals::new(None);
        assert_eq!(forbidden.judge(Some(403)), Outcome::Accepted);
        assert_eq!(forbidden.judge(Some(403)), Outcome::Accepted);
        assert_eq!(forbidden.judge(Some(429)), Outcome::Refused);
    }

    #[test]
    fn a_403_from_the_start_was_a_refusal_once_a_request_succeeds() {
        let judged = |given: Option<Vec<u16>>| {
            let mut learnt = Refusals::new(given.clone());
            let mut trace = Trace {
                header: Header::new("GET", "http://127.0.0.1/", "anon", 0.0),
                samples: Vec::new(),
            };
            trace.header.reject_status = given;
            for status in [403, 403, 200, 403] {
                let mut sample = sample(Some(status), false);
                sample.outcome = learnt.judge_sample(&sample);
                trace.samples.push(sample);
            }
            judge_again(&mut trace);
            let refused = |sample: &Sample| sample.outcome == Outcome::Refused;
            trace.samples.iter().map(refused).collect::<Vec<_>>()
        };
        assert_eq!(judged(None), [true, true, false, true]);
        assert_eq!(judged(Some(vec![429])), [false; 4]);
    }

    #[test]
    fn of_what_a_cache_answered_nobody_can_tell() {
        let mut cached = sample(Some(200), false);
        cached.headers = vec![("age".to_owned(), "12".to_owned())];
        assert_eq!(Refusals::new(None).judge_sample(&cached), Outcome::Unknown);
        cached.outcome = Outcome::Accepted;
        let mut trace = Trace {
            header: Header::new("GET", "http://127.0.0.1/", "anon", 0.0),
            samples: vec![cached; 200],
        };
        judge_again(&mut trace);
        let found = identify(&trace);
        assert_eq!(found.verdict, Verdict::Inconclusive);
        let why = found.settles.unwrap();
        assert!(why.contains("a cache answered 200 of 200"), "{why}");
    }

    #[test]
    fn what_says_that_it_throttles_is_a_refusal_whatever_its_status() {
        let mut sample = sample(Some(400), false);
        let mut learnt = Refusals::new(None);
        assert_eq!(learnt.judge(Some(200)), Outcome::Accepted);
        assert_eq!(learnt.judge_sample(&sample), Outcome::Accepted);
        sample.body = Some(r#"{"__type": "ThrottlingException"}"#.to_owned());
        assert_eq!(learnt.judge_sample(&sample), Outcome::Refused);
        let mut given = Refusals::new(Some(vec![429]));
        assert_eq!(given.judge(Some(200)), Outcome::Accepted);
        assert_eq!(given.judge_sample(&sample), Outcome::Accepted);
    }

    #[test]
    fn connections_dropped_again_and_again_are_refusals_and_a_single_one_is_not() {
        let (fine, dropped) = (sample(Some(200), false), sample(None, true));
        let mut learnt = Refusals::new(None).learning_drops();
        let ends = [
            &fine, &dropped, &fine, &dropped, &dropped, &dropped, &fine, &dropped,
        ];
        let said = ends.map(|end| learnt.judge_sample(end));
        assert_eq!(
            said[..5]
                .iter()
                .filter(|end| **end == Outcome::Unknown)
                .count(),
            3
        );
        assert_eq!(
            said[5..],
            [Outcome::Refused, Outcome::Accepted, Outcome::Refused]
        );
        let mut dead = Refusals::new(None).learning_drops();
        for _ in 0..5 {
            assert_eq!(dead.judge_sample(&dropped), Outcome::Unknown);
            assert_eq!(dead.judge_sample(&sample(None, false)), Outcome::Unknown);
        }
        assert_eq!(
            Refusals::new(Some(vec![0])).judge_sample(&dropped),
            Outcome::Refused
        );
    }

    #[test]
    fn a_given_status_is_the_only_refusal() {
        let mut given = Refusals::new(Some(vec![503]));
        assert_eq!(given.judge(Some(429)), Outcome::Accepted);
        assert_eq!(given.judge(Some(503)), Outcome::Refused);
    }
}
