//! Serializer fields: what DRF accepts for a value, and its words when it does not.

use super::body::Data;
use super::json::{self, Json};
use super::profile::Profile;
use super::reply::Refusal;

/// The kinds of field that the endpoints use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text {
        max_length: Option<usize>,
        allow_blank: bool,
        trim: bool,
    },
    Boolean,
    /// Inclusive bounds.
    Integer(i64, i64),
}

/// A field that clients may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

impl Field {
    /// A required text without bounds.
    pub(super) const fn text(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Text {
                max_length: None,
                allow_blank: false,
                trim: true,
            },
            required: true,
        }
    }
}

/// A validated value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Boolean(bool),
    Integer(i64),
}

/// The validated values of the fields that were given.
pub(super) type Values = Vec<(&'static str, Value)>;

/// Validates `data`: the values of the fields that were given, or all errors as DRF writes them.
pub(super) fn validate(fields: &[Field], data: &Data, partial: bool) -> Result<Values, Refusal> {
    let read: &dyn Fn(Field) -> Option<Json> = match data {
        Data::Json(Json::Null) => return Err(non_field("No data provided")),
        Data::Json(json) => return validate_object(fields, json, partial).map_err(bad_request),
        Data::Form(form) => &|field| from_form(field, form.last(field.name), partial),
    };
    check_all(fields, read, partial).map_err(bad_request)
}

/// Validates a list of objects (`many=True`): the values of each, or all errors as the release writes them.
pub(super) fn validate_list(
    fields: &[Field],
    data: &Data,
    drf: Profile,
) -> Result<Vec<Values>, Refusal> {
    let items = match data {
        // No field of a form is named as an item of a list would be.
        Data::Form(_) => &[][..],
        Data::Json(Json::List(items)) => items,
        Data::Json(Json::Null) => return Err(non_field("No data provided")),
        Data::Json(other) => {
            return Err(non_field(&format!(
                "Expected a list of items but got type \"{}\".",
                other.python_type()
            )));
        }
    };
    let mut values = Vec::new();
    let mut errors = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let checked = match item {
            Json::Null => Err(list(&["This field may not be null.".to_owned()])),
            item => validate_object(fields, item, false),
        };
        match checked {
            Ok(given) => {
                values.push(given);
                errors.push((index, None));
            }
            Err(wrong) => errors.push((index, Some(wrong))),
        }
    }
    if values.len() == items.len() {
        return Ok(values);
    }
    let body = if drf.lists_errors_by_index() {
        let wrong = errors
            .into_iter()
            .filter_map(|(index, wrong)| Some(format!("\"{index}\":{}", wrong?)));
        format!("{{{}}}", wrong.collect::<Vec<_>>().join(","))
    } else {
        let all = errors
            .into_iter()
            .map(|(_, wrong)| wrong.unwrap_or_else(|| "{}".to_owned()));
        format!("[{}]", all.collect::<Vec<_>>().join(","))
    };
    Err(bad_request(body))
}

/// Validates one object; the error is the JSON document that names what is wrong with it.
fn validate_object(fields: &[Field], json: &Json, partial: bool) -> Result<Values, String> {
    let Json::Object(members) = json else {
        let message = format!(
            "Invalid data. Expected a dictionary, but got {}.",
            json.python_type()
        );
        return Err(format!("{{\"non_field_errors\":{}}}", list(&[message])));
    };
    let read = |field: Field| {
        let found = members.iter().find(|(name, _)| name == field.name);
        found.map(|(_, value)| value.clone())
    };
    check_all(fields, &read, partial)
}

fn check_all(
    fields: &[Field],
    read: &dyn Fn(Field) -> Option<Json>,
    partial: bool,
) -> Result<Values, String> {
    let mut values = Vec::new();
    let mut errors = String::new();
    for field in fields {
        match check(*field, read(*field).as_ref(), partial) {
            Ok(Some(value)) => values.push((field.name, value)),
            Ok(None) => {}
            Err(messages) => {
                errors.push_str(if errors.is_empty() { "{" } else { "," });
                errors.push_str(&format!("\"{}\":{}", field.name, list(&messages)));
            }
        }
    }
    if errors.is_empty() {
        Ok(values)
    } else {
        Err(errors + "}")
    }
}

fn bad_request(body: String) -> Refusal {
    Refusal::new(400, body)
}

/// `{"non_field_errors":["…"]}`.
pub(super) fn non_field(message: &str) -> Refusal {
    Refusal::new(
        400,
        format!("{{\"non_field_errors\":[{}]}}", json::string(message)),
    )
}

fn list(messages: &[String]) -> String {
    let items: Vec<String> = messages
        .iter()
        .map(|message| json::string(message))
        .collect();
    format!("[{}]", items.join(","))
}

