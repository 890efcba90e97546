//! What the caller expects of a token.

use crate::jwt::algorithm::Algorithm;

/// Expectations; an empty one checks the signature, the header and the registered times.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Policy {
    /// The algorithms allowed; empty leaves it to the key.
    pub algorithms: Vec<Algorithm>,
    /// `aud` must name one of these.
    pub audiences: Vec<String>,
    /// `iss` must be one of these.
    pub issuers: Vec<String>,
    /// `sub` must be this.
    pub subject: Option<String>,
    /// simplejwt's `token_type` must be this: `access`, `refresh`, `sliding`.
    pub token_type: Option<String>,
    /// Claims that must be present and not null.
    pub required: Vec<String>,
    /// Greatest age by `iat`, in seconds.
    pub max_age_s: Option<f64>,
    /// Clock difference granted on every time, in seconds. simplejwt's default, and this one, is 0.
    pub leeway_s: f64,
    /// Whether keys shorter than RFC 7518 §3.2 and §3.3 ask for are used.
    pub allow_weak_key: bool,
}

impl Policy {
    /// Whether nothing is asked beyond signature, header and registered times.
    pub(crate) fn is_plain(&self) -> bool {
        self.audiences.is_empty()
            && self.issuers.is_empty()
            && self.subject.is_none()
            && self.token_type.is_none()
            && self.required.is_empty()
            && self.max_age_s.is_none()
    }
}
