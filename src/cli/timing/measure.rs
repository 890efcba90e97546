//! Sends the requests and times them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tokio::time::Instant;

use super::cache;
use super::report::{Kept, Phase, SCHEMA, TimingReport};
use super::server_timing::{metrics, queries};
use crate::cli::context::{Context, Fallback};
use crate::cli::failure::Failure;
use crate::http::{
    Client, HeaderName, HeaderValue, Phases, Reply, Request, StatusCode, Timed, has_system_proxy,
    header,
};

/// The most repetitions: enough for any percentile, and no load test.
const MOST: u32 = 10_000;

/// Flags of `apictl request` that measure instead of printing the body.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Measuring")]
pub(crate) struct TimingArgs {
    /// Print how long each phase took, Server-Timing and what caches can do, in place of the body
    #[arg(long)]
    timing: bool,
    /// Send the request N times more, one after the other, for percentiles
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    repeat: Option<u32>,
    /// Keep the times in a file, for `--compare`
    #[arg(long, value_name = "FILE", requires = "repeat")]
    save: Option<PathBuf>,
    /// Compare with times kept earlier; needs `--repeat`
    #[arg(long, value_name = "FILE", requires = "repeat")]
    compare: Option<PathBuf>,
}

impl TimingArgs {
    /// Whether to measure.
    pub(crate) fn is_given(&self) -> bool {
        self.timing || self.repeat.is_some()
    }
}

/// Measures a request: once on a connection of its own, then as often as wanted on one that is kept.
pub(crate) async fn run(
    args: &TimingArgs,
    ctx: &Context,
    url: &str,
    build: impl Fn(crate::http::Url) -> Request,
) -> Result<StatusCode, Failure> {
    let indirect = |hint| Err(Failure::usage("measuring needs a direct connection").hint(hint));
    if ctx.settings.proxy.is_some() {
        return indirect("leave `--proxy` out");
    }
    let earlier = args.compare.as_deref().map(read_kept).transpose()?;
    let (client, url) = ctx.client_for(url, Fallback::Current)?;
    if has_system_proxy(&url) {
        return indirect("the environment names a proxy; `NO_PROXY=HOST` makes an exception");
    }
    let timed = Arc::new(Timed::new(ctx.network_settings()?, url.scheme())?);
    let alone = client.clone().with_transport(Arc::clone(&timed) as _);
    let started = Instant::now();
    let reply = alone.send(build(url.clone())).await?;
    let total = started.elapsed().as_secs_f64() * 1e3;
    let phases = timed
        .last()
        .map_or_else(Vec::new, |last| listed(&last, total));
    let conditional = conditional(&client, build(url.clone()), &reply).await?;
    let timing = metrics(reply.field("server-timing").unwrap_or_default());

    let method = build(url.clone()).method;
    let mut report = TimingReport::new(&method, &reply, phases);
    report.sql_queries = queries(&timing);
    report.server_timing = timing;
    let again = once_more(&client, build(url.clone()), &reply).await?;
    report.cache = cache::read(&method, again.as_ref().unwrap_or(&reply), conditional);
    if let Some(count) = args.repeat {
        repeat(ctx, &client, count, || build(url.clone()), &mut report).await?;
    }
    if let Some(earlier) = earlier {
        report.compare(&earlier);
    }
    if let Some(path) = &args.save {
        write_kept(path, &report)?;
        ctx.say(&format!("kept the times in {}", path.display()));
    }
    ctx.print(&report)?;
    Ok(reply.status)
}

fn listed(phases: &Phases, total: f64) -> Vec<Phase> {
    let ms = |duration: std::time::Duration| duration.as_secs_f64() * 1e3;
    let mut list = Vec::new();
    let mut known = 0.0;
    let steps = [
        ("dns", phases.dns),
        ("connect", Some(phases.connect)),
        ("tls", phases.tls),
        ("first_byte", Some(phases.first_byte)),
    ];
    for (name, duration) in steps {
        if let Some(duration) = duration {
            known += ms(duration);
            list.push(Phase::new(name, ms(duration)));
        }
    }
    list.push(Phase::new("download", (total - known).max(0.0)));
    list.push(Phase::new("total", total));
    list
}

/// The status of the same request with `If-None-Match` or `If-Modified-Since`, for a GET with a validator.
async fn conditional(
    client: &Client,
    request: Request,
    reply: &Reply,
) -> Result<Option<u16>, Failure> {
    let is_get = request.method == crate::http::Method::GET;
    if !is_get || !reply.status.is_success() {
        return Ok(None);
    }
    let with = |name: HeaderName, value: &HeaderValue| request.clone().header(name, value.clone());
    let request = if let Some(etag) = reply.headers.get(header::ETAG) {
        with(header::IF_NONE_MATCH, etag)
    } else if let Some(date) = reply.headers.get(header::LAST_MODIFIED) {
        with(header::IF_MODIFIED_SINCE, date)
    } else {
        return Ok(None);
    };
    let again = client.send(request).await?;
    Ok(Some(again.status.as_u16()))
}

/// The reply of a cache that the first request filled: where the first one may be kept, the same request again.
async fn once_more(
    client: &Client,
    request: Request,
    reply: &Reply,
) -> Result<Option<Reply>, Failure> {
    let may_be_kept = request.method == crate::http::Method::GET
        && reply.status.is_success()
        && reply.field("age").is_none()
        && reply
            .field("cache-control")
            .is_some_and(|control| control.contains("max-age") || control.contains("s-maxage"));
    if !may_be_kept {
        return Ok(None);
    }
    let again = client.send(request).await?;
    Ok(again.field("age").is_some().then_some(again))
}

async fn repeat(
    ctx: &Context,
    client: &Client,
    count: u32,
    build: impl Fn() -> Request,
    report: &mut TimingReport,
) -> Result<(), Failure> {
    let progress = ctx.progress(Some(u64::from(count)), "requests");
    // The first one opens the connection that the others use; it is not counted.
    client.send(build()).await?;
    for done in 1..=count {
        let started = Instant::now();
        let incoming = client.open(build()).await?;
        let first_byte = started.elapsed().as_secs_f64() * 1e3;
        let reply = incoming.whole().await?;
        let total = started.elapsed().as_secs_f64() * 1e3;
        let sql = queries(&metrics(reply.field("server-timing").unwrap_or_default()));
        report.add(reply.status.as_u16(), first_byte, total, sql);
        progress.reach(u64::from(done));
        if reply.status.as_u16() == 429 {
            ctx.warn(&format!(
                "stopped after {done} requests: the API throttles (429)"
            ));
            break;
        }
    }
    progress.finish();
    report.settle();
    Ok(())
}

fn read_kept(path: &Path) -> Result<Kept, Failure> {
    let shown = path.display();
    let wrong = || {
        Failure::usage(format!(
            "{shown} holds no times of `apictl request --repeat N --save`"
        ))
    };
    let text = std::fs::read(path)
        .map_err(|error| Failure::usage(format!("cannot read {shown}")).because(&error))?;
    let value: Value = serde_json::from_slice(&text).map_err(|error| wrong().because(&error))?;
    if value["schema"] != SCHEMA {
        return Err(wrong());
    }
    serde_json::from_value(value["kept"].clone()).map_err(|error| wrong().because(&error))
}

fn write_kept(path: &Path, report: &TimingReport) -> Result<(), Failure> {
    let shown = path.display();
    let text = serde_json::to_string(report)
        .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))?;
    std::fs::write(path, text + "\n")
        .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))
}
