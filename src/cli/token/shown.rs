//! A login as people and scripts see it: tokens cut short, life times as of now.

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::target::Target;
use crate::secret::Secret;
use crate::token::{Kept, Life, Login, MARGIN, RefreshBy, Store};
use crate::ui::{Look, Tone};

/// The report about one login; `schema` names the command.
#[derive(Debug, Serialize)]
pub(super) struct LoginReport {
    pub(super) schema: &'static str,
    pub(super) login: String,
    pub(super) origin: String,
    pub(super) base_url: String,
    pub(super) current: bool,
    pub(super) preset: String,
    pub(super) username: Option<String>,
    pub(super) scheme: String,
    pub(super) access: TokenView,
    pub(super) refresh: Option<TokenView>,
    pub(super) refreshes: bool,
    pub(super) obtained_at: Timestamp,
    pub(super) clock_skew_s: i64,
    pub(super) store: StoreView,
}

/// One token.
#[derive(Debug, Serialize)]
pub(super) struct TokenView {
    pub(super) token: String,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) expires_in_s: Option<i64>,
    /// `valid`, `due` (about to be refreshed), `expired`, or `unknown` of an opaque token.
    pub(super) state: &'static str,
}

/// How and where logins are kept.
#[derive(Debug, Serialize)]
pub(super) struct StoreView {
    /// `keyring`, `file`, or `undecided` before the first login.
    pub(super) kind: &'static str,
    pub(super) path: String,
    /// Why it is not the keyring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<String>,
}

impl StoreView {
    /// The view of a store whose logins, or whose one login, are at `path`.
    pub(super) fn of(store: &Store, path: &Path) -> Self {
        let keeping = store.keeping().ok().flatten();
        Self {
            kind: match keeping.as_ref().map(|keeping| keeping.kept) {
                Some(Kept::Keyring) => "keyring",
                Some(Kept::File) => "file",
                None => "undecided",
            },
            path: path.display().to_string(),
            why: keeping.and_then(|keeping| keeping.why),
        }
    }

    pub(super) fn words(&self) -> String {
        let how = match (self.kind, &self.why) {
            ("keyring", _) => "sealed with a key in the keyring".to_owned(),
            ("file", Some(why)) => format!("files that only you can read: {why}"),
            ("file", None) => "files that only you can read".to_owned(),
            (other, _) => other.to_owned(),
        };
        format!("{} ({how})", self.path)
    }
}

impl LoginReport {
    /// The report of a login that is stored at `target`.
    pub(super) fn new(
        schema: &'static str,
        target: &Target,
        login: &Login,
        reveal: bool,
        now: Timestamp,
    ) -> Self {
        let token = |token: &Secret| {
            if reveal {
                token.expose().to_owned()
            } else {
                token.cut()
            }
        };
        Self {
            schema,
            login: login.name.clone(),
            origin: target.key.origin.clone(),
            base_url: login.base_url.clone(),
            current: target.is_current(),
            preset: login.shape.preset.clone(),
            username: login.username.clone(),
            scheme: login.scheme.clone(),
            access: TokenView {
                token: token(&login.access),
                expires_at: login.access_exp,
                expires_in_s: seconds_left(login.access_life(now)),
                state: access_state(login, now),
            },
            refresh: login.refresh.as_ref().map(|refresh| TokenView {
                token: token(refresh),
                expires_at: login.refresh_exp,
                expires_in_s: seconds_left(login.refresh_life(now)),
                state: state(login.refresh_life(now)),
            }),
            refreshes: login.shape.refresh_by != RefreshBy::Nothing && login.can_refresh(now),
            obtained_at: login.obtained_at,
            clock_skew_s: login.skew_s,
            store: StoreView::of(&target.store, &target.store.path(&target.key)),
        }
    }

    /// Names and values for people.
    pub(super) fn facts(&self, look: &Look) -> Vec<(&'static str, String)> {
        let default = if self.current {
            " (used unless `--as` names another)"
        } else {
            ""
        };
        let mut rows = vec![
            ("login", format!("{}{default}", self.login)),
            ("api", self.base_url.clone()),
            ("preset", self.preset.clone()),
            ("access", self.access.words(look)),
        ];
        if let Some(refresh) = &self.refresh {
            rows.push(("refresh", refresh.words(look)));
        } else if self.refreshes {
            rows.push(("refresh", "by itself, when it is due".to_owned()));
        }
        rows.push(("scheme", self.scheme.clone()));
        if self.clock_skew_s != 0 {
            rows.push((
                "clock",
                format!("the server's is {} s from ours", self.clock_skew_s),
            ));
        }
        rows.push(("store", self.store.words()));
        rows
    }
}

impl TokenView {
    fn words(&self, look: &Look) -> String {
        let life = match self.expires_in_s {
            None => "does not say when it ends".to_owned(),
            Some(left) if left > 0 => format!("ends in {}", span(left)),
            Some(left) => look.paint(Tone::Bad, &format!("expired {} ago", span(-left))),
        };
        format!("{}  {life}", self.token)
    }
}

fn seconds_left(life: Life) -> Option<i64> {
    match life {
        Life::Unknown => None,
        Life::Left(left) => Some(left),
        Life::Ended(ago) => Some(-ago),
    }
}

fn state(life: Life) -> &'static str {
    match life {
        Life::Unknown => "unknown",
        Life::Left(_) => "valid",
        Life::Ended(_) => "expired",
    }
}

/// The state of a login's access token.
pub(super) fn access_state(login: &Login, now: Timestamp) -> &'static str {
    match state(login.access_life(now)) {
        "valid" if login.is_due(now, MARGIN) => "due",
        other => other,
    }
}

/// A number of seconds as people say it: the two largest units.
pub(super) fn span(seconds: i64) -> String {
    const UNITS: [(i64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in UNITS {
        if rest >= size {
            parts.push(format!("{} {unit}", rest / size));
            rest %= size;
        } else if !parts.is_empty() {
            break;
        }
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() {
        return "0 s".to_owned();
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_their_two_largest_units() {
        assert_eq!(span(0), "0 s");
        assert_eq!(span(59), "59 s");
        assert_eq!(span(300), "5 min");
        assert_eq!(span(3_661), "1 h 1 min");
        assert_eq!(span(86_400 + 59), "1 d");
    }
}
