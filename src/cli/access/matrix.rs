//! `apictl access matrix`: identities × methods, observed.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::identities::{TokenFile, Wanted, identities, warn_of_bare};
use super::matrix_report::MatrixReport;
use super::openapi::Source;
use crate::access::{
    Cell, Claims, Crawl, Finding, Identity, Meaning, Policy, Step, explanations, findings,
    lend_words_to_head, row_findings,
};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::cli::identity::ANON;
use crate::http::Url;

/// The order of a URL's rows.
const ROWS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
/// More requests than this are announced.
const MANY: usize = 100;

/// See who is answered what: identities × methods, as a table
///
/// Asks as `anon`, as every stored login and as every `--token-file`. Only GET, HEAD and OPTIONS are sent;
/// what OPTIONS tells of POST and PUT is shown without anybody writing. Exit code 1 for a fault: a 5xx,
/// HEAD allowed where GET is not, a list with rows that are refused one by one, an endpoint that is open
/// though the OpenAPI document claims security, or closed though it claims none.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl access matrix /api/products/ /api/secret-data/
  apictl access matrix /api/notes/ --rows --token-file bob=bob.token
  apictl access matrix /api/notes/ --save apictl.toml
  apictl access matrix --openapi /api/schema/ --param id=1   # of drf-spectacular, in your project")]
