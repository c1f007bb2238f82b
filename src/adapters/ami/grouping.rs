//! Gathers single values into series, meter by meter, and hands them over in portions of bounded size.

use std::collections::{HashMap, VecDeque};

use crate::domain::feed::{FeedItem, FeedKind, FeedPoint, FeedSeries, ONE, Rejection};
use crate::domain::quantity::Unit;

/// How many values are gathered before they are handed over.
const PORTION: usize = 16_384;

/// Values on their way into series.
#[derive(Default)]
pub struct Grouping {
    open: Vec<FeedSeries>,
    places: HashMap<String, usize>,
    last: usize,
    gathered: usize,
    ready: VecDeque<FeedItem>,
}

/// What a value belongs to.
pub struct Head<'a> {
    pub meter: &'a str,
    pub kind: FeedKind,
    pub unit: Unit,
}

impl Grouping {
    /// Adds a value to its meter's series.
    pub fn add(&mut self, head: &Head<'_>, point: FeedPoint) {
        let fits = |series: &FeedSeries| {
            series.meter == head.meter && series.kind == head.kind && series.unit == head.unit
        };
        let place = if self.open.get(self.last).is_some_and(fits) {
            Some(self.last)
        } else {
            let place = self.places.get(head.meter).copied();
            place.filter(|place| self.open.get(*place).is_some_and(fits))
        };
        if let Some(series) = place.and_then(|place| self.open.get_mut(place)) {
            series.points.push(point);
            self.last = place.unwrap_or(self.last);
        } else {
            self.last = self.open.len();
            self.places.insert(head.meter.to_owned(), self.last);
            self.open.push(FeedSeries {
                meter: head.meter.to_owned(),
                channel: None,
                kind: head.kind,
                unit: head.unit,
                constant: ONE,
                points: vec![point],
            });
        }
        self.gathered += 1;
        if self.gathered >= PORTION {
            self.hand_over();
        }
    }

    /// Hands over a line that could not be used.
    pub fn reject(&mut self, rejection: Rejection) {
        self.ready.push_back(FeedItem::Rejected(rejection));
    }

    /// Hands over all that is gathered.
    pub fn hand_over(&mut self) {
        self.ready.extend(self.open.drain(..).map(FeedItem::Series));
        self.places.clear();
        self.gathered = 0;
    }

    /// The next piece that is ready.
    pub fn take(&mut self) -> Option<FeedItem> {
        self.ready.pop_front()
    }
}
