//! Reads come in from every given file: parsed to the sums that other programs found, and imported twice without a change.

mod class_average;
mod desk;
mod files;
mod garbage;
mod imports;
mod leaks;
mod pages;
mod town;
