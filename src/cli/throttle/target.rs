//! What is probed, how far, and whether that was confirmed.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::sender::{Sender, is_local};
use super::trace_file::TraceFile;
use super::view::View;
use crate::cli::context::{Context, Fallback, print_error_line};
use crate::cli::failure::{Exit, Failure};
use crate::cli::identity::ANON;
use crate::http::{Client, HeaderValue, Method, Request, Url, header, shown_url};
use crate::rate::parse_duration;
use crate::throttle::before_the_throttle;
use crate::throttle::drive::{Dial, Drive};
use crate::throttle::probe::{Probe, Settings};
use crate::throttle::sample::Header;

/// Who sends many requests, and why: an operator who wonders can find out.
const AGENT: &str = concat!("apictl/", env!("CARGO_PKG_VERSION"), " (rate-limit probe)");

/// The bounds of a probe, as flags.
#[derive(Debug, clap::Args)]
pub(super) struct Bounds {
    /// Most requests to send
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    pub(super) max_requests: usize,
    /// Longest time to take
    #[arg(long, value_name = "DURATION", default_value = "2m", value_parser = seconds)]
    pub(super) max_time: f64,
    /// Most requests at once, where the limit may be one of requests in flight
    #[arg(long, value_name = "N", default_value_t = 32)]
    pub(super) concurrency: usize,
    /// Statuses that are refusals, 0 for a dropped connection; learnt when left out
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(super) reject_status: Option<Vec<u16>>,
    /// Do not ask before probing a host that is not this machine
    #[arg(short, long)]
    pub(super) yes: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    parse_duration(text)
        .filter(|duration| !duration.is_zero())
        .map(|duration| duration.as_secs_f64())
        .ok_or_else(|| "not a duration such as 30s or 2m".to_owned())
}

impl Bounds {
    /// For the probe.
    pub(super) fn settings(&self) -> Settings {
        Settings {
            max_requests: self.max_requests,
            max_time_s: self.max_time,
            reject_status: self.reject_status.clone(),
            concurrency: self.concurrency,
            ..Settings::default()
        }
    }
}

/// A URL, a method and an identity.
pub(super) struct Target {
    pub(super) client: Client,
    pub(super) url: Url,
    pub(super) method: Method,
    body: Option<String>,
    pub(super) identity: String,
}

impl Target {
    /// The target of the identity in force, anonymous when nobody was named.
    pub(super) fn new(
        ctx: &Context,
        url: &str,
        method: &str,
        body: Option<String>,
    ) -> Result<Self, Failure> {
        let method: Method = method
            .to_uppercase()
            .parse()
            .map_err(|_| Failure::usage(format!("'{method}' is not a method")))?;
        let (mut client, full) = ctx.client_for(url, Fallback::Anonymous)?;
        if ctx.settings.user_agent.is_none() {
            client = client.with_agent(HeaderValue::from_static(AGENT));
        }
        let identity = ctx.settings.identity.clone();
        Ok(Self {
            client,
            url: full,
            method,
            body,
            identity: identity.unwrap_or_else(|| ANON.to_owned()),
        })
    }

    /// The URL without credentials.
    pub(super) fn shown(&self) -> String {
        shown_url(&self.url)
    }

    /// Whether requests stay on this machine.
    pub(super) fn is_local(&self) -> bool {
        is_local(&self.url)
    }

