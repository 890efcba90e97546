//! One check: a table held against its endpoint.

use std::net::{IpAddr, Ipv4Addr};

use super::check::Args;
use super::rules::Rule;
use super::sender::Sender;
use super::target::Target;
use crate::cli::context::{Context, Fallback};
use crate::cli::failure::{Exit, Failure};
use crate::cli::identity::ANON;
use crate::http::Client;
use crate::rate::Rate;
use crate::throttle::compare::{Comparison, Expectation, Status, compare};
use crate::throttle::gate::{
    CameBack, Demands, Neighbour, Places, Seen, as_proxies_would, is_left_to_a_probe, judge, most,
    trial,
};
use crate::throttle::identify;
use crate::throttle::probe::Effort;
use crate::throttle::sample::{Header, Sample, Trace};
use crate::throttle::shots::{Connect, Line, Shots, Within};

/// How one check ended.
pub(super) struct Ended {
    pub(super) comparison: Comparison,
    pub(super) exit: Option<Exit>,
    pub(super) sent: u64,
    /// Those that passed before the first refusal.
    accepted: u64,
    refused: bool,
    /// The Unix time that the refusal named for the next request.
    pub(super) free_unix_s: Option<f64>,
    /// What the check left of the count.
    pub(super) left: Left,
}

/// What a check leaves of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// As much as it met: nothing, where it was refused from the start.
    AsMet,
    /// Nothing.
    Nothing,
    /// It came back while the check looked on.
    CameBack,
    /// A probe used it last.
    Unknown,
}

impl Ended {
    /// Whether nothing passed and the first request was refused.
    pub(super) fn refused_from_the_start(&self) -> bool {
        self.refused && self.accepted == 0
    }

    pub(super) fn failed(failure: &Failure) -> Self {
        Self {
            comparison: Comparison {
                status: Status::Error,
                measured: None,
                message: failure.words(),
            },
            exit: Some(failure.exit),
            sent: 0,
            accepted: 0,
            refused: false,
            free_unix_s: None,
            left: Left::AsMet,
        }
    }
}

/// A rule that is ready to be checked.
pub(super) struct Prepared<'r> {
    pub(super) rule: &'r Rule,
    ctx: Context,
    /// Renewals of logins before anything was sent.
    renewed: u64,
    pub(super) target: Target,
    neighbours: Vec<Target>,
    demands: Demands,
}

impl<'r> Prepared<'r> {
    /// Resolves the rule's URLs; `others` are the rules that the same identity is checked by, too.
    pub(super) fn new(ctx: &Context, rule: &'r Rule, rules: &[Rule]) -> Result<Self, Failure> {
        let ctx = ctx.acting_as(&rule.identity);
        let target = Target::new(&ctx, &rule.url, &rule.method, rule.data.clone())?;
        let mut demands = rule.demands.clone();
        let mut neighbours = Vec::new();
        for (names, shares) in [(&rule.shared_with, true), (&rule.separate_from, false)] {
            for name in names {
                let table = rules.iter().find(|other| other.name == *name);
                let url = table.map_or(name.as_str(), |other| other.url.as_str());
                // A table of its own shows by itself whether it has a count of its own.
                let checked = rules
                    .iter()
                    .any(|other| other.url == url && other.identity == rule.identity);
                if checked {
                    continue;
                }
                neighbours.push(Target::new(&ctx, url, "GET", None)?);
                demands.neighbours.push(Neighbour {
                    name: name.clone(),
                    shares,
                });
            }
        }
        Ok(Self {
            rule,
            renewed: ctx.underway.begun(),
            ctx,
            target,
            neighbours,
            demands,
        })
    }

    /// What it may cost, in words.
    pub(super) fn budget(&self, args: &Args) -> String {
        let (pass, fail) = most(&self.demands);
        let cap = args.bounds.max_requests as u64;
        let pass = if self.demands.is_sampled() {
            pass.min(3)
        } else {
            pass
        };
        format!(
            "{} requests, at most {} to say what is wrong",
            pass.min(cap),
            fail.min(cap)
        )
    }

