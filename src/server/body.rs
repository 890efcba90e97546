//! The body of a request as DRF's parsers read it.

use super::app::App;
use super::call::Call;
use super::json::{self, Json, ParseFailure};
use super::multipart;
use super::query::Query;
use super::reply::{Refusal, Stop};

/// `DATA_UPLOAD_MAX_MEMORY_SIZE`.
const MAX_BODY: usize = 2_621_440;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// `request.data`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Data {
    Json(Json),
    /// Fields of an HTML form, where a missing checkbox means "no".
    Form(Query),
}

/// Parses the body by its media type. No body at all is an empty object, whatever the type.
pub(super) fn parse(app: &App, call: &Call) -> Result<Data, Stop> {
    parse_with(app, call, JSON)
}

/// The same for a view whose first parser is that of forms: a wildcard type means a form.
pub(super) fn parse_form_first(app: &App, call: &Call) -> Result<Data, Stop> {
    parse_with(app, call, FORM)
}

fn parse_with(app: &App, call: &Call, first: &str) -> Result<Data, Stop> {
    let content_type = call.header("content-type").unwrap_or_default();
    let media_type = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let length = call
        .header("content-length")
        .and_then(|length| length.trim().parse::<u64>().ok());
    let is_form = matches!(
        media_type.as_str(),
        "application/x-www-form-urlencoded" | "multipart/form-data"
    );
    if length.unwrap_or(0) == 0 {
        return Ok(if is_form {
            Data::Form(Query::default())
        } else {
            Data::Json(Json::Object(Vec::new()))
        });
    }
    if !parser_matches(&media_type) || content_type.len() > 256 {
        return Err(Refusal::detail(
            415,
            &format!("Unsupported media type \"{content_type}\" in request."),
        )
        .into());
    }
    if call.body.len() > MAX_BODY && app.config.drf.limits_bodies() {
        return Err(Stop::Suspicious);
    }
    let media_type = if media_type.contains('*') {
        first
    } else {
        &media_type
    };
    match media_type {
        FORM => Ok(Data::Form(Query::parse_bytes(&call.body))),
        "multipart/form-data" => multipart::parse(&content_type, &call.body).map(Data::Form),
        _ => match json::parse(&call.body) {
            Ok(value) => Ok(Data::Json(value)),
            Err(ParseFailure::Text(text)) => {
                Err(Refusal::detail(400, &format!("JSON parse error - {text}")).into())
            }
            Err(ParseFailure::TooDeep) => Err(Stop::Crash),
        },
    }
}

/// The fields of a form, where the body is one: `request.POST`.
pub(super) fn form(call: &Call) -> Option<Query> {
    let content_type = call.header("content-type")?;
    match content_type.split(';').next()?.trim() {
        FORM => Some(Query::parse_bytes(&call.body)),
        "multipart/form-data" => multipart::parse(&content_type, &call.body).ok(),
        _ => None,
    }
}

/// Whether one of the three parsers takes the type; wildcards match, as in `Accept`.
fn parser_matches(media_type: &str) -> bool {
    matches!(
        media_type,
        "application/json"
            | "application/x-www-form-urlencoded"
            | "multipart/form-data"
            | "*/*"
            | "application/*"
            | "*/json"
    )
}
