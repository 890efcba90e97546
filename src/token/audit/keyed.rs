//! Forgeries signed with the server's own key: what is wrong with them is not the signature. Pure.

use serde_json::{Map, Value, json as value};

use super::forge::whole;
use super::original::{Forgery, Original, Signer, hmac_named, hmac_token, json};

/// The token again under a new signature: accepted, the key is the server's.
pub(super) fn resigned(good: &Original, signer: &Signer) -> Vec<Forgery> {
    one(signer, "signed again", &good.header, &good.claims)
}

/// Ended an hour ago, and ended five minutes ago.
pub(super) fn expired(good: &Original, signer: &Signer, now: f64) -> Vec<Forgery> {
    [("an hour ago", 3600.0), ("five minutes ago", 301.0)]
        .iter()
        .flat_map(|(words, before)| {
            let exp = Some(whole(value!(now - before)));
            one(
                signer,
                &format!("ended {words}"),
                &good.header,
                &good.claims_with("exp", exp),
            )
        })
        .collect()
}

/// Valid from an hour ahead.
pub(super) fn not_yet_valid(good: &Original, signer: &Signer, now: f64) -> Vec<Forgery> {
    let nbf = Some(whole(value!(now + 3600.0)));
    one(
        signer,
        "nbf in an hour",
        &good.header,
        &good.claims_with("nbf", nbf),
    )
}

/// `exp` removed, and null.
pub(super) fn no_exp(good: &Original, signer: &Signer) -> Vec<Forgery> {
    let mut forgeries = one(
        signer,
        "no exp",
        &good.header,
        &good.claims_with("exp", None),
    );
    let null = good.claims_with("exp", Some(Value::Null));
    forgeries.extend(one(signer, "exp null", &good.header, &null));
    forgeries
}

/// The type claim removed; nothing where the token has none.
pub(super) fn type_missing(good: &Original, signer: &Signer) -> Vec<Forgery> {
    if !good.claims.contains_key("token_type") {
        return Vec::new();
    }
    let claims = good.claims_with("token_type", None);
    one(signer, "no token_type", &good.header, &claims)
}

/// Another `aud` and another `iss`, where the token has them.
pub(super) fn wrong_audience(good: &Original, signer: &Signer) -> Vec<Forgery> {
    ["aud", "iss"]
        .iter()
        .filter(|claim| good.claims.contains_key(**claim))
        .flat_map(|claim| {
            let claims = good.claims_with(claim, Some("https://other.example".into()));
            one(signer, &format!("another {claim}"), &good.header, &claims)
        })
        .collect()
}

/// An extension that nobody knows, marked critical.
pub(super) fn crit(good: &Original, signer: &Signer) -> Vec<Forgery> {
    let mut header = good.header_with("crit", value!(["urn:apictl"]));
    header.insert("urn:apictl".to_owned(), true.into());
    one(signer, "crit urn:apictl", &header, &good.claims)
}

/// The other HMACs of the same secret; nothing for private keys.
pub(super) fn alg_switch(good: &Original, signer: &Signer) -> Vec<Forgery> {
    let Signer::Hmac(secret, own) = signer else {
        return Vec::new();
    };
    ["HS256", "HS384", "HS512"]
        .iter()
        .filter(|algorithm| *algorithm != own)
        .filter_map(|algorithm| {
            let header = json(&good.header_with("alg", *algorithm));
            let token = hmac_token(
                hmac_named(algorithm)?,
                secret.expose().as_bytes(),
                &header,
                &json(&good.claims),
            );
            Some(Forgery::new(
                format!("{algorithm} of the same secret"),
                token,
            ))
        })
        .collect()
}

/// A header that names `alg` twice, none first; nothing for private keys.
pub(super) fn duplicate_keys(good: &Original, signer: &Signer) -> Vec<Forgery> {
    let Signer::Hmac(secret, own) = signer else {
        return Vec::new();
    };
    let Some(hash) = hmac_named(own) else {
        return Vec::new();
    };
    let header = json(&good.header).replacen('{', "{\"alg\":\"none\",", 1);
    vec![Forgery::new(
        "alg none, then alg again",
        hmac_token(
            hash,
            secret.expose().as_bytes(),
            &header,
            &json(&good.claims),
        ),
    )]
}

/// Claims of kinds that nobody expects: a server may refuse them and must not fall over.
pub(super) fn odd_claims(good: &Original, signer: &Signer) -> Vec<Forgery> {
    let user = ["user_id", "sub", "uid", "id"]
        .iter()
        .find(|claim| good.claims.contains_key(**claim));
    let mut odd: Vec<(&str, Value)> = vec![
        ("exp", value!("soon")),
        ("exp", value!(1e300)),
        ("iat", value!([])),
    ];
    odd.extend(user.map(|claim| (*claim, value!("no-such-user"))));
    odd.extend(user.map(|claim| (*claim, value!({"a": 1}))));
    odd.into_iter()
        .flat_map(|(claim, value)| {
            let label = format!("{claim} {value}");
            let claims = good.claims_with(claim, Some(value));
            one(signer, &label, &good.header, &claims)
        })
        .collect()
}

fn one(
    signer: &Signer,
    label: &str,
    header: &Map<String, Value>,
    claims: &Map<String, Value>,
) -> Vec<Forgery> {
    signer
        .sign(header, claims)
        .map(|token| Forgery::new(label, token))
        .into_iter()
        .collect()
}
