//! The commodity under a name of its own, for rules that know no premises.

pub use crate::domain::premises::Commodity;
