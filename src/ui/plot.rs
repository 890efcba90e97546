//! Charts as SVG: points and the line that was fitted to them.

use plotters::prelude::*;

/// One chart.
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

/// The size of one chart, in pixels.
const SIZE: (u32, u32) = (480, 340);

/// A document of charts side by side; the error is in words.
pub fn svg(charts: &[Chart]) -> Result<String, String> {
    let mut text = String::new();
    let across = u32::try_from(charts.len().max(1)).unwrap_or(1);
    {
        let root =
            SVGBackend::with_string(&mut text, (SIZE.0 * across, SIZE.1)).into_drawing_area();
        root.fill(&WHITE).map_err(|error| error.to_string())?;
        let areas = root.split_evenly((1, charts.len().max(1)));
        for (area, chart) in areas.iter().zip(charts) {
            draw(area, chart).map_err(|error| error.to_string())?;
        }
        root.present().map_err(|error| error.to_string())?;
    }
    Ok(text)
}

fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, plotters::coord::Shift>,
    chart: &Chart,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    let most = |of: fn(&(f64, f64)) -> f64| {
        let most = chart.points.iter().map(of).fold(0.0, f64::max);
        if most > 0.0 { most * 1.1 } else { 1.0 }
    };
    let (right, top) = (most(|point| point.0), most(|point| point.1));
    let mut context = ChartBuilder::on(area)
        .caption(&chart.title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(60)
        .build_cartesian_2d(0.0..right, 0.0..top)?;
    context
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc(&chart.x)
        .y_desc(&chart.y)
        .draw()?;
    if let Some((fixed, slope)) = chart.line {
        let ends = [0.0, right].map(|x| (x, (fixed + slope * x).clamp(0.0, top)));
        context.draw_series(LineSeries::new(ends, &BLUE))?;
    }
    context.draw_series(
        chart
            .points
            .iter()
            .map(|point| Circle::new(*point, 3, BLACK.filled())),
    )?;
    Ok(())
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
}
