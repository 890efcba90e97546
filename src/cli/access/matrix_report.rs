//! The matrix as people and scripts see it.

use serde::Serialize;
use serde_json::Value;

use crate::access::{Answer, Cell, Finding, Meaning};
use crate::ui::{Look, Report, Table, Tone, lines_of};

#[derive(Debug, Serialize)]
pub(super) struct MatrixReport {
    schema: &'static str,
    base_url: String,
    identities: Vec<String>,
    cells: Vec<CellReport>,
    pub(super) findings: Vec<FindingReport>,
    explanations: Vec<String>,
    requests: usize,
}

#[derive(Debug, Serialize)]
struct CellReport {
    url: String,
    method: String,
    identity: String,
    status: Option<u16>,
    /// `allowed`, `unauthenticated`, `forbidden` …; `unanswered` without a reply.
    meaning: &'static str,
    /// `reply`, or `options` where `OPTIONS` told it and nobody tried.
    source: &'static str,
    detail: Option<String>,
    #[serde(skip)]
    shown: String,
    #[serde(skip)]
    tone: Option<Tone>,
}

#[derive(Debug, Serialize)]
pub(super) struct FindingReport {
    id: &'static str,
    severity: &'static str,
    message: String,
    evidence: Value,
}

impl From<Finding> for FindingReport {
    fn from(finding: Finding) -> Self {
        Self {
            id: finding.id,
            severity: finding.severity,
            message: finding.message,
            evidence: finding.evidence,
        }
    }
}

impl MatrixReport {
    /// `cells` in any order; rows of one URL are put together, methods in the order of the cells.
    pub(super) fn new(
        base_url: String,
        identities: Vec<String>,
        cells: &[Cell],
        findings: Vec<Finding>,
        explanations: Vec<String>,
        requests: usize,
    ) -> Self {
        Self {
            schema: "apictl.access.matrix/1",
            base_url,
            identities,
            cells: cells.iter().map(CellReport::of).collect(),
            findings: findings.into_iter().map(FindingReport::from).collect(),
            explanations,
            requests,
        }
    }
}

impl CellReport {
    fn of(cell: &Cell) -> Self {
        let (status, meaning, source, detail, shown, tone) = match &cell.answer {
            Answer::Observed(observed) => {
                let meaning = observed.meaning();
                (
                    Some(observed.status),
                    meaning.word(),
                    "reply",
                    observed.detail.clone(),
                    shown(observed.status, meaning),
                    Some(tone(meaning)),
                )
            }
            Answer::Told(true) => (
                None,
                "allowed",
                "options",
                None,
                "may".to_owned(),
                Some(Tone::Good),
            ),
            Answer::Told(false) => (
                None,
                "refused",
                "options",
                None,
                "may not".to_owned(),
                Some(Tone::Warning),
            ),
            Answer::Unanswered(why) => (
                None,
                "unanswered",
                "reply",
                Some(why.clone()),
                "no answer".to_owned(),
                Some(Tone::Bad),
            ),
        };
        Self {
            url: cell.url.clone(),
            method: cell.method.clone(),
            identity: cell.identity.clone(),
            status,
            meaning,
            source,
            detail,
            shown,
            tone,
        }
    }
}

fn shown(status: u16, meaning: Meaning) -> String {
    match meaning {
        Meaning::HiddenUnauthenticated => format!("{status} (=401)"),
        Meaning::Csrf => format!("{status} (CSRF)"),
        Meaning::StoppedByBody => format!("{status} (may)"),
        Meaning::LoginPage => format!("{status} (login)"),
        _ => status.to_string(),
    }
}

fn tone(meaning: Meaning) -> Tone {
    match meaning {
        Meaning::Allowed | Meaning::StoppedByBody => Tone::Good,
        Meaning::ServerError => Tone::Bad,
        Meaning::NotFound | Meaning::MethodNotAllowed => Tone::Faint,
        Meaning::Unauthenticated
        | Meaning::HiddenUnauthenticated
        | Meaning::Forbidden
        | Meaning::Csrf
        | Meaning::Throttled
        | Meaning::Redirected
        | Meaning::LoginPage
        | Meaning::Refused => Tone::Warning,
    }
}

impl Report for MatrixReport {
    fn table(&self, look: &Look) -> String {
        let headings = ["URL", "METHOD"]
            .into_iter()
            .chain(self.identities.iter().map(String::as_str));
        let mut table = Table::new(headings);
        let mut rows: Vec<(&str, &str)> = Vec::new();
        for cell in &self.cells {
            let row = (cell.url.as_str(), cell.method.as_str());
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        let mut before = "";
        for (url, method) in rows {
            let of = |identity: &String| {
                self.cells
                    .iter()
                    .find(|cell| {
                        cell.url == url && cell.method == method && cell.identity == *identity
                    })
                    .map_or(("-".to_owned(), Some(Tone::Faint)), |cell| {
                        (cell.shown.clone(), cell.tone)
                    })
            };
            let head = if url == before { "" } else { url };
            before = url;
            let mut row = vec![(head.to_owned(), None), (method.to_owned(), None)];
            row.extend(self.identities.iter().map(of));
            table.toned_row(row);
        }
        let mut text = table.render(look);
        if self.cells.iter().any(|cell| cell.source == "options") {
            text += "\n\nmay, may not: told by OPTIONS, nothing was sent";
        }
        for line in &self.explanations {
            text += &format!("\n\n{}", look.paint(Tone::Faint, line));
        }
        for finding in &self.findings {
            let severity = look.paint(Tone::Bad, finding.severity);
            text += &format!("\n\n{severity} {}: {}", finding.id, finding.message);
        }
        text
    }

    fn lines(&self) -> Result<Vec<Value>, serde_json::Error> {
        lines_of(self.schema, &self.cells)
    }
}
