//! `apictl jwt keygen`: new keys, and the public half or another form of a key that exists.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand_core::{OsRng, RngCore};
use serde::Serialize;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::keys;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::jwt::{
    Algorithm, Curve, Key, KeyType, generate, private_jwk, private_pem, public_jwk, public_pem,
    read_secret, thumbprint,
};
use crate::ui::{Format, Look, Report};

/// Make a key, or write one in another form
///
/// A shared secret is a text of 64 random characters, fit for every HS algorithm and for Django's
/// secret key. A key's kid is its RFC 7638 thumbprint unless --kid says otherwise.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl jwt keygen
  apictl jwt keygen ES256 --out private.pem --public-out public.pem
  apictl jwt keygen EdDSA --form jwk --out key.json
  apictl jwt keygen --from private.pem --public --form jwks > jwks.json")]
pub(crate) struct Args {
    /// The algorithm that the key is for
    #[arg(default_value = "HS256")]
    alg: Algorithm,
    /// Bits of an RSA key
    #[arg(long, default_value_t = 2048, value_parser = clap::value_parser!(u16).range(2048..=8192))]
    bits: u16,
    /// Take this key instead of making one: any form that `verify --key` reads
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// How to write it: pem, jwk, jwks, or text for a shared secret
    #[arg(long, value_parser = ["pem", "jwk", "jwks", "text"])]
    form: Option<String>,
    /// Write the public half
    #[arg(long)]
    public: bool,
    /// The key's name, instead of its thumbprint
    #[arg(long, value_name = "NAME")]
    kid: Option<String>,
    /// Write to a new file that only you can read, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<String>,
    /// Write the public half to this new file, too
    #[arg(long, value_name = "FILE")]
    public_out: Option<String>,
}

#[derive(Debug, Serialize)]
struct KeygenReport {
    schema: &'static str,
    kind: String,
    kid: Option<String>,
    /// The key as asked for; left out when it went to a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<Map<String, Value>>,
    files: Vec<String>,
    #[serde(skip)]
    text: Option<Zeroizing<String>>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let mut all = match &args.from {
        Some(path) => keys::keys_of(path)?,
        None => vec![new_key(args)?],
    };
    for key in &mut all {
        let made = args.from.is_none();
        let named = args.kid.clone().or_else(|| key.kid.clone());
        // A secret's thumbprint would let anybody test guesses of it.
        let own = (!key.is_secret()).then(|| thumbprint(key));
        key.kid = named.or(own);
        if made {
            key.alg = Some(args.alg.to_string());
            key.usage = Some("sig".to_owned());
        }
    }
    let form = args
        .form
        .as_deref()
        .unwrap_or(if all[0].is_secret() { "text" } else { "pem" });
    let text = written(&all, form, args.public)?;
    let mut report = KeygenReport {
        schema: "apictl.jwt.keygen/1",
        kind: all[0].kind(),
        kid: all[0].kid.clone(),
        key: None,
        public: public_jwk(&all[0]),
        files: Vec::new(),
        text: None,
    };
    if let Some(path) = &args.public_out {
        let public_form = if form == "text" { "pem" } else { form };
        save(path, &written(&all, public_form, true)?, true)?;
        report.files.push(path.clone());
    }
    if let Some(path) = &args.out {
        save(path, &text, args.public)?;
        report.files.push(path.clone());
    } else {
        report.key = Some(serde_json::from_str(&text).unwrap_or_else(|_| json!(text.as_str())));
        report.text = Some(text);
    }
    if report.text.is_none() && ctx.format()? == Format::Table {
        for path in &report.files {
            ctx.say(&format!("wrote {path}: {}", report.kind));
        }
        return Ok(Exit::Yes);
    }
    ctx.print(&report)?;
    Ok(Exit::Yes)
}

fn new_key(args: &Args) -> Result<Key, Failure> {
    let failed = |error| Failure::of(Exit::Usage, "key", &error);
    match KeyType::for_algorithm(args.alg) {
        KeyType::Oct(_) => {
            let mut bytes = Zeroizing::new([0; 48]);
            OsRng.fill_bytes(bytes.as_mut());
            let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()));
            read_secret(text.as_bytes()).map_err(failed)
        }
        KeyType::Rsa(_) => generate(KeyType::Rsa(args.bits.into())).map_err(failed),
        other @ (KeyType::Ec(Curve::P256 | Curve::P384 | Curve::P521 | Curve::Secp256k1)
        | KeyType::Ed25519) => generate(other).map_err(failed),
    }
}

/// Keys as a text in a form, without a line break at the end.
fn written(all: &[Key], form: &str, public: bool) -> Result<Zeroizing<String>, Failure> {
    let lacks = |half: &str| {
        Failure::new(
            Exit::Usage,
            "key",
            format!("the {} has no {half} to write as {form}", all[0].kind()),
        )
    };
    let jwk = |key: &Key| {
        if public {
            public_jwk(key).ok_or_else(|| lacks("public half"))
        } else {
            private_jwk(key).ok_or_else(|| lacks("private half"))
        }
    };
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
    Ok(Zeroizing::new(match form {
        "jwk" => pretty(&Value::Object(jwk(&all[0])?)),
        "jwks" => {
            let list: Result<Vec<Value>, Failure> =
                all.iter().map(|key| jwk(key).map(Value::Object)).collect();
            pretty(&json!({ "keys": list? }))
        }
        "text" if public => return Err(lacks("public half")),
        "text" => all[0]
            .secret_text()
            .ok_or_else(|| lacks("text"))?
            .to_owned(),
        _ if public => public_pem(&all[0])
            .ok_or_else(|| lacks("public half"))?
            .trim_end()
            .to_owned(),
        _ => private_pem(&all[0])
            .ok_or_else(|| lacks("private half"))?
            .trim_end()
            .to_owned(),
    }))
}

/// Writes a file that must not exist yet; a private one is for its owner alone from the start.
fn save(path: &str, text: &str, public: bool) -> Result<(), Failure> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if public { 0o644 } else { 0o600 });
    }
    options
        .open(path)
        .and_then(|mut file| file.write_all(format!("{text}\n").as_bytes()))
        .map_err(|error| Failure::local(format!("cannot write '{path}'")).because(&error))
}

impl Report for KeygenReport {
    fn table(&self, _look: &Look) -> String {
        self.text
            .as_ref()
            .map(|text| text.to_string())
            .unwrap_or_default()
    }
}
