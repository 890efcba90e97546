//! The flags of `apictl pages walk`.

use std::path::PathBuf;
use std::time::Duration;

use super::fleet::Fleet;
use crate::cli::failure::Failure;
use crate::http::Policy;
use crate::pages::{Concurrency, Hints, Options, Pointer, Select, Shard, Style};
use crate::rate::{Rate, parse_duration};

const AFTER: &str = "\
Output:
  --format ndjson (the default) writes each item on a line of its own, with exactly the bytes of the server:
  key order, numbers and escapes are kept. json writes one array, csv a table, parquet a table with typed columns,
  found by looking at all items: a member that is a number here and a text there is an error that names both.
  With -o the file appears when the walk ends, and holds whole items only. While it grows it is FILE.part;
  FILE.checkpoint says how far it is, and --resume goes on from there.

Completeness:
  A walk is complete when the last page was reached and nothing contradicts it: as many items as the server
  counts, a count that did not change on the way, no page that begins with the end of the one before. One row may go
  while another comes, and the count stays. Where an offset counts, each page is therefore asked for from the last row
  of the one before it: found there again, no row between the two was lost, at the price of one row a page. Where pages
  are numbered that cannot be had: the last page is looked at when the walk begins, and when it is over the others, where
  they are no more than 64, and the first and 16 between in a longer list. That shows it in a list of up to 64 pages, in a
  longer one wherever rows come at an end, and elsewhere with luck; --recheck looks at all pages again. A look that is
  refused is not waited for.
  The proof in the summary says what the verdict rests on: recheck, seams (shared rows), ends (and count), count, or the
  end of a list without a count; leaves_open says what would not have been seen, and is null where nothing is left open:
  after a look at all pages, by shared rows and by cursor, which lose no row that stays, and where one page held all.

Several machines:
  Each walks one part, with --shard I/N or as the scheduler says: JOB_COMPLETION_INDEX with JOB_COMPLETIONS (Kubernetes),
  CI_NODE_INDEX with CI_NODE_TOTAL (GitLab), SLURM_ARRAY_TASK_ID (Slurm). FILE.manifest says what the part holds;
  `pages merge` refuses gaps, overlaps and differing counts, and joins the files to that of one walk. An Indexed Job:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: walk-products}
    spec:
      completionMode: Indexed
      completions: 4
      parallelism: 4
      template:
        spec:
          restartPolicy: OnFailure
          containers:
          - name: apictl
            image: IMAGE-WITH-APICTL    # FROM rust:1, then the `cargo install` of the README
            args: [pages, walk, https://api.example/api/products/, --resume,
                   -o, /parts/products-$(JOB_COMPLETION_INDEX).ndjson]
            env: [{name: JOB_COMPLETIONS, value: \"4\"}]
            volumeMounts: [{name: parts, mountPath: /parts}]
          volumes: [{name: parts, persistentVolumeClaim: {claimName: parts}}]

  then: apictl pages merge /parts/products-*.ndjson -o products.ndjson

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
  apictl pages walk /api/products-cursor/ --split -j 8 -o products.parquet --format parquet
  apictl pages walk /api/products/ --select 'select(.in_stock) | {id, name}'
  apictl pages walk /api/products/ --rate 5/s --unique-by id --expect-count -o products.ndjson --resume";

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
    /// Cut the key range of a walk by DRF's cursors and fetch several cuts at once, as many as -j says (auto when left
    /// out): for lists ordered by one unique number, time or UUID. Cursors are made as DRF makes them; the walk is cut
    /// only if a made one leads where the server's own do, and walked one page after the other, with a reason, if not
    #[arg(long, conflicts_with_all = ["recheck", "shard"])]
    split: bool,
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
    /// Walk part I of N equal parts, by pages; `pages merge` joins the files. Unasked, a Kubernetes Indexed Job, GitLab's
    /// parallel and a Slurm array say the part; none walks the whole list there too
    #[arg(long, value_name = "I/N|none", requires = "output", value_parser = share, conflicts_with_all = ["max_pages", "max_items", "recheck", "select", "unique_by"])]
    shard: Option<Share>,
    /// Walk the list a second time and compare page by page: finds every change, also one that leaves the count
    /// as it was, for twice the requests
    #[arg(long, conflicts_with_all = ["resume", "max_pages", "max_items"])]
    pub(super) recheck: bool,
    /// Ask for pages exactly as the server links them. Without it a page of ten rows or more that an offset names is asked
    /// for from the last row of the one before it, which shows whether rows came or went between the two
    #[arg(long)]
    no_shared_rows: bool,
    /// The columns of a CSV, in order; nested ones with dots. Without it all that occur
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(super) columns: Vec<String>,
    /// Write the summary to this file as JSON; - is standard error
    #[arg(long, value_name = "FILE")]
    pub(super) summary: Option<PathBuf>,
}

/// What `--shard` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    /// The whole list, whatever the environment says.
    Whole,
    /// One part.
    Part(Shard),
}

impl Args {
    /// The part of the list to walk; what the environment says of it is put in words for `say`.
    pub(super) fn part(
        &self,
        fleet: Fleet,
        is_ndjson: bool,
        say: impl Fn(String),
    ) -> Result<Option<Shard>, Failure> {
        match (self.shard, fleet) {
            (Some(Share::Part(_)), _) if !is_ndjson => {
                Err(Failure::usage("--shard needs --format ndjson"))
            }
            (Some(Share::Part(shard)), _) => Ok(Some(shard)),
            (Some(Share::Whole), _) | (None, Fleet::Alone) => Ok(None),
            (None, Fleet::Unclear(why)) => {
                say(format!("walking the whole list: {why}"));
                Ok(None)
            }
            (None, Fleet::Part(shard, names)) => {
                let whole = [
                    (self.output.is_none(), "without -o"),
                    (!is_ndjson, "with this --format"),
                    (self.max_pages.is_some(), "with --max-pages"),
                    (self.max_items.is_some(), "with --max-items"),
                    (self.recheck, "with --recheck"),
                    (self.select.is_some(), "with --select"),
                    (self.unique_by.is_some(), "with --unique-by"),
                ];
                let why = whole.iter().find(|(found, _)| *found);
                say(match why {
                    Some((_, flag)) => {
                        format!(
                            "walking the whole list: there are no parts {flag} ({names} say {shard})"
                        )
                    }
                    None => format!("walking part {shard}, as {names} say; --shard none walks all"),
                });
                Ok(why.is_none().then_some(shard))
            }
        }
    }

    /// What the flags mean for the walk.
    pub(super) fn options(&self, shard: Option<Shard>) -> Result<Options, Failure> {
        let style = match self.style.as_str() {
            "auto" => None,
            name => Some(
                name.parse::<Style>()
                    .map_err(|error| Failure::usage(error.to_string()))?,
            ),
        };
        let whole = shard.is_none() && self.max_pages.is_none() && self.max_items.is_none();
        let once = whole && !self.recheck;
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
            parts: true,
            look_at_ends: once,
            share_rows: once && !self.no_shared_rows,
            split: self.split,
            shard,
            max_pages: self.max_pages,
            max_items: self.max_items,
        })
    }
}

fn share(text: &str) -> Result<Share, String> {
    if text == "none" {
        return Ok(Share::Whole);
    }
    let shard: Result<Shard, _> = text.parse();
    shard.map(Share::Part).map_err(|error| error.to_string())
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
