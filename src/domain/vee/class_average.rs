//! What a class uses in a season: the average daily usage of others of the same class in the same months, for whoever has no history.

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::reads::ReadQuality;
use crate::domain::vee::estimates::PastUsage;

/// Fewer registers than this are no class: what one or two neighbors use says nothing of a newcomer.
pub const FEWEST: usize = 5;

/// The whole months that some days touch, this year and the year before.
#[must_use]
pub fn same_months(days: Period) -> Option<[Period; 2]> {
    let last = days.until.pred_opt()?.max(days.from);
    let first_of = |day: NaiveDate| day.with_day(1);
    let now = Period {
        from: first_of(days.from)?,
        until: first_of(last)?.checked_add_months(Months::new(1))?,
    };
    let year = Months::new(12);
    let before = Period {
        from: now.from.checked_sub_months(year)?,
        until: now.until.checked_sub_months(year)?,
    };
    Some([now, before])
}

/// Average daily usage of registers within some months: of a span that lies in them in part, its days' part. Only actual and edited usage
/// counts; nothing where fewer than [`FEWEST`] registers tell anything.
#[must_use]
pub fn daily(peers: &[Vec<PastUsage>], months: &[Period]) -> Option<Decimal> {
    let of_peer = |history: &Vec<PastUsage>| {
        let measured = history
            .iter()
            .filter(|past| matches!(past.quality, ReadQuality::Actual | ReadQuality::Edited));
        let shared = measured.flat_map(|past| {
            let within = months
                .iter()
                .filter_map(|month| past.period.overlap(*month));
            within.map(move |days| (past, days.days()))
        });
        let mut whole = (Decimal::ZERO, 0_u32);
        for (past, days) in shared {
            let part = past.usage.checked_mul(Decimal::from(days))?;
            whole.0 += part.checked_div(Decimal::from(past.period.days()))?;
            whole.1 += days;
        }
        (whole.1 > 0).then_some(whole)
    };
    let told: Vec<(Decimal, u32)> = peers.iter().filter_map(of_peer).collect();
    if told.len() < FEWEST {
        return None;
    }
    let usage: Decimal = told.iter().map(|(usage, _)| *usage).sum();
    let days: u32 = told.iter().map(|(_, days)| *days).sum();
    usage.checked_div(Decimal::from(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, until: &str) -> Period {
        Period::new(from.parse().unwrap(), until.parse().unwrap()).unwrap()
    }

    fn used(from: &str, until: &str, usage: i64) -> PastUsage {
        PastUsage {
            period: period(from, until),
            usage: Decimal::from(usage),
            quality: ReadQuality::Actual,
        }
    }

    #[test]
    fn the_months_of_a_period_are_whole_and_come_every_year() {
        let months = same_months(period("2026-06-03", "2026-07-02")).unwrap();
        assert_eq!(
            months,
            [
                period("2026-06-01", "2026-08-01"),
                period("2025-06-01", "2025-08-01")
            ]
        );
        let whole = same_months(period("2026-06-01", "2026-07-01")).unwrap();
        assert_eq!(whole[0], period("2026-06-01", "2026-07-01"));
    }

    #[test]
    fn only_these_months_count_and_a_span_across_them_by_its_days() {
        let months = same_months(period("2026-06-01", "2026-07-01")).unwrap();
        let of_peer = |summer: i64| {
            vec![
                used("2025-12-01", "2026-01-01", 90_000),
                used("2025-06-01", "2025-07-01", summer),
                // Half of these sixty days lie in June.
                used("2026-05-02", "2026-07-01", 6_000),
            ]
        };
        let peers: Vec<_> = [1_500, 1_500, 1_500, 1_500, 4_500].map(of_peer).into();
        // 10,500 of last June and 15,000 of this one, over 300 days.
        assert_eq!(daily(&peers, &months), Some(Decimal::from(85)));
        assert_eq!(daily(&peers[1..], &months), None, "four are no class");
        let mut estimated = peers;
        for past in estimated[0].iter_mut() {
            past.quality = ReadQuality::Estimated;
        }
        assert_eq!(
            daily(&estimated, &months),
            None,
            "an estimate is no evidence"
        );
    }
}
