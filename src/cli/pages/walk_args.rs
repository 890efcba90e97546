//! The flags of `apictl pages walk`.

use std::path::PathBuf;
use std::time::Duration;

use crate::cli::failure::Failure;
use crate::http::Policy;
use crate::pages::{Concurrency, Hints, Options, Pointer, Select, Shard, Style};
use crate::rate::{Rate, parse_duration};

const AFTER: &str = "\
Output:
  --format ndjson (the default) writes each item on a line of its own, with exactly the bytes of the server:
  key order, numbers and escapes are kept. json writes one array, csv a table.
  With -o the file appears when the walk ends, and holds whole items only. While it grows it is FILE.part;
  FILE.checkpoint says how far it is, and --resume goes on from there.

Completeness:
  A walk is complete when the last page was reached and nothing contradicts it: as many items as the server
  counts, a count that did not change on the way, no page that begins with the end of the one before.
  With page numbers and offsets a change that leaves the count as it was is seen with --recheck only.
  The proof in the summary says what the verdict rests on: recheck, count, or the end of a list without a count.

Exit codes:
  0    complete; or stopped where --max-pages or --max-items said so
  1    the end was reached, but the walk cannot be complete, or an expectation failed
  2    usage
  3    refused (4xx), a malformed page, a cycle, a link to another origin, a list that shrank on the way
  4    no answer, 5xx after all retries
  5    the file cannot be written
  130  interrupted; whole items were written, and --resume goes on from there

Examples:
  apictl pages walk /api/products/ > products.ndjson
  apictl pages walk /api/products/ --page-size 1000 --concurrency auto -o products.ndjson --summary walk.json
  apictl pages walk /api/products/ --format csv --columns id,name,price -o products.csv
  apictl pages walk /api/products/ --select 'select(.in_stock) | {id, name}'
  apictl pages walk /api/events/ --rate 5/s --unique-by id --expect-count -o events.ndjson --resume";

/// Write every item of a paginated list
///
/// The style is found by looking: DRF's page numbers, limit and offset, cursors, Link header fields (RFC 8288),
/// JSON:API, envelopes such as {data, meta} and {items, count}, bare arrays. Links that a proxy got wrong are
/// repaired, links to another origin refused. A summary goes to standard error.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// The first page: a URL, or a path that is joined to the base URL
    pub(super) url: String,
    /// Write to this file, which holds whole items only whatever happens
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Where the items are, as a JSON pointer (/data/items); found by looking when left out
    #[arg(long, value_name = "POINTER")]
    items: Option<Pointer>,
    /// Where the link, token or number of the next page is, as a JSON pointer (/paging/next)
    #[arg(long, value_name = "POINTER")]
    next: Option<Pointer>,
    /// The style of pagination
    #[arg(long, value_name = "STYLE", default_value = "auto", value_parser = styles())]
    style: String,
    /// Ask for so many items a page
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    page_size: Option<u64>,
    /// Requests in flight: a number or auto. When left out, one page after the other, each sent for as soon as the
    /// head of the one before names it
    #[arg(short = 'j', long, value_name = "N|auto", value_parser = concurrency)]
    concurrency: Option<Concurrency>,
    /// Stop after so many pages
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_pages: Option<u64>,
    /// Stop after so many items
    #[arg(long, value_name = "N")]
    max_items: Option<u64>,
    /// Send no more requests than this, evenly spaced: 5/s, 100/min
    #[arg(long, value_name = "RATE")]
    rate: Option<Rate>,
    /// Try a page again so many times after a 5xx or no answer; 0 also gives up at the first 429
    #[arg(long, value_name = "N", default_value_t = 4)]
    retries: u32,
    /// The longest Retry-After that is waited for
    #[arg(long, value_name = "DURATION", default_value = "2m", value_parser = duration)]
    max_wait: Duration,
    /// Go on where an earlier walk to the same file ended
    #[arg(long, requires = "output")]
    pub(super) resume: bool,
    /// Drop items whose value of this field came before
    #[arg(long, value_name = "FIELD")]
    pub(super) unique_by: Option<String>,
    /// Fail unless this many items come; without a number, unless the server's own count is met
    #[arg(long, value_name = "N", num_args = 0..=1)]
    #[expect(
        clippy::option_option,
        reason = "absent, present without a number, present with one"
    )]
    pub(super) expect_count: Option<Option<u64>>,
    /// Parse every item, so that no malformed one passes; without it the borders of items are checked, and the
    /// first item of each page
    #[arg(long)]
    validate: bool,
    /// A jq program that filters or reshapes each item; one that passes unchanged keeps its bytes. Limits and counts
    /// are of the server's items
    #[arg(long, value_name = "JQ", value_parser = program)]
    pub(super) select: Option<String>,
    /// Walk part I of N equal parts, by pages; `pages merge` joins the files
    #[arg(long, value_name = "I/N", requires = "output", conflicts_with_all = ["resume", "max_pages", "max_items", "recheck", "select", "unique_by"])]
    pub(super) shard: Option<Shard>,
    /// Walk the list a second time and compare page by page: finds every change, also one that leaves the count
    /// as it was, for twice the requests
    #[arg(long, conflicts_with_all = ["resume", "max_pages", "max_items"])]
    pub(super) recheck: bool,
    /// The columns of a CSV, in order; nested ones with dots. Without it all that occur
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(super) columns: Vec<String>,
    /// Write the summary to this file as JSON; - is standard error
    #[arg(long, value_name = "FILE")]
    pub(super) summary: Option<PathBuf>,
}

impl Args {
    /// What the flags mean for the walk.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let style = match self.style.as_str() {
            "auto" => None,
            name => Some(
                name.parse::<Style>()
                    .map_err(|error| Failure::usage(error.to_string()))?,
            ),
        };
        Ok(Options {
            items: self.items.clone(),
            hints: Hints {
                style,
                next: self.next.clone(),
            },
            page_size: self.page_size,
            concurrency: self.concurrency.unwrap_or_default(),
            policy: Policy {
                retries: self.retries,
                patience: self.max_wait,
                ..Policy::default()
            },
            rate: self.rate,
            strict: self.validate,
            unique_by: self.unique_by.clone(),
            keep_prints: self.recheck,
            shard: self.shard,
            max_pages: self.max_pages,
            max_items: self.max_items,
        })
    }
}

fn styles() -> clap::builder::PossibleValuesParser {
    let mut names = vec!["auto"];
    names.extend(Style::NAMES);
    clap::builder::PossibleValuesParser::new(names)
}

fn concurrency(text: &str) -> Result<Concurrency, String> {
    if text == "auto" {
        return Ok(Concurrency::Auto);
    }
    match text.parse() {
        Ok(number @ 1..=256) => Ok(Concurrency::Fixed(number)),
        _ => Err("give a number from 1 to 256, or auto".to_owned()),
    }
}

/// Compiles a program to see whether it is one.
fn program(text: &str) -> Result<String, String> {
    Select::compile(text)
        .map(|_| text.to_owned())
        .map_err(|error| error.to_string())
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| format!("'{text}' is no duration such as 90s or 5m"))
}