    /// Renews the login where its time is up, so that no renewal falls into a count.
    pub(super) async fn authorize(&self) -> Result<(), Failure> {
        Ok(self.target.client.authorize().await?)
    }

    /// Carries the check out. `others` are checked already and have their counts back: they are asked while this one
    /// refuses.
    pub(super) async fn run(&self, args: &Args, others: &[&Prepared<'_>]) -> Ended {
        match self.carry_out(args, others).await {
            Ok(ended) => ended,
            Err(failure) => Ended::failed(&failure),
        }
    }

    async fn carry_out(&self, args: &Args, others: &[&Prepared<'_>]) -> Result<Ended, Failure> {
        let mut demands = self.demands.clone();
        demands
            .neighbours
            .extend(others.iter().map(|other| Neighbour {
                name: other.rule.name.clone(),
                shares: other.rule.shares_with(self.rule),
            }));
        let demands = &demands;
        let sender = Sender::new(&self.ctx, &self.target.url)?;
        let connect: Connect<'_> = Box::new(|line: &Line| {
            let client = self.client_of(&line.who)?;
            sender.connection(&client, line.source, line.http2)
        });
        let (_, most) = most(demands);
        let within = Within {
            requests: args
                .bounds
                .max_requests
                .min(usize::try_from(most).unwrap_or(usize::MAX)),
            time_s: args.bounds.max_time,
        };
        let given = args.bounds.reject_status.clone();
        let reject = self.rule.reject_status.clone().or(given);
        let mut shots = Shots::new(connect, within, reject);
        let others = others.iter().map(|other| &other.target);
        let neighbours = self.neighbours.iter().chain(others);
        let neighbours: Vec<_> = neighbours.map(Target::request).collect();
        let fresh = self.fresh();
        let request = self.target.request();
        let places = Places {
            request: &request,
            neighbours: &neighbours,
            fresh: &fresh,
        };
        let now = self.ctx.now().as_duration().as_secs_f64();
        let seen = trial(&mut shots, &places, demands, now).await;
        let mut comparison = judge(demands, &seen);
        let mut requests = shots.samples().len() as u64;
        let mut left = left(&seen, &fresh);
        let passed = comparison.status == Status::Pass;
        if demands.algorithm.is_some() && (passed || is_left_to_a_probe(demands, &seen)) {
            let decisions = if passed {
                &seen.counted
            } else {
                shots.samples()
            };
            let (mut watched, more) = self.watch(args, &shots, decisions, now).await?;
            if watched.status == Status::Pass && watched.message.is_empty() {
                watched.message = comparison.message;
            }
            comparison = watched;
            requests += more;
            if more > 0 {
                left = Left::Unknown;
            }
        }
        let is_reply = |status: Option<u16>| status.is_some_and(|status| status < 500);
        let answered = shots.samples().iter().any(|sample| is_reply(sample.status));
        let exit = (comparison.status == Status::Error).then_some(if answered {
            Exit::Api
        } else {
            Exit::NoAnswer
        });
        Ok(Ended {
            comparison: self.with_renewals(self.with_misreading(comparison), &seen),
            exit,
            sent: requests,
            accepted: seen.accepted,
            refused: seen.refusal.is_some(),
            free_unix_s: seen.free_unix_s(),
            left,
        })
    }

