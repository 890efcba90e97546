//! Bombards the embedded server's request path in process: `cargo bench --bench server_fuzz`, a million requests, or
//! `APICTL_FUZZ_REQUESTS` of them from `APICTL_FUZZ_SEED`. A panic ends it with an error.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a bounded program that reads its size from the environment, prints, and fails by panicking"
)]

#[path = "../tests/it/flows/server_fuzz.rs"]
mod server_fuzz;
#[path = "../tests/it/flows/server_requests.rs"]
mod server_requests;

use std::time::Instant;

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

fn main() {
    let requests = number("APICTL_FUZZ_REQUESTS", 1_000_000);
    let seed = number("APICTL_FUZZ_SEED", 1);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let begun = Instant::now();
    let classes = runtime.block_on(server_fuzz::bombard(seed as u64, requests));
    let took = begun.elapsed().as_secs_f64();
    println!("{requests} requests from seed {seed} in {took:.1} s, no panic");
    for (class, count) in classes.iter().enumerate().skip(2) {
        println!("  {class}xx: {count}");
    }
}
