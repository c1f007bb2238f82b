//! Green Button (NAESB ESPI 4.0 in Atom): what a customer's meters counted and what was billed for it, as a file for other programs.
//!
//! The file names nobody: points and registers go by their row, so a customer may hand it on. A value that is missing is left out, one that
//! was estimated or mended says so. All values of a reading are whole numbers of one power of ten of the standard's unit, exactly.

mod scale;

use std::fmt::Display;
use std::io;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone};
use chrono_tz::{OffsetComponents, Tz};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::documents::green_button::scale::Scale;
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;
use crate::i18n::Words;

/// The clocks of the United States: forward on the second Sunday of March at two, back on the first of November.
const FORWARD: &str = "360E2000";
const BACK: &str = "B40E2000";
const NEVER: &str = "00000000";
const ESPI: &str = "http://naesb.org/espi";
const ROOT: &str = "/espi/1_1/resource";

/// Where one commodity is delivered.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its row.
    pub id: i64,
    /// What is delivered.
    pub commodity: Commodity,
    /// What was counted there.
    pub readings: Vec<Reading>,
    /// What was billed for it.
    pub billed: Vec<Billed>,
}

/// The values of one register.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The register's row; none for what bills say.
    pub register: Option<i64>,
    /// Whether it counts what is fed back.
    pub is_received: bool,
    /// What it counts in.
    pub unit: Unit,
    /// Seconds of an interval, where all are alike.
    pub seconds: Option<i64>,
    /// Its values in stretches of time, a day each.
    pub blocks: Vec<Block>,
}

/// A stretch of time with its values.
#[derive(Debug, Clone)]
pub struct Block {
    /// The first instant, in seconds since 1970 UTC.
    pub start: i64,
    /// How long it is.
    pub seconds: i64,
    /// The values that are known.
    pub values: Vec<Value>,
}

/// What was used in one interval.
#[derive(Debug, Clone, Copy)]
pub struct Value {
    /// The first instant, in seconds since 1970 UTC.
    pub start: i64,
    /// How long it is.
    pub seconds: i64,
    /// How much.
    pub amount: Decimal,
    /// How good it is.
    pub quality: ReadQuality,
}

/// What a bill says of the point.
#[derive(Debug, Clone, Copy)]
pub struct Billed {
    /// The bill's row.
    pub id: i64,
    /// The first instant billed, in seconds since 1970 UTC.
    pub start: i64,
    /// How long the period is.
    pub seconds: i64,
    /// What the service came to.
    pub amount: Money,
    /// What was used.
    pub used: Option<(Decimal, Unit)>,
    /// Whether it rests on an estimate.
    pub is_estimated: bool,
    /// When the bill was dated, in seconds since 1970 UTC.
    pub issued: i64,
}

/// The file: every point with its values and bills.
///
/// # Errors
/// Those of writing to memory, which has none.
pub fn feed(
    t: Words,
    (zone, made_at): (Tz, NaiveDateTime),
    customer: i64,
    points: &[Point],
) -> io::Result<Vec<u8>> {
    let mut pen = Pen {
        xml: Writer::new(Vec::new()),
        made: stamp(made_at.and_utc().timestamp()),
        salt: t.utility_name(),
    };
    let own = format!("{ROOT}/RetailCustomer/{customer}/UsagePoint");
    pen.xml
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    pen.open(&own, t.green_button_title())?;
    pen.clocks(t, (zone, made_at))?;
    for point in points {
        pen.point(t, &own, point)?;
    }
    pen.xml.get_mut().extend_from_slice(b"</feed>\n");
    Ok(pen.xml.into_inner())
}

type Xml = Writer<Vec<u8>>;

struct Pen {
    xml: Xml,
    made: String,
    /// What makes the ids those of this utility.
    salt: &'static str,
}

impl Pen {
    fn open(&mut self, own: &str, title: &str) -> io::Result<()> {
        self.xml
            .get_mut()
            .extend_from_slice(b"\n<feed xmlns=\"http://www.w3.org/2005/Atom\">");
        let (id, made) = (self.id(own), self.made.clone());
        leaf(&mut self.xml, "id", id)?;
        leaf(&mut self.xml, "title", title)?;
        leaf(&mut self.xml, "updated", made)?;
        link(&mut self.xml, "self", own)
    }

    /// The same address has the same id in every file.
    fn id(&self, address: &str) -> String {
        let digest = Sha256::digest(format!("{}{address}", self.salt));
        let mut bytes = [0_u8; 16];
        bytes
            .iter_mut()
            .zip(digest.iter())
            .for_each(|(to, from)| *to = *from);
        let id = uuid::Builder::from_custom_bytes(bytes).into_uuid();
        format!("urn:uuid:{id}")
    }

