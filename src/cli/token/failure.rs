//! Errors about tokens in words, with hints and exit codes: the token part of `cli/failure.rs`.

use crate::cli::failure::{Exit, Failure};
use crate::http::Refusal;
use crate::token::{Error, StoreError};

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Http(error) => error.into(),
            Error::Store(error) => error.into(),
            error => {
                let (exit, kind) = code_of(&error);
                let failure = Self::of(exit, kind, &error);
                match hint_of(&error) {
                    Some(hint) => failure.hint(hint),
                    None => failure,
                }
            }
        }
    }
}

fn code_of(error: &Error) -> (Exit, &'static str) {
    match error {
        Error::Http(_) | Error::Store(_) => (Exit::Local, "local"),
        Error::Credentials { .. } => (Exit::Api, "credentials"),
        Error::Fields { .. } => (Exit::Api, "fields"),
        Error::NoEndpoint { .. } => (Exit::Api, "no-endpoint"),
        Error::Throttled { .. } => (Exit::Api, "throttled"),
        Error::Server { .. } => (Exit::NoAnswer, "server-error"),
        Error::Moved { .. } => (Exit::Api, "redirected"),
        Error::Refused { .. } => (Exit::Api, "refused-by-api"),
        Error::NotJson { .. } => (Exit::Api, "not-json"),
        Error::NoToken { .. } => (Exit::Api, "no-token"),
        Error::NoLogin(_) => (Exit::Usage, "no-login"),
        Error::Ended { .. } => (Exit::Api, "login-ended"),
        Error::ShortLived { .. } => (Exit::Api, "short-lived"),
        Error::Unsupported { .. } => (Exit::Usage, "unsupported"),
        Error::NotDiscovered { .. } => (Exit::Api, "not-discovered"),
        Error::Foreign { .. } => (Exit::Usage, "foreign-endpoint"),
    }
}

fn hint_of(error: &Error) -> Option<String> {
    let hint = match error {
        Error::Credentials { .. } => {
            "check the name and the password; an inactive user is refused in the same words".to_owned()
        }
        Error::Fields { fields, .. } => match fields.first() {
            Some(field) => format!(
                "give it with `--field {field}=VALUE`; if it is the login name's field, with `--username-field {field}`"
            ),
            None => return None,
        },
        Error::NoEndpoint { .. } => "name the endpoint with `--obtain-path PATH` (or `--refresh-path`, \
             `--verify-path`, `--revoke-path`), or the package with `--preset NAME`; `--discover` looks for it"
            .to_owned(),
        Error::Moved { base, .. } => format!("use `--base-url {base}`; what goes to http goes unencrypted"),
        Error::Throttled { .. } => "wait, and try again".to_owned(),
        Error::Server { .. } => "the server's own log says why".to_owned(),
        Error::NotJson { .. } => {
            "is this the API's address? `--base-url` and `--obtain-path` name others".to_owned()
        }
        Error::NoToken { .. } => {
            "say where it is with a JSON Pointer: `--access-pointer /data/token`".to_owned()
        }
        Error::NoLogin(key) => format!(
            "log in with `apictl token obtain --as {}`; `apictl token list` shows the logins there are",
            key.name
        ),
        Error::Ended { key, .. } => {
            format!("log in again with `apictl token obtain --as {}`", key.name)
        }
        Error::ShortLived { .. } => {
            "ask for less, or raise ACCESS_TOKEN_LIFETIME on the server".to_owned()
        }
        Error::Unsupported { .. } => {
            "name it when you log in: `--refresh-path`, `--verify-path`, `--revoke-path`".to_owned()
        }
        Error::NotDiscovered { .. } => {
            "name the package with `--preset NAME`, or the endpoint with `--obtain-path PATH`".to_owned()
        }
        Error::Foreign { .. } => {
            "tokens go to the origin of the base URL alone; set `--base-url` to it".to_owned()
        }
        Error::Refused { .. } | Error::Http(_) | Error::Store(_) => return None,
    };
    Some(hint)
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let (kind, hint) = match &error {
            StoreError::File { path, source, .. } => (
                "store",
                match source.kind() {
                    std::io::ErrorKind::PermissionDenied => Some(format!(
                        "it must belong to you: `chown $USER {0}; chmod u+rw {0}`",
                        path.display()
                    )),
                    _ => None,
                },
            ),
            StoreError::Exposed { path, wanted, .. } => (
                "store-exposed",
                Some(format!(
                    "`chmod {wanted:03o} {}`; if others may have read it, log in again and revoke the old token",
                    path.display()
                )),
            ),
            StoreError::Record { .. } => (
                "store-damaged",
                Some("`apictl token forget` removes it; then log in again".to_owned()),
            ),
            StoreError::Keyring(_) => (
                "keyring",
                Some(
                    "unlock the keyring, or run where DBUS_SESSION_BUS_ADDRESS leads to it; \
                     with APICTL_KEYRING=off new logins go into files that only you can read"
                        .to_owned(),
                ),
            ),
            StoreError::Sealed { .. } => (
                "store-sealed",
                Some("`apictl token forget` removes it; then log in again".to_owned()),
            ),
            StoreError::Keeping { path } => (
                "store-damaged",
                Some(format!(
                    "remove it; logins sealed with the keyring's key must then be obtained again: `rm {}`",
                    path.display()
                )),
            ),
            StoreError::Name(_) => (
                "login-name",
                Some("choose another with `--as NAME`".to_owned()),
            ),
            StoreError::Busy { .. } => (
                "store-busy",
                Some("look for another apictl that hangs, and end it".to_owned()),
            ),
        };
        let exit = match error {
            StoreError::Name(_) => Exit::Usage,
            _ => Exit::Local,
        };
        let failure = Self::of(exit, kind, &error);
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl Failure {
    /// The failure of whoever keeps the credentials.
    pub(crate) fn from_refusal(refusal: Refusal) -> Self {
        match refusal.downcast::<Error>() {
            Ok(error) => (*error).into(),
            Err(refusal) => Self::new(
                Exit::Api,
                "credential",
                "no valid credential for the request",
            )
            .because(&*refusal),
        }
    }
}
