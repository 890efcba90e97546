//! Finding out how an API hands out tokens, without logging in: OPTIONS shows DRF's views and fields.

use serde_json::Value;

use super::error::Error;
use super::exchange::Exchange;
use super::presets::Preset;
use super::shape::{Grant, Overrides, RefreshBy, Shape};
use crate::http::{self, Client, Method, Reply, Request};

/// How an API hands out tokens, as far as it shows.
#[derive(Debug)]
pub struct Discovered {
    /// The shape.
    pub shape: Shape,
    /// The name of the view, where it has one.
    pub view: Option<String>,
    /// How many requests it took.
    pub requests: usize,
}

/// Where projects put their login, beside the places that the packages' own documentation names.
const COMMON: [&str; 10] = [
    "/api/auth/token/",
    "/api/v1/token/",
    "/api/v1/auth/login/",
    "/api/auth/jwt/create/",
    "/api/login/",
    "/auth/login/",
    "/api-token-auth",
    "/token/",
    "/login/",
    "/api/auth/",
];

/// The presets whose login endpoint shows itself, likeliest first.
const PRESETS: [Preset; 8] = [
    Preset::Simplejwt,
    Preset::Djoser,
    Preset::DjRestAuth,
    Preset::NinjaJwt,
    Preset::Authtoken,
    Preset::DjoserToken,
    Preset::Knox,
    Preset::OauthPassword,
];

/// Asks likely places, or `at` alone, what they are. One OPTIONS request each, no credentials.
pub async fn discover(client: &Client, at: Option<&str>) -> Result<Discovered, Error> {
    let known = PRESETS.map(|preset| (preset.shape().obtain.unwrap_or_default(), Some(preset)));
    let places: Vec<(String, Option<Preset>)> = match at {
        Some(path) => vec![(path.to_owned(), None)],
        None => known
            .into_iter()
            .chain(COMMON.map(|path| (path.to_owned(), None)))
            .collect(),
    };
    let mut exchange = Exchange::new(client);
    let mut requests = 0;
    for (path, preset) in places {
        let reply = options(&mut exchange, &path).await?;
        requests += 1;
        let Some(sight) = reply.as_ref().and_then(sight_of) else {
            continue;
        };
        let Some(mut shape) = shape_of(&sight, &path, preset) else {
            continue;
        };
        if preset.is_none() && shape.refresh_by == RefreshBy::Token {
            requests += find_refresh(&mut exchange, &mut shape, &path).await?;
        }
        return Ok(Discovered {
            shape,
            view: sight.view,
            requests,
        });
    }
    Err(Error::NotDiscovered {
        origin: client.base().origin().ascii_serialization(),
        asked: requests,
    })
}

/// `None` for a place whose redirects lead nowhere.
async fn options(exchange: &mut Exchange<'_>, path: &str) -> Result<Option<Reply>, Error> {
    let url = exchange.endpoint(path)?;
    let request = Request::new(Method::OPTIONS, url).bare();
    match exchange.send(request).await {
        Err(Error::Http(http::Error::Redirects { .. })) => Ok(None),
        reply => reply.map(Some),
    }
}

/// What an OPTIONS reply shows of an endpoint that takes POST.
struct Sight {
    view: Option<String>,
    fields: Vec<String>,
    wants_basic: bool,
}

/// `None` where nothing takes a POST: a missing path, a page of a web application.
fn sight_of(reply: &Reply) -> Option<Sight> {
    let takes_post = reply
        .field("allow")
        .is_some_and(|allowed| allowed.split(',').any(|method| method.trim() == "POST"));
    if !takes_post || reply.status.as_u16() == 404 || reply.status.is_server_error() {
        return None;
    }
    let body = reply.json().unwrap_or(Value::Null);
    let fields = body
        .pointer("/actions/POST")
        .and_then(Value::as_object)
        .map(|fields| fields.keys().cloned().collect())
        .unwrap_or_default();
    let view = body.get("name").and_then(Value::as_str).map(str::to_owned);
    let wants_basic = reply
        .field("www-authenticate")
        .is_some_and(|challenge| challenge.to_ascii_lowercase().starts_with("basic"));
    Some(Sight {
        view,
        fields,
        wants_basic,
    })
}

