//! What `throttle probe` tries once the limit is known: `--scope`, `--bypass`, `--race`.

use std::net::{IpAddr, Ipv4Addr};

use serde::Serialize;

use super::gate::another_loopback;
use super::sender::Sender;
use super::target::{Bounds, Target};
use crate::cli::context::{Context, Fallback};
use crate::cli::failure::Failure;
use crate::cli::identity::ANON;
use crate::http::Client;
use crate::throttle::experiment::{
    Asked, Known, Others, Race, Scope, Suspects, bypass, race, scope,
};
use crate::throttle::limits::{Finding, Identified, Tally};
use crate::throttle::sample::Sample;
use crate::throttle::shots::{Connect, Line, Shots, Stop, Within};
use crate::token::Store;

/// Most requests of a crowd: enough to see by how much it gets more.
const MOST_AT_ONCE: u64 = 1_500;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Experiments")]
pub(super) struct Wanted {
    /// Send many at once on an unused count: more than one after another must not pass
    #[arg(long)]
    race: bool,
    /// Try what a client can make up: forwarding headers, spellings of the path, methods, versions, connections
    #[arg(long)]
    bypass: bool,
    /// Find out what the count is kept by: address, user, endpoint, method, query, connection
    #[arg(long)]
    scope: bool,
    /// Another endpoint, for --scope; repeatable
    #[arg(long, value_name = "URL")]
    also_url: Vec<String>,
    /// Another identity, for --scope; all logins of the API and `anon` when left out; repeatable
    #[arg(long, value_name = "NAME")]
    also_as: Vec<String>,
    /// Another source address, for --scope and --race; another of 127.0.0.0/8 where the API is there; repeatable
    #[arg(long, value_name = "IP")]
    also_from: Vec<IpAddr>,
}

impl Wanted {
    /// Whether anything is.
    pub(super) fn any(&self) -> bool {
        self.race || self.bypass || self.scope
    }

    /// The names of what is.
    pub(super) fn words(&self) -> String {
        let flags = [
            (self.scope, "--scope"),
            (self.bypass, "--bypass"),
            (self.race, "--race"),
        ];
        let wanted: Vec<&str> = flags
            .iter()
            .filter(|(wanted, _)| *wanted)
            .map(|(_, flag)| *flag)
            .collect();
        wanted.join(", ")
    }
}

/// What the experiments found out.
#[derive(Debug, Default, Serialize)]
pub(super) struct Found {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scope: Option<Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bypass: Option<Vec<Asked>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) race: Option<Race>,
    #[serde(skip)]
    pub(super) findings: Vec<Finding>,
    #[serde(skip)]
    pub(super) requests: Tally,
}

impl Found {
    fn left_out(&mut self, id: &str, why: String) {
        self.findings
            .push(Finding::new(id, "low", why, serde_json::json!({})));
    }
}

/// Carries the experiments out, in what the probe left of the budget.
pub(super) async fn carry_out(
    ctx: &Context,
    target: &Target,
    wanted: &Wanted,
    bounds: &Bounds,
    before: (&Identified, &[Sample]),
) -> Result<Found, Failure> {
    let mut done = Found::default();
    let (identified, samples) = before;
    let Some(known) = Known::of(identified, samples) else {
        done.left_out(
            "experiments-left-out",
            format!(
                "{} need a count that can be used up, and none was found",
                wanted.words()
            ),
        );
        return Ok(done);
    };
    let sender = Sender::new(ctx, &target.url)?;
    let connect: Connect<'_> = Box::new(|line: &Line| {
        let client = client_of(ctx, target, &line.who)?;
        sender.connection(&client, line.source, line.http2)
    });
    let within = Within {
        requests: bounds.max_requests.saturating_sub(samples.len()),
        time_s: (bounds.max_time - identified.elapsed_s).max(1.0),
    };
    let progress = ctx.progress(None, "requests");
    let mut shots = Shots::new(connect, within, Some(vec![known.refuses])).watched(Box::new(
        |sent: &[Sample]| progress.reach(sent.len() as u64),
    ));
    let request = target.request();
    if wanted.scope {
        let others = others(ctx, target, wanted)?;
        let (found, _) = scope(&mut shots, &known, &request, &others).await;
        done.scope = Some(found);
    }
    if wanted.bypass {
        let suspects = Suspects {
            own: own_address(ctx, target),
            other: other_addresses(ctx, target, wanted).first().copied(),
            anonymous: target.identity == ANON,
        };
        let (asked, findings, stop) = bypass(&mut shots, &known, &request, &suspects).await;
        done.bypass = Some(asked);
        done.findings.extend(findings);
        if let Some(stop) = stop {
            done.left_out("bypass-not-finished", stop.to_string());
        }
    }
    if wanted.race {
        run_race(
            &mut shots,
            ctx,
            target,
            wanted,
            (&known, bounds.concurrency),
            &mut done,
        )
        .await;
    }
    done.requests = Tally::of(shots.samples());
    drop(shots);
    progress.finish();
    Ok(done)
}

