//! The `[[throttle]]` tables.

use std::path::Path;
use std::time::Duration;

use toml::{Table as TomlTable, Value};

use super::check::Args;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::identity::ANON;
use crate::rate::Rate;
use crate::throttle::gate::{Demands, Forwarding};
use crate::throttle::limits::Algorithm;

const KNOWN: [&str; 15] = [
    "name",
    "url",
    "as",
    "method",
    "data",
    "limit",
    "algorithm",
    "race",
    "race_as",
    "forwarded",
    "num_proxies",
    "retry_after",
    "shared_with",
    "separate_from",
    "reject_status",
];

/// One `[[throttle]]` table.
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) method: String,
    pub(super) identity: String,
    pub(super) data: Option<String>,
    /// What is demanded, but for the neighbours.
    pub(super) demands: Demands,
    /// The limit as written.
    pub(super) shown: String,
    /// How DRF reads a period that it misreads.
    pub(super) misread: Option<String>,
    pub(super) race_as: Option<String>,
    pub(super) shared_with: Vec<String>,
    pub(super) separate_from: Vec<String>,
    pub(super) reject_status: Option<Vec<u16>>,
}

impl Rule {
    /// Whether one of the two says that they share a count.
    pub(super) fn shares_with(&self, other: &Rule) -> bool {
        let names = |one: &Rule, other: &Rule| {
            one.shared_with
                .iter()
                .any(|name| *name == other.name || *name == other.url)
        };
        names(self, other) || names(other, self)
    }
}

/// The tables of the file named, or of the project's `apictl.toml`.
pub(super) fn read_rules(args: &Args, ctx: &Context) -> Result<Vec<Rule>, Failure> {
    let file = match args.file() {
        Some(path) => ctx.settings.layers.tables_in(path)?,
        None => ctx.settings.layers.project.clone().ok_or_else(|| {
            Failure::usage("there is no apictl.toml here or above").hint(
                "name the file, or write one with `apictl throttle probe URL --save apictl.toml`",
            )
        })?,
    };
    let identity = ctx.settings.identity_of_this_run().unwrap_or(ANON);
    let mut rules = read(&file.path, &file.tables("throttle"), identity)?;
    for rule in &mut rules {
        rule.demands.sample = args.sample;
        if let Some(misread) = &rule.misread {
            ctx.warn(&format!("{}: {misread}", rule.name));
        }
    }
    Ok(rules)
}

fn read(path: &Path, tables: &[TomlTable], identity: &str) -> Result<Vec<Rule>, Failure> {
    let shown = path.display();
    let rules = tables
        .iter()
        .map(|table| {
            let name = table.get("name").and_then(Value::as_str);
            let name = name.map_or_else(String::new, |name| format!(" '{name}'"));
            rule(table, identity)
                .map_err(|why| Failure::usage(format!("{shown}: [[throttle]]{name} {why}")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    if rules.is_empty() {
        return Err(Failure::usage(format!("{shown} has no [[throttle]] table"))
            .hint("write one with `apictl throttle probe URL --save FILE`"));
    }
    Ok(rules)
}

/// `identity` is who asks where the table does not say.
fn rule(table: &TomlTable, identity: &str) -> Result<Rule, String> {
    if let Some(unknown) = table.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        return Err(format!(
            "has an unknown setting '{unknown}'; known are {}",
            KNOWN.join(", ")
        ));
    }
    let url = text(table, "url")?.ok_or("has no url")?;
    let identity = text(table, "as")?.unwrap_or_else(|| identity.to_owned());
    let limits = match texts(table, "limit")? {
        limits if limits.is_empty() => {
            return Err("has no limit such as \"100/day\", or \"none\"".to_owned());
        }
        limits => limits,
    };
    let mut misread = None;
    let mut rates = Vec::new();
    for limit in limits.iter().filter(|limit| *limit != "none") {
        let (rate, words) = rate(limit)?;
        rates.push(rate);
        misread = misread.or(words);
    }
    if rates.iter().any(|rate| rate.limit == 0) {
        return Err("has a limit of zero, which refuses everything".to_owned());
    }
    if rates.len() > 2 {
        return Err("has more than two limits; two are measured".to_owned());
    }
    rates.sort_by_key(|rate| rate.window);
    let algorithm = match text(table, "algorithm")? {
        Some(name) => Some(
            serde_json::from_value::<Algorithm>(name.clone().into())
                .map_err(|_| format!("names an unknown algorithm '{name}'"))?,
        ),
        None => None,
    };
    Ok(Rule {
        name: text(table, "name")?.unwrap_or_else(|| format!("{identity} {url}")),
        url,
        method: text(table, "method")?.unwrap_or_else(|| "GET".to_owned()),
        identity,
        data: text(table, "data")?,
        demands: Demands {
            rates,
            algorithm,
            forwarded: forwarding(table)?,
            proxies: number(table, "num_proxies")?.unwrap_or(0),
            retry_after: either(table, "retry_after", ["required", "optional"])?,
            race_forbidden: !either(table, "race", ["allow", "forbid"])?,
            sample: false,
            neighbours: Vec::new(),
        },
        shown: limits.join(", "),
        misread,
        race_as: text(table, "race_as")?,
        shared_with: texts(table, "shared_with")?,
        separate_from: texts(table, "separate_from")?,
        reject_status: statuses(table)?,
    })
}

fn text(table: &TomlTable, key: &str) -> Result<Option<String>, String> {
    match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(format!("has {key} = {other}, which is not a text")),
    }
}

fn texts(table: &TomlTable, key: &str) -> Result<Vec<String>, String> {
    match table.get(key) {
        None => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one.clone()]),
        Some(Value::Array(many)) => many
            .iter()
            .map(|value| {
                let text = value.as_str().map(str::to_owned);
                text.ok_or_else(|| format!("has {value} in {key}, which is not a text"))
            })
            .collect(),
        Some(other) => Err(format!(
            "has {key} = {other}, which is neither a text nor a list of them"
        )),
    }
}

