//! Any bytes are read as keys; what is a key is written in every form, read back, and made ready.

#![no_main]

use apictl_fuzz::jwt::{
    Policy, Verifier, private_jwk, private_pem, public_jwk, public_pem, read_keys, read_secret, thumbprint,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = read_secret(data);
    let Ok(keys) = read_keys(data) else { return };
    for key in &keys {
        let name = thumbprint(key);
        for pem in [public_pem(key), private_pem(key).map(|pem| pem.to_string())].into_iter().flatten() {
            let again = read_keys(pem.as_bytes()).expect("a key that was written");
            assert_eq!(thumbprint(&again[0]), name);
        }
        for jwk in [public_jwk(key), private_jwk(key)].into_iter().flatten() {
            let text = serde_json::to_vec(&jwk).expect("JSON");
            let again = read_keys(&text).expect("a key that was written");
            assert_eq!(thumbprint(&again[0]), name);
        }
    }
    if let Ok(verifier) = Verifier::new(&keys, Policy::default()) {
        assert!(!verifier.verify("eyJhbGciOiJIUzI1NiJ9.e30.AAAA", 0.0).is_valid());
    }
});
