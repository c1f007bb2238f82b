//! Cities of any size, told by numbers alone: their households, their price lists, what their meters show.

pub mod homes;
pub mod reads;
pub mod schedules;
