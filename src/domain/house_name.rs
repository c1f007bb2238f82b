//! How a utility is called on its bills, in its mails and on its pages.

/// How the house is called: in full, and as people say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseName {
    /// In full, such as on a bill.
    pub full: String,
    /// As people say it.
    pub short: String,
}

impl Default for HouseName {
    fn default() -> Self {
        Self {
            full: "Larkspur Bend Municipal Utilities".to_owned(),
            short: "Larkspur Bend".to_owned(),
        }
    }
}
