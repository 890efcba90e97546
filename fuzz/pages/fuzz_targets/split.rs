//! Any bytes, in parts of any size, against `serde_json`.

#![no_main]

#[path = "../../../tests/it/support/split_oracle.rs"]
mod split_oracle;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let Some((size, body)) = input.split_first() else {
        return;
    };
    split_oracle::judge(body, usize::from(*size));
});
