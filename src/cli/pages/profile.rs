//! `apictl pages profile`: what the size and the depth of a page cost.

use serde::Serialize;

use crate::cli::context::{Context, Fallback};
use crate::cli::failure::{Exit, Failure};
use crate::http::shown_url;
use crate::pages::{Fit, Profile, Sample, profile};
use crate::ui::{Look, Report, Table};

/// See how time, bytes and SQL queries grow with the size and depth of a page
///
/// Asks for pages of several sizes, and for the first, a middle and a late page; the best of several times counts.
/// SQL queries are read from the Server-Timing field of Django Debug Toolbar.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl pages profile /api/products/
  apictl pages profile /api/orders/ --as alice --sizes 10,100,1000 --repeat 5 --format json")]
pub(crate) struct Args {
    /// The first page: a URL, or a path that is joined to the base URL
    url: String,
    /// The page sizes to ask for
    #[arg(
        long,
        value_name = "N,…",
        value_delimiter = ',',
        default_value = "10,50,100,500"
    )]
    sizes: Vec<u64>,
    /// How often each page is asked for
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    repeat: u32,
}

#[derive(Debug, Serialize)]
struct SampleReport {
    what: String,
    asked: Option<u64>,
    rows: u64,
    head_ms: f64,
    total_ms: f64,
    bytes: u64,
    queries: Option<u64>,
}

#[derive(Debug, Serialize)]
struct FitReport {
    fixed: f64,
    per_row: f64,
    per_row_error: f64,
}

#[derive(Debug, Serialize)]
struct ProfileReport {
    schema: &'static str,
    url: String,
    style: String,
    sizes: Vec<SampleReport>,
    depths: Vec<SampleReport>,
    time_ms: Option<FitReport>,
    queries: Option<FitReport>,
    verdicts: Vec<String>,
    recommended: Recommended,
    requests: u64,
}

#[derive(Debug, Serialize)]
struct Recommended {
    page_size: u64,
    concurrency: &'static str,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    if args.sizes.len() > 12 || args.sizes.contains(&0) {
        return Err(Failure::usage("--sizes takes up to 12 sizes from 1 on"));
    }
    ctx.block_on(async {
        let (client, url) = ctx.client_for(&args.url, Fallback::Current)?;
        let profile = profile(client, url.clone(), &args.sizes, args.repeat).await?;
        ctx.print(&report(shown_url(&url), profile))?;
        Ok(Exit::Yes)
    })
}

fn report(url: String, profile: Profile) -> ProfileReport {
    ProfileReport {
        schema: "apictl.pages.profile/1",
        url,
        style: profile.style.to_string(),
        sizes: profile.sizes.into_iter().map(wire).collect(),
        depths: profile.depths.into_iter().map(wire).collect(),
        time_ms: profile.time.map(line),
        queries: profile.sql.map(line),
        verdicts: profile.verdicts,
        recommended: Recommended {
            page_size: profile.page_size,
            concurrency: "auto",
        },
        requests: profile.requests,
    }
}

fn wire(sample: Sample) -> SampleReport {
    let short = |ms: f64| (ms * 1e3).round() / 1e3;
    SampleReport {
        what: sample.what,
        asked: sample.asked,
        rows: sample.rows,
        head_ms: short(sample.head_ms),
        total_ms: short(sample.total_ms),
        bytes: sample.bytes,
        queries: sample.queries,
    }
}

fn line(fit: Fit) -> FitReport {
    FitReport {
        fixed: fit.fixed,
        per_row: fit.slope,
        per_row_error: fit.slope_error,
    }
}

impl Report for ProfileReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["PAGE", "ROWS", "HEAD MS", "TOTAL MS", "BYTES", "SQL"]);
        for sample in self.sizes.iter().chain(&self.depths) {
            table.row([
                sample.what.clone(),
                sample.rows.to_string(),
                format!("{:.1}", sample.head_ms),
                format!("{:.1}", sample.total_ms),
                sample.bytes.to_string(),
                sample
                    .queries
                    .map_or_else(|| "-".to_owned(), |n| n.to_string()),
            ]);
        }
        for column in 1..6 {
            table.align_right(column);
        }
        let verdicts: Vec<String> = self
            .verdicts
            .iter()
            .map(|text| format!("- {text}"))
            .collect();
        format!(
            "{}\n\n{}\n\nwalk with: --page-size {} --concurrency {}",
            table.render(look),
            verdicts.join("\n"),
            self.recommended.page_size,
            self.recommended.concurrency
        )
    }
}
