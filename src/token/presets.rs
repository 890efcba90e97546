//! The packages whose endpoints are known. Pure.

use super::shape::{Encoding, Grant, RefreshBy, RevokeBy, Shape, VerifyBy};

/// A package whose endpoints are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// djangorestframework-simplejwt, access and refresh tokens.
    Simplejwt,
    /// djangorestframework-simplejwt, sliding tokens.
    Sliding,
    /// djoser with JWTs.
    Djoser,
    /// djoser with DRF's tokens.
    DjoserToken,
    /// dj-rest-auth: tokens, JWTs or cookies, as its reply shows.
    DjRestAuth,
    /// django-ninja-jwt.
    NinjaJwt,
    /// `rest_framework.authtoken`.
    Authtoken,
    /// django-rest-knox.
    Knox,
    /// django-oauth-toolkit, password grant.
    OauthPassword,
    /// django-oauth-toolkit, client credentials.
    OauthClientCredentials,
    /// HTTP Basic.
    Basic,
    /// Django's session cookie.
    Session,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 12] = [
        Self::Simplejwt,
        Self::Sliding,
        Self::Djoser,
        Self::DjoserToken,
        Self::DjRestAuth,
        Self::NinjaJwt,
        Self::Authtoken,
        Self::Knox,
        Self::OauthPassword,
        Self::OauthClientCredentials,
        Self::Basic,
        Self::Session,
    ];

    /// Its name on the command line and in `apictl.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simplejwt => "simplejwt",
            Self::Sliding => "sliding",
            Self::Djoser => "djoser",
            Self::DjoserToken => "djoser-token",
            Self::DjRestAuth => "dj-rest-auth",
            Self::NinjaJwt => "ninja-jwt",
            Self::Authtoken => "authtoken",
            Self::Knox => "knox",
            Self::OauthPassword => "oauth2-password",
            Self::OauthClientCredentials => "oauth2-client-credentials",
            Self::Basic => "basic",
            Self::Session => "session",
        }
    }

    /// The preset of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// Its endpoints where the package's own documentation puts them.
    pub fn shape(self) -> Shape {
        let name = self.name();
        match self {
            Self::Simplejwt => Shape {
                revoke: Some("/api/token/blacklist/".to_owned()),
                ..jwt(
                    name,
                    "/api/token/",
                    ["/api/token/refresh/", "/api/token/verify/"],
                )
            },
            Self::Sliding => Shape {
                refresh_by: RefreshBy::Access,
                refresh_field: "token".to_owned(),
                access_at: vec!["/token".to_owned()],
                refresh_at: Vec::new(),
                ..jwt(
                    name,
                    "/api/token/",
                    ["/api/token/refresh/", "/api/token/verify/"],
                )
            },
            Self::Djoser => jwt(
                name,
                "/auth/jwt/create/",
                ["/auth/jwt/refresh/", "/auth/jwt/verify/"],
            ),
            Self::DjoserToken => Shape {
                verify: Some("/auth/users/me/".to_owned()),
                revoke: Some("/auth/token/logout/".to_owned()),
                ..opaque(name, "/auth/token/login/", "/auth_token")
            },
            Self::DjRestAuth => Shape {
                refresh: Some("/dj-rest-auth/token/refresh/".to_owned()),
                refresh_by: RefreshBy::Token,
                verify: Some("/dj-rest-auth/user/".to_owned()),
                revoke: Some("/dj-rest-auth/logout/".to_owned()),
                access_at: vec!["/key".to_owned(), "/access".to_owned()],
                refresh_at: vec!["/refresh".to_owned()],
                ..opaque(name, "/dj-rest-auth/login/", "/key")
            },
            Self::NinjaJwt => Shape {
                revoke: Some("/api/token/blacklist".to_owned()),
                ..jwt(
                    name,
                    "/api/token/pair",
                    ["/api/token/refresh", "/api/token/verify"],
                )
            },
            Self::Authtoken => opaque(name, "/api-token-auth/", "/token"),
            Self::Knox => Shape {
                grant: Grant::BasicLogin,
                revoke: Some("/api/auth/logout/".to_owned()),
                ..opaque(name, "/api/auth/login/", "/token")
            },
            Self::OauthPassword => oauth(name, Grant::OauthPassword, RefreshBy::Token),
            Self::OauthClientCredentials => oauth(
                name,
                Grant::OauthClientCredentials,
                RefreshBy::ClientCredentials,
            ),
            Self::Basic => Shape {
                grant: Grant::Basic,
                obtain: None,
                scheme: "Basic".to_owned(),
                ..opaque(name, "", "")
            },
            Self::Session => Shape {
                grant: Grant::Session,
                revoke: Some("/api-auth/logout/".to_owned()),
                revoke_by: RevokeBy::Session,
                body: Encoding::Form,
                ..opaque(name, "/api-auth/login/", "")
            },
        }
    }
}

/// JWTs in a pair, as simplejwt speaks of them.
fn jwt(preset: &str, obtain: &str, [refresh, verify]: [&str; 2]) -> Shape {
    Shape {
        preset: preset.to_owned(),
        grant: Grant::Password,
        obtain: Some(obtain.to_owned()),
        refresh: Some(refresh.to_owned()),
        refresh_by: RefreshBy::Token,
        verify: Some(verify.to_owned()),
        verify_by: VerifyBy::Post,
        revoke: None,
        revoke_by: RevokeBy::Refresh,
        username_field: "username".to_owned(),
        password_field: "password".to_owned(),
        refresh_field: "refresh".to_owned(),
        body: Encoding::Json,
        access_at: vec!["/access".to_owned()],
        refresh_at: vec!["/refresh".to_owned()],
        scheme: "Bearer".to_owned(),
    }
}

/// A token that only its own server can read, and that nothing refreshes.
fn opaque(preset: &str, obtain: &str, access_at: &str) -> Shape {
    Shape {
        refresh: None,
        refresh_by: RefreshBy::Nothing,
        verify: None,
        verify_by: VerifyBy::Get,
        revoke_by: RevokeBy::Access,
        access_at: vec![access_at.to_owned()],
        refresh_at: Vec::new(),
        scheme: "Token".to_owned(),
        ..jwt(preset, obtain, ["", ""])
    }
}

/// RFC 6749 where django-oauth-toolkit puts it.
fn oauth(preset: &str, grant: Grant, refresh_by: RefreshBy) -> Shape {
    Shape {
        grant,
        refresh_by,
        verify: None,
        verify_by: VerifyBy::Get,
        revoke: Some("/o/revoke_token/".to_owned()),
        revoke_by: RevokeBy::Oauth,
        refresh_field: "refresh_token".to_owned(),
        body: Encoding::Form,
        access_at: vec!["/access_token".to_owned()],
        refresh_at: vec!["/refresh_token".to_owned()],
        ..jwt(preset, "/o/token/", ["/o/token/", ""])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_found_by_its_name() {
        for preset in Preset::ALL {
            assert_eq!(Preset::named(preset.name()), Some(preset));
            assert_eq!(preset.shape().preset, preset.name());
        }
        assert_eq!(Preset::named("oauth"), None);
    }
}
