//! What is used behind a meter, hour by hour, in thousandths of the meter's unit: gallons, hundreds of cubic feet, kilowatt-hours.

use chrono::{Datelike, NaiveDate};

use crate::cli::town::chance::Chance;
use crate::cli::town::shapes::{Day, Record, Shapes};

/// Average cold of a day by month, in degree days below 65 °F, as at a river town of the upper Midwest.
const COLD: [i64; 12] = [41, 35, 26, 14, 5, 1, 0, 0, 3, 12, 25, 37];

/// Average heat of a day by month, in degree days above 65 °F.
const HEAT: [i64; 12] = [0, 0, 0, 0, 2, 7, 11, 9, 3, 0, 0, 0];

/// What is behind a meter.
#[derive(Debug, Clone)]
pub struct Load {
    /// What kind of use it is.
    pub kind: Kind,
    /// Whose: two alike never have the same month.
    pub owner: u64,
    /// How much of the recorded use, in percent.
    pub percent: i64,
    /// What runs day and night between two days, beside the usual use: a leak.
    pub leak: Option<Leak>,
}

/// Kinds of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Water of a home like a recorded one, with so many gallons a day for a garden in summer.
    Water {
        /// Which recorded home.
        like: usize,
        /// Gallons.
        garden: i64,
    },
    /// Water of a business that opens in the morning and closes at night, in gallons a day.
    Counter {
        /// Gallons.
        gallons: i64,
        /// Whether it is closed on weekends.
        weekdays: bool,
    },
    /// Gas for a stove and a water heater, and for heating by degree day, in thousandths of a hundred cubic feet.
    Gas {
        /// Every day.
        always: i64,
        /// For a degree of cold.
        heating: i64,
    },
    /// Power of a home like a recorded one.
    Home {
        /// Which recorded home.
        like: usize,
    },
    /// Power of a shop like a recorded one.
    Shop {
        /// Which recorded load.
        like: usize,
    },
    /// What a home with panels takes from the grid.
    Taken {
        /// Which recorded home.
        like: usize,
        /// Tenths of a kilowatt on the roof.
        panels: i64,
    },
    /// What a home with panels feeds into the grid.
    Fed {
        /// Which recorded home.
        like: usize,
        /// Tenths of a kilowatt on the roof.
        panels: i64,
    },
}

/// Something that runs and should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leak {
    /// From this day.
    pub from: NaiveDate,
    /// Until this day.
    pub until: NaiveDate,
    /// Gallons an hour.
    pub hourly: i64,
    /// Whether it runs at night only, as a toilet does that nobody hears.
    pub at_night: bool,
}

impl Load {
    /// The use of each hour of a day of 24.
    #[must_use]
    pub fn hours(&self, shapes: &Shapes, day: NaiveDate) -> Day {
        let mut hours = self.usual(shapes, day);
        let scale = self.percent * self.month(day);
        for hour in &mut hours {
            *hour = *hour * scale / 100_000;
        }
        if let Kind::Water { garden, .. } = self.kind {
            water_garden(&mut hours, garden, day);
        }
        if let Some(leak) = self
            .leak
            .filter(|leak| leak.from <= day && day < leak.until)
        {
            let runs = |hour: &usize| !leak.at_night || *hour < 6 || *hour >= 23;
            let running = hours.iter_mut().enumerate().filter(|(hour, _)| runs(hour));
            running.for_each(|(_, hour)| *hour += leak.hourly * 1_000);
        }
        hours
    }

    fn usual(&self, shapes: &Shapes, day: NaiveDate) -> Day {
        let weeks = i64::try_from(self.owner % 5).unwrap_or_default() - 2;
        let of = |records: &[Record], like: usize| {
            let record = records.get(like % records.len().max(1));
            record.map_or([0; 24], |record| *record.like(day, weeks))
        };
        match self.kind {
            Kind::Water { like, .. } => of(&shapes.water, like),
            Kind::Counter { gallons, weekdays } => opened(gallons, weekdays, day),
            Kind::Gas { always, heating } => {
                let cold = weather(&COLD, "cold", day);
                [(always + heating * cold / 100) / 24; 24]
            }
            Kind::Home { like } => of(&shapes.homes, like),
            Kind::Shop { like } => {
                let warm = weather(&HEAT, "heat", day);
                of(&shapes.shops, like).map(|hour| hour + hour * warm / 2_500)
            }
            Kind::Taken { like, panels } => {
                let sun = shapes.sun.like(day, 0);
                net(&of(&shapes.homes, like), sun, panels).map(|net| net.max(0))
            }
            Kind::Fed { like, panels } => {
                let sun = shapes.sun.like(day, 0);
                net(&of(&shapes.homes, like), sun, panels).map(|net| (-net).max(0))
            }
        }
    }

