//! What a utility delivers or carries away.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What a service point delivers, carries away, or is charged for.
    Commodity {
        /// Drinking water, or irrigation water.
        Water => "water",
        /// Wastewater.
        Sewer => "sewer",
        /// Rain that runs off.
        Stormwater => "stormwater",
        /// Electric power.
        Electric => "electric",
        /// Natural gas.
        Gas => "gas",
        /// Carts and pickups.
        Refuse => "refuse",
        /// Any other flat service.
        Other => "other",
    }
}

impl Commodity {
    /// Whether the service is measured by a meter.
    #[must_use]
    pub const fn is_metered(self) -> bool {
        matches!(self, Self::Water | Self::Electric | Self::Gas)
    }
}
