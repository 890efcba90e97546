//! What times tell: `Server-Timing` fields, straight lines through measurements, and verdicts that noise cannot make. Pure.

/// The number of SQL queries in a `Server-Timing` field of Django Debug Toolbar (`desc="SQL 12 queries"`).
pub fn queries(field: &str) -> Option<u64> {
    let (_, after) = field.split_once("SQLPanel")?;
    let (_, text) = after.split_once("\"SQL ")?;
    text.split(' ').next()?.parse().ok()
}

/// A straight line `fixed + slope · x`, with the standard errors of both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The value at 0.
    pub fixed: f64,
    /// The value added by each unit.
    pub slope: f64,
    /// The standard error of the slope; 0 for fewer than three points.
    pub slope_error: f64,
    /// The standard error of the value at 0; 0 for fewer than three points.
    pub fixed_error: f64,
    /// How many points it was fitted to.
    pub points: usize,
}

impl Fit {
    /// How many standard errors lie between the estimate and the ends of its 95 % interval (Student's t with
    /// `points - 2` degrees of freedom); `None` where two points or fewer leave no doubt to measure.
    pub fn coverage(&self) -> Option<f64> {
        const T: [f64; 10] = [12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23];
        let freedom = self.points.checked_sub(2).filter(|freedom| *freedom > 0)?;
        Some(T.get(freedom - 1).copied().unwrap_or(2.0))
    }
}

/// Fits a line by least squares; None when all `x` are the same.
#[expect(clippy::cast_precision_loss, reason = "a handful of points")]
pub fn fit(points: &[(f64, f64)]) -> Option<Fit> {
    let n = points.len() as f64;
    let mean_x = points.iter().map(|point| point.0).sum::<f64>() / n;
    let mean_y = points.iter().map(|point| point.1).sum::<f64>() / n;
    let spread: f64 = points.iter().map(|point| (point.0 - mean_x).powi(2)).sum();
    if points.len() < 2 || spread <= 0.0 {
        return None;
    }
    let slope = points
        .iter()
        .map(|point| (point.0 - mean_x) * (point.1 - mean_y))
        .sum::<f64>()
        / spread;
    let fixed = mean_y - slope * mean_x;
    let residue: f64 = points
        .iter()
        .map(|point| (point.1 - fixed - slope * point.0).powi(2))
        .sum();
    let deviation = if points.len() > 2 {
        (residue / (n - 2.0)).sqrt()
    } else {
        0.0
    };
    Some(Fit {
        fixed,
        slope,
        slope_error: deviation / spread.sqrt(),
        fixed_error: deviation * (1.0 / n + mean_x * mean_x / spread).sqrt(),
        points: points.len(),
    })
}

/// When the second of two pages counts as dearer than the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// By at least so many milliseconds.
    floor_ms: f64,
    /// And by at least so many times what the first one takes.
    share: f64,
}

/// Late pages: twice what early ones take, and 5 ms more.
pub const DEEP: Rule = Rule {
    floor_ms: 5.0,
    share: 1.0,
};

/// One row: no query takes less than a sixth of a millisecond through an ORM; and a query costs a 25th part of a
/// whole request or more, however fast or busy the machine, while a row of ten values that is only rendered costs
/// a 60th or less.
pub const ROWS: Rule = Rule {
    floor_ms: 0.15,
    share: 0.04,
};

impl Rule {
    /// The rule for a row, for pages that differ by `rows`, of which the smaller holds `few`.
    #[must_use]
    pub fn scaled(self, rows: u64, few: u64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "rows of one page")]
        let (rows, few) = (rows as f64, few as f64);
        // With t = a + b·few of the smaller page, b ≥ share·a is b·rows ≥ share·rows / (1 + share·few) · t.
        Self {
            floor_ms: self.floor_ms * rows,
            share: self.share * rows / (1.0 + self.share * few),
        }
    }

    /// The rule for rows of so many values: what many values take to render is no query.
    #[must_use]
    pub fn for_members(self, members: u64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "members of one item")]
        let times = (members as f64 / 10.0).max(1.0);
        Self {
            share: self.share * times,
            ..self
        }
    }

    /// Half of the rule: what does not even meet this will not meet it later.
    fn halved(self) -> Self {
        Self {
            floor_ms: self.floor_ms / 2.0,
            share: self.share / 2.0,
        }
    }

    fn met(self, first: f64, second: f64) -> bool {
        second - first >= self.floor_ms && second - first >= self.share * first
    }
}

/// What pairs of measurements say of a suspicion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// There is nothing to it.
    Cleared,
    /// So it is.
    Confirmed,
}

/// Pairs after which the best times are trusted.
const TRUSTED: usize = 8;
/// Pairs after which a suspicion that still holds is settled.
pub const SETTLED: usize = 12;

/// Times of two pages, measured in turn, in milliseconds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairs(Vec<(f64, f64)>);

impl Pairs {
    /// No measurement yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Times of two pages, in the order in which they were taken.
    pub fn of(first: &[f64], second: &[f64]) -> Self {
        Self(first.iter().copied().zip(second.iter().copied()).collect())
    }

