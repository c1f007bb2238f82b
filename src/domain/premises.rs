//! The place served and the points where one commodity each is delivered to it.

use crate::domain::quantity::Unit;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What is delivered.
    Commodity {
        /// Drinking water.
        Water => "water",
        /// Sewer.
        Sewer => "sewer",
        /// Stormwater.
        Stormwater => "stormwater",
        /// Electricity.
        Electric => "electric",
        /// Natural gas.
        Gas => "gas",
        /// Refuse and recycling.
        Refuse => "refuse",
        /// Street lights, fire lines and other flat services.
        Other => "other",
    }
}

impl Commodity {
    /// The unit people know the commodity's usage by, where it is metered.
    #[must_use]
    pub fn shown_unit(self) -> Option<Unit> {
        match self {
            Self::Water | Self::Sewer => Some(Unit::Gallon),
            Self::Electric => Some(Unit::Kwh),
            Self::Gas => Some(Unit::Therm),
            Self::Stormwater | Self::Refuse | Self::Other => None,
        }
    }
}
