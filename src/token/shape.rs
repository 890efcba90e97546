//! How an API hands out tokens: its endpoints and their vocabulary, as plain data. Pure.

use serde::{Deserialize, Serialize};

/// The endpoints of one API's authentication, and the words they speak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// The preset it started from, or `custom`.
    pub preset: String,
    /// How a login is made.
    pub grant: Grant,
    /// Where a login is made; `basic` has no such place.
    pub obtain: Option<String>,
    /// Where a new access token is bought.
    pub refresh: Option<String>,
    /// What buys it.
    pub refresh_by: RefreshBy,
    /// Where a token is checked.
    pub verify: Option<String>,
    /// How it is checked there.
    pub verify_by: VerifyBy,
    /// Where a token is revoked.
    pub revoke: Option<String>,
    /// How it is revoked there.
    pub revoke_by: RevokeBy,
    /// The field that carries the login name.
    pub username_field: String,
    /// The field that carries the password.
    pub password_field: String,
    /// The field that carries the refresh token in requests.
    pub refresh_field: String,
    /// The media type of request bodies.
    pub body: Encoding,
    /// JSON Pointers (RFC 6901) to the access token in a reply; the first that is there counts.
    pub access_at: Vec<String>,
    /// JSON Pointers to the refresh token in a reply.
    pub refresh_at: Vec<String>,
    /// The scheme of `Authorization` unless the server advertises another one.
    pub scheme: String,
}

/// How a login is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// Name and password in the body.
    Password,
    /// Name and password as HTTP Basic credentials (RFC 7617) of the login request.
    BasicLogin,
    /// OAuth 2.0 resource owner password credentials (RFC 6749 §4.3).
    OauthPassword,
    /// OAuth 2.0 client credentials (RFC 6749 §4.4).
    OauthClientCredentials,
    /// No login: name and password go with every request (RFC 7617).
    Basic,
    /// Django's login form, its session cookie and its CSRF token.
    Session,
}

/// What buys a new access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefreshBy {
    /// Nothing does: when the token ends, somebody has to log in again.
    Nothing,
    /// A refresh token, in the body or in a cookie.
    Token,
    /// The access token itself, before its end (sliding tokens).
    Access,
    /// The client's own credentials, again.
    ClientCredentials,
}

/// How a server is asked about a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerifyBy {
    /// `POST {"token": …}`, as simplejwt has it: the signature and the life time are looked at.
    Post,
    /// `GET` as the user: the endpoint answers 401 when the token is worth nothing.
    Get,
}

/// How a token is revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevokeBy {
    /// `POST` with the refresh token in the body.
    Refresh,
    /// `POST` as the user, without a body.
    Access,
    /// OAuth 2.0 token revocation (RFC 7009).
    Oauth,
    /// Django's logout form.
    Session,
}

/// The media type of request bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// What a user said of an API's shape; `None` leaves the preset's word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Another login endpoint.
    pub obtain: Option<String>,
    /// Another refresh endpoint.
    pub refresh: Option<String>,
    /// Another endpoint to check tokens at.
    pub verify: Option<String>,
    /// Another endpoint to revoke tokens at.
    pub revoke: Option<String>,
    /// Another name of the login field.
    pub username_field: Option<String>,
    /// Another name of the password field.
    pub password_field: Option<String>,
    /// Another JSON Pointer to the access token.
    pub access_at: Option<String>,
    /// Another JSON Pointer to the refresh token.
    pub refresh_at: Option<String>,
    /// Another scheme of `Authorization`.
    pub scheme: Option<String>,
}

impl Shape {
    /// The shape with what the user said of it.
    ///
    /// When only the login endpoint moves, its neighbours move with it: projects include a package's
    /// URLs under a prefix of their own.
    #[must_use]
    pub fn overridden(mut self, said: &Overrides) -> Self {
        if let Some(obtain) = &said.obtain {
            if let Some(usual) = self.obtain.take() {
                for place in [&mut self.refresh, &mut self.verify, &mut self.revoke] {
                    *place = place
                        .take()
                        .map(|path| moved(&path, &usual, obtain).unwrap_or(path));
                }
            }
            self.obtain = Some(obtain.clone());
        }
        let replace = |place: &mut Option<String>, word: &Option<String>| {
            if word.is_some() {
                place.clone_from(word);
            }
        };
        replace(&mut self.refresh, &said.refresh);
        replace(&mut self.verify, &said.verify);
        replace(&mut self.revoke, &said.revoke);
        if said.refresh.is_some() && self.refresh_by == RefreshBy::Nothing {
            self.refresh_by = RefreshBy::Token;
        }
        if let Some(field) = &said.username_field {
            self.username_field.clone_from(field);
        }
        if let Some(field) = &said.password_field {
            self.password_field.clone_from(field);
        }
        if let Some(pointer) = &said.access_at {
            self.access_at = vec![pointer.clone()];
        }
        if let Some(pointer) = &said.refresh_at {
            self.refresh_at = vec![pointer.clone()];
        }
        if let Some(scheme) = &said.scheme {
            self.scheme.clone_from(scheme);
        }
        self
    }
}

/// Where `path` goes when its neighbour `from` goes to `to`; `None` when they are no neighbours.
fn moved(path: &str, from: &str, to: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix(from).filter(|_| from.ends_with('/')) {
        let slash = if to.ends_with('/') { "" } else { "/" };
        return Some(format!("{to}{slash}{rest}"));
    }
    let folder = |path: &str| {
        let bare = path.trim_end_matches('/');
        bare.rfind('/').map(|at| bare[..=at].to_owned())
    };
    let (from, to) = (folder(from)?, folder(to)?);
    path.strip_prefix(&from).map(|rest| format!("{to}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::presets::Preset;

    #[test]
    fn the_neighbours_of_a_moved_login_endpoint_move_along() {
        let moved = |preset: Preset, obtain: &str| {
            let shape = preset.shape().overridden(&Overrides {
                obtain: Some(obtain.to_owned()),
                ..Overrides::default()
            });
            (shape.refresh.unwrap(), shape.revoke)
        };
        assert_eq!(
            moved(Preset::Simplejwt, "/v2/login/"),
            (
                "/v2/login/refresh/".to_owned(),
                Some("/v2/login/blacklist/".to_owned())
            )
        );
        assert_eq!(
            moved(Preset::Djoser, "/v2/jwt/create"),
            ("/v2/jwt/refresh/".to_owned(), None)
        );
        assert_eq!(
            moved(Preset::OauthPassword, "/oauth/token/"),
            (
                "/oauth/token/".to_owned(),
                Some("/oauth/revoke_token/".to_owned())
            )
        );
    }

    #[test]
    fn what_the_user_says_of_an_endpoint_wins_over_its_neighbour() {
        let shape = Preset::Simplejwt.shape().overridden(&Overrides {
            obtain: Some("/login/".to_owned()),
            refresh: Some("/again/".to_owned()),
            scheme: Some("JWT".to_owned()),
            ..Overrides::default()
        });
        assert_eq!(shape.refresh.as_deref(), Some("/again/"));
        assert_eq!(shape.verify.as_deref(), Some("/login/verify/"));
        assert_eq!(shape.scheme, "JWT");
    }
}
