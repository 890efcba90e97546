//! `--save`: what was found, as a `[[throttle]]` table for `throttle check`.

use std::io::Write;
use std::path::Path;

use super::probe::Args;
use super::sender::Sender;
use super::target::Target;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::throttle::experiment::Known;
use crate::throttle::gate::is_forwarded;
use crate::throttle::limits::{Identified, Tally};
use crate::throttle::sample::Sample;
use crate::throttle::shots::{Connect, Line, Shots, Within};

/// Appends a table to a file, so that several endpoints make one baseline. A check of it passes as long as the
/// API stays as it is: what the check would object to by default is written down as it was found. The requests that
/// this took.
pub(super) async fn save(
    ctx: &Context,
    args: &Args,
    path: &Path,
    target: &Target,
    (found, samples): (&Identified, &[Sample]),
    left: Within,
) -> Result<Tally, Failure> {
    let rates: Vec<&String> = found
        .limits
        .iter()
        .filter_map(|limit| limit.rate.as_ref())
        .collect();
    let Some(limit) = found.limits.first() else {
        return Err(Failure::api("there is no limit to save"));
    };
    if rates.is_empty() {
        return Err(Failure::api(format!(
            "a baseline holds rates, and this is {}",
            limit.words()
        )));
    }
    if limit.enforcers > 1 {
        ctx.warn(&format!(
            "{} copies do not share the count; the baseline expects one, and a check of it will fail",
            limit.enforcers
        ));
    }
    let mut table = toml::Table::new();
    let url = &args.url;
    table.insert(
        "name".to_owned(),
        format!("{} {url}", target.identity).into(),
    );
    table.insert("url".to_owned(), url.as_str().into());
    table.insert("as".to_owned(), target.identity.clone().into());
    if target.method.as_str() != "GET" {
        table.insert("method".to_owned(), target.method.to_string().into());
    }
    if let Some(data) = target.body() {
        table.insert("data".to_owned(), data.into());
    }
    let limits = match rates.as_slice() {
        [one] => toml::Value::from(one.as_str()),
        many => many
            .iter()
            .map(|rate| rate.as_str())
            .collect::<Vec<_>>()
            .into(),
    };
    table.insert("limit".to_owned(), limits);
    if let (Some(algorithm), true) = (limit.algorithm, limit.confidence >= 0.9) {
        table.insert("algorithm".to_owned(), algorithm.name().into());
    }
    let names_wait = samples
        .iter()
        .any(|sample| sample.header("retry-after").is_some());
    if !names_wait {
        table.insert("retry_after".to_owned(), "optional".into());
    }
    let (trusted, sent) = match Known::of(found, samples) {
        Some(known) => trusts_forwarding(ctx, target, &known, left).await?,
        None => (false, Tally::default()),
    };
    if trusted {
        ctx.warn("made-up forwarding headers give a fresh count; the baseline says `forwarded = \"trusted\"`");
        table.insert("forwarded".to_owned(), "trusted".into());
    }
    if let Some(status) = found
        .rejection
        .as_ref()
        .and_then(|rejection| rejection.status)
        && status != 429
    {
        table.insert("reject_status".to_owned(), i64::from(status).into());
    }
    append(path, &format!("\n[[throttle]]\n{table}"))?;
    Ok(sent)
}

/// A made-up address and a plain request, three times over at the most, in what is left of the budget; what they took.
async fn trusts_forwarding(
    ctx: &Context,
    target: &Target,
    known: &Known,
    left: Within,
) -> Result<(bool, Tally), Failure> {
    let sender = Sender::new(ctx, &target.url)?;
    let connect: Connect<'_> =
        Box::new(|line: &Line| sender.connection(&target.client, line.source, line.http2));
    let within = Within {
        requests: left.requests.min(40),
        time_s: left.time_s.min(10.0),
    };
    let mut shots = Shots::new(connect, within, Some(vec![known.refuses]));
    let trusted = is_forwarded(&mut shots, &target.request()).await;
    Ok((trusted.unwrap_or(false), Tally::of(shots.samples())))
}

fn append(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| Failure::local(format!("cannot write {}", path.display())).because(&error))
}
