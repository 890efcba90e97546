//! Any text is searched for tokens, and each is decoded, dated and audited.

#![no_main]

use apictl_fuzz::jwt::{Limits, Payload, Search, audit, decode, find, times};
use libfuzzer_sys::fuzz_target;

const NOW: f64 = 1_700_000_000.0;

fn look(token: &str) {
    let Ok(decoded) = decode(token) else { return };
    if let Payload::Claims(claims) = &decoded.payload {
        for (_, time) in times(claims, NOW) {
            assert!(!time.words().is_empty());
        }
    }
    let _ = audit(&decoded, token.len(), Limits::default());
    if let Some(search) = Search::new(token) {
        assert!(!search.matches(b"a secret that no input was signed with"));
    }
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    look(&text);
    for found in find(&text) {
        look(found.token.expose());
    }
});
