//! `SessionAuthentication`: a login form, a cookie, and CSRF tokens for unsafe methods.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::body;
use super::call::Call;
use super::reply::Refusal;
use super::users::User;

/// How many sessions are kept; beyond, all are dropped and everybody logs in anew.
const MOST: usize = 10_000;

/// Who is logged in, by `sessionid`.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<HashMap<String, User>>);

impl Sessions {
    /// The user of the session cookie. Unsafe methods need the CSRF token in `X-CSRFToken`.
    pub(super) fn authenticate(&self, call: &Call) -> Result<Option<User>, Refusal> {
        let Some(id) = call.cookie("sessionid") else {
            return Ok(None);
        };
        let known = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&id)
            .copied();
        if let Some(user) = known {
            check_csrf(call)?;
            return Ok(Some(user));
        }
        Ok(None)
    }

    /// Whether the session cookie names nothing, so that Django takes it back. A key of eight characters or
    /// more is only looked up when somebody asks for the session.
    pub(super) fn is_stale(&self, call: &Call, touched: bool) -> bool {
        let Some(id) = call.cookie("sessionid") else {
            return false;
        };
        let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (touched || id.len() < 8) && !sessions.contains_key(&id)
    }

    /// Remembers a session.
    pub(super) fn open(&self, id: String, user: User) {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sessions.len() >= MOST {
            sessions.clear();
        }
        sessions.insert(id, user);
    }

    /// Forgets a session.
    pub(super) fn close(&self, id: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
    }
}

/// Django's double-submit check, in DRF's words.
fn check_csrf(call: &Call) -> Result<(), Refusal> {
    if call.is_safe() || call.method == "TRACE" {
        return Ok(());
    }
    check_submission(call).map_err(|reason| Refusal::detail(403, &format!("CSRF Failed: {reason}")))
}

/// Whether a form may have been sent by a page of somebody else's.
pub(super) fn is_forged(call: &Call) -> bool {
    check_submission(call).is_err()
}

fn check_submission(call: &Call) -> Result<(), String> {
    check_origin(call).and_then(|()| check_token(call))
}

/// The page that the request comes from is one of this server's; plain HTTP need not tell.
fn check_origin(call: &Call) -> Result<(), String> {
    if let Some(origin) = call.header("origin") {
        return if origin == format!("{}://{}", call.scheme(), call.host()) {
            Ok(())
        } else {
            Err(format!(
                "Origin checking failed - {origin} does not match any trusted origins."
            ))
        };
    }
    if call.scheme() != "https" {
        return Ok(());
    }
    let failed = |reason: &str| Err(format!("Referer checking failed - {reason}."));
    let Some(referer) = call.header("referer") else {
        return failed("no Referer");
    };
    let Some((scheme, rest)) = referer.split_once("://") else {
        return failed("Referer is malformed");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if scheme.is_empty() || host.is_empty() {
        failed("Referer is malformed")
    } else if !scheme.eq_ignore_ascii_case("https") {
        failed("Referer is insecure while host is secure")
    } else if !host.eq_ignore_ascii_case(&call.host()) {
        failed(&format!("{referer} does not match any trusted origins"))
    } else {
        Ok(())
    }
}

/// The token in the form or in the header has the cookie's secret.
fn check_token(call: &Call) -> Result<(), String> {
    let Some(cookie) = call.cookie("csrftoken") else {
        return Err("CSRF cookie not set.".to_owned());
    };
    let field = body::form(call)
        .filter(|_| call.method == "POST")
        .and_then(|form| form.last("csrfmiddlewaretoken").map(str::to_owned))
        .filter(|token| !token.is_empty());
    let (token, source) = match (field, call.header("x-csrftoken")) {
        (Some(token), _) => (token, "POST"),
        (None, Some(token)) => (token, "the 'X-Csrftoken' HTTP header"),
        (None, None) => return Err("CSRF token missing.".to_owned()),
    };
    let wrong = match token.len() {
        32 | 64 if !token.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            "has invalid characters"
        }
        32 | 64 if unmasked(&token) == unmasked(&cookie) => return Ok(()),
        32 | 64 => "incorrect",
        _ => "has incorrect length",
    };
    Err(format!("CSRF token from {source} {wrong}."))
}

const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// The secret of a token: a token of 64 characters is a mask and the secret shifted by it.
pub(super) fn unmasked(token: &str) -> String {
    let place = |byte: u8| ALPHABET.iter().position(|known| *known == byte);
    if token.len() != 64 {
        return token.to_owned();
    }
    let (mask, cipher) = token.as_bytes().split_at(32);
    cipher
        .iter()
        .zip(mask)
        .filter_map(|(cipher, mask)| {
            let shifted = place(*cipher)? + ALPHABET.len() - place(*mask)?;
            Some(char::from(ALPHABET[shifted % ALPHABET.len()]))
        })
        .collect()
}

/// A token of 64 characters: a mask, and the secret shifted by it.
pub(super) fn masked(secret: &str, mask: &str) -> String {
    let place = |byte: u8| {
        ALPHABET
            .iter()
            .position(|known| *known == byte)
            .unwrap_or(0)
    };
    let cipher = secret
        .bytes()
        .zip(mask.bytes())
        .map(|(secret, mask)| char::from(ALPHABET[(place(secret) + place(mask)) % ALPHABET.len()]));
    mask.chars().chain(cipher).collect()
}

/// 32 random characters: a secret or a session id.
pub(super) fn random_text() -> String {
    let mut bytes = [0_u8; 32];
    let random = ring::rand::SystemRandom::new();
    let _ = ring::rand::SecureRandom::fill(&random, &mut bytes);
    bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
        .collect()
}
