//! What a server says about its limits: `Retry-After`, every `RateLimit` draft, the `X-RateLimit-*`
//! families and the body of Django REST framework. Claims, not facts: `infer` weighs them.

use super::fields::{
    parse_http_date, parse_seconds, read_reset, split_members, split_parameters, unit_seconds,
};
use super::sample::Sample;

/// A quota that the headers of one reply name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Quota {
    /// The policy's name; empty in the drafts before 08 and in the `X-` families.
    pub name: String,
    /// How many requests it admits.
    pub limit: Option<f64>,
    /// In how many seconds.
    pub window_s: Option<f64>,
    /// How many are left.
    pub remaining: Option<f64>,
    /// Seconds until quota comes back.
    pub reset_s: Option<f64>,
}

/// Everything that one reply says about limits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Advertised {
    /// Seconds until the server says that a request will be admitted.
    pub retry_after_s: Option<f64>,
    /// `retry_after_s` was an HTTP-date, so it is good to a second and the clocks' difference.
    pub retry_after_is_date: bool,
    /// The quotas named.
    pub quotas: Vec<Quota>,
    /// Which fields spoke, such as `retry-after` and `x-ratelimit-*`.
    pub sources: Vec<&'static str>,
    /// The body is Django REST framework's `Request was throttled.`, in whatever language.
    pub drf_body: bool,
    /// The server's clock when it replied, Unix time: this machine's, or the reply's `Date` where they differ.
    pub now_s: f64,
    /// They differ, so that instants are good to a second more.
    pub is_skewed: bool,
}

impl Advertised {
    /// Reads one reply; `unix_s` is the wall clock when it arrived.
    pub fn read(sample: &Sample, unix_s: f64) -> Self {
        let (now_s, is_skewed) = server_clock(sample, unix_s);
        let mut found = Self {
            now_s,
            is_skewed,
            ..Self::default()
        };
        found.read_retry_after(sample);
        found.read_drf_body(sample);
        if sample.is_cached() {
            return found; // the draft: fields of a cached reply are ignored
        }
        found.read_ratelimit(sample);
        found.read_vendor(sample);
        found
    }

    /// The wait that the reply names, or else the time until a quota is reset. Some servers put the instant where
    /// the wait belongs.
    pub(crate) fn wait_s(&self) -> Option<f64> {
        let reset_s = || self.quotas.iter().find_map(|quota| quota.reset_s);
        let wait = self.retry_after_s.or_else(reset_s)?;
        let is_instant = wait > 1e8 && (wait - self.now_s).abs() < 1e7;
        Some(if is_instant { wait - self.now_s } else { wait })
    }

    /// By how much the wait that is named may have been rounded up, seconds.
    pub(crate) fn rounded_s(&self) -> f64 {
        let is_delta = self.retry_after_s.is_some() && !self.retry_after_is_date;
        if self.is_skewed && !is_delta {
            2.0
        } else {
            1.0
        }
    }

    fn says(&mut self, source: &'static str) {
        if !self.sources.contains(&source) {
            self.sources.push(source);
        }
    }

    fn read_retry_after(&mut self, sample: &Sample) {
        if let Some(text) = sample.header("retry-after") {
            if let Ok(seconds) = text.trim().parse::<f64>() {
                self.retry_after_s = seconds.is_finite().then_some(seconds);
            } else if let Some(at) = parse_http_date(text) {
                self.retry_after_s = Some(at - self.now_s);
                self.retry_after_is_date = true;
            }
            self.says("retry-after");
        } else if let Some(seconds) = sample.header("x-retry-in").and_then(parse_seconds) {
            self.retry_after_s = Some(seconds);
            self.says("x-retry-in");
        } else if let Some(seconds) = sample
            .header("x-rate-limit-retry-after-seconds")
            .or_else(|| sample.header("x-ratelimit-after"))
            .and_then(parse_seconds)
        {
            self.retry_after_s = Some(seconds);
            self.says("x-ratelimit-*");
        }
    }

