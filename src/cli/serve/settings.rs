//! From switches to the settings of a server.

use std::path::Path;

use super::args::{Args, CacheKind, LimitArgs};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::rate::Rate;
use crate::server::{Algorithm, Clock, Config, Extras, Fault, Limiter, SigningKey};

/// The settings that the switches ask for.
pub(super) fn config(args: &Args, ctx: &Context) -> Result<Config, Failure> {
    let Args {
        data,
        behaviour,
        limits,
        tokens,
        fault,
    } = args;
    if Fault::too_many(fault) {
        return Err(
            Failure::usage("the shares of --fault come to more than all replies").hint(
                "of errors and unavailable one strikes a reply, and of truncate, stall, drip and wrong-length one",
            ),
        );
    }
    let mut config = Config {
        products: data.products,
        page_size: data.page_size,
        max_page_size: data.max_page_size,
        num_proxies: limits.num_proxies,
        limiter: limiter(limits)?,
        faults: fault.clone(),
        drf: behaviour.drf,
        extras: Extras {
            server_timing: behaviour.server_timing,
            etag: behaviour.etag,
            gzip: behaviour.gzip,
        },
        clock: Clock::following(ctx.clock()),
        ..Config::default()
    };
    // Workers that share a cache count as one.
    config.workers = match limits.cache {
        CacheKind::Local => usize::from(limits.workers),
        CacheKind::Shared => 1,
    };
    for text in &limits.throttle {
        set_rate(&mut config, text)?;
    }
    let jwt = &mut config.jwt;
    jwt.access_lifetime = tokens.access_lifetime;
    jwt.refresh_lifetime = tokens.refresh_lifetime;
    jwt.rotate = tokens.rotate;
    jwt.blacklist_after_rotation = tokens.blacklist;
    jwt.blacklist_app = !tokens.no_blacklist_app;
    jwt.header_types.clone_from(&tokens.header_type);
    jwt.issuer.clone_from(&tokens.issuer);
    jwt.audience.clone_from(&tokens.audience);
    jwt.leeway = tokens.leeway;
    if let Some(path) = &tokens.signing_key_file {
        jwt.key = signing_key(path)?;
    }
    Ok(config)
}

fn limiter(args: &LimitArgs) -> Result<Limiter, Failure> {
    if args.cache_latency.is_some() && args.cache == CacheKind::Local {
        return Err(Failure::usage("--cache-latency needs --cache shared")
            .hint("a local cache answers at once"));
    }
    refuse_idle(args)?;
    Ok(Limiter {
        algorithm: args.algorithm,
        burst: args.burst,
        refill_every: args.refill_every,
        block: args.block,
        block_renewed: args.block_renewed,
        counts_refused: args.count_refused,
        status: args.refusal_status,
        headers: args.limit_headers,
        retry_after: args.retry_after,
        lie: args.lie,
        cache_latency: args.cache_latency,
    })
}

/// Refuses switches that the algorithm makes nothing of.
fn refuse_idle(args: &LimitArgs) -> Result<(), Failure> {
    let holds_bursts = matches!(
        args.algorithm,
        Algorithm::TokenBucket | Algorithm::TokenBucketInterval | Algorithm::LeakyQueue
    );
    if args.burst.is_some() && !holds_bursts {
        return Err(
            Failure::usage("--burst needs an algorithm that holds something")
                .hint("`--algorithm token-bucket`, `token-bucket-interval` or `leaky-queue`"),
        );
    }
    if args.refill_every.is_some() && args.algorithm != Algorithm::TokenBucketInterval {
        return Err(
            Failure::usage("--refill-every needs --algorithm token-bucket-interval")
                .hint("other buckets are refilled all the time"),
        );
    }
    if args.block.is_some() && args.algorithm == Algorithm::Concurrency {
        return Err(
            Failure::usage("--block does not go with --algorithm concurrency").hint(
                "nobody exceeds it for long: a place is free as soon as a request is answered",
            ),
        );
    }
    Ok(())
}

/// Takes over one `SCOPE=RATE`.
fn set_rate(config: &mut Config, text: &str) -> Result<(), Failure> {
    let (scope, rate) = text.split_once('=').ok_or_else(|| {
        Failure::usage(format!("--throttle '{text}' is not of the form SCOPE=RATE"))
    })?;
    let known: Vec<String> = Config::default().throttles.into_keys().collect();
    if !known.iter().any(|name| name == scope) {
        return Err(
            Failure::usage(format!("there is no throttle scope '{scope}'"))
                .hint(format!("known are {}", known.join(", "))),
        );
    }
    if rate == "none" {
        config.throttles.remove(scope);
        return Ok(());
    }
    let rate: Rate = rate
        .parse()
        .map_err(|error| Failure::usage(format!("--throttle {scope}: {error}")))?;
    config.throttles.insert(scope.to_owned(), rate);
    Ok(())
}

/// A private key in PEM, or a secret without the newline that editors and `echo` leave.
fn signing_key(path: &Path) -> Result<SigningKey, Failure> {
    let mut key = std::fs::read(path).map_err(|error| {
        Failure::local(format!("cannot read the signing key {}", path.display())).because(&error)
    })?;
    while key.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        key.pop();
    }
    if key.is_empty() {
        return Err(Failure::usage(format!(
            "the signing key file {} is empty",
            path.display()
        )));
    }
    SigningKey::read(&key).map_err(|error| {
        Failure::usage(format!("cannot sign with {}", path.display())).because(&error)
    })
}
