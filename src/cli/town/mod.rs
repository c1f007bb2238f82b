//! Made-up towns: the demonstration that a newcomer walks through, and the crowd that a bench counts. Both are built by the program's own
//! use cases, so that no row in them could not have come about at a utility.

pub mod foundation;
