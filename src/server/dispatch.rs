//! `APIView.dispatch`: negotiation, authentication, permissions, throttles, handler, in this order.

use bytes::Bytes;

use super::app::App;
use super::auth::{self, Authenticator};
use super::call::Call;
use super::endpoints;
use super::extras;
use super::faults;
use super::html;
use super::json;
use super::login;
use super::metadata;
use super::negotiate::{self, Accepted};
use super::reply::{Answer, Refusal, Reply, Stop};
use super::routes;
use super::throttle;
use super::users::User;
use super::view::{Endpoint, Permission, View};

/// Answers a request.
pub(super) async fn answer(app: &App, call: &Call) -> Reply {
    if let Some(page) = login::answer(app, call) {
        return page;
    }
    let Some((view, key)) = routes::resolve(&call.path) else {
        let slashed = format!("{}/", call.path);
        return if !call.path.ends_with('/') && routes::resolve(&slashed).is_some() {
            html::redirect_to_slash(call)
        } else {
            html::not_found()
        };
    };
    let negotiated = negotiate::negotiate(call, view.endpoint.media_subtype());
    // Who calls is only asked once the reply can be written.
    let touched = negotiated.is_ok() && touches_session(view, call);
    let session = Session {
        touched,
        stale: app.sessions.is_stale(call, touched),
    };
    let accepted = negotiated.as_ref().copied().unwrap_or_default();
    let answered = match negotiated {
        Ok(_) => dispatch(view, app, call, key).await,
        Err(refusal) => Err(refusal.into()),
    };
    match answered {
        Ok(answer) => {
            let queries = answer.queries;
            let reply = rendered(view, accepted, session, answer);
            extras::dress(app, call, reply, queries)
        }
        Err(Stop::Refused(refusal)) => {
            rendered(view, accepted, session, refused(view, app, refusal))
        }
        Err(Stop::Crash) => html::server_error(),
        Err(Stop::Suspicious) => html::bad_request(),
    }
}

/// What happened to the session on the way.
#[derive(Clone, Copy)]
struct Session {
    touched: bool,
    stale: bool,
}

async fn dispatch(view: &View, app: &App, call: &Call, key: &str) -> Result<Answer, Stop> {
    if let Some(kept) = app.shared.kept(call, app.now()) {
        return Ok(kept);
    }
    let user = auth::authenticate(view.authenticators, app, call)?;
    permit(view, call.is_safe(), user)?;
    let passage = throttle::allow(view.throttles, app, call, user).await?;
    faults::wait(app, &passage).await;
    let mut answer = handle(view, app, call, user, key)?;
    if !answer.takes.is_zero() {
        tokio::time::sleep(answer.takes).await;
    }
    app.shared.keep(call, &mut answer, app.now());
    answer.announced = passage.headers;
    Ok(answer)
}

/// Looks the handler up and calls it.
fn handle(
    view: &View,
    app: &App,
    call: &Call,
    user: Option<User>,
    key: &str,
) -> Result<Answer, Stop> {
    let method = call.method.as_str();
    if !view.allow.split(", ").any(|allowed| allowed == method) {
        let detail = format!("Method \"{method}\" not allowed.");
        return Err(Refusal::detail(405, &detail).into());
    }
    if method == "OPTIONS" {
        return Ok(Answer::ok(metadata::document(
            view,
            may_write(view, app, user, key),
        )));
    }
    endpoints::handle(view.endpoint, app, call, user, key)
}

/// `check_permissions`.
fn permit(view: &View, reads: bool, user: Option<User>) -> Result<(), Refusal> {
    let allowed = match view.permission {
        Permission::AllowAny => true,
        Permission::IsAuthenticated => user.is_some(),
        Permission::IsAdminUser => user.is_some_and(|user| user.is_staff),
        Permission::IsAuthenticatedOrReadOnly => reads || user.is_some(),
    };
    if allowed {
        Ok(())
    } else if user.is_none() && !view.authenticators.is_empty() {
        Err(Refusal::unauthenticated_detail(
            "Authentication credentials were not provided.",
        ))
    } else {
        Err(Refusal::detail(
            403,
            "You do not have permission to perform this action.",
        ))
    }
}

/// Whether `OPTIONS` shows the fields: the caller may write, and for PUT may write this object.
fn may_write(view: &View, app: &App, user: Option<User>, key: &str) -> bool {
    permit(view, false, user).is_ok()
        && match view.endpoint {
            Endpoint::Row(model) => endpoints::find(model, app, false, user, key).is_ok(),
            _ => true,
        }
}

/// `handle_exception`: a failed authentication is a 401 only if the first class has a challenge.
fn refused(view: &View, app: &App, refusal: Refusal) -> Answer {
    let mut answer = Answer::new(refusal.status, refusal.body);
    if refusal.authentication {
        let first = view.authenticators.first().copied();
        // simplejwt's own views have no classes and name the scheme all the same.
        match first.unwrap_or(Authenticator::Jwt).challenge(app) {
            Some(challenge) => answer.headers.push(("www-authenticate", challenge)),
            None => answer.status = 403,
        }
    }
    answer.announced = refusal.headers;
    if let Some(seconds) = refusal.retry_after {
        answer.headers.push(("retry-after", seconds.to_string()));
    }
    answer
}

fn rendered(view: &View, accepted: Accepted, session: Session, answer: Answer) -> Reply {
    let mut reply = Reply::bare(answer.status);
    if let Some(body) = answer.body {
        let body = match accepted.indent {
            0 => body,
            width => json::indented(&body, width),
        };
        reply.body = Bytes::from(body);
        let media_type = match view.endpoint.media_subtype() {
            "json" => "application/json",
            _ => "application/vnd.api+json",
        };
        reply.push("content-type", media_type);
    }
    for (name, value) in answer.headers {
        reply.push(name, &value);
    }
    for (name, value) in answer.announced {
        reply.push(name, &value);
    }
    reply.push("allow", view.allow);
    reply.finish(session.touched || session.stale);
    if session.stale {
        reply.push(
            "set-cookie",
            "sessionid=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax",
        );
    }
    reply
}

/// Whether a class before it recognised credentials, so that the session was never looked at.
fn touches_session(view: &View, call: &Call) -> bool {
    if !view.authenticators.contains(&Authenticator::Session) {
        return false;
    }
    match view.authenticators.first() {
        Some(Authenticator::Session) => true,
        _ => !call
            .header("authorization")
            .is_some_and(|header| header.to_ascii_lowercase().starts_with("token")),
    }
}
