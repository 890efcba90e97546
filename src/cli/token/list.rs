//! `apictl token list`: every login.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::shown::{StoreView, access_state, span};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::token::{Life, Login, StoreError};
use crate::ui::{Look, Report, Table, Tone, lines_of};

/// List the logins of every API
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

#[derive(Debug, Serialize)]
struct ListReport {
    schema: &'static str,
    store: StoreView,
    logins: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    login: String,
    origin: String,
    current: bool,
    username: Option<String>,
    preset: Option<String>,
    scheme: Option<String>,
    access_state: &'static str,
    access_expires_at: Option<Timestamp>,
    access_expires_in_s: Option<i64>,
    refresh_expires_at: Option<Timestamp>,
    refreshes: bool,
    error: Option<String>,
}

pub(crate) fn run(_args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let folder = ctx.store_folder();
    let store = ctx.store()?;
    let now = ctx.now();
    let mut rows = Vec::new();
    let mut fault: Option<StoreError> = None;
    for (key, login) in store.list()? {
        let current = store.current(&key.origin)?.as_deref() == Some(&key.name);
        let mut row = Row {
            login: key.name,
            origin: key.origin,
            current,
            username: None,
            preset: None,
            scheme: None,
            access_state: "unreadable",
            access_expires_at: None,
            access_expires_in_s: None,
            refresh_expires_at: None,
            refreshes: false,
            error: None,
        };
        match login {
            Ok(login) => row.describe(&login, now),
            Err(error) => {
                row.error = Some(error.to_string());
                fault = Some(error);
            }
        }
        rows.push(row);
    }
    ctx.print(&ListReport {
        schema: "apictl.token.list/1",
        store: StoreView::of(&store, &folder.join("logins")),
        logins: rows,
    })?;
    match fault {
        Some(error) => Err(error.into()),
        None => Ok(Exit::Yes),
    }
}

impl Row {
    fn describe(&mut self, login: &Login, now: Timestamp) {
        self.username.clone_from(&login.username);
        self.preset = Some(login.shape.preset.clone());
        self.scheme = Some(login.scheme.clone());
        self.access_state = access_state(login, now);
        self.access_expires_at = login.access_exp;
        self.access_expires_in_s = match login.access_life(now) {
            Life::Unknown => None,
            Life::Left(left) => Some(left),
            Life::Ended(ago) => Some(-ago),
        };
        self.refresh_expires_at = login.refresh_exp;
        self.refreshes = login.can_refresh(now);
    }

    fn access_words(&self) -> String {
        match self.access_expires_in_s {
            None => self.access_state.to_owned(),
            Some(left) if left > 0 => format!("{}, {} left", self.access_state, span(left)),
            Some(left) => format!("expired {} ago", span(-left)),
        }
    }
}

impl Report for ListReport {
    fn table(&self, look: &Look) -> String {
        if self.logins.is_empty() {
            return format!("no logins in {}", self.store.path);
        }
        let mut table = Table::new(["", "LOGIN", "API", "PRESET", "ACCESS", "REFRESHES"]);
        for row in &self.logins {
            let tone = match row.access_state {
                "valid" => Some(Tone::Good),
                "unreadable" => Some(Tone::Bad),
                "expired" if !row.refreshes => Some(Tone::Bad),
                "unknown" => None,
                _ => Some(Tone::Warning),
            };
            table.toned_row([
                (if row.current { "*" } else { "" }.to_owned(), None),
                (row.login.clone(), Some(Tone::Strong)),
                (row.origin.clone(), None),
                (row.preset.clone().unwrap_or_default(), None),
                (row.access_words(), tone),
                (if row.refreshes { "yes" } else { "no" }.to_owned(), None),
            ]);
        }
        format!("{}\nin {}", table.render(look), self.store.words())
    }

    fn lines(&self) -> Result<Vec<Value>, serde_json::Error> {
        lines_of(self.schema, &self.logins)
    }
}