    fn read_drf_body(&mut self, sample: &Sample) {
        let Some(body) = &sample.body else { return };
        let Some(at) = body.find("Request was throttled.") else {
            self.drf_body = is_translated_drf(sample, body);
            if self.drf_body {
                self.says("body");
            }
            return;
        };
        self.drf_body = true;
        self.says("body");
        let told = body[at..]
            .split_once("available in ")
            .and_then(|(_, rest)| rest.split_once(' '))
            .and_then(|(number, _)| number.parse::<f64>().ok());
        if self.retry_after_s.is_none() {
            self.retry_after_s = told;
        }
    }

    /// `RateLimit-Policy` and `RateLimit` (drafts 07 to 10), and the separate fields of 00 to 06.
    fn read_ratelimit(&mut self, sample: &Sample) {
        for (name, value) in &sample.headers {
            match name.as_str() {
                "ratelimit-policy" => {
                    let members: Vec<&str> = split_members(value).collect();
                    let several = members.len() > 1;
                    for member in members {
                        let (label, parameters) = split_parameters(member);
                        let named = several || label.starts_with('"');
                        let quota = self.quota(if named { label.trim_matches('"') } else { "" });
                        quota.window_s = parameters.number("w").or(quota.window_s);
                        let limit = parameters.number("q");
                        quota.limit = limit.or_else(|| label.parse().ok()).or(quota.limit);
                    }
                    self.says("ratelimit-policy");
                }
                "ratelimit" => {
                    self.read_ratelimit_field(value);
                    self.says("ratelimit");
                }
                _ => {}
            }
        }
        let limit = sample.header("ratelimit-limit");
        let remaining = sample.header("ratelimit-remaining");
        let reset = sample.header("ratelimit-reset");
        if limit.or(remaining).or(reset).is_some() {
            let first = |text: &str| text.split([',', ';']).next().and_then(parse_seconds);
            let limit = limit.and_then(first);
            let now_s = self.now_s;
            let quota = self.quota_that_admits(limit);
            quota.limit = limit.or(quota.limit);
            quota.remaining = remaining.and_then(first).or(quota.remaining);
            quota.reset_s = reset
                .and_then(|text| read_reset(text, now_s))
                .or(quota.reset_s);
            self.says("ratelimit-*");
        }
    }

    fn read_ratelimit_field(&mut self, value: &str) {
        if value.trim_start().starts_with('"') {
            for member in split_members(value) {
                let (label, parameters) = split_parameters(member);
                let quota = self.quota(label.trim_matches('"'));
                quota.remaining = parameters.number("r").or(quota.remaining);
                quota.reset_s = parameters.number("t").or(quota.reset_s);
            }
            return;
        }
        let quota = self.quota("");
        for (key, number) in value.split([',', ';']).filter_map(|member| {
            let (key, number) = member.split_once('=')?;
            Some((key.trim(), number.trim().parse::<f64>().ok()?))
        }) {
            match key {
                "limit" => quota.limit = Some(number),
                "remaining" => quota.remaining = Some(number),
                "reset" => quota.reset_s = Some(number),
                _ => {}
            }
        }
    }

    /// `X-RateLimit-Limit`, `X-Rate-Limit-Remaining-Minute` and their like, vendor prefixes included.
    fn read_vendor(&mut self, sample: &Sample) {
        for (name, value) in &sample.headers {
            let Some((_, tail)) = name
                .split_once("ratelimit-")
                .or_else(|| name.split_once("rate-limit-"))
            else {
                continue;
            };
            if name.starts_with("ratelimit-") {
                continue;
            }
            let (what, unit) = match tail.split_once('-') {
                Some((what, unit)) => (what, unit),
                None => (tail, ""),
            };
            let window_s = unit_seconds(unit);
            let now_s = self.now_s;
            let quota = self.quota(if window_s.is_some() { unit } else { "" });
            quota.window_s = window_s.or(quota.window_s);
            match what {
                "limit" => quota.limit = parse_seconds(value).or(quota.limit),
                "remaining" => quota.remaining = parse_seconds(value).or(quota.remaining),
                "reset" => quota.reset_s = read_reset(value, now_s).or(quota.reset_s),
                "duration" | "window" | "period" => {
                    quota.window_s = parse_seconds(value).or(quota.window_s);
                }
                _ => continue,
            }
            self.says("x-ratelimit-*");
        }
        self.quotas.retain(|quota| *quota != Quota::default());
    }

