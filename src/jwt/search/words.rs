//! The secrets that everybody tries first: placeholders of tutorials and documentation, defaults of
//! examples, common passwords, short numbers, each in a few usual variations.

/// Whole phrases that stand in documentation and templates.
const PHRASES: &str = include_str!("phrases.txt");

/// Words that are varied.
const WORDS: &[&str] = &[
    "secret",
    "password",
    "changeme",
    "change",
    "key",
    "jwt",
    "token",
    "admin",
    "test",
    "django",
    "default",
    "example",
    "private",
    "super",
    "supersecret",
    "mysecret",
    "topsecret",
    "secretkey",
    "secret_key",
    "secret-key",
    "jwtsecret",
    "jwt_secret",
    "jwt-secret",
    "jwtkey",
    "jwt_key",
    "signingkey",
    "signing_key",
    "signing-key",
    "mysecretkey",
    "my_secret_key",
    "my-secret-key",
    "supersecretkey",
    "super_secret_key",
    "super-secret-key",
    "verysecret",
    "verysecretkey",
    "notsosecret",
    "nosecret",
    "insecure",
    "django-insecure",
    "dev",
    "devsecret",
    "dev-secret",
    "dev_secret",
    "development",
    "local",
    "localhost",
    "prod",
    "production",
    "staging",
    "testing",
    "testsecret",
    "test-secret",
    "test_secret",
    "testkey",
    "root",
    "user",
    "guest",
    "demo",
    "sample",
    "foo",
    "bar",
    "foobar",
    "foobarbaz",
    "hello",
    "helloworld",
    "qwerty",
    "letmein",
    "welcome",
    "monkey",
    "dragon",
    "master",
    "shadow",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "abc",
    "abcd",
    "abcdef",
    "hunter2",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "pass",
    "auth",
    "authsecret",
    "auth_secret",
    "auth-secret",
    "api",
    "apikey",
    "api_key",
    "api-key",
    "app",
    "appsecret",
    "app_secret",
    "app-secret",
    "session",
    "sessionsecret",
    "session_secret",
    "server",
    "hmac",
    "hs256",
    "sha256",
    "flask",
    "fastapi",
    "express",
    "node",
    "spring",
    "laravel",
    "rails",
    "simplejwt",
    "restframework",
    "drf",
    "backend",
    "none",
    "null",
    "undefined",
    "true",
    "false",
    "placeholder",
    "replace",
    "replaceme",
    "replace-me",
    "replace_me",
    "change-me",
    "change_me",
    "changethis",
    "change-this",
    "change_this",
    "todo",
    "xxx",
    "keyboard cat",
    "shhhh",
    "shhhhh",
    "s3cr3t",
    "s3cret",
    "sup3rs3cr3t",
    "company",
    "website",
    "accesstoken",
    "access_token",
    "refresh",
    "refreshtoken",
    "refresh_token",
    "accesssecret",
    "access-secret",
    "refreshsecret",
    "refresh-secret",
];

const ENDINGS: &[&str] = &[
    "", "1", "12", "123", "1234", "12345", "123456", "!", "!!", "!!!", "0", "01", "2024", "2025",
    "2026", "@123", "_key", "-key", "key", "_secret", "-secret",
];

/// Every common secret, each once in no particular order.
pub fn common() -> Vec<String> {
    let mut all: Vec<String> = PHRASES.lines().map(str::to_owned).collect();
    all.push(String::new());
    for word in WORDS {
        let mut capital = (*word).to_owned();
        if let Some(first) = capital.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        for form in [(*word).to_owned(), capital, word.to_uppercase()] {
            all.extend(ENDINGS.iter().map(|ending| format!("{form}{ending}")));
        }
    }
    for digits in 1..=4_usize {
        let count = 10_u32.pow(u32::try_from(digits).unwrap_or(1));
        all.extend((0..count).map(|number| format!("{number:0digits$}")));
    }
    for byte in b'!'..=b'~' {
        let c = char::from(byte);
        all.extend([1, 8, 16, 24, 32, 48, 64].map(|length| c.to_string().repeat(length)));
    }
    let run: String = ('0'..='9').cycle().take(128).collect();
    let from_one: String = ('1'..='9').chain(['0']).cycle().take(128).collect();
    all.extend(
        (6..=128).flat_map(|length| [run[..length].to_owned(), from_one[..length].to_owned()]),
    );
    let hex: String = "0123456789abcdef".repeat(8);
    all.extend([16, 32, 48, 64, 128].map(|length| hex[..length].to_owned()));
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_holds_what_tutorials_say_and_takes_a_blink() {
        let all = super::common();
        for word in [
            "secret",
            "your-256-bit-secret",
            "Password123",
            "12345678901234567890123456789012",
            "0000",
            "changeme!",
        ] {
            assert!(all.iter().any(|candidate| candidate == word), "{word}");
        }
        assert!((15_000..40_000).contains(&all.len()), "{}", all.len());
    }
}
