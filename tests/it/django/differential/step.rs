//! One request of a sequence, before it is bound to a side.

/// A request. `$access` and `$refresh` in headers, target and body stand for the tokens that the side
/// answered last; `$old_refresh` for the refresh token before, `$token` for one that is alone in its reply. `$csrftoken`
/// and `$sessionid` stand for the cookies that it set last, `$form` for the token in its last login form.
#[derive(Debug, Clone)]
pub struct Step {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
    /// Seconds that pass before it.
    pub after: f64,
}

impl Step {
    pub fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: None,
            after: 0.0,
        }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As the holder of the last access token.
    pub fn bearer(self) -> Self {
        self.with("Authorization", "Bearer $access")
    }

    /// By HTTP Basic, with the documented password.
    pub fn basic(self, name: &str) -> Self {
        use base64::Engine;
        let pair = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{name}-pass"));
        self.with("Authorization", &format!("Basic {pair}"))
    }

    pub fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self.with("Content-Type", media_type)
    }

    pub fn json(self, body: &str) -> Self {
        self.body("application/json", body)
    }

    pub fn after(mut self, seconds: f64) -> Self {
        self.after = seconds;
        self
    }
}

pub fn get(target: &str) -> Step {
    Step::new("GET", target)
}

pub fn post(target: &str, json: &str) -> Step {
    Step::new("POST", target).json(json)
}

/// Obtains a token pair for a user.
pub fn login(name: &str) -> Step {
    post(
        "/api/token/",
        &format!(r#"{{"username":"{name}","password":"{name}-pass"}}"#),
    )
}
