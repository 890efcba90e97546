//! Tokens in the protocols of other programs.

use std::io::{IsTerminal, Read};

use serde_json::json;

use crate::cli::failure::Failure;
use crate::http::Url;
use crate::token::Login;

/// A protocol by which a program asks another one for a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Protocol {
    /// git's credential helpers
    GitCredential,
    /// The AWS command line's `credential_process`
    CredentialProcess,
    /// kubectl's `ExecCredential`
    ExecCredential,
}

/// The credential in a protocol's words, with its end where that is known.
pub(super) fn speak(protocol: Protocol, login: &Login) -> String {
    let token = login.access.expose();
    let user = login.username.as_deref().unwrap_or(&login.name);
    match protocol {
        Protocol::GitCredential => {
            let mut text = format!("username={user}\npassword={token}\n");
            if let Some(exp) = login.access_exp {
                text += &format!("password_expiry_utc={}\n", exp.as_second());
            }
            text
        }
        Protocol::CredentialProcess => {
            let mut object = json!({
                "Version": 1,
                "AccessKeyId": user,
                "SecretAccessKey": token,
                "SessionToken": token,
            });
            if let Some(exp) = login.access_exp {
                object["Expiration"] = json!(exp);
            }
            format!("{object}\n")
        }
        Protocol::ExecCredential => {
            let mut status = json!({ "token": token });
            if let Some(exp) = login.access_exp {
                status["expirationTimestamp"] = json!(exp);
            }
            let object = json!({
                "apiVersion": "client.authentication.k8s.io/v1",
                "kind": "ExecCredential",
                "status": status,
            });
            format!("{object}\n")
        }
    }
}

/// Reads what git asks for, and whether it is for the origin that the token belongs to.
///
/// A token never answers a question about another host.
pub(super) fn git_asks_for(origin: &str) -> Result<bool, Failure> {
    if std::io::stdin().is_terminal() {
        return Ok(true);
    }
    let mut asked = String::new();
    std::io::stdin()
        .read_to_string(&mut asked)
        .map_err(|error| Failure::local("cannot read standard input").because(&error))?;
    Ok(matches_origin(&asked, origin))
}

fn matches_origin(asked: &str, origin: &str) -> bool {
    let value = |name: &str| {
        asked
            .lines()
            .take_while(|line| !line.is_empty())
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
    };
    match (value("protocol"), value("host")) {
        (None, None) => true,
        (Some(protocol), Some(host)) => Url::parse(&format!("{protocol}://{host}"))
            .is_ok_and(|url| url.origin().ascii_serialization() == origin),
        _ => false,
    }
}

/// `export NAME='token'` for a POSIX shell.
pub(super) fn export(variable: &str, token: &str) -> Result<String, Failure> {
    let mut letters = variable.chars();
    let starts = letters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if !starts || !letters.all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(Failure::usage(format!(
            "'{variable}' is not the name of a variable"
        )));
    }
    Ok(format!(
        "export {variable}='{}'\n",
        token.replace('\'', "'\\''")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_gets_nothing_for_another_host() {
        let origin = "http://127.0.0.1:8000";
        assert!(matches_origin(
            "protocol=http\nhost=127.0.0.1:8000\n\n",
            origin
        ));
        assert!(!matches_origin(
            "protocol=https\nhost=127.0.0.1:8000\n",
            origin
        ));
        assert!(!matches_origin("protocol=http\nhost=evil.test\n", origin));
        assert!(!matches_origin("host=127.0.0.1:8000\n", origin));
        assert!(matches_origin("", origin));
    }

    #[test]
    fn no_token_breaks_out_of_its_quotes() {
        assert_eq!(
            export("T", "a'; rm x; '").unwrap(),
            "export T='a'\\''; rm x; '\\'''\n"
        );
        assert!(export("T; rm x", "a").is_err());
    }
}
