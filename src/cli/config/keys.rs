//! Every setting: its name, what kind of value it takes, its default.

/// What a setting's value looks like in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One text (or number).
    Text,
    /// `true` or `false`.
    Switch,
    /// Several texts; in the environment one a line.
    List,
}

/// One setting. Its variable is `APICTL_` and its name in capitals.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) default: Option<&'static str>,
    pub(crate) about: &'static str,
}

const fn text(name: &'static str, default: Option<&'static str>, about: &'static str) -> Key {
    Key {
        name,
        kind: Kind::Text,
        default,
        about,
    }
}

const fn switch(name: &'static str, about: &'static str) -> Key {
    Key {
        name,
        kind: Kind::Switch,
        default: Some("false"),
        about,
    }
}

const fn list(name: &'static str, about: &'static str) -> Key {
    Key {
        name,
        kind: Kind::List,
        default: None,
        about,
    }
}

/// All settings, in the order in which `config show` prints them.
pub(crate) const KEYS: &[Key] = &[
    text(
        "base_url",
        Some("http://127.0.0.1:8000"),
        "the API's address",
    ),
    text("as", None, "the login to act as, or anon"),
    text("preset", None, "the shape of the token endpoints"),
    text(
        "obtain_path",
        None,
        "path of the obtain endpoint, where the preset's is wrong",
    ),
    text("refresh_path", None, "path of the refresh endpoint"),
    text("verify_path", None, "path of the verify endpoint"),
    text(
        "revoke_path",
        None,
        "path of the blacklist or logout endpoint",
    ),
    text("username_field", None, "name of the login field"),
    text("format", Some("table"), "how answers are written"),
    text("color", Some("auto"), "when to use colours"),
    text("timeout", Some("30s"), "longest wait for a reply"),
    text(
        "connect_timeout",
        Some("10s"),
        "longest wait for a connection",
    ),
    text(
        "cacert",
        None,
        "PEM file of further certificate authorities",
    ),
    switch("insecure", "accept any TLS certificate"),
    text("proxy", None, "proxy for every request"),
    list(
        "header",
        "header fields for requests to the base URL's origin",
    ),
    text("user_agent", None, "the User-Agent"),
    text("bind", None, "source address of connections"),
    list("resolve", "fixed addresses of hosts"),
    switch("http2_prior_knowledge", "speak HTTP/2 from the first byte"),
    switch("no_progress", "never show progress"),
    switch("quiet", "print errors only"),
    switch("verbose", "print each request and reply line"),
    text("store", None, "folder of the token store"),
    text(
        "keyring",
        Some("auto"),
        "whether the token store is sealed with a key in the OS keyring: auto, on or off",
    ),
];

/// The setting of that name.
pub(crate) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}
