//! `OPTIONS`: what a view says about itself.

use super::json::push_string;
use super::view::{Endpoint, View};

const JSON_FIRST: &str =
    r#"["application/json","application/x-www-form-urlencoded","multipart/form-data"]"#;
const JSON_LAST: &str =
    r#"["application/x-www-form-urlencoded","multipart/form-data","application/json"]"#;

const NOTE: &str = r#"{"id":{"type":"integer","required":false,"read_only":true,"label":"ID"},"owner":{"type":"field","required":false,"read_only":true,"label":"Owner"},"title":{"type":"string","required":true,"read_only":false,"label":"Title","max_length":100},"text":{"type":"string","required":false,"read_only":false,"label":"Text"},"pinned":{"type":"boolean","required":false,"read_only":false,"label":"Pinned"},"priority":{"type":"integer","required":false,"read_only":false,"label":"Priority","min_value":0,"max_value":5}}"#;
const LOGIN: &str = r#"{"username":{"type":"string","required":true,"read_only":false,"label":"Username"},"password":{"type":"string","required":true,"read_only":false,"label":"Password"}}"#;
const API_TOKEN: &str = r#"{"username":{"type":"string","required":true,"read_only":false,"label":"Username"},"password":{"type":"string","required":true,"read_only":false,"label":"Password"},"token":{"type":"string","required":false,"read_only":true,"label":"Token"}}"#;
const REFRESH: &str = r#"{"refresh":{"type":"string","required":true,"read_only":false,"label":"Refresh"},"access":{"type":"string","required":false,"read_only":true,"label":"Access"}}"#;
const VERIFY: &str =
    r#"{"token":{"type":"string","required":true,"read_only":false,"label":"Token"}}"#;
const BLACKLIST: &str =
    r#"{"refresh":{"type":"string","required":true,"read_only":false,"label":"Refresh"}}"#;

/// The document. `may_write` says whether the caller may POST, or PUT to this very object.
pub(super) fn document(view: &View, may_write: bool) -> String {
    let mut out = String::from("{\"name\":");
    push_string(&mut out, view.name);
    out.push_str(",\"description\":");
    push_string(&mut out, view.description);
    out.push_str(",\"renders\":[\"application/json\"],\"parses\":");
    out.push_str(if view.endpoint == Endpoint::ApiToken {
        JSON_LAST
    } else {
        JSON_FIRST
    });
    if let Some((method, fields)) = action(view.endpoint).filter(|_| may_write) {
        out.push_str(&format!(",\"actions\":{{\"{method}\":{fields}}}"));
    }
    out.push('}');
    out
}

fn action(endpoint: Endpoint) -> Option<(&'static str, &'static str)> {
    match endpoint {
        Endpoint::TokenObtain | Endpoint::SlidingObtain => Some(("POST", LOGIN)),
        Endpoint::TokenRefresh => Some(("POST", REFRESH)),
        Endpoint::TokenVerify | Endpoint::SlidingRefresh => Some(("POST", VERIFY)),
        Endpoint::TokenBlacklist => Some(("POST", BLACKLIST)),
        Endpoint::ApiToken => Some(("POST", API_TOKEN)),
        Endpoint::Rows(_) => Some(("POST", NOTE)),
        Endpoint::Row(_) => Some(("PUT", NOTE)),
        _ => None,
    }
}
