//! The steps of the tour.

use serde_json::Value;

use super::stage::{Said, Stage};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::ui::Tone;

/// Start the embedded API on a free port and run the whole tour, checking every answer
///
/// Each command is printed as it would be typed. Exit code 1 if any answer was wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
To repeat a command by hand, start the same API with:
  echo apictl-demo-signing-key-of-40-characters > signing.key
  apictl serve --signing-key-file signing.key")]
pub(crate) struct Args {}

const SIGNING_KEY: &str = "apictl-demo-signing-key-of-40-characters";

type Verdict = Result<String, String>;

struct Tour<'a> {
    ctx: &'a Context,
    stage: Stage,
    number: u32,
    wrong: u32,
}

pub(crate) fn run(_args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let stage = Stage::set(SIGNING_KEY, ctx)?;
    std::fs::write(stage.folder().join("signing.key"), SIGNING_KEY)
        .map_err(|error| Failure::local("cannot write the signing key").because(&error))?;
    let mut tour = Tour {
        ctx,
        stage,
        number: 0,
        wrong: 0,
    };
    tour.introduce()?;
    tour.tokens()?;
    tour.pages()?;
    tour.limits()?;
    tour.access()?;
    tour.conclude()
}

impl Tour<'_> {
    fn introduce(&self) -> Result<(), Failure> {
        self.write(&format!(
            "The embedded API answers as Django REST framework does, at {}.\n\
             Every command below can be repeated by hand: in one terminal\n\n  \
             $ echo {SIGNING_KEY} > signing.key\n  \
             $ apictl serve --signing-key-file signing.key\n\n\
             and the commands in another.\n",
            self.stage.url()
        ))
    }

    fn tokens(&mut self) -> Result<(), Failure> {
        self.step(
            "Log in: POST /api/token/ gives a pair, which is stored",
            "token obtain --username alice --password-stdin",
            Some("alice-pass"),
            |said| {
                must(
                    said.code == 0,
                    "a pair for alice is stored",
                    "no pair was obtained",
                )
            },
        )?;
        self.step(
            "Look inside the access token, without a key and without the network",
            "jwt decode -",
            Some("the access token"),
            |said| {
                let shown = said.stdout.contains("token_type") && said.stdout.contains("HS256");
                must(
                    said.code == 0 && shown,
                    "HS256, type access, with its times",
                    "the token was not decoded",
                )
            },
        )?;
        self.step(
            "Verify it with the server's key: signature, times and type",
            "jwt verify --secret-file signing.key --token-type access -",
            Some("the access token"),
            |said| must(said.code == 0, "valid", "a good token was called invalid"),
        )?;
        self.step(
            "Call an endpoint that wants to know who asks",
            "request GET /api/me/",
            None,
            |said| {
                let me: Value = serde_json::from_str(&said.stdout).unwrap_or_default();
                must(
                    me["username"] == "alice",
                    "the API knows alice",
                    "the API did not answer for alice",
                )
            },
        )?;
        self.step(
            "Get a new access token with the refresh token",
            "token refresh",
            None,
            |said| must(said.code == 0, "refreshed", "the refresh failed"),
        )
    }

    fn pages(&mut self) -> Result<(), Failure> {
        self.step(
            "Walk a list of 1,023 products, 20 a page, following next",
            "pages walk /api/products/ --as alice --output products.ndjson --summary walk.json --expect-count 1023",
            None,
            |said| must(said.code == 0, "", "the walk was not complete"),
        )?;
        let items = std::fs::read_to_string(self.stage.folder().join("products.ndjson"))
            .unwrap_or_default();
        let summary =
            std::fs::read_to_string(self.stage.folder().join("walk.json")).unwrap_or_default();
        let summary: Value = serde_json::from_str(&summary).unwrap_or_default();
        let whole =
            items.lines().count() == 1_023 && summary["pages"] == 52 && summary["complete"] == true;
        self.verdict(must(
            whole,
            "1,023 items on 52 pages, each once, none lost",
            "items are missing or repeated",
        ))
    }

    fn limits(&mut self) -> Result<(), Failure> {
        self.step(
            "Find the limit for anonymous callers: requests until the first refusal, as few as it takes",
            "throttle probe /api/products/ --as anon --trace anon.ndjson",
            None,
            |said| must(said.code == 0, "", "the probe failed"),
        )?;
        self.replay("anon.ndjson", "100/day")?;
        self.step(
            "Log in as somebody whose budget is whole",
            "token obtain --username bob --password-stdin",
            Some("bob-pass"),
            |said| {
                must(
                    said.code == 0,
                    "a pair for bob is stored",
                    "no pair was obtained",
                )
            },
        )?;
        self.step(
            "Find the limit for a user",
            "throttle probe /api/products/ --as bob --trace bob.ndjson",
            None,
            |said| must(said.code == 0, "", "the probe failed"),
        )?;
        self.replay("bob.ndjson", "1000/day")
    }

    /// Checks what a probe found by identifying the limiter again from its recorded trace.
    fn replay(&mut self, trace: &str, rate: &str) -> Result<(), Failure> {
        let said = self.stage.run(
            &["throttle", "identify", trace, "--format", "json"],
            None,
            false,
        )?;
        let report: Value = serde_json::from_str(&said.stdout).unwrap_or_default();
        let found = report["limits"][0]["rate"]
            .as_str()
            .unwrap_or("nothing")
            .to_owned();
        self.verdict(must(
            found == rate,
            &format!("{rate}, and the recorded trace says so again"),
            &format!("expected {rate}, found {found}"),
        ))
    }

    fn access(&mut self) -> Result<(), Failure> {
        self.step(
            "An admin-only endpoint refuses alice",
            "request GET /api/secret-data/ --as alice",
            None,
            |said| {
                let refused = said.code == 3 && said.stdout.contains("permission");
                must(
                    refused,
                    "403: alice is known, and may not",
                    "alice was not refused",
                )
            },
        )?;
        self.step(
            "Log in as the administrator",
            "token obtain --username admin --password-stdin",
            Some("admin-pass"),
            |said| {
                must(
                    said.code == 0,
                    "a pair for admin is stored",
                    "no pair was obtained",
                )
            },
        )?;
        self.step(
            "and admits the administrator",
            "request GET /api/secret-data/ --as admin",
            None,
            |said| {
                let admitted = said.code == 0 && said.stdout.contains("secret_data");
                must(admitted, "200: admin may", "the administrator was refused")
            },
        )
    }

    fn conclude(&self) -> Result<Exit, Failure> {
        let text = if self.wrong == 0 {
            self.ctx
                .look()
                .paint(Tone::Good, "\nEvery answer was right.\n")
        } else {
            self.ctx.look().paint(
                Tone::Bad,
                &format!("\n{} answers were wrong.\n", self.wrong),
            )
        };
        self.write(&text)?;
        Ok(Exit::answer(self.wrong == 0))
    }

    /// Prints a command, runs it, prints what it said, and judges it. An empty judgement is left to the caller.
    fn step(
        &mut self,
        title: &str,
        line: &str,
        input: Option<&str>,
        judge: impl FnOnce(&Said) -> Verdict,
    ) -> Result<(), Failure> {
        self.number += 1;
        let look = *self.ctx.look();
        let heading = look.paint(Tone::Strong, &format!("{}. {title}", self.number));
        let (shown, input) = match input {
            Some("the access token") => {
                let token = self
                    .stage
                    .run(&["token", "print", "--as", "alice"], None, false)?;
                (
                    format!("apictl token print --as alice | apictl {line}"),
                    Some(token.stdout),
                )
            }
            Some(text) => (
                format!("echo {text} | apictl {line}"),
                Some(format!("{text}\n")),
            ),
            None => (format!("apictl {line}"), None),
        };
        self.write(&format!("\n{heading}\n\n  $ {shown}\n"))?;
        let args: Vec<&str> = line.split(' ').collect();
        let said = self.stage.run(&args, input.as_deref(), look.color)?;
        for text in said.stdout.lines().chain(said.stderr.lines()) {
            self.write(&format!("  {text}\n"))?;
        }
        match judge(&said) {
            Ok(words) if words.is_empty() => Ok(()),
            verdict => self.verdict(verdict),
        }
    }

    fn verdict(&mut self, verdict: Verdict) -> Result<(), Failure> {
        let look = self.ctx.look();
        let line = match verdict {
            Ok(words) => look.paint(Tone::Good, &format!("✓ {words}")),
            Err(words) => {
                self.wrong += 1;
                look.paint(Tone::Bad, &format!("✗ {words}"))
            }
        };
        self.write(&format!("  {line}\n"))
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        self.ctx.write(text.as_bytes())
    }
}

fn must(holds: bool, good: &str, bad: &str) -> Verdict {
    if holds {
        Ok(good.to_owned())
    } else {
        Err(bad.to_owned())
    }
}