/// `Field.get_value` for HTML input.
fn from_form(field: Field, value: Option<&str>, partial: bool) -> Option<Json> {
    match value {
        None if field.kind == Kind::Boolean && !partial => Some(Json::Bool(false)),
        None => None,
        Some("") if !field.required => match field.kind {
            Kind::Text {
                allow_blank: true, ..
            } => Some(Json::Str(String::new())),
            _ => None,
        },
        Some(text) => Some(Json::Str(text.to_owned())),
    }
}

fn check(field: Field, input: Option<&Json>, partial: bool) -> Result<Option<Value>, Vec<String>> {
    let one = |message: &str| Err(vec![message.to_owned()]);
    match input {
        None if field.required && !partial => one("This field is required."),
        None => Ok(None),
        Some(Json::Null) => one("This field may not be null."),
        Some(json) => match field.kind {
            Kind::Text {
                max_length,
                allow_blank,
                trim,
            } => text(json, max_length, allow_blank, trim).map(Some),
            Kind::Boolean => boolean(json).map_or_else(
                || one("Must be a valid boolean."),
                |value| Ok(Some(Value::Boolean(value))),
            ),
            Kind::Integer(least, most) => integer(json, least, most)
                .map(|value| Some(Value::Integer(value)))
                .map_err(|message| vec![message]),
        },
    }
}

fn text(
    json: &Json,
    max_length: Option<usize>,
    allow_blank: bool,
    trim: bool,
) -> Result<Value, Vec<String>> {
    let text = match json {
        Json::Str(text) => text.clone(),
        Json::Int(digits) => digits.clone(),
        Json::Float(value) => json::float_repr(*value),
        _ => return Err(vec!["Not a valid string.".to_owned()]),
    };
    let stripped = text.trim_matches(is_python_space);
    if text.is_empty() || (trim && stripped.is_empty()) {
        return if allow_blank {
            Ok(Value::Text(String::new()))
        } else {
            Err(vec!["This field may not be blank.".to_owned()])
        };
    }
    let text = if trim { stripped.to_owned() } else { text };
    let mut errors = Vec::new();
    if let Some(most) = max_length.filter(|most| text.chars().count() > *most) {
        errors.push(format!(
            "Ensure this field has no more than {most} characters."
        ));
    }
    if text.contains('\0') {
        errors.push("Null characters are not allowed.".to_owned());
    }
    if errors.is_empty() {
        Ok(Value::Text(text))
    } else {
        Err(errors)
    }
}

/// What `str.strip()` removes.
pub(super) fn is_python_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

fn boolean(json: &Json) -> Option<bool> {
    match json {
        Json::Bool(value) => Some(*value),
        Json::Int(digits) => match digits.as_str() {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        },
        Json::Float(1.0) => Some(true),
        Json::Float(0.0) => Some(false),
        Json::Str(text) => match text.to_lowercase().as_str() {
            "t" | "y" | "yes" | "true" | "on" | "1" => Some(true),
            "f" | "n" | "no" | "false" | "off" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn integer(json: &Json, least: i64, most: i64) -> Result<i64, String> {
    let invalid = || "A valid integer is required.".to_owned();
    let text = match json {
        Json::Str(text) if text.chars().count() > 1000 => {
            return Err("String value too large.".to_owned());
        }
        Json::Str(text) => text.clone(),
        Json::Int(digits) => digits.clone(),
        Json::Float(value) => json::float_repr(*value),
        _ => return Err(invalid()),
    };
    let value = python_int(without_zero_fraction(&text)).ok_or_else(invalid)?;
    if value > i128::from(most) {
        return Err(format!(
            "Ensure this value is less than or equal to {most}."
        ));
    }
    match i64::try_from(value) {
        Ok(value) if value >= least => Ok(value),
        _ => Err(format!(
            "Ensure this value is greater than or equal to {least}."
        )),
    }
}

/// `re.sub(r'\.0*\s*$', '', text)`.
fn without_zero_fraction(text: &str) -> &str {
    let trimmed = text.trim_end_matches(is_python_space).trim_end_matches('0');
    trimmed.strip_suffix('.').unwrap_or(text)
}

/// `int(text)`, with sizes past 128 bits clamped: spaces around, a sign, `_` between digits, any script's digits.
pub(super) fn python_int(text: &str) -> Option<i128> {
    let text = text.trim_matches(is_python_space);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty()
        || digits.starts_with('_')
        || digits.ends_with('_')
        || digits.contains("__")
    {
        return None;
    }
    let mut value: i128 = 0;
    for c in digits.chars().filter(|c| *c != '_') {
        value = value
            .saturating_mul(10)
            .saturating_add(i128::from(decimal_digit(c)?));
    }
    Some(if negative { -value } else { value })
}

/// The value of a decimal digit of the scripts in use (`Nd` comes in runs of ten).
fn decimal_digit(c: char) -> Option<u32> {
    const ZEROS: [u32; 18] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
        0xe50, 0xed0, 0xf20, 0x1040, 0xff10,
    ];
    let code = u32::from(c);
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))
        .map(|zero| code - zero)
}
