//! Thirteen months of each metered service as bars, and the meters' reads with their quality.

use chrono::Datelike;
use rust_decimal::Decimal;

use crate::documents::bill_pdf::charges::{column, title};
use crate::documents::bill_pdf::{
    BRAND, COLUMNS_END, COLUMNS_TOP, LINE, MUTED, PLAIN, RIGHT, SMALL, TITLE, USAGE_START, WHITE,
    next_page, style,
};
use crate::documents::charts::scale::{Scale, part};
use crate::documents::pdf::face::Face;
use crate::documents::pdf::page::{Draw, Paper, Pen, Spot, Step, rule, set};
use crate::documents::pdf::table::{Cell, Column, Frame, Row, Table};
use crate::documents::pdf::tags::Area;
use crate::documents::pdf::{Align, Ink, Length, Style, points};
use crate::domain::bill_paper::{BillPaper, MONTHS, PaperMeter, PaperMonth, PaperRead, PaperUsage};
use crate::domain::reads::ReadQuality;
use crate::i18n::Words;

const AXIS: Style = style(Face::Regular, 65, MUTED);
/// Bars of the months before the one billed.
const EARLIER: Ink = Ink(0x9d, 0xb4, 0xc1);
/// The height of the bars' field, and of a picture with its letters.
const FIELD: Length = points(58);
const PICTURE: Length = points(80);
/// The room for the numbers beside the bars.
const NUMBERS: Length = points(32);
/// How wide a picture stands.
const WIDTH: Length = RIGHT - USAGE_START;

/// Writes them beside the charges; what has no room there follows where the charges ended, or on a page of its own.
pub fn write(paper: &mut Paper, t: Words, bill: &BillPaper, ended: Frame) {
    let mut frame = Frame {
        page: 0,
        x: USAGE_START,
        y: COLUMNS_TOP,
        bottom: COLUMNS_END,
        width: WIDTH,
    };
    let mut later = Some(ended).filter(|ended| ended.page > 0);
    let mut onward = |paper: &mut Paper| {
        let mut frame = later.take().unwrap_or_else(|| next_page(paper));
        frame.y += points(14);
        frame
    };
    for usage in &bill.usage {
        if !frame.holds(TITLE.size + PICTURE) {
            frame = onward(paper);
        }
        let unit = t.unit_name(usage.unit.as_str());
        title(
            paper,
            &mut frame,
            &t.paper_chart(usage.commodity.as_str(), &unit),
        );
        picture(paper, t, usage, &frame);
        frame.y += PICTURE + points(8);
    }
    let rows: Vec<Row> = bill
        .services
        .iter()
        .flat_map(|service| &service.meters)
        .map(|meter| of_meter(t, meter))
        .collect();
    if rows.is_empty() {
        return;
    }
    if !frame.holds(points(52)) {
        frame = onward(paper);
    }
    title(paper, &mut frame, t.paper_reads());
    let head = [t.paper_meter(), t.paper_read_first(), t.paper_read_last()];
    let table = Table {
        columns: &three,
        head: head.map(|name| vec![(SMALL, name.to_owned())]).into(),
        rows,
    };
    table.write(paper, frame, &mut onward);
}

fn three(width: Length) -> Vec<Column> {
    let read = width * 32 / 100;
    vec![
        column(width - 2 * read, Align::Left),
        column(read, Align::Right),
        column(read, Align::Right),
    ]
}

fn of_meter(t: Words, meter: &PaperMeter) -> Row {
    let read = |read: &PaperRead| -> Cell {
        let mut cell = vec![(PLAIN, t.number(read.value)), (SMALL, t.day(read.on))];
        if read.quality != ReadQuality::Actual {
            cell.push((SMALL, t.read_quality(read.quality.as_str())));
        }
        cell
    };
    Row {
        cells: vec![
            vec![
                (PLAIN, meter.serial.clone()),
                (SMALL, t.unit_short(meter.unit.as_str())),
            ],
            meter.first.as_ref().map_or_else(Vec::new, read),
            read(&meter.last),
        ],
        is_ruled: false,
        keeps: false,
    }
}