    /// The quota of a limit: the one that names it, else the one that is used up, else the only one; with its window,
    /// where one of several names that.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of requests are far below 2^52"
    )]
    pub(crate) fn quota_of(&self, limit: u64) -> Option<&Quota> {
        let is = |quota: &&Quota| quota.limit == Some(limit as f64);
        let used_up = |quota: &&Quota| quota.remaining == Some(0.0);
        let find = |test: &dyn Fn(&&Quota) -> bool| {
            let all = || self.quotas.iter().filter(test);
            all()
                .find(|quota| quota.window_s.is_some())
                .or_else(|| all().next())
        };
        find(&is)
            .or_else(|| find(&used_up))
            .or(match &self.quotas[..] {
                [only] => Some(only),
                _ => None,
            })
    }

    /// The policy with this limit, else the one without a name.
    fn quota_that_admits(&mut self, limit: Option<f64>) -> &mut Quota {
        let policy = self
            .quotas
            .iter()
            .find(|quota| limit.is_some() && quota.limit == limit);
        let name = policy.map_or_else(String::new, |policy| policy.name.clone());
        self.quota(&name)
    }

    fn quota(&mut self, name: &str) -> &mut Quota {
        let at = self
            .quotas
            .iter()
            .position(|quota| quota.name == name)
            .unwrap_or_else(|| {
                self.quotas.push(Quota {
                    name: name.to_owned(),
                    ..Quota::default()
                });
                self.quotas.len() - 1
            });
        &mut self.quotas[at]
    }
}

/// Whether a refusal is Django REST framework's in another language than English: `detail` alone, a text with one number,
/// which is the whole seconds of `Retry-After`, and `Allow`, which others send with a 405 only.
fn is_translated_drf(sample: &Sample, body: &str) -> bool {
    let wait = sample.header("retry-after");
    let (Some(429), Some(wait), Some(_)) = (sample.status, wait, sample.header("allow")) else {
        return false;
    };
    let Ok(serde_json::Value::Object(members)) = serde_json::from_str(body) else {
        return false;
    };
    let detail = members.get("detail").filter(|_| members.len() == 1);
    detail
        .and_then(|detail| detail.as_str())
        .is_some_and(|text| {
            let numbers = text.split(|c: char| !c.is_ascii_digit());
            let numbers: Vec<&str> = numbers.filter(|number| !number.is_empty()).collect();
            numbers == [wait.trim()]
        })
}

/// The server's clock when it replied, by the reply's `Date` if this machine's differs; and whether it does.
fn server_clock(sample: &Sample, unix_s: f64) -> (f64, bool) {
    /// Some servers renew their `Date` once a second, and it has no fractions.
    const STALE_S: f64 = 2.0;
    const AHEAD_S: f64 = 1.0;
    let date = sample.header("date").and_then(parse_http_date);
    let Some(date) = date.filter(|_| !sample.is_cached()) else {
        return (unix_s, false);
    };
    let sent_s = unix_s - (sample.received_s - sample.sent_s);
    if unix_s > date - AHEAD_S && sent_s < date + STALE_S {
        (unix_s, false)
    } else {
        (date, true)
    }
}

#[cfg(test)]
#[path = "headers_tests.rs"]
mod tests;
