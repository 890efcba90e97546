//! Lists too long to be held: their rows are written while they are sent, as by Django's `StreamingHttpResponse`.

use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;

use super::endpoints::Products;
use super::faults::Fault;
use super::json::Indent;
use super::paginate::Rows;
use super::spoilt::End;

/// From how many rows on a list is sent in parts.
const LONG: u64 = 10_000;
/// How many rows a part has: some 30 kB.
const PART: u64 = 200;

/// Products between what is written before and behind them.
#[derive(Debug, Clone)]
pub(super) struct LongList {
    head: String,
    rows: Products,
    indices: Range<u64>,
    tail: Option<&'static str>,
    indent: Option<Indent>,
    /// Whether the next row needs a comma.
    begun: bool,
    /// Whether others come first.
    resting: bool,
    end: End,
}

/// Whether that many rows are better not held.
pub(super) fn is_long(indices: &Range<u64>) -> bool {
    indices.end.saturating_sub(indices.start) > LONG
}

impl LongList {
    pub(super) fn new(
        head: String,
        rows: Products,
        indices: Range<u64>,
        tail: &'static str,
    ) -> Self {
        Self {
            head,
            rows,
            indices,
            tail: Some(tail),
            indent: None,
            begun: false,
            resting: false,
            end: End::Proper,
        }
    }

    /// The same with so many spaces a level; none for 0.
    pub(super) fn indented(mut self, width: usize) -> Self {
        self.indent = (width > 0).then(|| Indent::by(width));
        self
    }

    /// The list as a fault lets it through. It has no length that could be wrong, and is slow by itself.
    pub(super) fn spoilt(mut self, fault: Fault) -> Self {
        self.end = End::after(fault);
        if matches!(fault, Fault::Truncate(_) | Fault::Stall(_)) {
            self.indices.end -= (self.indices.end - self.indices.start) / 2;
            self.tail = Some("");
        }
        self
    }

    /// The next rows, with what is around them.
    fn part(&mut self) -> Option<String> {
        let tail = self.tail?;
        let mut out = std::mem::take(&mut self.head);
        let stop = self.indices.end.min(self.indices.start + PART);
        for index in self.indices.start..stop {
            if self.begun {
                out.push(',');
            }
            self.begun = true;
            self.rows.push(&mut out, index);
        }
        self.indices.start = stop;
        if self.indices.is_empty() {
            out.push_str(tail);
            self.tail = None;
        }
        Some(match &mut self.indent {
            Some(indent) => indent.laid_out(&out),
            None => out,
        })
    }
}

impl http_body::Body for LongList {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // A client that reads fast must not keep the others waiting.
        self.resting = !self.resting;
        if !self.resting {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        match (self.part(), self.end) {
            (Some(part), _) => Poll::Ready(Some(Ok(Frame::data(Bytes::from(part))))),
            (None, End::Proper) => Poll::Ready(None),
            (None, End::Broken) => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
            (None, End::Silence) => Poll::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::super::app::App;
    use super::super::config::Config;
    use super::super::json::indented;
    use super::*;

    fn list() -> LongList {
        let app = App::new(Config {
            products: 1000,
            ..Config::default()
        });
        LongList::new("[".to_owned(), Products::now(&app), 0..1000, "]")
    }

    async fn sent(list: LongList) -> Result<String, io::Error> {
        let bytes = list.collect().await?.to_bytes();
        Ok(String::from_utf8(bytes.into()).unwrap())
    }

    #[tokio::test]
    async fn parts_make_up_one_document_however_it_is_laid_out() {
        let compact = sent(list()).await.unwrap();
        let rows: Vec<serde_json::Value> = serde_json::from_str(&compact).unwrap();
        assert_eq!((rows.len(), &rows[999]["id"]), (1000, &1000.into()));
        let laid_out = sent(list().indented(4)).await.unwrap();
        assert_eq!(laid_out, indented(&compact, 4));
    }

    #[tokio::test]
    async fn half_of_it_comes_under_a_fault() {
        assert!(sent(list().spoilt(Fault::Truncate(1.0))).await.is_err());
        let mut stalled = list().spoilt(Fault::Stall(1.0));
        let parts = std::iter::from_fn(|| stalled.part());
        assert_eq!(parts.collect::<String>().matches("\"id\"").count(), 500);
    }
}
