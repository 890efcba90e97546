//! The texts in a project's files that may be its signing secret: what stands between quotes in
//! settings, and the values of environment, compose and configuration files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A text that may be the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The line it stands on, counted from 1.
    pub line: usize,
    /// The text.
    pub bytes: Vec<u8>,
}

/// Secrets are not longer than this.
const LONGEST: usize = 1024;

/// Whether a file of this name may hold a project's secret.
pub fn is_worth_reading(path: &str) -> bool {
    let path = path.replace('\\', "/").to_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if name.contains(".env") || name.starts_with("env.") || name == "env" || name == "envrc" {
        return true;
    }
    if name.contains("dockerfile")
        || name.contains("secret")
        || name == "makefile"
        || name == "procfile"
    {
        return true;
    }
    ends(&[
        ".py",
        ".yml",
        ".yaml",
        ".toml",
        ".ini",
        ".cfg",
        ".conf",
        ".json",
        ".sh",
        ".tf",
        ".properties",
        ".service",
    ])
}

/// Every candidate in a file's text.
pub fn candidates(path: &str, text: &str) -> Vec<Candidate> {
    let python = path.to_lowercase().ends_with(".py");
    let mut all = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut add = |value: &str| {
            let value = value.trim();
            if value.is_empty() || value.len() > LONGEST {
                return;
            }
            all.push(Candidate {
                line: number + 1,
                bytes: value.as_bytes().to_vec(),
            });
            if let Some(bytes) = STANDARD
                .decode(value)
                .ok()
                .filter(|bytes| bytes.len() >= 16)
            {
                all.push(Candidate {
                    line: number + 1,
                    bytes,
                });
            }
        };
        quoted(line, &mut add);
        if !python {
            for separator in ['=', ':'] {
                if let Some((_, value)) = line.split_once(separator) {
                    add(value);
                    add(value.trim().trim_matches(['"', '\'', ',', ';']));
                    // `${NAME:-default}` in compose files and shells.
                    if let Some((_, default)) = value.split_once(":-") {
                        add(default.trim_end_matches(['}', '"', '\'', ' ']));
                    }
                }
            }
            add(line.trim().trim_start_matches("- "));
        }
    }
    all
}

/// The texts between quotes on a line, with the escapes of quote and backslash undone.
fn quoted(line: &str, add: &mut impl FnMut(&str)) {
    let mut rest = line;
    while let Some(open) = rest.find(['"', '\'']) {
        let quote = rest.as_bytes()[open];
        let body = &rest[open + 1..];
        let mut end = None;
        let mut escaped = false;
        for (at, byte) in body.bytes().enumerate() {
            if escaped {
                escaped = false;
            } else if byte == b'\\' {
                escaped = true;
            } else if byte == quote {
                end = Some(at);
                break;
            }
        }
        let Some(end) = end else { return };
        let text = &body[..end];
        add(text);
        if text.contains('\\') {
            add(&text
                .replace("\\'", "'")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\"));
        }
        rest = &body[end + 1..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str, value: &str) -> Option<usize> {
        candidates(path, text)
            .into_iter()
            .find(|candidate| candidate.bytes == value.as_bytes())
            .map(|candidate| candidate.line)
    }

    #[test]
    fn secrets_are_found_in_the_files_where_projects_keep_them() {
        let key = "django-insecure-=a#b'c$d\"e:f";
        let python =
            "import os\n\nSECRET_KEY = os.environ.get('KEY', 'django-insecure-=a#b\\'c$d\"e:f')\n";
        assert_eq!(found("settings/base.py", python, key), Some(3));
        assert_eq!(
            found(".env", "A=1\nSECRET_KEY=abc=def\n", "abc=def"),
            Some(2)
        );
        assert_eq!(
            found(".env", "export SECRET_KEY=\"quoted\"\n", "quoted"),
            Some(1)
        );
        assert_eq!(
            found("compose.yml", "  - SECRET_KEY=listed\n", "listed"),
            Some(1)
        );
        assert_eq!(
            found(
                "compose.yml",
                "  SECRET_KEY: ${KEY:-fallback}\n",
                "fallback"
            ),
            Some(1)
        );
        assert_eq!(
            found("x.json", "{\"key\": \"in json\"}", "in json"),
            Some(1)
        );
        assert_eq!(found("secret.txt", "bare\n", "bare"), Some(1));
        assert_eq!(
            found(".env", "K=MDEyMzQ1Njc4OWFiY2RlZg==", "0123456789abcdef"),
            Some(1)
        );
    }

    #[test]
    fn names_tell_which_files_are_read() {
        for name in [
            "shop/settings.py",
            ".env",
            ".env.local",
            "prod.env",
            "docker-compose.yml",
            "a/Dockerfile",
            "secrets.txt",
        ] {
            assert!(is_worth_reading(name), "{name}");
        }
        for name in ["logo.png", "app.js", "README.md", "db.sqlite3"] {
            assert!(!is_worth_reading(name), "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,200}", lines in "[\"'\\\\=:{}a\n-]{0,80}") {
            for path in ["x.py", ".env"] {
                candidates(path, &text);
                candidates(path, &lines);
            }
        }
    }
}
