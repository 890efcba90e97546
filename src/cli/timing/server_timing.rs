//! The `Server-Timing` header field (W3C). Pure.

use serde::Serialize;

/// One metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Metric {
    pub(super) name: String,
    pub(super) dur_ms: Option<f64>,
    pub(super) desc: Option<String>,
}

/// The metrics of a field; commas and semicolons inside quotes belong to the text.
pub(super) fn metrics(field: &str) -> Vec<Metric> {
    split(field, ',')
        .iter()
        .filter_map(|part| {
            let mut parameters = split(part, ';').into_iter();
            let name = parameters.next()?.trim().to_owned();
            let mut metric = Metric {
                name: name.clone(),
                dur_ms: None,
                desc: None,
            };
            for parameter in parameters {
                let Some((key, value)) = parameter.split_once('=') else {
                    continue;
                };
                let value = value.trim().trim_matches('"');
                match key.trim() {
                    "dur" => metric.dur_ms = value.parse().ok(),
                    "desc" => metric.desc = Some(value.to_owned()),
                    _ => {}
                }
            }
            (!name.is_empty()).then_some(metric)
        })
        .collect()
}

/// The number of SQL queries: Django Debug Toolbar's `desc="SQL 12 queries"`, or a metric such as
/// `sql;desc="12 queries"`.
pub(super) fn queries(metrics: &[Metric]) -> Option<u64> {
    metrics
        .iter()
        .filter(|metric| {
            let name = metric.name.to_ascii_lowercase();
            name.contains("sql") || name == "db"
        })
        .find_map(|metric| {
            metric
                .desc
                .as_deref()?
                .split(' ')
                .find_map(|word| word.parse().ok())
        })
}

fn split(text: &str, at: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        if c == at && !quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_read_with_commas_in_quotes() {
        let read = metrics(
            r#"TimerPanel_total;dur=35.5;desc="Total, CPU", SQLPanel_sql_time;dur=10.7;desc="SQL 12 queries", miss"#,
        );
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].desc.as_deref(), Some("Total, CPU"));
        assert_eq!(read[1].dur_ms, Some(10.7));
        assert_eq!(queries(&read), Some(12));
        assert_eq!(queries(&metrics("db;dur=3")), None);
    }
}
