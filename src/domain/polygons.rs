//! A part of town as somebody draws it: a polygon of corners in millionths of a degree, and whether a point of the earth lies in it. Whole
//! numbers alone, so that the same corners hold the same homes on every machine.

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

/// The most corners.
pub const MOST_CORNERS: usize = 200;

/// The longest text that is read, in bytes: every corner with room for how programs write them.
const LONGEST: usize = 40_000;

/// Millionths in a degree.
const MILLION: i64 = 1_000_000;

/// A point of the earth, in millionths of a degree (about four inches).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Degrees north.
    pub north: i64,
    /// Degrees east.
    pub east: i64,
}

/// A drawn part of town: at least three corners, no two sides of which cross.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Polygon {
    corners: Vec<Spot>,
}

/// Why no polygon was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolygonFault {
    /// There are fewer than three different corners.
    #[error("a part of town has at least three corners")]
    TooFew,
    /// There are too many corners.
    #[error("a part of town has at most {MOST_CORNERS} corners")]
    TooMany,
    /// A line that is no corner, the first counted as one.
    #[error("line {0} is no latitude and longitude")]
    NotACorner(usize),
    /// A corner that is no point of the earth, by its number.
    #[error("corner {0} is no point of the earth")]
    NotOnEarth(usize),
    /// What was pasted is no polygon, or more than one, or one with holes.
    #[error("this is no GeoJSON with one polygon without holes")]
    NotOnePolygon,
    /// All corners lie on one line.
    #[error("all corners lie on one line")]
    Flat,
    /// Two sides cross: the corners are not in their order.
    #[error("two sides cross")]
    Crossing,
}

impl Spot {
    /// A point of the earth as degrees north and east, rounded to millionths; nothing beyond the poles or the date line.
    #[must_use]
    pub fn of(north: Decimal, east: Decimal) -> Option<Self> {
        let within = |degrees: Decimal, most: i64| {
            let millionths = degrees.checked_mul(Decimal::from(MILLION))?;
            let whole =
                millionths.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            let whole = whole.to_i64()?;
            (whole.abs() <= most * MILLION).then_some(whole)
        };
        Some(Self {
            north: within(north, 90)?,
            east: within(east, 180)?,
        })
    }

    /// "41.541200, -91.130400".
    fn line(self) -> String {
        let degrees = |millionths| Decimal::new(millionths, 6);
        format!("{}, {}", degrees(self.north), degrees(self.east))
    }
}

/// On which side of the line from one point to another a third lies: above zero on its left, zero on it.
const fn side(from: Spot, to: Spot, spot: Spot) -> i64 {
    (to.east - from.east) * (spot.north - from.north)
        - (to.north - from.north) * (spot.east - from.east)
}

/// Whether a point that lies on a side's line lies between its ends.
fn is_between(from: Spot, to: Spot, spot: Spot) -> bool {
    let within =
        |one: i64, other: i64, value: i64| one.min(other) <= value && value <= one.max(other);
    within(from.north, to.north, spot.north) && within(from.east, to.east, spot.east)
}

impl Polygon {
    /// Reads corners as they are typed, "latitude, longitude" in a line each, or a pasted GeoJSON polygon (RFC 7946, where longitude comes
    /// first). The last corner may repeat the first.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(text: &str) -> Result<Self, PolygonFault> {
        if text.len() > LONGEST {
            return Err(PolygonFault::TooMany);
        }
        let text = text.trim();
        let corners = if text.starts_with('{') {
            pasted(text)?
        } else {
            typed(text)?
        };
        Self::of(corners)
    }

    /// The polygon of these corners, in their order.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn of(mut corners: Vec<Spot>) -> Result<Self, PolygonFault> {
        corners.dedup();
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        if corners.len() > MOST_CORNERS {
            return Err(PolygonFault::TooMany);
        }
        let different: BTreeSet<Spot> = corners.iter().copied().collect();
        if different.len() < 3 {
            return Err(PolygonFault::TooFew);
        }
        let polygon = Self { corners };
        if polygon.is_flat() {
            return Err(PolygonFault::Flat);
        }
        if polygon.crosses_itself() {
            return Err(PolygonFault::Crossing);
        }
        Ok(polygon)
    }

    /// Its corners, in their order; the last is not the first.
    #[must_use]
    pub fn corners(&self) -> &[Spot] {
        &self.corners
    }

    /// Its corners as they are kept and typed: a line for each.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.corners.iter().map(|corner| corner.line()).collect();
        lines.join("\n")
    }

    /// Whether a point lies in it; what lies on a side or corner does.
    ///
    /// By the number of sides that a line from the point to the east meets (the even-odd rule): a side counts where one of its ends lies north
    /// of the line and the other does not, so that a corner is met once.
    #[must_use]
    pub fn holds(&self, spot: Spot) -> bool {
        let mut is_inside = false;
        for (from, to) in self.sides() {
            let turned = side(from, to, spot);
            if turned == 0 && is_between(from, to, spot) {
                return true;
            }
            let is_met = (from.north > spot.north) != (to.north > spot.north);
            // East of the point lies the side that has it on its left going north, on its right going south.
            if is_met && (turned > 0) == (to.north > from.north) {
                is_inside = !is_inside;
            }
        }
        is_inside
    }

    fn sides(&self) -> impl Iterator<Item = (Spot, Spot)> + Clone + '_ {
        let next = self.corners.iter().cycle().skip(1);
        self.corners.iter().copied().zip(next.copied())
    }

    fn is_flat(&self) -> bool {
        let mut sides = self.sides();
        let Some((first, second)) = sides.next() else {
            return true;
        };
        self.corners
            .iter()
            .all(|corner| side(first, second, *corner) == 0)
    }

    /// Whether two sides meet anywhere but where one goes over into the next.
    fn crosses_itself(&self) -> bool {
        let count = self.corners.len();
        let sides: Vec<(Spot, Spot)> = self.sides().collect();
        sides.iter().enumerate().any(|(at, one)| {
            let others = sides.iter().enumerate().skip(at + 1);
            let apart = others.filter(|(other, _)| other - at > 1 && other - at < count - 1);
            let mut apart = apart.map(|(_, other)| other);
            apart.any(|other| meet(*one, *other))
        })
    }
}

