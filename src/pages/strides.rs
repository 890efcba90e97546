//! Cuts the key range of a cursor walk into strides of about a page, ahead of the walk. Pure.

use url::Url;

use super::cursor::Cursor;
use super::keys::Keys;
use super::query::with_parameter;

/// A part of the key range: all rows behind `from`, up to and with `to`; the last one has no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stride {
    /// The key behind which it begins.
    pub(super) from: u128,
    /// The last key that belongs to it.
    pub(super) to: Option<u128>,
}

/// What is left of the key range.
#[derive(Debug)]
pub(super) struct Strides {
    keys: Keys,
    template: Url,
    /// Strides were cut up to here.
    edge: u128,
    /// The last key of the list when the cutting began.
    high: u128,
    step: u128,
    /// Rows of a full page.
    page: u64,
    done: bool,
}

impl Strides {
    /// Strides from behind `edge` to the end of the list; a page of `page` rows took `step` keys so far. `template` is a
    /// URL of the walk.
    pub(super) fn new(
        keys: Keys,
        template: Url,
        edge: u128,
        high: u128,
        step: u128,
        page: u64,
    ) -> Self {
        Self {
            keys,
            template,
            edge,
            high,
            step: step.max(1),
            page,
            done: false,
        }
    }

    /// The keys.
    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The next stride of the range; `None` when all of it was cut.
    pub(super) fn cut(&mut self) -> Option<Stride> {
        if self.done {
            return None;
        }
        let from = self.edge;
        let to = from.checked_add(self.step).filter(|to| *to < self.high);
        match to {
            Some(to) => self.edge = to,
            None => self.done = true,
        }
        Some(Stride { from, to })
    }

    /// Cuts what a page that ended at `reached` left of its stride, into no more than `most` parts.
    pub(super) fn recut(&self, reached: u128, stride: Stride, most: usize) -> Vec<Stride> {
        let Some(to) = stride.to else {
            return vec![Stride {
                from: reached,
                ..stride
            }];
        };
        let left = to - reached;
        let most = most.max(1) as u128;
        let step = self.step.max(left.div_ceil(most));
        let mut parts = Vec::new();
        let mut from = reached;
        while from < to {
            let end = from.saturating_add(step).min(to);
            parts.push(Stride {
                from,
                to: Some(end),
            });
            from = end;
        }
        parts
    }

    /// Where the rows behind `key` begin.
    pub(super) fn url(&self, key: u128) -> Url {
        let cursor = Cursor {
            position: Some(self.keys.position(key)),
            ..Cursor::default()
        };
        with_parameter(&self.template, "cursor", &cursor.encode())
    }

    /// Learns from a whole page that was too short for its stride: it ended at `reached`.
    pub(super) fn fell_short(&mut self, stride: Stride, reached: u128) {
        let span = reached.saturating_sub(stride.from).max(1);
        // A little less than the page took: rows are not spread evenly.
        self.step = self.step.min(span - span / 16).max(1);
    }

    /// Learns from a stride that needed a part of its page: it held `rows`, and the first key behind it is `next`.
    pub(super) fn held(&mut self, rows: u64, next: u128) {
        // A gap is crossed at once.
        if !self.done && next > self.edge {
            self.edge = (next - 1).min(self.high - 1);
        }
        if rows * 16 < self.page * 15 {
            let grown = if rows == 0 {
                self.step.saturating_mul(2)
            } else {
                let aim = self.step.saturating_mul(u128::from(self.page)) / u128::from(rows);
                // Halfway: one stride is a small sample.
                self.step
                    .saturating_add(aim.saturating_sub(self.step).div_ceil(2))
            };
            self.step = grown.min(self.step.saturating_mul(2)).max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::Items;

    /// Walks rows with these ids as the strides say; the ids in order, and the requests that it took.
    fn walked(ids: &[u128], page: usize) -> (Vec<u128>, usize) {
        let text = |id: u128| format!("{{\"id\":{id}}}");
        let lines: Vec<String> = ids[..page].iter().map(|&id| text(id)).collect();
        let items: Items = lines.iter().map(String::as_bytes).collect();
        let next = Cursor {
            position: Some(ids[page - 1].to_string()),
            ..Cursor::default()
        };
        let keys = Keys::find(&items, &next).unwrap();
        let key = |id: u128| keys.of(text(id).as_bytes()).unwrap();
        let low = key(ids[page - 1]);
        let high = key(*ids.last().unwrap());
        let url = "http://h/?cursor=x".parse().unwrap();
        let step = low - key(ids[0]) + 1;
        let mut strides = Strides::new(keys.clone(), url, low, high, step, page as u64);
        let (mut seen, mut requests) = (ids[..page].to_vec(), 0);
        let mut queue = std::collections::VecDeque::new();
        loop {
            while queue.len() < 8
                && let Some(stride) = strides.cut()
            {
                queue.push_back(stride);
            }
            let Some(stride) = queue.pop_front() else {
                break;
            };
            requests += 1;
            let rows: Vec<u128> = ids
                .iter()
                .copied()
                .filter(|&id| key(id) > stride.from)
                .take(page)
                .collect();
            let within = |id: &&u128| stride.to.is_none_or(|to| key(**id) <= to);
            let kept: Vec<u128> = rows.iter().filter(within).copied().collect();
            seen.extend(&kept);
            if kept.len() < rows.len() {
                strides.held(kept.len() as u64, key(rows[kept.len()]));
            } else if key(*ids.last().unwrap()) > key(*rows.last().unwrap()) {
                let reached = key(*kept.last().unwrap());
                if stride.to != Some(reached) {
                    strides.fell_short(stride, reached);
                    for part in strides.recut(reached, stride, 8).into_iter().rev() {
                        queue.push_front(part);
                    }
                }
            }
        }
        (seen, requests)
    }

    #[test]
    fn even_ids_take_a_request_a_page() {
        let ids: Vec<u128> = (1..=10_000).collect();
        let (seen, requests) = walked(&ids, 100);
        assert_eq!(seen, ids);
        assert_eq!(requests, 99);
    }

    #[test]
    fn gaps_and_crowds_lose_nothing_and_cost_little() {
        let mut ids: Vec<u128> = (1..=2_000).collect();
        ids.extend((0..3_000).map(|n| 1_000_000 + n * 17 % 7 + n * 20));
        ids.extend((0..2_000).map(|n| 50_000_000 + n));
        ids.extend((0..500).map(|n| 60_000_000 + n * n));
        ids.sort_unstable();
        ids.dedup();
        let (seen, requests) = walked(&ids, 50);
        assert_eq!(seen, ids);
        assert!(requests < ids.len() / 50 * 2, "{requests}");
    }
}
