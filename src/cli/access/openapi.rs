//! `--openapi FILE|URL`: the document, wherever it is.

use std::str::FromStr;

use serde_json::Value;

use crate::access::Claims;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::http::{HeaderValue, Request, Url, header};

/// What drf-spectacular serves, JSON first.
const ACCEPT: &str = "application/vnd.oai.openapi+json, application/json, application/vnd.oai.openapi;q=0.8, */*;q=0.5";

/// Where the schema is and how its paths are completed.
#[derive(Debug, clap::Args)]
pub(crate) struct Source {
    /// Compare with an OpenAPI document (JSON or YAML): what it secures must refuse `anon`, the rest must not
    #[arg(long, value_name = "FILE|URL")]
    openapi: Option<String>,
    /// The value of a parameter in the document's paths; repeatable
    #[arg(long, value_name = "NAME=VALUE", requires = "openapi")]
    param: Vec<Param>,
}

/// `NAME=VALUE`.
#[derive(Debug, Clone)]
pub(crate) struct Param(String, String);

impl FromStr for Param {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once('=')
            .map(|(name, value)| Self(name.to_owned(), value.to_owned()))
            .ok_or_else(|| "not of the form NAME=VALUE".to_owned())
    }
}

impl Source {
    /// Whether a document was named.
    pub(crate) fn is_given(&self) -> bool {
        self.openapi.is_some()
    }

    /// The document as it was named; empty when none was.
    pub(crate) fn address(&self) -> &str {
        self.openapi.as_deref().unwrap_or_default()
    }

    /// What the document claims; nothing when none was named. Says which paths had to be left out.
    pub(crate) async fn claims(&self, ctx: &Context, base: &Url) -> Result<Claims, Failure> {
        let Some(source) = &self.openapi else {
            return Ok(Claims::default());
        };
        let text = match fetch(ctx, base, source).await? {
            Some(text) => text,
            None => std::fs::read_to_string(source).map_err(|error| {
                Failure::usage(format!("cannot read the OpenAPI document '{source}'"))
                    .because(&error)
            })?,
        };
        let document = parse(&text)
            .map_err(|why| Failure::usage(format!("'{source}' is neither JSON nor YAML: {why}")))?;
        let values: Vec<(String, String)> = self
            .param
            .iter()
            .map(|Param(name, value)| (name.clone(), value.clone()))
            .collect();
        let claims = Claims::read(&document, &values)
            .ok_or_else(|| Failure::usage(format!("'{source}' has no `paths`: is it OpenAPI?")))?;
        if !claims.incomplete.is_empty() {
            ctx.warn(&format!(
                "left out for want of `--param NAME=VALUE`: {}",
                claims.incomplete.join(", ")
            ));
        }
        Ok(claims)
    }
}

/// The text behind a URL, or a path of the API that is no file here; `None` for a file.
async fn fetch(ctx: &Context, base: &Url, source: &str) -> Result<Option<String>, Failure> {
    let is_url = source.starts_with("http://") || source.starts_with("https://");
    let is_path = source.starts_with('/') && !std::path::Path::new(source).exists();
    if !is_url && !is_path {
        return Ok(None);
    }
    let client = ctx.anonymous_client(base.clone())?;
    let request =
        Request::get(client.url(source)?).header(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    let reply = client.send(request).await?;
    if !reply.status.is_success() {
        return Err(Failure::api(format!(
            "the OpenAPI document at '{source}' is answered {}",
            reply.status
        )));
    }
    Ok(Some(reply.text()))
}

fn parse(text: &str) -> Result<Value, String> {
    if let Ok(document) = serde_json::from_str(text) {
        return Ok(document);
    }
    serde_saphyr::from_str(text).map_err(|error| error.to_string())
}