/// The shape of an endpoint seen at `path`; `None` for one that hands out no tokens.
fn shape_of(sight: &Sight, path: &str, preset: Option<Preset>) -> Option<Shape> {
    let view = sight.view.as_deref().unwrap_or_default();
    let named = match view {
        "Token Obtain Sliding" => Some(Preset::Sliding),
        "Token Obtain Pair" if preset == Some(Preset::Djoser) => preset,
        "Token Obtain Pair" => Some(Preset::Simplejwt),
        "Obtain Auth Token" => Some(Preset::Authtoken),
        "Token Create" => Some(Preset::DjoserToken),
        _ if sight.wants_basic => Some(Preset::Knox),
        _ => preset,
    };
    // The place of a package with another view's fields is a place like any other.
    let asks_password = sight.fields.iter().any(|field| field == "password");
    let mut shape = match named {
        Some(preset) => preset.shape().overridden(&Overrides {
            obtain: Some(path.to_owned()),
            ..Overrides::default()
        }),
        None if asks_password => custom(path),
        None => return None,
    };
    if shape.grant == Grant::Password
        && let Some(field) = login_field(&sight.fields)
    {
        shape.username_field = field;
    }
    Some(shape)
}

/// A shape that takes tokens wherever the known packages put them.
fn custom(path: &str) -> Shape {
    let pointers = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let shape = Preset::Simplejwt.shape().overridden(&Overrides {
        obtain: Some(path.to_owned()),
        ..Overrides::default()
    });
    Shape {
        preset: "custom".to_owned(),
        access_at: pointers(&[
            "/access",
            "/access_token",
            "/token",
            "/key",
            "/auth_token",
            "/data/access",
            "/data/token",
        ]),
        refresh_at: pointers(&["/refresh", "/refresh_token", "/data/refresh"]),
        ..shape
    }
}

/// The field of the login name among those that a view asks for.
fn login_field(fields: &[String]) -> Option<String> {
    ["username", "email"]
        .iter()
        .find(|usual| fields.iter().any(|field| field == *usual))
        .map(|usual| (*usual).to_owned())
        .or_else(|| {
            fields
                .iter()
                .find(|field| !field.contains("password"))
                .cloned()
        })
}

/// Looks for the refresh endpoint beside a login endpoint at a place of its own.
async fn find_refresh(
    exchange: &mut Exchange<'_>,
    shape: &mut Shape,
    obtain: &str,
) -> Result<usize, Error> {
    let bare = obtain.trim_end_matches('/');
    let folder = bare.rfind('/').map_or("", |at| &bare[..at]);
    let places = [
        format!("{bare}/refresh/"),
        format!("{folder}/refresh/"),
        format!("{folder}/token/refresh/"),
    ];
    for (before, candidate) in places.iter().enumerate() {
        let reply = options(exchange, candidate).await?;
        // djoser's routes match whatever follows: the login view answers here, too.
        let is_login = |sight: &Sight| sight.fields.iter().any(|field| field == "password");
        if reply
            .as_ref()
            .and_then(sight_of)
            .is_some_and(|sight| !is_login(&sight))
        {
            let prefix = candidate.trim_end_matches("refresh/");
            shape.refresh = Some(candidate.clone());
            shape.verify = Some(format!("{prefix}verify/"));
            shape.revoke = Some(format!("{prefix}blacklist/"));
            return Ok(before + 1);
        }
    }
    Ok(places.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(view: &str, fields: &[&str]) -> Sight {
        Sight {
            view: Some(view.to_owned()),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            wants_basic: false,
        }
    }

    #[test]
    fn the_login_field_is_what_the_view_asks_for() {
        let shape = shape_of(
            &sight("Token Obtain Pair", &["email", "password"]),
            "/api/token/",
            Some(Preset::Simplejwt),
        )
        .unwrap();
        assert_eq!(shape.username_field, "email");
        let shape = shape_of(&sight("Login", &["phone", "password"]), "/x/", None).unwrap();
        assert_eq!(shape.username_field, "phone");
    }

    #[test]
    fn a_view_is_known_by_its_name_wherever_it_is() {
        let shape = shape_of(
            &sight("Token Obtain Sliding", &["username", "password"]),
            "/api/token/",
            Some(Preset::Simplejwt),
        )
        .unwrap();
        assert_eq!(shape.preset, "sliding");
        let shape = shape_of(&sight("Obtain Auth Token", &[]), "/v1/login/", None).unwrap();
        assert_eq!(shape.preset, "authtoken");
        assert_eq!(shape.obtain.as_deref(), Some("/v1/login/"));
    }

    #[test]
    fn an_endpoint_that_wants_no_password_is_no_login() {
        assert!(shape_of(&sight("Note List", &["text"]), "/token/", None).is_none());
    }
}