async fn run_race(
    shots: &mut Shots<'_>,
    ctx: &Context,
    target: &Target,
    wanted: &Wanted,
    (known, concurrency): (&Known, usize),
    done: &mut Found,
) {
    let request = target.request();
    let fresh: Vec<Line> = other_addresses(ctx, target, wanted)
        .into_iter()
        .map(|address| Line {
            source: Some(address),
            ..Line::default()
        })
        .collect();
    let total = known
        .limit
        .saturating_mul(10)
        .clamp(20, MOST_AT_ONCE.max(2 * known.limit + 20));
    let sizes = (
        concurrency.max(2),
        usize::try_from(total).unwrap_or(usize::MAX),
    );
    match race(shots, known, &request, &fresh, sizes).await {
        Ok(found) => {
            done.findings.extend(found.finding());
            done.race = Some(found);
        }
        Err(Stop::Time) => {
            let window = known
                .window_s
                .map_or_else(|| "the window".to_owned(), |window| format!("{window} s"));
            done.left_out(
                "race-left-out",
                format!(
                    "--race needs an unused count: --max-time above {window}, or an address of its own with --also-from"
                ),
            );
        }
        Err(stop) => done.left_out("race-left-out", stop.to_string()),
    }
}

fn client_of(ctx: &Context, target: &Target, who: &str) -> Option<Client> {
    if who.is_empty() || who == target.identity {
        return Some(target.client.clone());
    }
    let other = ctx.acting_as(who);
    let client = other.client_for(target.url.as_str(), Fallback::Anonymous);
    client
        .ok()
        .map(|(client, _)| client.with_agent_of(&target.client))
}

/// The address that plain requests come from, where it is known.
fn own_address(ctx: &Context, target: &Target) -> Option<IpAddr> {
    ctx.settings.bind.or(match target.url.host() {
        Some(url::Host::Ipv4(address)) if address.is_loopback() => {
            Some(IpAddr::V4(Ipv4Addr::LOCALHOST))
        }
        _ => None,
    })
}

/// Addresses given, or another one of this machine.
fn other_addresses(ctx: &Context, target: &Target, wanted: &Wanted) -> Vec<IpAddr> {
    if !wanted.also_from.is_empty() {
        return wanted.also_from.clone();
    }
    match own_address(ctx, target) {
        Some(IpAddr::V4(own)) if own.is_loopback() => vec![another_loopback()],
        // `localhost` may be either family; a connection from the wrong one fails, which is no answer.
        None if target.is_local() && target.url.domain().is_some() => vec![another_loopback()],
        _ => Vec::new(),
    }
}

fn others(ctx: &Context, target: &Target, wanted: &Wanted) -> Result<Others, Failure> {
    let mut identities = wanted.also_as.clone();
    if identities.is_empty() {
        let origin = target.url.origin().ascii_serialization();
        identities.push(ANON.to_owned());
        let stored = Store::under(&ctx.store_folder()).list()?;
        let here = stored.into_iter().filter(|(key, _)| key.origin == origin);
        identities.extend(here.map(|(key, _)| key.name));
    }
    identities.retain(|name| *name != target.identity);
    let mut endpoints = Vec::new();
    for url in &wanted.also_url {
        let other = Target::new(ctx, url, target.method.as_str(), None)?;
        endpoints.push((url.clone(), other.request()));
    }
    Ok(Others {
        addresses: other_addresses(ctx, target, wanted),
        identities,
        endpoints,
    })
}
