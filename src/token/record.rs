//! A login as JSON text, for the store. Pure, and the only place that writes a secret out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::secret::Secret;

use super::login::{Cookie, Login, OauthClient};
use super::shape::Shape;

/// The version of the record that this program writes.
const VERSION: u32 = 1;

/// Why a text is no record of a login. Says nothing of its content.
#[derive(Debug, Error)]
pub enum RecordError {
    /// Not JSON, or not the fields of a login.
    #[error("it is not the record of a login (line {line}, column {column})")]
    Malformed {
        /// Where reading stopped.
        line: usize,
        /// Where reading stopped.
        column: usize,
    },
    /// Written by a program newer than this one.
    #[error("it has version {0}, which a newer apictl wrote")]
    Newer(u32),
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    name: String,
    base_url: String,
    shape: Shape,
    scheme: String,
    username: Option<String>,
    #[serde(with = "exposed")]
    access: Secret,
    #[serde(with = "maybe_exposed", default)]
    refresh: Option<Secret>,
    #[serde(default)]
    cookies: Vec<CookieRecord>,
    #[serde(default)]
    client: Option<ClientRecord>,
    obtained_at: Timestamp,
    access_exp: Option<Timestamp>,
    refresh_exp: Option<Timestamp>,
    #[serde(default)]
    skew_s: i64,
}

#[derive(Serialize, Deserialize)]
struct CookieRecord {
    name: String,
    #[serde(with = "exposed")]
    value: Secret,
}

#[derive(Serialize, Deserialize)]
struct ClientRecord {
    id: String,
    #[serde(with = "maybe_exposed", default)]
    secret: Option<Secret>,
    scope: Option<String>,
}

/// The text of a login, tokens in the clear.
pub(super) fn write(login: &Login) -> Result<Secret, serde_json::Error> {
    let login = login.clone();
    let cookie = |cookie: Cookie| CookieRecord {
        name: cookie.name,
        value: cookie.value,
    };
    let record = Record {
        version: VERSION,
        name: login.name,
        base_url: login.base_url,
        shape: login.shape,
        scheme: login.scheme,
        username: login.username,
        access: login.access,
        refresh: login.refresh,
        cookies: login.cookies.into_iter().map(cookie).collect(),
        client: login.client.map(|client| ClientRecord {
            id: client.id,
            secret: client.secret,
            scope: client.scope,
        }),
        obtained_at: login.obtained_at,
        access_exp: login.access_exp,
        refresh_exp: login.refresh_exp,
        skew_s: login.skew_s,
    };
    serde_json::to_string_pretty(&record).map(Secret::new)
}

/// Reads the text of a login.
pub(super) fn read(text: &[u8]) -> Result<Login, RecordError> {
    // serde_json's own message quotes what it read, and that may be a token.
    let malformed = |error: serde_json::Error| RecordError::Malformed {
        line: error.line(),
        column: error.column(),
    };
    let Versioned { version } = serde_json::from_slice(text).map_err(malformed)?;
    if version > VERSION {
        return Err(RecordError::Newer(version));
    }
    let record: Record = serde_json::from_slice(text).map_err(malformed)?;
    let cookie = |cookie: CookieRecord| Cookie {
        name: cookie.name,
        value: cookie.value,
    };
    Ok(Login {
        name: record.name,
        base_url: record.base_url,
        shape: record.shape,
        scheme: record.scheme,
        username: record.username,
        access: record.access,
        refresh: record.refresh,
        cookies: record.cookies.into_iter().map(cookie).collect(),
        client: record.client.map(|client| OauthClient {
            id: client.id,
            secret: client.secret,
            scope: client.scope,
        }),
        obtained_at: record.obtained_at,
        access_exp: record.access_exp,
        refresh_exp: record.refresh_exp,
        skew_s: record.skew_s,
    })
}

mod exposed {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::secret::Secret;

    pub(super) fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.expose())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        String::deserialize(from).map(Secret::new)
    }
}

mod maybe_exposed {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::secret::Secret;

    #[expect(clippy::ref_option, reason = "the signature serde calls")]
    pub(super) fn serialize<S: Serializer>(
        secret: &Option<Secret>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        secret.as_ref().map(Secret::expose).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Secret>, D::Error> {
        Ok(Option::<String>::deserialize(from)?.map(Secret::new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::login::tests::login;

    #[test]
    fn a_login_comes_back_as_it_was_written() {
        let mut kept = login();
        kept.cookies = vec![Cookie {
            name: "sessionid".to_owned(),
            value: Secret::new("s3ss10n"),
        }];
        kept.client = Some(OauthClient {
            id: "app".to_owned(),
            secret: Some(Secret::new("shh")),
            scope: None,
        });
        let text = write(&kept).unwrap();
        assert_eq!(read(text.expose().as_bytes()).unwrap(), kept);
    }

    #[test]
    fn an_error_does_not_quote_what_it_read() {
        let error = read(br#"{"version":1,"name":["very-secret-token"]}"#).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
        assert!(read(b"").is_err());
    }

    #[test]
    fn a_record_of_a_newer_program_is_told_apart_from_a_broken_one() {
        let error = read(br#"{"version":7,"things":"unheard of"}"#).unwrap_err();
        assert!(matches!(error, RecordError::Newer(7)));
    }
}
