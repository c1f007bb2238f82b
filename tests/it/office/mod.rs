//! Stories of the office: what a clerk finds, answers and makes law.

mod at_once;
mod balances;
mod bill_runs;
mod bill_stages;
mod chart;
mod corrections;
mod corrections_by_two;
mod desk;
mod exceptions;
mod facts;
mod fee_reversals;
mod landlords;
mod landlords_ahead;
mod landlords_billed;
mod landlords_of_places;
mod moves;
mod payments;
mod people;
mod rate_desk;
mod rates;
mod reads;
mod receivables;
mod record;
mod service_figures;
mod vee;
mod weather;