    /// What the month is for this owner against the recorded one, in thousandths: guests, a new freezer, a warm spell.
    fn month(&self, day: NaiveDate) -> i64 {
        let month = u64::from(day.year().unsigned_abs()) * 12 + u64::from(day.month());
        Chance::of("month", &[self.owner, month]).between(900, 1_110)
    }
}

/// Use less yield, by hour.
fn net(used: &Day, sun: &Day, panels: i64) -> Day {
    let mut net = *used;
    for (hour, yielded) in net.iter_mut().zip(sun) {
        *hour -= yielded * panels / 10;
    }
    net
}

/// Sprinklers run before sunrise, every other day from June to September.
fn water_garden(hours: &mut Day, gallons: i64, day: NaiveDate) {
    let is_summer = (6..=9).contains(&day.month());
    if is_summer && day.ordinal().is_multiple_of(2) {
        let early = hours.iter_mut().skip(4).take(2);
        early.for_each(|hour| *hour += gallons * 1_000);
    }
}

/// A business that opens at seven and closes at nine in the evening.
fn opened(gallons: i64, weekdays: bool, day: NaiveDate) -> Day {
    let is_closed = weekdays && day.weekday().number_from_monday() > 5;
    let mut hours = [gallons * 4; 24];
    if !is_closed {
        let open = hours.iter_mut().skip(7).take(14);
        open.for_each(|hour| *hour += gallons * 65);
    }
    hours
}

/// Degree days of one day in hundredths, the same for the whole town: the month's average, drawn to the next month's, and the day's own mood.
fn weather(normals: &[i64; 12], matter: &str, day: NaiveDate) -> i64 {
    let month = usize::try_from(day.month0()).unwrap_or_default();
    let normal = |month: usize| normals.get(month % 12).copied().unwrap_or_default();
    let (from, to, way) = if day.day() <= 15 {
        (normal(month + 11), normal(month), i64::from(day.day()) + 15)
    } else {
        (normal(month), normal(month + 1), i64::from(day.day()) - 15)
    };
    let average = (from * (30 - way) + to * way) * 100 / 30;
    let number = u64::from(day.num_days_from_ce().unsigned_abs());
    average * Chance::of(matter, &[number]).between(65, 135) / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(kind: Kind) -> Load {
        Load {
            kind,
            owner: 11,
            percent: 100,
            leak: None,
        }
    }

    fn over(load: &Load, shapes: &Shapes, from: &str, days: usize) -> i64 {
        let from: NaiveDate = from.parse().unwrap();
        let days = from.iter_days().take(days);
        days.map(|day| load.hours(shapes, day).iter().sum::<i64>())
            .sum()
    }

    #[test]
    fn heating_is_for_winter_and_the_garden_for_summer() {
        let shapes = Shapes::read().unwrap();
        let gas = load(Kind::Gas {
            always: 400,
            heating: 85,
        });
        let (january, july) = (
            over(&gas, &shapes, "2026-01-01", 31),
            over(&gas, &shapes, "2026-07-01", 31),
        );
        assert!((80_000..150_000).contains(&january), "{january}");
        assert!((8_000..16_000).contains(&july), "{july}");
        let water = load(Kind::Water {
            like: 0,
            garden: 60,
        });
        assert!(over(&water, &shapes, "2026-07-01", 30) > over(&water, &shapes, "2026-04-01", 30));
    }

    #[test]
    fn a_leak_runs_between_its_days_and_panels_feed_the_grid_at_noon() {
        let shapes = Shapes::read().unwrap();
        let mut water = load(Kind::Water { like: 1, garden: 0 });
        let before = over(&water, &shapes, "2026-04-01", 10);
        let (from, until) = ("2026-04-03".parse().unwrap(), "2026-04-05".parse().unwrap());
        water.leak = Some(Leak {
            from,
            until,
            hourly: 20,
            at_night: false,
        });
        assert_eq!(
            over(&water, &shapes, "2026-04-01", 10) - before,
            2 * 24 * 20_000
        );
        let fed = load(Kind::Fed {
            like: 1,
            panels: 60,
        })
        .hours(&shapes, "2026-06-10".parse().unwrap());
        assert!(fed[12] > 1_000 && fed[0] == 0, "{fed:?}");
    }
}
