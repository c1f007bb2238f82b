//! The size of the meter by which a service is billed.

use crate::domain::meters::{MeterKind, inches};
use crate::domain::period::Period;
use crate::store::meters::InstalledRegister;

/// The size of the meter that is billed: of those that hung there on the last day served; where none did, of those that went last. Of several
/// at once the largest is the measure of the service. What counts beside it what never reaches the sewer is none.
pub(super) fn of(
    installed: &[InstalledRegister],
    (whole, served): (Period, &[Period]),
) -> Option<String> {
    let last = served.iter().map(|days| days.until).max();
    let until = last.unwrap_or(whole.until);
    let hung = |one: &&InstalledRegister| {
        one.from_on < until && one.until_on.is_none_or(|gone| whole.from < gone)
    };
    let counting: Vec<&InstalledRegister> = installed
        .iter()
        .filter(|one| one.kind != MeterKind::Deduct)
        .filter(hung)
        .collect();
    let stayed = |one: &&InstalledRegister| one.until_on.map_or(until, |gone| gone.min(until));
    let longest = counting.iter().map(stayed).max()?;
    let sizes = counting
        .into_iter()
        .filter(|one| stayed(one) == longest)
        .filter_map(|one| one.meter_size.as_deref());
    let largest = sizes.max_by_key(|size| (inches(size), *size));
    largest.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{MeterId, RegisterId, ServicePointId};
    use crate::domain::meters::Channel;
    use crate::domain::quantity::Unit;
    use crate::store::meters::RegisterRow;
    use crate::store::sql_types::Exact;
    use chrono::NaiveDate;
    use rust_decimal::Decimal;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn hung(
        id: i64,
        kind: MeterKind,
        size: &str,
        (from, until): (&str, Option<&str>),
    ) -> InstalledRegister {
        let register = RegisterRow {
            id: RegisterId(id),
            meter_id: MeterId(id),
            channel: Channel::Delivered,
            external_key: format!("M{id}"),
            unit: Unit::Gallon,
            dials: 6,
            decimals: 0,
            multiplier: Exact(Decimal::ONE),
            resolution_minutes: None,
        };
        InstalledRegister {
            register,
            kind,
            meter_size: Some(size.to_owned()),
            service_point_id: ServicePointId(1),
            from_on: day(from),
            until_on: until.map(day),
        }
    }

    #[test]
    fn the_size_is_that_of_the_counting_meter_which_hung_in_the_days_billed() {
        let installed = [
            hung(
                1,
                MeterKind::Simple,
                "5/8",
                ("2020-01-01", Some("2026-03-16")),
            ),
            hung(2, MeterKind::Simple, "1", ("2026-03-16", None)),
            hung(3, MeterKind::Deduct, "2", ("2026-04-20", None)),
        ];
        let size = |from: &str, until: &str| {
            let days = Period::new(day(from), day(until)).expect("a span");
            of(&installed, (days, &[days]))
        };
        assert_eq!(size("2026-02-01", "2026-03-01").as_deref(), Some("5/8"));
        assert_eq!(size("2026-02-01", "2026-03-16").as_deref(), Some("5/8"));
        assert_eq!(size("2026-03-01", "2026-04-01").as_deref(), Some("1"));
        assert_eq!(size("2026-04-01", "2026-05-01").as_deref(), Some("1"));
        assert_eq!(size("2019-01-01", "2019-02-01"), None);
        let march = Period::new(day("2026-03-01"), day("2026-04-01")).expect("a span");
        let left = Period::new(day("2026-03-01"), day("2026-03-10")).expect("a span");
        let of_the_days = of(&installed, (march, &[left]));
        assert_eq!(of_the_days.as_deref(), Some("5/8"), "of the days served");
    }
    #[test]
    fn of_what_hung_on_the_last_day_served_the_largest_is_the_measure() {
        let march = Period::new(day("2026-03-01"), day("2026-04-01")).expect("a span");
        let size = |installed: &[InstalledRegister]| of(installed, (march, &[march]));
        let both = [
            hung(1, MeterKind::Simple, "2", ("2020-01-01", None)),
            hung(2, MeterKind::Simple, "5/8", ("2026-03-10", None)),
        ];
        assert_eq!(
            size(&both).as_deref(),
            Some("2"),
            "the bigger one goes on beside it"
        );
        let alike = [
            hung(7, MeterKind::Simple, "1 1/2", ("2026-01-01", None)),
            hung(9, MeterKind::Simple, "3/4", ("2026-01-01", None)),
        ];
        assert_eq!(
            size(&alike).as_deref(),
            Some("1 1/2"),
            "whatever their rows"
        );
        let left = [
            hung(1, MeterKind::Simple, "1", ("2020-01-01", None)),
            hung(
                2,
                MeterKind::Simple,
                "4",
                ("2026-03-10", Some("2026-03-20")),
            ),
        ];
        assert_eq!(size(&left).as_deref(), Some("1"), "the later one is gone");
        let none = [
            hung(
                1,
                MeterKind::Simple,
                "2",
                ("2020-01-01", Some("2026-03-15")),
            ),
            hung(
                2,
                MeterKind::Simple,
                "5/8",
                ("2026-03-05", Some("2026-03-20")),
            ),
        ];
        assert_eq!(size(&none).as_deref(), Some("5/8"), "it went last");
    }
}
