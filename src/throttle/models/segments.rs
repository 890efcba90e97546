//! A window that slides a segment at a time.

use std::collections::VecDeque;

use super::Limiter;

/// At most `limit` requests in the current segment and the `segments - 1` before it, each
/// `each_s` long and beginning at `phase` plus a multiple of that: ASP.NET's sliding window.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentedWindow {
    limit: usize,
    segment_s: f64,
    segments: usize,
    phase: f64,
    /// Segment numbers with their counts, oldest first.
    counts: VecDeque<(f64, usize)>,
}

impl SegmentedWindow {
    /// An empty window.
    pub fn new(limit: usize, each_s: f64, segments: usize, phase: f64) -> Self {
        Self {
            limit,
            segment_s: each_s,
            segments: segments.max(1),
            phase,
            counts: VecDeque::new(),
        }
    }

    fn index(&self, at: f64) -> f64 {
        ((at - self.phase) / self.segment_s).floor()
    }

    #[expect(clippy::cast_precision_loss, reason = "a handful of segments")]
    fn reach(&self) -> f64 {
        self.segments as f64
    }

    fn count(&self, index: f64) -> usize {
        let living = |(of, _): &&(f64, usize)| *of > index - self.reach() + 0.5;
        self.counts.iter().filter(living).map(|(_, n)| n).sum()
    }
}

impl Limiter for SegmentedWindow {
    fn admits(&self, at: f64) -> bool {
        self.count(self.index(at)) < self.limit
    }

    fn record(&mut self, at: f64, admitted: bool) {
        let index = self.index(at);
        while let Some(&(of, _)) = self.counts.front()
            && of <= index - self.reach() + 0.5
        {
            self.counts.pop_front();
        }
        if admitted {
            match self.counts.back_mut() {
                Some((of, count)) if *of >= index => *count += 1,
                _ => self.counts.push_back((index, 1)),
            }
        }
    }

    fn opens_at(&self, at: f64) -> f64 {
        if self.limit == 0 {
            return f64::INFINITY;
        }
        let mut left = self.count(self.index(at));
        for &(of, count) in &self.counts {
            if left < self.limit {
                break;
            }
            if of > self.index(at) - self.reach() + 0.5 {
                left -= count;
                let opens = self.phase + (of + self.reach()) * self.segment_s;
                if left < self.limit {
                    return at.max(opens);
                }
            }
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permits_come_back_a_segment_at_a_time() {
        let mut window = SegmentedWindow::new(3, 2.0, 5, 0.5);
        let times = [1.0, 3.0, 3.0, 3.0, 10.4, 10.5, 10.5, 12.4, 12.5, 12.5, 12.5];
        let admitted: Vec<bool> = times.iter().map(|&at| window.decide(at).admitted).collect();
        let expected = [
            true, true, true, false, false, true, false, false, true, true, false,
        ];
        assert_eq!(admitted, expected);
        assert!((window.opens_at(13.0) - 20.5).abs() < 1e-9);
    }
}