/// Whether two sides have a point in common.
fn meet((a, b): (Spot, Spot), (c, d): (Spot, Spot)) -> bool {
    let (of_c, of_d) = (side(a, b, c).signum(), side(a, b, d).signum());
    let (of_a, of_b) = (side(c, d, a).signum(), side(c, d, b).signum());
    if of_c * of_d < 0 && of_a * of_b < 0 {
        return true;
    }
    (of_c == 0 && is_between(a, b, c))
        || (of_d == 0 && is_between(a, b, d))
        || (of_a == 0 && is_between(c, d, a))
        || (of_b == 0 && is_between(c, d, b))
}

/// Corners as they are typed, a line for each.
fn typed(text: &str) -> Result<Vec<Spot>, PolygonFault> {
    let mut corners = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let mut parts = line
            .split([',', ' ', '\t', ';'])
            .filter(|part| !part.is_empty());
        let (north, east, more) = (parts.next(), parts.next(), parts.next());
        let degrees = |part: Option<&str>| part.and_then(|part| part.parse::<Decimal>().ok());
        let (Some(north), Some(east), None) = (degrees(north), degrees(east), more) else {
            return Err(PolygonFault::NotACorner(number));
        };
        corners.push(Spot::of(north, east).ok_or(PolygonFault::NotOnEarth(corners.len() + 1))?);
        if corners.len() > MOST_CORNERS + 1 {
            return Err(PolygonFault::TooMany);
        }
    }
    Ok(corners)
}