    fn entry(
        &mut self,
        (own, up): (&str, &str),
        related: &[String],
        (title, kind): (&str, &str),
        inside: impl FnOnce(&mut Xml) -> io::Result<()>,
    ) -> io::Result<()> {
        let (id, made) = (self.id(own), self.made.clone());
        self.xml
            .create_element("entry")
            .write_inner_content(|xml| {
                leaf(xml, "id", id)?;
                link(xml, "self", own)?;
                link(xml, "up", up)?;
                for address in related {
                    link(xml, "related", address)?;
                }
                leaf(xml, "title", title)?;
                xml.create_element("content")
                    .with_attribute(("type", "application/xml"))
                    .write_inner_content(|xml| {
                        xml.create_element(kind)
                            .with_attribute(("xmlns", ESPI))
                            .write_inner_content(inside)?;
                        Ok(())
                    })?;
                leaf(xml, "published", &made)?;
                leaf(xml, "updated", &made)
            })?;
        Ok(())
    }

    fn clocks(&mut self, t: Words, (zone, at): (Tz, NaiveDateTime)) -> io::Result<()> {
        let own = format!("{ROOT}/LocalTimeParameters/1");
        let up = format!("{ROOT}/LocalTimeParameters");
        let year = at.year();
        let offset = |month: u32| {
            let noon =
                NaiveDate::from_ymd_opt(year, month, 1).and_then(|day| day.and_hms_opt(12, 0, 0));
            zone.offset_from_utc_datetime(&noon.unwrap_or(at))
        };
        let (winter, summer) = (offset(1), offset(7));
        let shift = summer.dst_offset().num_seconds();
        let (back, forward) = if shift == 0 {
            (NEVER, NEVER)
        } else {
            (BACK, FORWARD)
        };
        let title = (t.green_button_clocks(), "LocalTimeParameters");
        self.entry((&own, &up), &[], title, |xml| {
            leaf(xml, "dstEndRule", back)?;
            leaf(xml, "dstOffset", shift)?;
            leaf(xml, "dstStartRule", forward)?;
            leaf(xml, "tzOffset", winter.base_utc_offset().num_seconds())
        })
    }

    fn point(&mut self, t: Words, up: &str, point: &Point) -> io::Result<()> {
        let own = format!("{up}/{}", point.id);
        let related = [
            format!("{own}/MeterReading"),
            format!("{own}/UsageSummary"),
            format!("{ROOT}/LocalTimeParameters/1"),
        ];
        let name = t.service_name(point.commodity);
        let title = (&*name, "UsagePoint");
        self.entry((&own, up), &related, title, |xml| {
            xml.create_element("ServiceCategory")
                .write_inner_content(|xml| leaf(xml, "kind", service_kind(point.commodity)))?;
            Ok(())
        })?;
        for reading in &point.readings {
            self.reading(t, &own, point.commodity, reading)?;
        }
        for billed in &point.billed {
            self.billed(t, &own, point.commodity, billed)?;
        }
        Ok(())
    }

