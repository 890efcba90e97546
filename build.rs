//! How the program is linked.

#![expect(
    clippy::disallowed_methods,
    reason = "Cargo tells a build script by variables what it builds for"
)]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|text| text == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        // At a fixed address: the loader would rewrite 23,000 pointers, a quarter of what a short command costs.
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
