//! Looks through everything the binary prints, in every test, for the secrets of that run.
//!
//! The secrets are what the run was given (passwords, keys and tokens from arguments, variables, files and standard
//! input) and what the token store in its home holds before and after it. `SHOWN` lists the only places where one may be
//! seen.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Where a secret is the very thing that was asked for: the words a command line has for it, and why.
const SHOWN: &[(&[&str], &str)] = &[
    (&["token", "print"], "prints a token"),
    (
        &["token", "exec"],
        "hands a token to a program, whose output is its own",
    ),
    (&["--reveal"], "asks for tokens whole"),
    (&["jwt", "sign"], "makes a token"),
    (
        &["jwt", "keygen"],
        "makes a key, or writes it in another form",
    ),
    (
        &["jwt", "matrix"],
        "makes tokens, and the key to check them with",
    ),
];

/// Shorter texts occur by chance.
const SHORTEST: usize = 6;

/// Used as a secret in a test about weak ones, and a word of every other message.
const WORD: &str = "secret";

/// One run of the binary: what it was started with.
#[derive(Debug, Clone)]
pub struct Watched {
    home: PathBuf,
    args: Vec<String>,
    secrets: BTreeSet<String>,
}

impl Watched {
    /// A run with its arguments and variables, about to start in `home`.
    pub fn new(home: &Path, args: Vec<String>, variables: &[(String, String)]) -> Self {
        let mut watched = Self {
            home: home.to_owned(),
            args,
            secrets: BTreeSet::new(),
        };
        watched.add_arguments(variables);
        watched.add_store();
        watched
    }

    /// A text on standard input.
    pub fn given(&mut self, input: &str) {
        if self.args.iter().any(|arg| arg.ends_with("-stdin")) {
            self.add(input.trim_end_matches(['\r', '\n']));
        }
    }

    /// Fails when a secret was printed.
    #[track_caller]
    pub fn inspect(mut self, stdout: &str, stderr: &str) {
        self.add_store();
        for (name, text) in [("standard output", stdout), ("standard error", stderr)] {
            if let Some(secret) = self.leak(text) {
                let (start, length) = (&secret[..3], secret.len());
                panic!(
                    "a secret ({start}…, {length} bytes) is on {name} of apictl {:?}:\n{text}",
                    self.args
                );
            }
        }
    }

    /// The first secret in a text, unless this run is one that shows secrets.
    pub fn leak(&self, text: &str) -> Option<&str> {
        let shows = |words: &[&str]| {
            words
                .iter()
                .all(|word| self.args.iter().any(|arg| arg == word))
        };
        if SHOWN.iter().any(|(words, _)| shows(words)) {
            return None;
        }
        let found = self
            .secrets
            .iter()
            .find(|secret| text.contains(secret.as_str()));
        found.map(String::as_str)
    }

    fn add(&mut self, secret: &str) {
        if secret.len() >= SHORTEST && secret != WORD {
            self.secrets.insert(secret.to_owned());
        }
    }

    fn add_arguments(&mut self, variables: &[(String, String)]) {
        let mut secret_variables = vec![
            "APICTL_PASSWORD".to_owned(),
            "APICTL_CLIENT_SECRET".to_owned(),
        ];
        for at in 0..self.args.len() {
            let (flag, value) = match self.args[at].split_once('=') {
                Some((flag, value)) if flag.starts_with("--") => {
                    (flag.to_owned(), Some(value.to_owned()))
                }
                _ => (self.args[at].clone(), self.args.get(at + 1).cloned()),
            };
            let value = value.unwrap_or_default();
            match flag.as_str() {
                "--password" | "--secret" | "--client-secret" => self.add(&value),
                "--secret-env" | "--key-env" | "--password-env" => secret_variables.push(value),
                "--password-file"
                | "--secret-file"
                | "--client-secret-file"
                | "--key"
                | "--from" => {
                    self.add_file(&value);
                }
                token if is_token(token) => self.add(token),
                file if file.starts_with('@') => self.add_tokens_of(&file[1..]),
                _ => {}
            }
        }
        for (name, value) in variables {
            if secret_variables.contains(name) {
                self.add(value);
            }
        }
    }