    fn reading(
        &mut self,
        t: Words,
        point: &str,
        commodity: Commodity,
        reading: &Reading,
    ) -> io::Result<()> {
        let Some(scale) = Scale::of(
            reading.unit,
            reading
                .blocks
                .iter()
                .flat_map(|block| &block.values)
                .map(|value| value.amount),
        ) else {
            return Ok(());
        };
        let place = reading
            .register
            .map_or_else(|| "billed".to_owned(), |id| id.to_string());
        let number = point.rsplit('/').next().unwrap_or_default();
        let up = format!("{point}/MeterReading");
        let own = format!("{up}/{place}");
        let blocks = format!("{own}/IntervalBlock");
        let of_type = format!("{ROOT}/ReadingType/{number}-{place}");
        let kind = if reading.register.is_some() {
            "intervals"
        } else {
            "billed"
        };
        let name = t.green_button_reading(commodity, kind);
        let related = [blocks.clone(), of_type.clone()];
        self.entry((&own, &up), &related, (&name, "MeterReading"), |_| Ok(()))?;
        let types = format!("{ROOT}/ReadingType");
        self.entry((&of_type, &types), &[], (&name, "ReadingType"), |xml| {
            reading_type(xml, commodity, reading, scale)
        })?;
        for (block, place) in reading.blocks.iter().zip(1_u32..) {
            let own = format!("{blocks}/{place}");
            self.entry((&own, &blocks), &[], ("", "IntervalBlock"), |xml| {
                interval(xml, "interval", block.start, block.seconds)?;
                for value in &block.values {
                    interval_reading(xml, value, scale)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn billed(
        &mut self,
        t: Words,
        point: &str,
        commodity: Commodity,
        billed: &Billed,
    ) -> io::Result<()> {
        let up = format!("{point}/UsageSummary");
        let own = format!("{up}/{}", billed.id);
        let measured = billed
            .used
            .and_then(|(used, unit)| Some((used, Scale::of(unit, [used].into_iter())?)));
        let title = (t.green_button_bill(), "UsageSummary");
        self.entry((&own, &up), &[], title, |xml| {
            interval(xml, "billingPeriod", billed.start, billed.seconds)?;
            // The standard counts money in hundred-thousandths of a dollar.
            leaf(
                xml,
                "billLastPeriod",
                billed.amount.cents().saturating_mul(1_000),
            )?;
            leaf(xml, "currency", 840)?;
            if let Some((used, scale)) = measured {
                xml.create_element("overallConsumptionLastPeriod")
                    .write_inner_content(|xml| {
                        leaf(xml, "powerOfTenMultiplier", scale.power)?;
                        leaf(xml, "uom", scale.unit)?;
                        leaf(xml, "value", scale.value(used))
                    })?;
            }
            let quality = if billed.is_estimated {
                ReadQuality::Estimated
            } else {
                ReadQuality::Actual
            };
            leaf(xml, "qualityOfReading", quality_code(quality))?;
            leaf(xml, "statusTimeStamp", billed.issued)?;
            leaf(xml, "commodity", commodity_code(commodity))
        })
    }
}

fn leaf(xml: &mut Xml, name: &str, text: impl Display) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(&text.to_string()))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, address: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("href", address)])
        .write_empty()?;
    Ok(())
}

fn interval(xml: &mut Xml, name: &str, start: i64, seconds: i64) -> io::Result<()> {
    xml.create_element(name).write_inner_content(|xml| {
        leaf(xml, "duration", seconds)?;
        leaf(xml, "start", start)
    })?;
    Ok(())
}

fn reading_type(
    xml: &mut Xml,
    commodity: Commodity,
    reading: &Reading,
    scale: Scale,
) -> io::Result<()> {
    // 4 is what was used in each interval; 12 is energy; 1 is taken, 19 fed back; 0 no span by rule. The codes for a volume
    // and for a billing period stay out, for widely used readers refuse them; the unit and the durations say the same.
    leaf(xml, "accumulationBehaviour", 4)?;
    leaf(xml, "commodity", commodity_code(commodity))?;
    leaf(xml, "currency", 840)?;
    leaf(xml, "dataQualifier", 12)?;
    leaf(xml, "defaultQuality", quality_code(ReadQuality::Actual))?;
    leaf(
        xml,
        "flowDirection",
        if reading.is_received { 19 } else { 1 },
    )?;
    if let Some(seconds) = reading.seconds {
        leaf(xml, "intervalLength", seconds)?;
    }
    if matches!(
        reading.unit,
        Unit::Kwh | Unit::Kvarh | Unit::Therm | Unit::Dekatherm
    ) {
        leaf(xml, "kind", 12)?;
    }
    leaf(xml, "powerOfTenMultiplier", scale.power)?;
    if reading.register.is_some() {
        leaf(xml, "timeAttribute", 0)?;
    }
    leaf(xml, "uom", scale.unit)
}

fn interval_reading(xml: &mut Xml, value: &Value, scale: Scale) -> io::Result<()> {
    xml.create_element("IntervalReading")
        .write_inner_content(|xml| {
            if value.quality != ReadQuality::Actual {
                xml.create_element("ReadingQuality")
                    .write_inner_content(|xml| leaf(xml, "quality", quality_code(value.quality)))?;
            }
            interval(xml, "timePeriod", value.start, value.seconds)?;
            leaf(xml, "value", scale.value(value.amount))
        })?;
    Ok(())
}

const fn service_kind(commodity: Commodity) -> u16 {
    match commodity {
        Commodity::Electric => 0,
        Commodity::Gas => 1,
        Commodity::Water => 2,
        Commodity::Refuse => 5,
        Commodity::Sewer => 6,
        Commodity::Stormwater | Commodity::Other => 7,
    }
}

const fn commodity_code(commodity: Commodity) -> u16 {
    match commodity {
        Commodity::Electric => 1,
        Commodity::Gas => 7,
        Commodity::Water => 9,
        Commodity::Sewer => 11,
        Commodity::Stormwater | Commodity::Refuse | Commodity::Other => 0,
    }
}

/// 0 is valid, 7 mended by a person, 8 estimated from other days.
const fn quality_code(quality: ReadQuality) -> u16 {
    match quality {
        ReadQuality::Actual => 0,
        ReadQuality::Edited => 7,
        ReadQuality::Estimated | ReadQuality::Missing => 8,
    }
}

fn stamp(at: i64) -> String {
    DateTime::from_timestamp(at, 0)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Secs, true)
}
