//! `apictl pages profile`: what the size and the depth of a page cost.

use std::path::{Path, PathBuf};

use super::profile_report::{ProfileReport, charts};
use crate::cli::context::{Context, Fallback};
use crate::cli::failure::{Exit, Failure};
use crate::pages::{Course, Pointer, profile};
use crate::rate::Rate;
use crate::ui::svg;

/// See how time, bytes and SQL queries grow with the size and depth of a page
///
/// Asks for pages of several sizes and for an early, a middle and a late page, in turn, round after round; the best
/// time of each counts, because load only ever adds. A line is fitted: what a request costs, and what a row adds.
/// SQL queries are read from the Server-Timing field of Django Debug Toolbar. At the end pages are asked for with 1, 2,
/// 4 and 8 requests in flight, to see how many the server's workers can use.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl pages profile /api/products/
  apictl pages profile /api/products/ --as alice --sizes 10,100,1000 --repeat 9 --format json
  apictl pages profile /api/products/ --plot profile.svg")]
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
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=20))]
    repeat: u32,
    /// Never send more than one request at a time
    #[arg(long)]
    no_parallel: bool,
    /// How fast requests may follow each other, as 5/s
    #[arg(long, value_name = "RATE")]
    rate: Option<Rate>,
    /// Where the items are, as a JSON pointer
    #[arg(long, value_name = "POINTER")]
    items: Option<Pointer>,
    /// Draw what was measured
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    if args.sizes.len() > 12 || args.sizes.contains(&0) {
        return Err(Failure::usage("--sizes takes up to 12 sizes from 1 on"));
    }
    let course = Course {
        sizes: args.sizes.clone(),
        repeat: args.repeat,
        // A rate spaces requests out: what more of them in flight bring does not show.
        parallel: !args.no_parallel && args.rate.is_none(),
        rate: args.rate,
        items: args.items.clone(),
    };
    ctx.block_on(async {
        let (client, url) = ctx.client_for(&args.url, Fallback::Current)?;
        ctx.say(&format!(
            "at most {} requests to {}",
            course.requests(),
            url.origin().ascii_serialization()
        ));
        let progress = ctx.progress(None, "requests");
        progress.say("measuring");
        let profiled = profile(client, url.clone(), &course).await;
        progress.finish();
        let profile = profiled?;
        if let Some(path) = &args.plot {
            draw(path, &profile)?;
        }
        ctx.print(&ProfileReport::new(&url, profile))?;
        Ok(Exit::Yes)
    })
}

fn draw(path: &Path, profile: &crate::pages::Profile) -> Result<(), Failure> {
    let shown = path.display();
    let text = svg(&charts(profile))
        .map_err(|why| Failure::local(format!("cannot draw {shown}: {why}")))?;
    std::fs::write(path, text)
        .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))
}
