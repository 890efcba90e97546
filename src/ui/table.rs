//! Tables, all alike.

use comfy_table::{Cell, CellAlignment, Color, ContentArrangement, LineStyle, TableStyle};

use super::look::{Look, Tone};

/// A line below the headings and none elsewhere: rows are read, and grepped, one a line.
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table with a heading row.
#[derive(Debug)]
pub struct Table {
    inner: comfy_table::Table,
    toned: Vec<Vec<(String, Option<Tone>)>>,
    right: Vec<usize>,
}

impl Table {
    /// A table with these column headings.
    pub fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Self {
        let mut inner = comfy_table::Table::new();
        inner.load_style(STYLE);
        inner.set_header(headings.into_iter().map(Cell::new));
        Self {
            inner,
            toned: Vec::new(),
            right: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) -> &mut Self {
        self.toned
            .push(cells.into_iter().map(|text| (text.into(), None)).collect());
        self
    }

    /// Adds a row whose cells may carry a tone.
    pub fn toned_row(
        &mut self,
        cells: impl IntoIterator<Item = (String, Option<Tone>)>,
    ) -> &mut Self {
        self.toned.push(cells.into_iter().collect());
        self
    }

    /// Aligns a column's cells, counted from 0, to the right, as numbers are.
    pub fn align_right(&mut self, column: usize) -> &mut Self {
        self.right.push(column);
        self
    }

    /// The table as text, without a trailing newline.
    pub fn render(mut self, look: &Look) -> String {
        match look.width {
            Some(width) => {
                self.inner
                    .set_content_arrangement(ContentArrangement::Dynamic)
                    .set_width(width);
            }
            None => {
                self.inner
                    .set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        if look.color {
            self.inner.enforce_styling();
        } else {
            self.inner.force_no_tty();
        }
        for row in self.toned {
            self.inner.add_row(
                row.into_iter()
                    .map(|(text, tone)| styled(text, tone.filter(|_| look.color))),
            );
        }
        for column in self.right {
            if let Some(column) = self.inner.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let text = self.inner.to_string();
        text.lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn styled(text: String, tone: Option<Tone>) -> Cell {
    let cell = Cell::new(text);
    match tone {
        None => cell,
        Some(Tone::Good) => cell.fg(Color::Green),
        Some(Tone::Bad) => cell
            .fg(Color::Red)
            .add_attribute(comfy_table::Attribute::Bold),
        Some(Tone::Warning) => cell.fg(Color::Yellow),
        Some(Tone::Strong) => cell.add_attribute(comfy_table::Attribute::Bold),
        Some(Tone::Faint) => cell.add_attribute(comfy_table::Attribute::Dim),
    }
}

/// Names and values in two columns without lines, for a report about one thing.
pub fn facts<N: AsRef<str>, V: AsRef<str>>(
    look: &Look,
    rows: impl IntoIterator<Item = (N, V)>,
) -> String {
    let rows: Vec<(N, V)> = rows.into_iter().collect();
    let width = rows
        .iter()
        .map(|(name, _)| name.as_ref().chars().count())
        .max()
        .unwrap_or(0);
    let lines: Vec<String> = rows
        .iter()
        .map(|(name, value)| {
            let name = format!("{:width$}", name.as_ref());
            // A value of several lines stays in its column.
            let value = value
                .as_ref()
                .replace('\n', &format!("\n{:indent$}", "", indent = width + 2));
            format!("{}  {value}", look.paint(Tone::Faint, &name))
                .trim_end()
                .to_owned()
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_line_up() {
        let text = facts(&Look::PLAIN, [("a", "1"), ("long name", "2\n3")]);
        assert_eq!(text, "a          1\nlong name  2\n           3");
    }

    #[test]
    fn a_table_without_colour_has_no_escape_codes() {
        let mut table = Table::new(["NAME", "N"]);
        table.toned_row([("x".to_owned(), Some(Tone::Bad)), ("1".to_owned(), None)]);
        let text = table.render(&Look::PLAIN);
        assert!(text.contains("NAME") && !text.contains('\u{1b}'), "{text}");
    }
}