/// The bars, the last one in the utility's color, estimates as outlines.
fn picture(paper: &mut Paper, t: Words, usage: &PaperUsage, frame: &Frame) {
    let unit = t.unit_name(usage.unit.as_str());
    let area = Area {
        page: frame.page,
        x: frame.x,
        y: frame.y,
        width: WIDTH,
        height: PICTURE,
    };
    let list: Vec<String> = usage
        .months
        .iter()
        .map(|month| {
            let estimated = if month.is_estimated { "yes" } else { "no" };
            t.paper_chart_month(month.month, month.used, estimated)
        })
        .collect();
    let words = t.paper_chart_words(
        usage.commodity.as_str(),
        usage.months.len(),
        &unit,
        list.join("; "),
    );
    let plot = Plot::of(usage, area);
    let mut draws = plot.lines(t);
    for (place, month) in (0..).zip(&usage.months) {
        draws.extend(plot.bar(place, month));
        draws.push(plot.letter(place, &t.short_month(month.month)));
    }
    draws.extend(plot.years());
    if usage.months.iter().any(|month| month.is_estimated) {
        let spot = Spot::right(area.page, area.x + area.width, area.y + PICTURE - 100);
        draws.push(Draw::Stroke(
            vec![Step::Box(
                spot.x - points(48),
                spot.y - 480,
                points(5),
                points(5),
            )],
            EDGE,
        ));
        draws.push(set(spot, AXIS, t.chart_estimated()));
    }
    paper.figure(area, &words, draws);
}

/// The edge of an estimated bar.
const EDGE: Pen = Pen {
    ink: BRAND,
    width: 70,
    is_dashed: false,
};

/// Where the bars of a picture lie.
struct Plot<'a> {
    usage: &'a PaperUsage,
    area: Area,
    scale: Scale,
    step: Length,
}

impl<'a> Plot<'a> {
    fn of(usage: &'a PaperUsage, area: Area) -> Self {
        let values = || usage.months.iter().map(|month| month.used);
        let most = values().max().unwrap_or_default();
        let least = values().min().unwrap_or_default();
        let slots = Length::try_from(usage.months.len().max(MONTHS)).unwrap_or(Length::MAX);
        Self {
            usage,
            area,
            scale: Scale::over(least, most),
            step: (area.width - NUMBERS) / slots,
        }
    }

    /// How far down a value lies.
    fn y(&self, value: Decimal) -> Length {
        let span = self.scale.top - self.scale.bottom;
        let rise = part(value - self.scale.bottom, span, i64::from(FIELD));
        self.area.y + points(4) + FIELD - Length::try_from(rise).unwrap_or_default()
    }

    /// The middle of a month. Where there are few, they stand at the right, where now is.
    fn center(&self, place: Length) -> Length {
        let months = Length::try_from(self.usage.months.len()).unwrap_or_default();
        let right = self.area.x + self.area.width;
        right - self.step * (months - place) + self.step / 2
    }

    fn lines(&self, t: Words) -> Vec<Draw> {
        let pen = Pen {
            ink: LINE,
            width: 50,
            is_dashed: false,
        };
        let mut draws = Vec::new();
        for value in self.scale.lines() {
            let y = self.y(value);
            let x = self.area.x + NUMBERS;
            draws.push(rule((x, y), self.area.width - NUMBERS, pen));
            let spot = Spot::right(self.area.page, x - points(4), y + 230);
            draws.push(set(spot, AXIS, &t.number(value)));
        }
        draws
    }

    fn bar(&self, place: Length, month: &PaperMonth) -> Vec<Draw> {
        let width = self.step * 66 / 100;
        let (zero, end) = (self.y(Decimal::ZERO), self.y(month.used));
        let (top, height) = (zero.min(end), (zero - end).abs());
        if height == 0 {
            return Vec::new();
        }
        let is_last = self.usage.months.len() == usize::try_from(place + 1).unwrap_or_default();
        let ink = match (month.is_estimated, is_last) {
            (true, _) => WHITE,
            (false, true) => BRAND,
            (false, false) => EARLIER,
        };
        let shape = vec![Step::Box(
            self.center(place) - width / 2,
            top,
            width,
            height,
        )];
        let mut draws = vec![Draw::Fill(shape.clone(), ink)];
        if month.is_estimated {
            draws.push(Draw::Stroke(shape, EDGE));
        }
        draws
    }

    /// A month by its first letter: its neighbors tell which it is.
    fn letter(&self, place: Length, month: &str) -> Draw {
        let first: String = month.chars().take(1).collect();
        let y = self.area.y + FIELD + points(12);
        set(
            Spot::center(self.area.page, self.center(place), y),
            AXIS,
            &first,
        )
    }

    /// The year beneath its first month.
    fn years(&self) -> Vec<Draw> {
        let mut draws = Vec::new();
        let mut before = None;
        for (place, month) in (0..).zip(&self.usage.months) {
            let year = month.month.year();
            if before != Some(year) {
                let x = self.center(place) - self.step / 2 + 100;
                let y = self.area.y + FIELD + points(20);
                let spot = Spot::left(self.area.page, x, y);
                draws.push(set(spot, AXIS, &year.to_string()));
            }
            before = Some(year);
        }
        draws
    }
}
