//! How the balance came about, and what each service charges.

use crate::documents::bill_pdf::{
    CHARGES_END, COLUMNS_END, COLUMNS_TOP, INK, LEFT, PLAIN, SMALL, STRONG, TITLE, next_page, style,
};
use crate::documents::bill_words::{self, Counted, Place, counted, factor_applied};
use crate::documents::pdf::face::Face;
use crate::documents::pdf::page::{Paper, Spot};
use crate::documents::pdf::table::{Cell, Column, Frame, Row, Table};
use crate::documents::pdf::{Align, Length, Style, points};
use crate::domain::bill_paper::{BillPaper, PaperDays, PaperLine, PaperService};
use crate::domain::money::Money;
use crate::domain::rates::bank::Bank;
use crate::domain::rates::winter_months::WinterMonths;
use crate::i18n::Words;

/// The sum at the foot of a table.
const SUM: Style = style(Face::Bold, 95, INK);

/// Writes both; gives where they ended.
pub fn write(paper: &mut Paper, t: Words, bill: &BillPaper) -> Frame {
    let mut frame = Frame {
        page: 0,
        x: LEFT,
        y: COLUMNS_TOP,
        bottom: COLUMNS_END,
        width: CHARGES_END - LEFT,
    };
    title(paper, &mut frame, t.bill_sum_title());
    let summary = Table {
        columns: &two,
        head: vec![
            vec![(SMALL, t.bill_line().to_owned())],
            vec![(SMALL, t.bill_amount().to_owned())],
        ],
        rows: summary(t, bill),
    };
    let mut frame = summary.write(paper, frame, &mut next_page);
    frame.y += points(9);
    if !frame.holds(points(60)) {
        frame = next_page(paper);
    }
    title(paper, &mut frame, t.paper_charges());
    let began = frame.page;
    let table = Table {
        columns: &three,
        head: vec![
            vec![(SMALL, t.bill_line().to_owned())],
            vec![(SMALL, t.paper_worked().to_owned())],
            vec![(SMALL, t.bill_amount().to_owned())],
        ],
        rows: charges(t, bill),
    };
    let ended = table.write(paper, frame, &mut next_page);
    if began == 0 && ended.page > 0 {
        let spot = Spot::right(0, CHARGES_END, COLUMNS_END + points(8));
        paper.label(spot, SMALL, &t.paper_goes_on(2));
    }
    ended
}

/// A heading above what follows.
pub fn title(paper: &mut Paper, frame: &mut Frame, words: &str) {
    let foot = frame.y + TITLE.size;
    paper.heading(2, Spot::left(frame.page, frame.x, foot), TITLE, words);
    frame.y = foot + points(3);
}

/// What and how much.
fn two(width: Length) -> Vec<Column> {
    let amount = points(80);
    vec![
        column(width - amount, Align::Left),
        column(amount, Align::Right),
    ]
}

/// What, how it comes about, how much.
fn three(width: Length) -> Vec<Column> {
    let (what, amount) = (width * 37 / 100, points(76));
    vec![
        column(what, Align::Left),
        column(width - what - amount, Align::Left),
        column(amount, Align::Right),
    ]
}

/// A column.
pub const fn column(width: Length, align: Align) -> Column {
    Column { width, align }
}

fn row(cells: Vec<Cell>) -> Row {
    Row {
        cells,
        is_ruled: false,
        keeps: false,
    }
}

fn summary(t: Words, bill: &BillPaper) -> Vec<Row> {
    let line = |what: &str, amount: Money| {
        row(vec![
            vec![(PLAIN, what.to_owned())],
            vec![(PLAIN, t.money(amount))],
        ])
    };
    let mut rows = Vec::new();
    if !bill.between.is_empty() {
        rows.push(line(t.bill_last_balance(), bill.opening()));
        let moved = bill.between.iter();
        rows.extend(moved.map(|entry| line(&bill_words::moved(t, entry), entry.amount)));
    }
    let before = if bill.previous.is_negative() {
        t.bill_credit_before()
    } else {
        t.bill_owed_before()
    };
    rows.push(line(before, bill.previous));
    let Some((deferred, difference)) = bill.put_off else {
        rows.push(line(t.bill_this(), bill.total));
        rows.push(asked_for(t, bill));
        return rows;
    };
    let (what, in_all) = (
        if deferred.is_negative() {
            t.budget_plan_bill_ahead()
        } else {
            t.budget_plan_bill_off()
        },
        if difference.is_negative() {
            t.budget_plan_bill_difference_ahead()
        } else {
            t.budget_plan_bill_difference()
        },
    );
    rows.push(line(t.budget_plan_charges(), bill.total));
    rows.push(line(what, -deferred));
    rows.push(row(vec![
        vec![(STRONG, t.budget_plan_bill_asked().to_owned())],
        vec![(STRONG, t.money(bill.asked()))],
    ]));
    rows.push(asked_for(t, bill));
    // The plan's balance is no part of the sum, and stands below it.
    rows.push(line(in_all, difference.abs()));
    rows
}

/// What is to be paid in all.
fn asked_for(t: Words, bill: &BillPaper) -> Row {
    let asked = bill.asked_for();
    let (what, amount) = if asked.is_negative() {
        (t.bill_credit_left(), -asked)
    } else {
        (t.bill_asked_for(), asked)
    };
    sum(vec![
        vec![(SUM, what.to_owned())],
        vec![(SUM, t.money(amount))],
    ])
}

