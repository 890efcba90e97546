//! What times tell: `Server-Timing` fields, and straight lines through measurements. Pure.

/// The number of SQL queries in a `Server-Timing` field of Django Debug Toolbar (`desc="SQL 12 queries"`).
pub fn queries(field: &str) -> Option<u64> {
    let (_, after) = field.split_once("SQLPanel")?;
    let (_, text) = after.split_once("\"SQL ")?;
    text.split(' ').next()?.parse().ok()
}

/// A straight line `fixed + slope · x`, with the standard error of its slope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The value at 0.
    pub fixed: f64,
    /// The value added by each unit.
    pub slope: f64,
    /// The standard error of the slope; 0 for fewer than three points.
    pub slope_error: f64,
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
    let slope_error = if points.len() > 2 {
        (residue / (n - 2.0) / spread).sqrt()
    } else {
        0.0
    };
    Some(Fit {
        fixed,
        slope,
        slope_error,
    })
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
    fn a_line_is_fitted_with_the_doubt_of_its_slope() {
        let exact = fit(&[(10.0, 12.0), (50.0, 52.0), (100.0, 102.0)]).unwrap();
        assert!((exact.slope - 1.0).abs() < 1e-9 && (exact.fixed - 2.0).abs() < 1e-9);
        assert!(exact.slope_error < 1e-9);
        let noisy = fit(&[(0.0, 0.0), (1.0, 3.0), (2.0, 2.0)]).unwrap();
        assert!(noisy.slope_error > 0.5);
        assert_eq!(fit(&[(1.0, 1.0), (1.0, 2.0)]), None);
    }
}
