//! A small map of the places that a utility serves, by their points of the earth alone: nothing of it comes from elsewhere. Its corners set a
//! part of town where scripts run; the field of corners beside it says the same without.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::domain::polygons::Spot;

/// How wide the drawing is, in its own units.
const WIDE: i64 = 640;

/// How high it is at the least and at the most.
const LOW: i64 = 160;
const HIGH: i64 = 720;

/// Places closer than this on the drawing are one dot of it.
const DOT: i64 = 5;

/// The least span of a map, in millionths of a degree: about three hundred yards.
const LEAST: i64 = 3_000;

/// Places on a map.
pub struct Map {
    /// How wide the drawing is, in its own units.
    pub wide: i64,
    /// How high it is.
    pub high: i64,
    /// The southern edge, in millionths of a degree.
    pub south: i64,
    /// The western edge.
    pub west: i64,
    /// The northern edge.
    pub north: i64,
    /// The eastern edge.
    pub east: i64,
    /// The dots of the places, as the path of a drawing.
    pub dots: String,
}

/// The least and the greatest of some values, with some room around them.
fn span(values: impl Iterator<Item = i64> + Clone) -> Option<(i64, i64)> {
    let (least, most) = (values.clone().min()?, values.max()?);
    let room = ((most - least) / 20).max((LEAST - (most - least)) / 2);
    Some((least - room, most + room))
}

impl Map {
    /// A map of these places; nothing where none has a point.
    pub fn of(spots: &[Spot]) -> Option<Self> {
        let (south, north) = span(spots.iter().map(|spot| spot.north))?;
        let (west, east) = span(spots.iter().map(|spot| spot.east))?;
        // In the middle of the country a degree to the east is three quarters as long as one to the north.
        let high = (WIDE * (north - south) * 4 / ((east - west) * 3)).clamp(LOW, HIGH);
        let cell = |spot: &Spot| {
            let across = (spot.east - west) * WIDE / (east - west);
            let down = (north - spot.north) * high / (north - south);
            (across / DOT * DOT, down / DOT * DOT)
        };
        let cells: BTreeSet<(i64, i64)> = spots.iter().map(cell).collect();
        let mut dots = String::with_capacity(cells.len() * 10);
        for (across, down) in cells {
            // A text takes whatever is written to it.
            if write!(dots, "M{across} {down}h0").is_err() {
                break;
            }
        }
        Some(Self {
            wide: WIDE,
            high,
            south,
            west,
            north,
            east,
            dots,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_dots_and_neighbors_one() {
        let spot = |north, east| Spot { north, east };
        assert!(Map::of(&[]).is_none());
        let map = Map::of(&[
            spot(41_500_000, -91_100_000),
            spot(41_500_001, -91_099_999),
            spot(41_530_000, -91_060_000),
        ])
        .unwrap();
        assert_eq!(map.dots.matches('M').count(), 2, "{}", map.dots);
        assert!(map.south < 41_500_000 && map.north > 41_530_000);
        assert_eq!(map.high, 640);
        let one = Map::of(&[spot(41_500_000, -91_100_000)]).unwrap();
        assert_eq!(one.north - one.south, LEAST);
        assert!(one.dots.starts_with('M'), "{}", one.dots);
    }
}