    /// A file with a password, a shared secret, or a private key in PEM or as a JWK.
    fn add_file(&mut self, name: &str) {
        let Ok(text) = fs::read_to_string(self.home.join(name)) else {
            return;
        };
        if text.contains("PUBLIC KEY") || text.contains("BEGIN CERTIFICATE") {
            return;
        }
        if text.contains("PRIVATE KEY") {
            // The head of a key of one kind is that of every other; its last full lines are not.
            let lines: Vec<&str> = text
                .lines()
                .filter(|line| !line.starts_with("---"))
                .collect();
            for line in lines.iter().skip(1) {
                self.add(line);
            }
            return;
        }
        match serde_json::from_str::<Value>(&text) {
            Ok(Value::Object(jwk)) => {
                for name in ["k", "d", "p", "q", "dp", "dq", "qi"] {
                    if let Some(number) = jwk.get(name).and_then(Value::as_str) {
                        self.add(number);
                    }
                }
            }
            Ok(Value::Array(_)) => {}
            _ => self.add(text.trim_end_matches(['\r', '\n'])),
        }
    }

    fn add_tokens_of(&mut self, file: &str) {
        let text = fs::read_to_string(self.home.join(file)).unwrap_or_default();
        for word in text
            .split_whitespace()
            .filter(|word| is_token(word))
            .take(100)
        {
            self.add(word);
        }
    }

    /// Every token, cookie and client secret in a plain store below the home.
    fn add_store(&mut self) {
        for file in json_files(&self.home) {
            let Ok(login) = fs::read_to_string(&file)
                .map_err(drop)
                .and_then(|text| serde_json::from_str::<Value>(&text).map_err(drop))
            else {
                continue;
            };
            for place in ["/access", "/refresh", "/client/secret"] {
                if let Some(secret) = login.pointer(place).and_then(Value::as_str) {
                    self.add(secret);
                    if let Some((_, password)) = secret.split_once(':') {
                        self.add(password);
                        self.add(&STANDARD.encode(secret));
                    }
                }
            }
            for cookie in login["cookies"].as_array().into_iter().flatten() {
                self.add(cookie["value"].as_str().unwrap_or_default());
            }
        }
    }
}

/// Three parts with a signature: whoever reads it can use it.
fn is_token(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    word.starts_with("eyJ") && parts.len() == 3 && parts[2].len() >= 20
}

/// The records of the store in a home, wherever its folder is.
fn json_files(home: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![
        home.join(".local/share/apictl/logins"),
        home.join("store/logins"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn a_printed_secret_is_noticed_and_named_places_are_excused() {
    let home = tempfile::tempdir().unwrap();
    let logins = home.path().join(".local/share/apictl/logins/x");
    fs::create_dir_all(&logins).unwrap();
    fs::write(
        logins.join("a.json"),
        r#"{"access":"stored-access","refresh":null,"cookies":[{"name":"c","value":"crumbly"}]}"#,
    )
    .unwrap();
    fs::write(
        home.path().join("key"),
        "-----BEGIN PRIVATE KEY-----\nAAAAAAAA\nBBBBBBBB\n",
    )
    .unwrap();
    let watched = |line: &str| {
        let args = line.split(' ').map(str::to_owned).collect();
        let variables = [("KEY".to_owned(), "from-variable".to_owned())];
        let mut watched = Watched::new(home.path(), args, &variables);
        watched.given("typed-password\n");
        watched
    };
    let quiet =
        watched("token obtain --password-stdin --password argued --secret-env KEY --key key");
    for secret in [
        "stored-access",
        "crumbly",
        "typed-password",
        "argued",
        "from-variable",
        "BBBBBBBB",
    ] {
        assert_eq!(quiet.leak(&format!("x{secret}y")), Some(secret));
    }
    assert_eq!(quiet.leak("nothing AAAAAAAA of note"), None);
    let token = format!("eyJx.eyJy.{}", "s".repeat(20));
    assert_eq!(
        watched(&format!("jwt verify {token}")).leak(&token),
        Some(token.as_str())
    );
    assert_eq!(watched("token print").leak("stored-access"), None);
    assert_eq!(watched("token show --reveal").leak("stored-access"), None);
}
