//! Plots as SVG: points, lines, and the line that was fitted to points.

use plotters::coord::Shift;
use plotters::prelude::{
    ChartBuilder, Circle, DrawingArea, DrawingAreaErrorKind, DrawingBackend, IntoDrawingArea,
    LineSeries, PathElement, RGBColor, SVGBackend, SeriesLabelPosition,
};
use plotters::style::{BLACK, Color, WHITE};

use super::look::Tone;

/// How the points of a series are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Joined.
    Line,
    /// Each for itself.
    Points,
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// For the legend; an empty one is left out.
    pub label: String,
    /// The colour.
    pub tone: Tone,
    /// The shape.
    pub shape: Shape,
    /// Abscissa and ordinate.
    pub points: Vec<(f64, f64)>,
}

/// Series over one pair of axes that begin at zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Above the plot.
    pub title: String,
    /// Below the abscissa, with its unit.
    pub x: String,
    /// Beside the ordinate.
    pub y: String,
    /// What is drawn, the last one on top.
    pub series: Vec<Series>,
}

/// Points and the line through them.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What the horizontal axis counts.
    pub x: String,
    /// What the vertical axis counts.
    pub y: String,
    /// What was measured.
    pub points: Vec<(f64, f64)>,
    /// The value at 0 and the slope of the line through them.
    pub line: Option<(f64, f64)>,
}

/// The size of one of several charts, in pixels.
const SMALL: (u32, u32) = (480, 340);
/// The size of a plot by itself.
const LARGE: (u32, u32) = (960, 440);

/// A document of charts side by side; the error is in words.
pub fn svg(charts: &[Chart]) -> Result<String, String> {
    let plots: Vec<Plot> = charts.iter().map(Chart::plot).collect();
    document(&plots, SMALL)
}

impl Plot {
    /// The plot as a document of its own; the error is in words.
    pub fn svg(&self) -> Result<String, String> {
        document(std::slice::from_ref(self), LARGE)
    }

    fn farthest(&self, of: fn(&(f64, f64)) -> f64) -> f64 {
        let all = self.series.iter().flat_map(|series| &series.points);
        let most = all.map(of).fold(0.0, f64::max);
        if most > 0.0 { most * 1.1 } else { 1.0 }
    }
}

impl Chart {
    fn plot(&self) -> Plot {
        let right = self.points.iter().map(|point| point.0).fold(0.0, f64::max) * 1.1;
        let mut series = Vec::new();
        if let Some((fixed, slope)) = self.line {
            series.push(Series {
                label: String::new(),
                tone: Tone::Strong,
                shape: Shape::Line,
                points: [0.0, right]
                    .map(|x| (x, (fixed + slope * x).max(0.0)))
                    .to_vec(),
            });
        }
        series.push(Series {
            label: String::new(),
            tone: Tone::Faint,
            shape: Shape::Points,
            points: self.points.clone(),
        });
        Plot {
            title: self.title.clone(),
            x: self.x.clone(),
            y: self.y.clone(),
            series,
        }
    }
}

fn document(plots: &[Plot], size: (u32, u32)) -> Result<String, String> {
    let mut text = String::new();
    let across = u32::try_from(plots.len().max(1)).unwrap_or(1);
    {
        let root =
            SVGBackend::with_string(&mut text, (size.0 * across, size.1)).into_drawing_area();
        root.fill(&WHITE).map_err(|error| error.to_string())?;
        let areas = root.split_evenly((1, plots.len().max(1)));
        for (area, plot) in areas.iter().zip(plots) {
            draw(area, plot).map_err(|error| error.to_string())?;
        }
        root.present().map_err(|error| error.to_string())?;
    }
    Ok(text)
}

fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    plot: &Plot,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    let (right, top) = (
        plot.farthest(|point| point.0),
        plot.farthest(|point| point.1),
    );
    let mut chart = ChartBuilder::on(area)
        .caption(&plot.title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(60)
        .build_cartesian_2d(0.0..right, 0.0..top)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc(&plot.x)
        .y_desc(&plot.y)
        .draw()?;
    let mut legend = false;
    for series in &plot.series {
        let color = color_of(series.tone);
        let points = series.points.iter().copied();
        let drawn = match series.shape {
            Shape::Line => chart.draw_series(LineSeries::new(points, color.stroke_width(2)))?,
            Shape::Points => {
                chart.draw_series(points.map(|point| Circle::new(point, 3, color.filled())))?
            }
        };
        if !series.label.is_empty() {
            legend = true;
            drawn.label(&series.label).legend(move |(x, y)| {
                PathElement::new([(x, y), (x + 16, y)], color.stroke_width(3))
            });
        }
    }
    if legend {
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .background_style(WHITE.mix(0.8))
            .border_style(BLACK.mix(0.3))
            .draw()?;
    }
    Ok(())
}

fn color_of(tone: Tone) -> RGBColor {
    match tone {
        Tone::Good => RGBColor(26, 127, 55),
        Tone::Bad => RGBColor(207, 34, 46),
        Tone::Warning => RGBColor(154, 103, 0),
        Tone::Strong => RGBColor(9, 105, 218),
        Tone::Faint => RGBColor(87, 96, 106),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_shows_every_point_and_its_line() {
        let chart = Chart {
            title: "time < rows & more".to_owned(),
            x: "rows".to_owned(),
            y: "ms".to_owned(),
            points: vec![(10.0, 7.0), (50.0, 11.0), (100.0, 16.0)],
            line: Some((6.0, 0.1)),
        };
        let text = svg(&[chart.clone(), chart]).unwrap();
        assert!(text.starts_with("<svg") && text.trim_end().ends_with("</svg>"));
        assert_eq!(text.matches("<circle").count(), 6);
        assert_eq!(text.matches("time &lt; rows &amp; more").count(), 2);
        assert!(svg(&[]).is_ok());
    }

    #[test]
    fn a_plot_names_its_axes_and_series() {
        let plot = Plot {
            title: "a < b".to_owned(),
            x: "seconds".to_owned(),
            y: "requests".to_owned(),
            series: vec![Series {
                label: "accepted".to_owned(),
                tone: Tone::Good,
                shape: Shape::Points,
                points: vec![(0.0, 1.0), (2.0, 3.0)],
            }],
        };
        let svg = plot.svg().unwrap();
        for word in ["a &lt; b", "seconds", "requests", "accepted"] {
            assert!(svg.contains(word), "{word}");
        }
        assert_eq!(svg.matches("<circle").count(), 2);
        let empty = Plot {
            series: Vec::new(),
            ..plot
        };
        assert!(empty.svg().unwrap().contains("</svg>"));
    }
}