fn number(table: &TomlTable, key: &str) -> Result<Option<u32>, String> {
    match table.get(key) {
        None => Ok(None),
        Some(value) => value
            .as_integer()
            .and_then(|number| u32::try_from(number).ok().filter(|number| *number <= 16))
            .map(Some)
            .ok_or_else(|| format!("has {key} = {value}, which is not a number from 0 to 16")),
    }
}

fn statuses(table: &TomlTable) -> Result<Option<Vec<u16>>, String> {
    let wrong = || "has a reject_status that is no list of statuses such as [429, 503]".to_owned();
    let Some(value) = table.get("reject_status") else {
        return Ok(None);
    };
    let one = |value: &Value| {
        let status = value
            .as_integer()
            .and_then(|status| u16::try_from(status).ok());
        status.filter(|status| (100..=599).contains(status))
    };
    let list = match value {
        Value::Array(many) => many.iter().map(one).collect::<Option<Vec<u16>>>(),
        single => one(single).map(|status| vec![status]),
    };
    list.map(Some).ok_or_else(wrong)
}

/// Who says how many proxies are trusted says that nobody else is.
fn forwarding(table: &TomlTable) -> Result<Forwarding, String> {
    let said = table.contains_key("forwarded") || table.contains_key("num_proxies");
    Ok(
        match (said, either(table, "forwarded", ["ignored", "trusted"])?) {
            (false, _) => Forwarding::Unsaid,
            (true, true) => Forwarding::Ignored,
            (true, false) => Forwarding::Trusted,
        },
    )
}

/// True for the first word and where nothing is said, false for the second.
fn either(table: &TomlTable, key: &str, words: [&str; 2]) -> Result<bool, String> {
    match text(table, key)?.as_deref() {
        None => Ok(true),
        Some(word) if word == words[0] => Ok(true),
        Some(word) if word == words[1] => Ok(false),
        Some(other) => Err(format!(
            "has {key} = \"{other}\"; it is \"{}\" or \"{}\"",
            words[0], words[1]
        )),
    }
}

/// The rate that the writer means. DRF reads only the first letter of a period, so that `10/month` is ten a
/// minute there: whoever expects ten a month must hear of it.
fn rate(text: &str) -> Result<(Rate, Option<String>), String> {
    let read: Rate = text
        .parse()
        .map_err(|error: crate::rate::RateError| error.to_string())?;
    let Some((word, read_as)) = Rate::misread_period(text) else {
        return Ok((read, None));
    };
    let days = match word.to_ascii_lowercase().as_str() {
        "mo" | "mon" | "month" | "months" => Some(30),
        "decade" | "decades" => Some(3_652),
        "millennium" => Some(365_250),
        _ => None,
    };
    let words = format!("DRF reads '{word}' in '{text}' as {read_as}");
    Ok(match days {
        Some(days) => {
            let meant = Rate::new(read.limit, Duration::from_secs(days * 86_400));
            (meant, Some(format!("{words}; {meant} is expected")))
        }
        None => (read, Some(words)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Rule, String> {
        rule(&toml::from_str(text).unwrap(), ANON)
    }

    #[test]
    fn a_plain_table_demands_what_a_sound_api_does() {
        let rule = parsed("url = '/x/'\nlimit = '100/day'").unwrap();
        let demands = rule.demands;
        assert_eq!(demands.forwarded, Forwarding::Unsaid);
        assert!(demands.retry_after && !demands.race_forbidden);
        assert_eq!((rule.name.as_str(), demands.proxies), ("anon /x/", 0));
    }

    #[test]
    fn ten_a_month_is_not_ten_a_minute() {
        let rule = parsed("url = '/x/'\nlimit = '10/month'").unwrap();
        assert_eq!(rule.demands.rates[0].to_string(), "10/30d");
        assert!(rule.misread.unwrap().contains("per minute"));
        let rule = parsed("url = '/x/'\nlimit = '10/hello'").unwrap();
        assert_eq!(rule.demands.rates[0].to_string(), "10/hour");
    }

    #[test]
    fn stacked_limits_come_shortest_window_first() {
        let rule = parsed("url = '/x/'\nlimit = ['1000/day', '20/min']").unwrap();
        let shown: Vec<String> = rule.demands.rates.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["20/min", "1000/day"]);
    }

    #[test]
    fn what_is_no_table_of_ours_is_refused_in_words() {
        for (table, word) in [
            ("limit = '5/min'", "no url"),
            ("url = '/x/'", "no limit"),
            ("url = '/x/'\nlimit = 100", "limit"),
            ("url = '/x/'\nlimit = '0/min'", "zero"),
            ("url = '/x/'\nlimit = ['5/min', 3]", "limit"),
            ("url = '/x/'\nlimit = '5/fortnight'", "fortnight"),
            ("url = '/x/'\nlimit = '5/min'\nrace = 'no'", "forbid"),
            (
                "url = '/x/'\nlimit = '5/min'\nnum_proxies = -1",
                "num_proxies",
            ),
            ("url = '/x/'\nlimit = '5/min'\nburst = 3", "burst"),
            ("url = '/x/'\nlimit = '5/min'\nalgorithm = 'magic'", "magic"),
            (
                "url = '/x/'\nlimit = '5/min'\nreject_status = 'no'",
                "reject_status",
            ),
        ] {
            let why = parsed(table).err().unwrap_or_default();
            assert!(why.contains(word), "{table}: {why}");
        }
    }
}