    /// The host and port.
    pub(super) fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        let port = self.url.port_or_known_default().unwrap_or_default();
        format!("{host}:{port}")
    }

    /// Asks before another machine is probed; refuses where nobody can be asked.
    pub(super) fn confirm(&self, ctx: &Context, yes: bool, budget: &str) -> Result<(), Failure> {
        let known = ctx.environment.user_config().with_file_name("probed-hosts");
        let confirmed = || {
            let hosts = std::fs::read_to_string(&known).unwrap_or_default();
            hosts.lines().any(|line| line == self.host())
        };
        if yes || self.is_local() || confirmed() {
            return Ok(());
        }
        let host = self.url.host_str().unwrap_or_default();
        if !std::io::stdin().is_terminal() {
            return Err(Failure::usage(format!(
                "{host} is not this machine, and nobody can be asked whether it may be probed"
            ))
            .hint("`--yes` confirms that you may send these requests there"));
        }
        let mut err = std::io::stderr().lock();
        let _ = write!(err, "Probe {host} with {budget}? [y/N] ");
        let _ = err.flush();
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        if read.is_ok() && answer.trim().eq_ignore_ascii_case("y") {
            // Asked once for each host. Where that cannot be written down, it is asked again.
            let _ = remember(&known, &self.host());
            return Ok(());
        }
        Err(Failure::usage("not confirmed"))
    }

    /// The body, where there is one.
    pub(super) fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The request, as it is sent every time.
    pub(super) fn request(&self) -> Request {
        let mut request = Request::new(self.method.clone(), self.url.clone());
        if let Some(body) = &self.body {
            request = request.body("application/json", body.clone());
        }
        if !request.headers.contains_key(header::ACCEPT) {
            request
                .headers
                .insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        }
        request
    }

    /// Carries a probe out; the trace goes to `trace` as it grows. An interruption ends it early.
    pub(super) async fn probe(
        &self,
        ctx: &Context,
        settings: Settings,
        trace: Option<&PathBuf>,
    ) -> Result<Probed, Failure> {
        self.probe_by(self.request(), ctx, settings, trace).await
    }

    /// The same with a request that was changed.
    pub(super) async fn probe_by(
        &self,
        request: Request,
        ctx: &Context,
        settings: Settings,
        trace: Option<&PathBuf>,
    ) -> Result<Probed, Failure> {
        let now = ctx.now().as_duration().as_secs_f64();
        let mut header = Header::new(self.method.as_str(), &self.shown(), &self.identity, now);
        if self.is_local() {
            header.clock_error_s = 0.01;
        }
        let max_time_s = settings.max_time_s;
        let probe = Probe::new(settings, header);
        let mut file = trace
            .map(|path| TraceFile::create(path, &probe.trace().header))
            .transpose()?;
        let sender = Sender::new(ctx, &self.url)?;
        let dial: Dial<'_> = Box::new(|| sender.connection(&self.client, None, false));
        let mut drive = Drive::new(probe, dial, request);
        let mut view = View::new(ctx);
        let mut interrupted = false;
        let interruption = ctx.interrupted();
        tokio::pin!(interruption);
        loop {
            let sample = tokio::select! {
                sample = drive.next() => sample,
                () = view.tick() => {
                    view.show(&drive);
                    continue;
                }
                () = &mut interruption => {
                    interrupted = true;
                    break;
                }
            };
            let Some(sample) = sample else { break };
            if let (Some(status @ 300..=399), 1) =
                (sample.status, drive.probe().trace().samples.len())
            {
                view.finish();
                let why = before_the_throttle(status).unwrap_or_default();
                return Err(Failure::api(why).hint("paths of Django end with a slash"));
            }
            if let Some(file) = &mut file {
                file.write(&sample)?;
            }
        }
        view.finish();
        let (probe, failure) = drive.into_parts();
        let samples = &probe.trace().samples;
        if !interrupted && samples.iter().all(|sample| sample.status.is_none()) {
            let slow = || {
                Failure::new(
                    Exit::NoAnswer,
                    "timeout",
                    format!("no answer within {max_time_s} s"),
                )
                .hint("allow more time with `--max-time 5m`")
            };
            return Err(failure.map_or_else(slow, Failure::from));
        }
        Ok(Probed { probe, interrupted })
    }
}

/// A probe that is over.
pub(super) struct Probed {
    pub(super) probe: Probe,
    /// Whether the user ended it.
    pub(super) interrupted: bool,
}

fn remember(known: &Path, host: &str) -> std::io::Result<()> {
    if let Some(folder) = known.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(known)?;
    writeln!(file, "{host}")
}

/// Says what a probe may cost before it starts.
pub(super) fn announce(ctx: &Context, target: &Target, budget: &str) {
    if !ctx.settings.quiet {
        print_error_line(&format!(
            "probing {} {} as {}: {budget}",
            target.method,
            target.shown(),
            target.identity
        ));
    }
}
