//! Reads the pages of a list and throws them away, with the client of the walk: what a walk costs is measured against it.
//!
//!     discard URL PAGES      asks for URL?page=1 to URL?page=PAGES, one after the other

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::sync::Arc;

use apictl::http::{Client, Network, Request, Settings};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [url, pages] = words.as_slice() else {
        // `cargo bench` alone comes here: there is nothing to measure without a server.
        return;
    };
    let network = Network::new(&Settings::default()).unwrap();
    let client = Client::new(Arc::new(network), url.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        for page in 1..=pages.parse().unwrap() {
            let page: u64 = page;
            let url = client.url(&format!("{url}?page={page}")).unwrap();
            let mut reply = client.open(Request::get(url)).await.unwrap();
            assert!(reply.status.is_success());
            while reply.chunk().await.unwrap().is_some() {}
        }
    });
}