pub(crate) struct Args {
    /// The URLs, or paths that are joined to the base URL
    #[arg(required_unless_present = "openapi")]
    urls: Vec<String>,
    /// Use the token in a file as an identity; repeatable
    #[arg(long, value_name = "NAME=FILE")]
    token_file: Vec<TokenFile>,
    /// Ask as these identities only; repeatable. `--as` names one, too
    #[arg(long = "identity", id = "identities", value_name = "NAME")]
    identities: Vec<String>,
    /// Send these methods only; repeatable
    #[arg(long = "method", value_name = "METHOD", value_parser = method)]
    methods: Vec<String>,
    /// Send POST, PUT and PATCH too, with a body that cannot validate; DELETE only with `--method DELETE`
    #[arg(long)]
    unsafe_methods: bool,
    #[command(flatten)]
    openapi: Source,
    /// Open the first N rows of each list one by one, looking for rows that should not be in it
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20")]
    rows: Option<usize>,
    /// Append what was seen to a file as `[[access]]` tables
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

fn method(text: &str) -> Result<String, String> {
    let method = text.to_ascii_uppercase();
    if ROWS.contains(&method.as_str()) {
        Ok(method)
    } else {
        Err(format!("not one of {}", ROWS.join(", ")))
    }
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    let methods = methods(args)?;
    let base = ctx.base_for(
        args.urls
            .first()
            .map_or_else(|| args.openapi.address(), String::as_str),
    )?;
    for url in &args.urls {
        ctx.base_for(url)?;
    }
    let people = people(args, ctx, &base)?;
    let names: Vec<String> = people.iter().map(|person| person.name.clone()).collect();
    ctx.block_on(async {
        let claims = args.openapi.claims(ctx, &base).await?;
        let seen = look(args, ctx, people, &methods, &claims).await?;
        if let Some(path) = &args.save {
            save(path, &base, &seen.cells)?;
            ctx.say(&format!("wrote [[access]] tables to {}", path.display()));
        }
        let explained = explanations(seen.cells.iter().chain(&seen.rows));
        let report = MatrixReport::new(
            base.to_string(),
            names,
            &seen.cells,
            seen.findings,
            explained,
            seen.requests,
        );
        ctx.print(&report)?;
        let mut asked = seen.cells.iter().chain(&seen.rows);
        let unanswered = asked
            .clone()
            .any(|cell| matches!(cell.answer, crate::access::Answer::Unanswered(_)));
        let throttled = asked.any(|cell| cell.meaning() == Some(Meaning::Throttled));
        Ok(if !report.findings.is_empty() {
            Exit::No
        } else if unanswered {
            Exit::NoAnswer
        } else if throttled {
            // what was not seen is not sound
            Exit::Api
        } else {
            Exit::Yes
        })
    })
}

/// Those asked for, else everybody. A document's claims are about nobody, who is asked then in any case.
fn people(args: &Args, ctx: &Context, base: &Url) -> Result<Vec<Identity>, Failure> {
    let mut names: Vec<&str> = args.identities.iter().map(String::as_str).collect();
    if let Some(name) = ctx.settings.identity_of_this_run()
        && !names.contains(&name)
    {
        names.push(name);
    }
    if args.openapi.is_given() && !names.is_empty() && !names.contains(&ANON) {
        names.insert(0, ANON);
    }
    let wanted = if names.is_empty() {
        Wanted::Everybody
    } else {
        Wanted::Named(&names)
    };
    identities(ctx, base, &args.token_file, &wanted)
}

struct Seen {
    cells: Vec<Cell>,
    /// Rows of lists, asked for one by one.
    rows: Vec<Cell>,
    findings: Vec<Finding>,
    requests: usize,
}

async fn look(
    args: &Args,
    ctx: &Context,
    people: Vec<Identity>,
    methods: &[&'static str],
    claims: &Claims,
) -> Result<Seen, Failure> {
    let rows_of = rows_of(&args.urls, methods, claims);
    let steps = plan(&rows_of, &people);
    warn_of_bare(ctx, &people, &steps);
    if steps.len() > MANY {
        ctx.say(&format!(
            "{} requests: {} URLs as {} identities",
            steps.len(),
            rows_of.len(),
            people.len()
        ));
    }
    let progress = ctx.progress(Some(steps.len() as u64), "requests");
    let mut crawl = Crawl::new(people, steps);
    if let Some(most) = args.rows {
        crawl = crawl.remembering_rows(most);
    }
    let mut cells = Vec::new();
    while let Some(cell) = crawl.next().await {
        cells.push(cell);
        progress.reach(cells.len() as u64);
    }
    let mut requests = cells.len();
    let listings = crawl.listings().to_vec();
    crawl.plan_rows();
    let mut rows = Vec::new();
    while let Some(cell) = crawl.next().await {
        rows.push(cell);
        progress.reach((requests + rows.len()) as u64);
    }
    requests += rows.len();
    progress.finish();
    for (url, sent) in &rows_of {
        cells.extend(
            crawl
                .told(url)
                .into_iter()
                .filter(|cell| !sent.contains(&cell.method.as_str())),
        );
    }
    if let Some(fault) = crawl.into_fault()
        && cells.iter().all(|cell| cell.observed().is_none())
    {
        return Err(fault.into());
    }
    cells.sort_by_key(|cell| {
        (
            rows_of.iter().position(|(url, _)| *url == cell.url),
            ROWS.iter().position(|method| *method == cell.method),
        )
    });
    lend_words_to_head(&mut cells);
    let mut findings = findings(&cells);
    findings.extend(row_findings(&listings, &rows));
    findings.extend(claims.contradicted(&cells));
    Ok(Seen {
        cells,
        rows,
        findings,
        requests,
    })
}

/// The URLs, each once, and the methods to send: all that are allowed to those that were named, to those of a
/// document the ones that it tells of, with HEAD beside GET.
fn rows_of(
    urls: &[String],
    methods: &[&'static str],
    claims: &Claims,
) -> Vec<(String, Vec<&'static str>)> {
    let mut rows: Vec<(String, Vec<&'static str>)> = Vec::new();
    for url in urls {
        if !rows.iter().any(|(known, _)| known == url) {
            rows.push((url.clone(), methods.to_vec()));
        }
    }
    let named = rows.len();
    for claim in &claims.operations {
        if rows[..named].iter().any(|(url, _)| *url == claim.url) {
            continue;
        }
        let at = rows.iter().position(|(url, _)| *url == claim.url);
        let at = at.unwrap_or_else(|| {
            rows.push((claim.url.clone(), Vec::new()));
            rows.len() - 1
        });
        let told = |method: &&&str| {
            **method == claim.method
                || **method == "OPTIONS"
                || (**method == "HEAD" && claim.method == "GET")
        };
        for method in methods.iter().filter(told) {
            if !rows[at].1.contains(method) {
                rows[at].1.push(method);
            }
        }
    }
    rows
}

/// `OPTIONS` first: it tells the fields that make a body which cannot validate.
fn plan(rows: &[(String, Vec<&'static str>)], people: &[Identity]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (url, methods) in rows {
        let mut methods = methods.clone();
        methods.sort_by_key(|method| *method != "OPTIONS");
        for method in methods {
            for person in people {
                steps.push(Step {
                    url: url.clone(),
                    method: method.to_owned(),
                    identity: person.name.clone(),
                    data: None,
                });
            }
        }
    }
    steps
}

fn methods(args: &Args) -> Result<Vec<&'static str>, Failure> {
    const ORDER: [&str; 7] = ["OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    let unsafe_asked = args
        .methods
        .iter()
        .find(|method| !crate::access::is_safe(method));
    if let Some(method) = unsafe_asked.filter(|_| !args.unsafe_methods) {
        return Err(
            Failure::usage(format!("{method} may change data on the server"))
                .hint("add `--unsafe-methods` to send it"),
        );
    }
    Ok(ORDER
        .into_iter()
        .filter(|method| {
            if args.methods.is_empty() {
                crate::access::is_safe(method) || (args.unsafe_methods && *method != "DELETE")
            } else {
                args.methods.iter().any(|asked| asked == method)
            }
        })
        .collect())
}

/// Appends tables, which TOML allows at the end of any file; a URL that is there already is not doubled.
fn save(path: &Path, base: &Url, cells: &[Cell]) -> Result<(), Failure> {
    let shown = path.display();
    let mut policy = Policy::of(cells);
    for rule in &mut policy.rules {
        rule.url = relative(base, &rule.url);
    }
    let earlier = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(Failure::local(format!("cannot read {shown}")).because(&error));
        }
    };
    if !earlier.is_empty() {
        let tables = crate::cli::config::ConfigFile::read(path)?.tables("access");
        let known =
            Policy::read(&tables).map_err(|error| Failure::usage(format!("{shown}: {error}")))?;
        let twice = |rule: &&crate::access::Rule| known.rules.iter().any(|old| old.url == rule.url);
        if let Some(rule) = policy.rules.iter().find(twice) {
            return Err(Failure::usage(format!(
                "{shown} has an [[access]] table for {} already",
                rule.url
            ))
            .hint("remove it first, or save to another file"));
        }
    }
    let gap = match earlier.as_bytes() {
        [] => "",
        [.., b'\n'] => "\n",
        _ => "\n\n",
    };
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|mut file| file.write_all(format!("{gap}{}", policy.write()).as_bytes()))
        .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))
}

/// The path of a URL below the base's origin, so that the file serves other hosts too.
fn relative(base: &Url, url: &str) -> String {
    match Url::parse(url) {
        Ok(full) if full.origin() == base.origin() => match full.query() {
            Some(query) => format!("{}?{query}", full.path()),
            None => full.path().to_owned(),
        },
        _ => url.to_owned(),
    }
}
