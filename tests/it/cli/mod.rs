//! The command line as the real program: beside a server, in its place, and killed in the middle.

mod factors;
mod hand_over;
mod imports;
mod weather;
