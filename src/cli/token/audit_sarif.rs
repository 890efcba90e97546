//! The audit's answer as SARIF 2.1.0 (OASIS).

use serde_json::{Value, json};

use super::audit_report::{AuditReport, ProbeReport};
use crate::http::Url;

/// A log with one run: a rule for each probe, a result for each that is not in order.
pub(super) fn sarif(report: &AuditReport) -> Value {
    let rules: Vec<Value> = report.probes.iter().map(rule).collect();
    let results: Vec<Value> = report
        .probes
        .iter()
        .enumerate()
        .filter(|(_, probe)| !matches!(probe.verdict, "pass" | "skip"))
        .map(|(index, probe)| result(index, probe, &report.target.protected))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "apictl",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "results": results,
        }],
    })
}

fn rule(probe: &ProbeReport) -> Value {
    json!({
        "id": probe.id,
        "shortDescription": {"text": probe.title},
        "fullDescription": {"text": format!("{} ({})", probe.title, probe.reference)},
        "help": {"text": probe.cure},
        // What code scanning sorts by: how bad what was found is.
        "properties": {"tags": ["security"], "security-severity": severity(probe)},
    })
}

fn severity(probe: &ProbeReport) -> &'static str {
    match probe.verdict {
        "fail" => "8.0",
        "crash" => "5.0",
        _ => "2.0",
    }
}

fn result(index: usize, probe: &ProbeReport, protected: &str) -> Value {
    let level = match probe.verdict {
        "fail" => "error",
        "crash" => "warning",
        _ => "note",
    };
    // Code scanning wants a file: the path of the endpoint stands for it.
    let path = Url::parse(protected).map_or_else(
        |_| protected.to_owned(),
        |url| url.path().trim_matches('/').to_owned(),
    );
    json!({
        "ruleId": probe.id,
        "ruleIndex": index,
        "level": level,
        "message": {"text": format!("{}: {}. Cure: {}", probe.title, probe.message, probe.cure)},
        "locations": [{
            "physicalLocation": {"artifactLocation": {"uri": if path.is_empty() { "api" } else { &path }}},
            "logicalLocations": [{"fullyQualifiedName": protected, "kind": "resource"}],
        }],
        "partialFingerprints": {"apictlProbe/v1": format!("{}:{}", probe.id, probe.verdict)},
        "baselineState": if probe.known { "unchanged" } else { "new" },
    })
}
