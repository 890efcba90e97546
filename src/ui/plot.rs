//! Plots as SVG texts.

use plotters::prelude::{
    ChartBuilder, Circle, IntoDrawingArea, LineSeries, PathElement, RGBColor, SVGBackend,
    SeriesLabelPosition,
};
use plotters::style::{BLACK, Color, WHITE};
use thiserror::Error;

use super::look::Tone;

/// Width and height of a plot, in CSS pixels.
const SIZE: (u32, u32) = (960, 440);

/// A plot could not be drawn.
#[derive(Debug, Error)]
#[error("the plot cannot be drawn: {0}")]
pub struct PlotError(String);

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
    /// For the legend.
    pub label: String,
    /// The colour.
    pub tone: Tone,
    /// The shape.
    pub shape: Shape,
    /// Abscissa and ordinate.
    pub points: Vec<(f64, f64)>,
}

/// Series over one pair of axes that begin at the least abscissa and at zero.
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

impl Plot {
    /// The plot as an SVG document.
    pub fn svg(&self) -> Result<String, PlotError> {
        let mut text = String::new();
        self.draw(&mut text)
            .map_err(|error| PlotError(error.to_string()))?;
        Ok(text)
    }

    fn draw(&self, text: &mut String) -> Result<(), Box<dyn std::error::Error + '_>> {
        let all = || self.series.iter().flat_map(|series| &series.points);
        let left = all().map(|point| point.0).fold(f64::INFINITY, f64::min);
        let right = all().map(|point| point.0).fold(f64::NEG_INFINITY, f64::max);
        let top = all().map(|point| point.1).fold(1.0, f64::max) * 1.1;
        let (left, right) = if left < right {
            (left, right)
        } else {
            (0.0, 1.0)
        };
        let area = SVGBackend::with_string(text, SIZE).into_drawing_area();
        area.fill(&WHITE).map_err(words)?;
        let mut chart = ChartBuilder::on(&area)
            .caption(&self.title, ("sans-serif", 18))
            .margin(14)
            .x_label_area_size(40)
            .y_label_area_size(56)
            .build_cartesian_2d(left..right, 0.0..top)
            .map_err(words)?;
        chart
            .configure_mesh()
            .x_desc(&self.x)
            .y_desc(&self.y)
            .light_line_style(WHITE)
            .draw()
            .map_err(words)?;
        for series in &self.series {
            let color = color_of(series.tone);
            let points = series.points.iter().copied();
            let drawn = match series.shape {
                Shape::Line => chart.draw_series(LineSeries::new(points, color.stroke_width(2))),
                Shape::Points => {
                    chart.draw_series(points.map(|point| Circle::new(point, 3, color.filled())))
                }
            };
            drawn
                .map_err(words)?
                .label(&series.label)
                .legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + 16, y)], color.stroke_width(3))
                });
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .background_style(WHITE.mix(0.8))
            .border_style(BLACK.mix(0.3))
            .draw()
            .map_err(words)?;
        area.present().map_err(words)?;
        Ok(())
    }
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn color_of(tone: Tone) -> RGBColor {
    match tone {
        Tone::Good => RGBColor(26, 127, 55),
        Tone::Bad => RGBColor(207, 34, 46),
        Tone::Warning => RGBColor(154, 103, 0),
        Tone::Strong => RGBColor(9, 105, 218),
        Tone::Faint => RGBColor(140, 149, 159),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_names_its_axes_and_series_and_escapes_them() {
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
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
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
