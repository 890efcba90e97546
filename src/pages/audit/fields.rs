//! Header fields: compression and caching.

use serde_json::json;

use super::finding::Finding;
use super::run::Audit;
use super::scout::{Scout, Stop};

const KEPT: &str = "no-caching-fields";

/// Bodies below this fit in one packet anyway.
const SMALL: u64 = 1_000;

impl Audit {
    /// Whether replies are compressed, and can be kept.
    pub(super) async fn header_fields(&mut self) -> Result<(), Stop> {
        let Some(first) = self.first() else {
            return Ok(());
        };
        self.compression(&first).await?;
        let kept = ["etag", "last-modified", "cache-control"]
            .into_iter()
            .find(|name| first.headers.contains_key(*name));
        match kept {
            Some(name) => self
                .ledger
                .clear(KEPT, format!("there is a field '{name}'")),
            None => self.ledger.find(Finding::new(
                KEPT,
                "neither ETag nor Last-Modified nor Cache-Control: unchanged pages are sent again",
                json!({}),
            )),
        }
        Ok(())
    }

    async fn compression(&mut self, first: &super::scout::Sight) -> Result<(), Stop> {
        const ID: &str = "no-compression";
        if !self.ledger.wants(&[ID]) {
            return Ok(());
        }
        if first.bytes < SMALL {
            self.ledger.skip(
                ID,
                format!("pages of {} bytes are not worth it", first.bytes),
            );
            return Ok(());
        }
        let Some(raw) = self.scope.raw.clone() else {
            self.ledger
                .skip(ID, "replies are decompressed on their way");
            return Ok(());
        };
        let (reply, _) = self
            .scout
            .send(&raw, Scout::offering_gzip(&first.url))
            .await?;
        if let Some(encoding) = reply.field("content-encoding") {
            let note = format!("{encoding}, {} bytes of {}", reply.body.len(), first.bytes);
            self.ledger.clear(ID, note);
        } else if reply.status.is_success() {
            self.ledger.find(Finding::new(
                ID,
                format!(
                    "gzip was offered, and {} bytes came uncompressed",
                    reply.body.len()
                ),
                json!({"bytes": reply.body.len()}),
            ));
        } else {
            self.ledger
                .skip(ID, format!("the page is answered {}", reply.status));
        }
        Ok(())
    }
}
