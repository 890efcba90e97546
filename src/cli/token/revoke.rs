//! `apictl token revoke`: log out, and prove it.

use jiff::Timestamp;
use serde::Serialize;

use super::target::Target;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::token::{Error, Life, Login, Preset, Proof, Shape, revoke};
use crate::ui::{Look, Report, Tone, facts};

/// Log out at the server, and prove it: the refresh token must fail from then on
///
/// Without simplejwt's blacklist app the endpoint answers 200 and does nothing; then this exits 1 and
/// the login is kept. Otherwise it is forgotten.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Ask this endpoint
    #[arg(long, value_name = "PATH")]
    revoke_path: Option<String>,
    /// Keep the stored login
    #[arg(long)]
    keep: bool,
}

#[derive(Debug, Serialize)]
struct RevokeReport {
    schema: &'static str,
    login: String,
    endpoint: String,
    status: u16,
    /// `null` where nothing could show it.
    revoked: Option<bool>,
    proof: String,
    /// Seconds that the access token is honoured on, where it is a JWT: no blacklist reaches it.
    access_lives_on_s: Option<i64>,
    forgotten: bool,
}

/// A preset's own logout that is not there: simplejwt's needs an app and a path that few projects have.
fn nowhere_to_log_out(error: Error, shape: &Shape) -> Failure {
    let stock =
        matches!(error, Error::NoEndpoint { .. }) && shape.preset == Preset::Simplejwt.name();
    let failure = Failure::from(error);
    if !stock {
        return failure;
    }
    failure.hint(
        "this API has no logout: its tokens work until they expire. simplejwt's is TokenBlacklistView on \
         /api/token/blacklist/ with 'rest_framework_simplejwt.token_blacklist' in INSTALLED_APPS; \
         `--revoke-path PATH` names another, `apictl token forget` removes the login here",
    )
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.block_on(async {
        let target = Target::of(ctx)?;
        let held = target.store.hold(&target.key).await?;
        let mut login = target.login()?;
        let configured = || ctx.settings.text("revoke_path");
        if let Some(path) = args.revoke_path.clone().or_else(configured) {
            login.shape.revoke = Some(path);
        }
        let now = ctx.now();
        let revoked = revoke(&target.client, &login, now)
            .await
            .map_err(|error| nowhere_to_log_out(error, &login.shape))?;
        for note in &revoked.notes {
            ctx.warn(note);
        }
        let (answer, proof) = match revoked.proof {
            Proof::Refused(words) => (Some(true), format!("refused when used again: {words}")),
            Proof::StillWorks(tokens) => {
                if let Some(tokens) = tokens {
                    login.adopt(*tokens, now);
                    held.save(&login)?;
                }
                (
                    Some(false),
                    "it still works: the logout did nothing".to_owned(),
                )
            }
            Proof::Untried(why) => (None, why.to_owned()),
        };
        let forgotten = answer != Some(false) && !args.keep && held.remove()?;
        ctx.print(&RevokeReport {
            schema: "apictl.token.revoke/1",
            access_lives_on_s: lives_on(&login, now).filter(|_| answer == Some(true)),
            login: login.name,
            endpoint: revoked.endpoint,
            status: revoked.status,
            revoked: answer,
            proof,
            forgotten,
        })?;
        Ok(Exit::answer(answer != Some(false)))
    })
}

fn lives_on(login: &Login, now: Timestamp) -> Option<i64> {
    // Opaque tokens live in a table, and are gone with their row.
    login.refresh.as_ref()?;
    match login.access_life(now) {
        Life::Left(left) => Some(left),
        _ => None,
    }
}

impl Report for RevokeReport {
    fn table(&self, look: &Look) -> String {
        let verdict = match self.revoked {
            Some(true) => look.paint(Tone::Good, "revoked"),
            Some(false) => look.paint(Tone::Bad, "not revoked"),
            None => look.paint(Tone::Warning, "unproven"),
        };
        let mut rows = vec![
            ("login", self.login.clone()),
            ("verdict", verdict),
            ("proof", self.proof.clone()),
            ("asked", format!("{} ({})", self.endpoint, self.status)),
        ];
        if let Some(left) = self.access_lives_on_s {
            rows.push((
                "access",
                format!(
                    "honoured for another {} by design",
                    super::shown::span(left)
                ),
            ));
        }
        if self.revoked == Some(false) {
            rows.push((
                "fix",
                "add 'rest_framework_simplejwt.token_blacklist' to INSTALLED_APPS and migrate"
                    .to_owned(),
            ));
        }
        if self.forgotten {
            rows.push(("store", "the login is forgotten".to_owned()));
        }
        facts(look, rows)
    }
}