/// The corners of a GeoJSON polygon: by itself, in a feature, or in a collection of one feature.
fn pasted(text: &str) -> Result<Vec<Spot>, PolygonFault> {
    let no_polygon = || PolygonFault::NotOnePolygon;
    let pasted: Value = serde_json::from_str(text).map_err(|_not_json| no_polygon())?;
    let mut found = &pasted;
    if let Some(features) = found.get("features").and_then(Value::as_array) {
        let [feature] = features.as_slice() else {
            return Err(no_polygon());
        };
        found = feature;
    }
    if let Some(geometry) = found.get("geometry") {
        found = geometry;
    }
    let is_polygon = found.get("type").and_then(Value::as_str) == Some("Polygon");
    let rings = found.get("coordinates").and_then(Value::as_array);
    let Some([ring]) = rings.filter(|_| is_polygon).map(Vec::as_slice) else {
        return Err(no_polygon());
    };
    let ring = ring.as_array().ok_or_else(no_polygon)?;
    if ring.len() > MOST_CORNERS + 1 {
        return Err(PolygonFault::TooMany);
    }
    let corner = |(number, position): (usize, &Value)| {
        let degrees = |at: usize| {
            let told = position
                .get(at)
                .filter(|told| told.is_number())?
                .to_string();
            let plain = told.parse::<Decimal>().ok();
            plain.or_else(|| Decimal::from_scientific(&told).ok())
        };
        let (east, north) = (degrees(0), degrees(1));
        let (north, east) = north.zip(east).ok_or_else(no_polygon)?;
        Spot::of(north, east).ok_or(PolygonFault::NotOnEarth(number))
    };
    (1..).zip(ring).map(corner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(north: i64, east: i64) -> Spot {
        Spot { north, east }
    }

    fn of(corners: &[(i64, i64)]) -> Result<Polygon, PolygonFault> {
        Polygon::of(
            corners
                .iter()
                .map(|(north, east)| spot(*north, *east))
                .collect(),
        )
    }

    #[test]
    fn a_square_holds_its_inside_its_sides_and_its_corners() {
        let square = of(&[(0, 0), (0, 10), (10, 10), (10, 0)]).unwrap();
        for (north, east) in [(5, 5), (0, 0), (10, 10), (0, 5), (5, 10), (10, 3), (1, 0)] {
            assert!(square.holds(spot(north, east)), "{north}, {east}");
        }
        for (north, east) in [
            (5, 11),
            (5, -1),
            (-1, 5),
            (11, 5),
            (0, -1),
            (10, 11),
            (0, 11),
        ] {
            assert!(!square.holds(spot(north, east)), "{north}, {east}");
        }
    }

    #[test]
    fn a_notch_is_outside_and_a_corner_on_the_line_is_met_once() {
        // A U that opens to the north; its right arm ends in a point.
        let u = of(&[
            (0, 0),
            (0, 30),
            (20, 25),
            (5, 20),
            (5, 10),
            (20, 10),
            (20, 0),
        ])
        .unwrap();
        assert!(u.holds(spot(2, 15)) && u.holds(spot(15, 5)) && u.holds(spot(10, 25)));
        assert!(!u.holds(spot(10, 15)), "in the notch");
        assert!(u.holds(spot(5, 15)), "on the floor of the notch");
        // The line to the east goes through the tip of the right arm, and touches it alone.
        assert!(!u.holds(spot(20, 15)) && u.holds(spot(20, 25)) && !u.holds(spot(20, 26)));
        // The same drawn the other way round.
        let mut turned: Vec<Spot> = u.corners().to_vec();
        turned.reverse();
        let turned = Polygon::of(turned).unwrap();
        for north in -1..22 {
            for east in -1..32 {
                let spot = spot(north, east);
                assert_eq!(u.holds(spot), turned.holds(spot), "{spot:?}");
            }
        }
    }

    #[test]
    fn corners_are_typed_in_lines_and_written_as_they_are_kept() {
        let typed = "41.5, -91.1\n 41.6,-91.1\n\n41.6 -91.0\n41.5, -91.1\n";
        let polygon = Polygon::read(typed).unwrap();
        assert_eq!(polygon.corners().len(), 3, "the last is the first");
        assert_eq!(
            polygon.text(),
            "41.500000, -91.100000\n41.600000, -91.100000\n41.600000, -91.000000"
        );
        assert_eq!(Polygon::read(&polygon.text()), Ok(polygon));
    }

    #[test]
    fn a_polygon_of_a_program_has_longitude_first() {
        let ring = "[[[-91.1,41.5],[-91.1,41.6],[-91,41.6],[-91.1,41.5]]]";
        let bare = format!(r#"{{"type":"Polygon","coordinates":{ring}}}"#);
        let polygon = Polygon::read(&bare).unwrap();
        assert_eq!(
            polygon.corners().first(),
            Some(&spot(41_500_000, -91_100_000))
        );
        let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{bare}}}"#);
        let all = format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#);
        for text in [feature, all] {
            assert_eq!(Polygon::read(&text).as_ref(), Ok(&polygon));
        }
        for bad in [
            "{",
            r#"{"type":"Point","coordinates":[-91.1,41.5]}"#,
            r#"{"type":"Polygon","coordinates":[[[-91.1,41.5]],[[-91.1,41.5]]]}"#,
            r#"{"type":"FeatureCollection","features":[]}"#,
            r#"{"type":"Polygon","coordinates":[[["a","b"]]]}"#,
        ] {
            assert_eq!(
                Polygon::read(bad),
                Err(PolygonFault::NotOnePolygon),
                "{bad}"
            );
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let refused = |text: &str| Polygon::read(text).unwrap_err();
        assert_eq!(refused(""), PolygonFault::TooFew);
        assert_eq!(refused("1,1\n2,2\n1,1"), PolygonFault::TooFew);
        assert_eq!(refused("1,1\n2,2\n3,3"), PolygonFault::Flat);
        assert_eq!(refused("1,1\nhere\n3,3"), PolygonFault::NotACorner(2));
        assert_eq!(refused("1,1\n2,2,2\n3,3"), PolygonFault::NotACorner(2));
        assert_eq!(refused("1,1\n\n91,2\n3,3"), PolygonFault::NotOnEarth(2));
        assert_eq!(refused("1,1\n2,-181\n3,3"), PolygonFault::NotOnEarth(2));
        assert_eq!(refused("0,0\n1,1\n0,1\n1,0"), PolygonFault::Crossing);
        // A side that goes back over another.
        assert_eq!(refused("0,0\n0,2\n1,1\n0,1"), PolygonFault::Crossing);
        let many: Vec<String> = (0..300)
            .map(|at| format!("{}.{at:03}, 5", at % 90))
            .collect();
        assert_eq!(refused(&many.join("\n")), PolygonFault::TooMany);
        assert_eq!(refused(&"1,1\n".repeat(20_000)), PolygonFault::TooMany);
    }

    #[test]
    fn the_widest_polygon_overflows_nothing() {
        let all = Polygon::read("90,-180\n90,180\n-90,180\n-90,-180").unwrap();
        assert!(all.holds(spot(0, 0)) && all.holds(spot(90 * MILLION, 180 * MILLION)));
    }
}