    /// Algorithm and window as a probe finds them where windows are short, else as the trial's own decisions have them;
    /// and the requests that it took.
    async fn watch(
        &self,
        args: &Args,
        shots: &Shots<'_>,
        decisions: &[Sample],
        started_unix_s: f64,
    ) -> Result<(Comparison, u64), Failure> {
        let expected = &Expectation {
            rates: self.demands.rates.clone(),
            algorithm: self.demands.algorithm,
        };
        let window = expected.rates.first().map_or(0.0, Rate::window_s);
        let left = shots.time_left_s() - window * 1.05;
        if left < 2.5 * window + 1.0 {
            let shown = self.target.shown();
            let method = self.target.method.as_str();
            let trace = Trace {
                header: Header::new(method, &shown, &self.target.identity, started_unix_s),
                samples: decisions.to_vec(),
            };
            return Ok((compare(expected, &identify(&trace)), 0));
        }
        let _ = shots.until(shots.now() + window * 1.05).await;
        let mut settings = args.bounds.settings();
        settings.max_requests = args
            .bounds
            .max_requests
            .saturating_sub(shots.samples().len());
        settings.reject_status = self.rule.reject_status.clone().or(settings.reject_status);
        settings.max_time_s = left;
        settings.concurrency = 1;
        settings.effort = Effort::Settled;
        let request = as_proxies_would(&self.target.request(), self.demands.proxies);
        let probed = self
            .target
            .probe_by(request, &self.ctx, settings, None)
            .await?;
        let probe = probed.probe;
        let sent = probe.trace().samples.len() as u64;
        Ok((compare(expected, &probe.identify()), sent))
    }

    fn client_of(&self, who: &str) -> Option<Client> {
        if who.is_empty() {
            return Some(self.target.client.clone());
        }
        let client = self
            .ctx
            .acting_as(who)
            .client_for(self.target.url.as_str(), Fallback::Anonymous);
        client.ok().map(|(client, _)| client)
    }

    /// Counts that nothing has used: a second login, or another address of this machine.
    fn fresh(&self) -> Vec<Line> {
        if let Some(who) = &self.rule.race_as {
            return vec![Line {
                who: who.clone(),
                ..Line::default()
            }];
        }
        if self.rule.identity == ANON && self.demands.proxies > 0 {
            // the client is whom the trusted proxies name
            return vec![Line::default()];
        }
        let is_v4 = !matches!(self.target.url.host(), Some(url::Host::Ipv6(_)));
        let is_alone = self.rule.identity == ANON && self.ctx.settings.bind.is_none();
        if is_v4 && is_alone && self.target.is_local() {
            return vec![Line {
                source: Some(another_loopback()),
                ..Line::default()
            }];
        }
        Vec::new()
    }

    /// Logins of other identities that were renewed meanwhile may have been counted as anonymous requests.
    fn with_renewals(&self, mut comparison: Comparison, seen: &Seen) -> Comparison {
        let renewed = self.ctx.underway.begun() - self.renewed;
        let limit = self.demands.first().map_or(0, |rate| rate.limit);
        let explains = seen.accepted < limit && seen.accepted + renewed >= limit;
        if self.rule.identity == ANON && comparison.status == Status::Fail && explains {
            comparison.status = Status::Inconclusive;
            comparison.message = format!(
                "{}; logins were renewed meanwhile ({renewed}), which anonymous counts include where the token endpoint has \
                 no throttle of its own: check `anon` in a run of its own, before logging in",
                comparison.message
            );
        }
        comparison
    }

    fn with_misreading(&self, mut comparison: Comparison) -> Comparison {
        if let (Some(words), Status::Fail) = (&self.rule.misread, comparison.status) {
            comparison.message = format!("{}; {words}", comparison.message);
        }
        comparison
    }
}

/// What a trial leaves of its count.
fn left(seen: &Seen, fresh: &[Line]) -> Left {
    let came_back = matches!(seen.came_back, Some(CameBack::Early | CameBack::InTime));
    if seen.refusal.is_none() || seen.accepted == 0 {
        Left::AsMet
    } else if came_back && (seen.crowd.is_none() || !fresh.is_empty()) {
        Left::CameBack
    } else {
        Left::Nothing
    }
}

/// An address of 127.0.0.0/8 that hardly anybody has used before.
pub(super) fn another_loopback() -> IpAddr {
    use std::hash::{BuildHasher, RandomState};
    let dice = RandomState::new().hash_one(0_u8).to_le_bytes();
    IpAddr::V4(Ipv4Addr::new(
        127,
        dice[0].max(1),
        dice[1],
        dice[2].clamp(1, 254),
    ))
}
