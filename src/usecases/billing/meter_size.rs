//! The size of the meter by which a service is billed.

use chrono::NaiveDate;

use crate::domain::meters::MeterKind;
use crate::domain::period::Period;
use crate::store::meters::InstalledRegister;

/// The size of the meter that is billed: of those that hung there on some of the days, the one that came last. What counts beside it what never
/// reaches the sewer is no measure of the service.
pub(super) fn of(
    installed: &[InstalledRegister],
    (whole, served): (Period, &[Period]),
) -> Option<String> {
    let last = served.iter().map(|days| days.until).max();
    let days = Period {
        from: whole.from,
        until: last.unwrap_or(whole.until),
    };
    let hung = |one: &&InstalledRegister| {
        let until = one.until_on.unwrap_or(NaiveDate::MAX);
        one.from_on < days.until && days.from < until
    };
    let billed = installed
        .iter()
        .filter(|one| one.kind != MeterKind::Deduct)
        .filter(hung);
    let last = billed.max_by_key(|one| (one.from_on, one.register.id));
    last.and_then(|one| one.meter_size.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{MeterId, RegisterId, ServicePointId};
    use crate::domain::meters::Channel;
    use crate::domain::quantity::Unit;
    use crate::store::meters::RegisterRow;
    use crate::store::sql_types::Exact;
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
}
