//! A saved column mapping: how a table of reads is to be understood. A small JSON document that a person can write by hand.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::feed::Stamping;
use crate::domain::reads::ReadQuality;

/// How a table is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What separates columns.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// What separates decimals.
    #[serde(default = "point")]
    pub decimal: char,
    /// Where the meter's number stands.
    pub meter: MeterColumn,
    /// Where the stamp stands.
    pub stamp: StampColumn,
    /// The zone of the stamps, where it is not the one declared for the import.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub zone: Option<chrono_tz::Tz>,
    /// Which end of an interval the stamp names.
    #[serde(default = "start")]
    pub stamping: Stamping,
    /// Where the value stands.
    pub value: ValueColumn,
    /// What it counts in.
    pub unit: UnitColumn,
    /// Whether it is a register or interval usage.
    pub kind: Kind,
    /// Words that stand for a missing value, besides nothing at all.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Values with more decimals are rounded to this many (half away from zero); without it they are refused past fifteen.
    #[serde(default)]
    pub decimals: Option<u8>,
    /// Where the quality stands, and what its codes mean.
    #[serde(default)]
    pub quality: Option<QualityColumn>,
}

/// Where the meter's number stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeterColumn {
    /// In the first of these columns that is not empty.
    Columns(Vec<String>),
    /// The same for the whole file.
    Constant(String),
    /// In the heading of each value's column: a wide table.
    Heading,
}

/// Where the stamp stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StampColumn {
    /// In a column, in this notation (strftime; with `%z` or `%:z` the stamp says its own offset).
    Column {
        /// The column.
        name: String,
        /// The notation.
        format: String,
    },
    /// Nowhere: each meter's rows follow one another from this instant (`yyyy-mm-ddThh:mm`, the first row's interval start).
    Sequence {
        /// The first row's wall time.
        from: chrono::NaiveDateTime,
    },
}

/// Where the value stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueColumn {
    /// In a column.
    Column(String),
    /// In every column but the stamp's: a wide table.
    Others,
}

/// What values count in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitColumn {
    /// The same for the whole file.
    Constant(String),
    /// As a column says.
    Column(String),
}

/// What values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the register showed.
    Register,
    /// Usage in intervals of so many minutes.
    Interval {
        /// How long they are.
        minutes: u32,
    },
}

/// Where the quality stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QualityColumn {
    /// The column.
    pub column: String,
    /// What each code means; an empty field is actual.
    pub codes: BTreeMap<String, ReadQuality>,
}

const fn comma() -> char {
    ','
}

const fn point() -> char {
    '.'
}

const fn start() -> Stamping {
    Stamping::Start
}

impl Mapping {
    /// The export of Badger's Beacon 360: cumulative reads of an endpoint, with their unit and a flag for estimates.
    #[must_use]
    pub fn beacon() -> Self {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            delimiter: ',',
            decimal: '.',
            meter: MeterColumn::Columns(names(&["Meter_ID", "Meter_SN", "Endpoint_SN"])),
            stamp: StampColumn::Column {
                name: "Read_Time".to_owned(),
                format: "%Y-%m-%d %H:%M".to_owned(),
            },
            zone: None,
            stamping: Stamping::Start,
            value: ValueColumn::Column("Read".to_owned()),
            unit: UnitColumn::Column("Read_Unit".to_owned()),
            kind: Kind::Register,
            missing: Vec::new(),
            decimals: None,
            quality: Some(QualityColumn {
                column: "Estimated_Flag".to_owned(),
                codes: BTreeMap::from([
                    ("0".to_owned(), ReadQuality::Actual),
                    ("1".to_owned(), ReadQuality::Estimated),
                ]),
            }),
        }
    }
}