fn sum(cells: Vec<Cell>) -> Row {
    Row {
        is_ruled: true,
        ..row(cells)
    }
}

fn charges(t: Words, bill: &BillPaper) -> Vec<Row> {
    let mut rows: Vec<Row> = bill
        .services
        .iter()
        .flat_map(|service| of_service(t, service))
        .collect();
    if !bill.others().is_zero() {
        let mut others = row(vec![
            vec![(STRONG, t.bill_others().to_owned())],
            Vec::new(),
            vec![(STRONG, t.money(bill.others()))],
        ]);
        others.is_ruled = true;
        rows.push(others);
    }
    rows.push(sum(vec![
        vec![(SUM, t.bill_this().to_owned())],
        Vec::new(),
        vec![(SUM, t.money(bill.total))],
    ]));
    rows
}

/// The service with what was used and what it comes to, then its lines.
fn of_service(t: Words, service: &PaperService) -> Vec<Row> {
    let used = service.used.map(|used| {
        let many = t.number(
            used.amount
                .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
        );
        let unit = t.unit_name(used.unit.as_str());
        format!(
            "{many} {unit} · {}",
            t.read_quality(service.quality.as_str())
        )
    });
    let rate = service
        .schedule
        .as_ref()
        .map(|schedule| t.paper_rate(schedule.code.as_str()));
    let told: Vec<String> = used.into_iter().chain(rate).collect();
    let mut what = vec![(STRONG, t.service_name(service.commodity.as_str()))];
    what.extend(service.place.iter().map(|place| (SMALL, place.clone())));
    let mut rows = vec![Row {
        cells: vec![
            what,
            vec![(SMALL, told.join(" · "))],
            vec![(STRONG, t.money(service.amount))],
        ],
        is_ruled: true,
        keeps: true,
    }];
    rows.extend(service.lines.iter().map(|line| of_line(t, line)));
    if let Some(bank) = service.bank {
        rows.extend(of_bank(t, bank));
    }
    if let Some(winter) = &service.winter {
        rows.extend(of_winter(t, winter));
    }
    rows.extend(service.days.iter().map(|days| of_days(t, days)));
    rows
}

fn of_line(t: Words, line: &PaperLine) -> Row {
    let place = line.known.origin.as_ref().and_then(Place::at);
    let label = place.map_or_else(|| line.charge.clone(), |place| place.label(t.language));
    let mut what = vec![(PLAIN, label)];
    if let Some((from, last)) = line.known.days {
        what.push((SMALL, t.bill_line_days(from, last)));
    }
    let (quantity, price) = (line.quantity, line.price);
    let mut how = vec![(SMALL, counted(t, Counted { quantity, price }, place))];
    let converted = line.known.converted.as_ref();
    how.extend(converted.map(|converted| (SMALL, factor_applied(t, converted))));
    let unit = place.and_then(|place| place.unit());
    let unit = unit.map_or_else(String::new, |unit| t.unit_priced(unit.as_str()));
    let basis = place.and_then(|place| place.basis(t.language));
    // A quantity that is called by its unit alone says nothing new.
    if let Some(basis) = basis.filter(|basis| basis.to_lowercase() != unit.to_lowercase()) {
        how.push((SMALL, basis));
    }
    row(vec![what, how, vec![(PLAIN, t.money(line.amount))]])
}

/// The winter months behind an average, each with what was used.
fn of_winter(t: Words, winter: &WinterMonths) -> Vec<Row> {
    let few = (!winter.is_enough).then(|| (SMALL, t.bill_winter_few().to_owned()));
    let mut rows = vec![row(vec![
        vec![(SMALL, t.bill_winter().to_owned())],
        few.into_iter().collect(),
        Vec::new(),
    ])];
    rows.extend(winter.months.iter().map(|(from, last, used)| {
        let unit = t.unit_short(used.unit.as_str());
        row(vec![
            vec![(SMALL, t.bill_winter_month(*from, *last))],
            vec![(SMALL, format!("{} {unit}", t.number(used.amount)))],
            Vec::new(),
        ])
    }));
    rows
}

/// The days that a register counted by itself, added up.
fn of_days(t: Words, days: &PaperDays) -> Row {
    let (serial, unit) = (days.serial.as_str(), t.unit_short(days.unit.as_str()));
    let sum = format!("{} {unit}", t.number(days.sum));
    row(vec![
        vec![(
            SMALL,
            t.bill_interval_days(serial, days.from, days.last, days.days),
        )],
        vec![(
            SMALL,
            format!("{sum} · {}", t.bill_interval_quality(days.weak)),
        )],
        Vec::new(),
    ])
}

/// What a customer who feeds in has with the utility: energy, not money.
fn of_bank(t: Words, bank: Bank) -> Vec<Row> {
    let unit = t.unit_short(bank.unit.as_str());
    let line = |what: &str, amount| {
        let shown = format!("{} {unit}", t.rounded(amount, 0));
        row(vec![
            vec![(SMALL, what.to_owned())],
            vec![(SMALL, shown)],
            Vec::new(),
        ])
    };
    vec![
        line(t.bill_bank_taken(), bank.taken),
        line(t.bill_bank_sent(), bank.sent),
        line(t.bill_bank_before(), bank.before),
        line(t.bill_bank_after(), bank.after),
    ]
}