    /// Adds a pair that was measured one right after the other.
    pub fn push(&mut self, first: f64, second: f64) {
        self.0.push((first, second));
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The least of each: a busy machine only ever adds.
    pub fn least(&self) -> (f64, f64) {
        let least = |of: fn(&(f64, f64)) -> f64| self.0.iter().map(of).fold(f64::MAX, f64::min);
        (least(|pair| pair.0), least(|pair| pair.1))
    }

    fn medians(&self) -> (f64, f64) {
        let middle = |of: fn(&(f64, f64)) -> f64| {
            let mut all: Vec<f64> = self.0.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all.get(all.len() / 2).copied().unwrap_or_default()
        };
        (middle(|pair| pair.0), middle(|pair| pair.1))
    }

    /// Whether more pairs would change nothing: the best times are far from the rule, or do not meet it after many
    /// pairs, or there are enough.
    pub fn is_settled(&self, rule: Rule) -> bool {
        let (first, second) = self.least();
        match self.0.len() {
            0..4 => false,
            4..TRUSTED => !rule.halved().met(first, second),
            TRUSTED..SETTLED => !rule.met(first, second),
            _ => true,
        }
    }

    /// Whether the second page is dearer by the rule: the best times say so, the middle ones too, and in four pairs
    /// of five the second took longer.
    pub fn doubt(&self, rule: Rule) -> Doubt {
        let (best, middle) = (self.least(), self.medians());
        let longer = self.0.iter().filter(|pair| pair.1 > pair.0).count();
        let mostly = longer * 5 >= self.0.len() * 4;
        if !self.is_empty() && mostly && rule.met(best.0, best.1) && rule.met(middle.0, middle.1) {
            Doubt::Confirmed
        } else {
            Doubt::Cleared
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_toolbars_count_of_queries_is_read() {
        let field = r#"TimerPanel_total;dur=35.591;desc="Total CPU time", SQLPanel_sql_time;dur=10.735194;desc="SQL 12 queries", CachePanel_total_time;dur=0;desc="Cache 0 Calls""#;
        assert_eq!(queries(field), Some(12));
        assert_eq!(queries("db;dur=53"), None);
    }

    #[test]
    fn a_line_is_fitted_with_the_doubt_of_its_figures() {
        let exact = fit(&[(10.0, 12.0), (50.0, 52.0), (100.0, 102.0)]).unwrap();
        assert!((exact.slope - 1.0).abs() < 1e-9 && (exact.fixed - 2.0).abs() < 1e-9);
        assert!(exact.slope_error < 1e-9 && exact.fixed_error < 1e-6);
        let noisy = fit(&[(0.0, 0.0), (1.0, 3.0), (2.0, 2.0)]).unwrap();
        // Residuals -2/3, 4/3, -2/3 by hand: s = 1.633, errors s/√2 and s·√(1/3 + 1/2).
        assert!((noisy.slope_error - 1.1547).abs() < 1e-3);
        assert!((noisy.fixed_error - 1.4907).abs() < 1e-3);
        assert_eq!(noisy.coverage(), Some(12.71));
        assert_eq!(fit(&[(1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(fit(&[(1.0, 1.0), (2.0, 2.0)]).unwrap().coverage(), None);
    }

    fn pairs(times: &[(f64, f64)]) -> Pairs {
        Pairs(times.to_vec())
    }

    #[test]
    fn one_slow_reply_makes_no_verdict() {
        let noisy = pairs(&[(8.0, 60.0), (30.0, 9.0), (8.5, 8.2), (9.0, 70.0)]);
        assert_eq!(noisy.doubt(DEEP), Doubt::Cleared);
        let deep = pairs(&[(8.0, 60.0), (30.0, 65.0), (8.5, 58.0), (9.0, 70.0)]);
        assert_eq!(deep.doubt(DEEP), Doubt::Confirmed);
        assert_eq!(Pairs::new().doubt(DEEP), Doubt::Cleared);
        assert!(!Pairs::new().is_settled(DEEP) && !deep.is_settled(DEEP));
        assert!(noisy.is_settled(DEEP));
        assert!(pairs(&[(8.0, 60.0); SETTLED]).is_settled(DEEP));
    }

    #[test]
    fn a_row_that_is_rendered_is_told_from_one_that_is_queried_on_any_machine() {
        // 6 ms a request and 0.1 ms a row, or 0.5 ms; on a machine that is 1, 3 and 8 times as slow.
        for slowness in [1.0, 3.0, 8.0] {
            let page = |rows: f64, per_row: f64| (6.0 + rows * per_row) * slowness;
            let seen = |per_row| pairs(&[(page(5.0, per_row), page(100.0, per_row)); 4]);
            let rule = ROWS.scaled(95, 5);
            assert_eq!(seen(0.1).doubt(rule), Doubt::Cleared, "{slowness}");
            assert_eq!(seen(0.5).doubt(rule), Doubt::Confirmed, "{slowness}");
        }
    }
}
