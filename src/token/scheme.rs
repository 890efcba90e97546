//! Learning the scheme of `Authorization`, which nothing in a login's reply reveals.

use super::answer;
use super::exchange::{Exchange, Fields, advertised_by, credential};
use super::login::Login;
use super::shape::{Encoding, RevokeBy, VerifyBy};
use crate::http::{Method, Reply, Request, Url, shown_url};

/// Asks for a 401 and takes the scheme that it advertises, with the server's own letters.
///
/// The login stands whatever comes of this. What the endpoint says also tells whether it is there at all.
pub(super) async fn learn(exchange: &mut Exchange<'_>, login: &mut Login) {
    let shape = &login.shape;
    let at = |path: &Option<String>| {
        path.as_deref()
            .and_then(|path| exchange.endpoint(path).ok())
    };
    let (refresh, verify, revoke) = (at(&shape.refresh), at(&shape.verify), at(&shape.revoke));
    if answer::is_jwt(&login.access) {
        if let (Some(url), Encoding::Json) = (&refresh, shape.body) {
            invented_refresh(exchange, login, url).await;
        }
    } else if let (Some(url), VerifyBy::Get) = (&verify, shape.verify_by) {
        tried(exchange, login, url).await;
    } else if let (Some(url), RevokeBy::Access) = (&revoke, shape.revoke_by) {
        // A logout without a token logs nobody out.
        let request = Request::new(Method::POST, url.clone()).bare();
        if let Ok(reply) = exchange.send(request).await {
            adopt(exchange, login, &reply);
        }
    }
}

/// simplejwt challenges at its own endpoints, with the scheme that its authentication class takes.
async fn invented_refresh(exchange: &mut Exchange<'_>, login: &mut Login, url: &Url) {
    let fields: Fields<'_> = vec![(&login.shape.refresh_field, "-")];
    if let Ok(reply) = exchange.post(url, &fields, Encoding::Json).await {
        adopt(exchange, login, &reply);
    }
}

/// Where several authentication classes are in force, the challenge is the first one's, and an opaque
/// token may belong to another: the usual scheme is tried before the advertised one is believed.
async fn tried(exchange: &mut Exchange<'_>, login: &mut Login, url: &Url) {
    let usual = credential(login, &login.scheme);
    let Ok(reply) = exchange.send_as(usual, Request::get(url.clone())).await else {
        return;
    };
    let Some(advertised) = advertised_by(&reply.headers) else {
        adopt(exchange, login, &reply);
        return;
    };
    let other = credential(login, &advertised);
    let taken = exchange.send_as(other, Request::get(url.clone())).await;
    if taken.is_ok_and(|reply| reply.status.is_success()) {
        login.scheme = advertised;
    }
}

fn adopt(exchange: &mut Exchange<'_>, login: &mut Login, reply: &Reply) {
    match reply.status.as_u16() {
        401 => {
            if let Some(scheme) = advertised_by(&reply.headers) {
                login.scheme = scheme;
            }
        }
        404 => exchange.notes.push(format!(
            "there is no endpoint at {}; name the right one with `--refresh-path` or `--verify-path`",
            shown_url(&reply.url)
        )),
        _ => {}
    }
}
