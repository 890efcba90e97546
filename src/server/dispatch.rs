//! `APIView.dispatch`: negotiation, authentication, permissions, throttles, handler, in this order.

use bytes::Bytes;

use super::app::App;
use super::auth::{self, Authenticator};
use super::call::Call;
use super::endpoints::{self, Products};
use super::extras;
use super::faults;
use super::html;
use super::json;
use super::login;
use super::metadata;
use super::negotiate::{self, Accepted};
use super::ninja;
use super::reply::{Answer, Cost, Refusal, Reply, Stop};
use super::routes;
use super::throttle;
use super::users::User;
use super::view::{Endpoint, Permission, View};

/// Answers a request.
pub(super) async fn answer(app: &App, call: &Call) -> Reply {
    let (reply, cost) = undressed(app, call).await;
    extras::dress(app, call, reply, cost)
}

/// The reply and its cost, without optional middleware.
async fn undressed(app: &App, call: &Call) -> (Reply, Cost) {
    let free = Cost::default();
    if let Some(page) = outside_drf(app, call) {
        return (page, free);
    }
    let Some((view, key)) = routes::resolve(&call.path) else {
        return (html::not_found(), free);
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
            let cost = answer.cost;
            (rendered(view, accepted, session, answer), cost)
        }
        Err(Stop::Refused(refusal)) => {
            let answer = refused(view, app, refusal);
            (rendered(view, accepted, session, answer), free)
        }
        Err(Stop::CrashOfAuthentication) if app.config.drf.mails_about_crashes() => {
            (html::server_error_after_a_report(), free)
        }
        Err(Stop::Crash | Stop::CrashOfAuthentication) => (html::server_error(), free),
        Err(Stop::Suspicious) => (html::bad_request(), free),
    }
}

/// What is answered before any view of DRF's is asked.
fn outside_drf(app: &App, call: &Call) -> Option<Reply> {
    if !call.has_valid_host() {
        return Some(html::bad_host());
    }
    if let Some(page) = login::answer(app, call) {
        return Some(page);
    }
    if call.path == ninja::PATH {
        return Some(ninja::answer(app, call, &Products::now(app)));
    }
    let slashed = format!("{}/", call.path);
    let is_known = |path: &str| {
        routes::resolve(path).is_some() || login::PATHS.contains(&path) || path == ninja::PATH
    };
    (!call.path.ends_with('/') && is_known(&slashed)).then(|| html::redirect_to_slash(call))
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
    let user = auth::authenticate(view.authenticators, app, call).map_err(|stop| match stop {
        Stop::Crash => Stop::CrashOfAuthentication,
        other => other,
    })?;
    permit(view, call.is_safe(), user)?;
    let passage = throttle::allow(view.throttles, app, call, user).await?;
    faults::wait(app, &passage).await;
    let mut answer = handle(view, app, call, user, key)?;
    if !answer.takes.is_zero() {
        tokio::time::sleep(answer.takes).await;
    }
    app.shared.keep(call, &mut answer, app.now());
    answer.announced = passage.headers;
    answer.cost.cache = passage.cache_calls;
    // Every class but the session's looks its user up in one query.
    answer.cost.queries += u64::from(user.is_some());
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
            may_write(view, app, user, key)?,
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
fn may_write(view: &View, app: &App, user: Option<User>, key: &str) -> Result<bool, Stop> {
    if permit(view, false, user).is_err() {
        return Ok(false);
    }
    let Endpoint::Row(model) = view.endpoint else {
        return Ok(true);
    };
    match endpoints::find(model, app, false, user, key) {
        Ok(_) => Ok(true),
        Err(Stop::Refused(_)) => Ok(false),
        Err(stop) => Err(stop),
    }
}

/// `handle_exception`: a failed authentication is a 401 only if the first class has a challenge.
fn refused(view: &View, app: &App, refusal: Refusal) -> Answer {
    let body = match view.endpoint.media_subtype() {
        "json" => refusal.body,
        // Without its exception handler, djangorestframework-jsonapi frames errors like this.
        _ => format!("{{\"errors\":{}}}", refusal.body),
    };
    let mut answer = Answer::new(refusal.status, body);
    if refusal.authentication {
        let first = view.authenticators.first().copied();
        // simplejwt's own views have no classes and name the scheme all the same.
        match first.unwrap_or(Authenticator::Jwt).challenge(app) {
            Some(challenge) => answer.headers.push(("www-authenticate", challenge)),
            None => answer.status = 403,
        }
    }
    answer.announced = refusal.headers;
    answer
}

fn rendered(view: &View, accepted: Accepted, session: Session, answer: Answer) -> Reply {
    let mut reply = Reply::bare(answer.status);
    let has_body = answer.body.is_some() || answer.list.is_some();
    if let Some(body) = answer.body {
        let body = match accepted.indent {
            0 => body,
            width => json::indented(&body, width),
        };
        reply.body = Bytes::from(body);
    }
    if let Some(list) = answer.list {
        reply.list = Some(list.indented(accepted.indent));
        reply.chunked = true;
    }
    if has_body {
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
            .and_then(|header| header.split_whitespace().next().map(str::to_owned))
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("token")),
    }
}
