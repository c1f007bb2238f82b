//! Homes and businesses before anybody has read a meter: who lives there, what is delivered, what is used, and how they pay.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::cli::town::chance::Chance;
use crate::cli::town::load::{Kind, Load};
use crate::cli::town::paying::Habit;
use crate::cli::town::people::Person;
use crate::domain::accounts::AccountClass;
use crate::domain::customers::CustomerKind;
use crate::domain::ids::{AccountId, CycleId};
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::stamp::Actor;
use crate::usecases::accounts::{
    NewAccount, NewCustomer, NewMeter, NewPremise, NewRegister, NewService,
};
use crate::usecases::calls::WrapUp;

/// How a register's values reach the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reporting {
    /// Somebody walks by once a month.
    Walked,
    /// It radios what it shows, every hour.
    Shows,
    /// It radios what was used, every hour.
    Uses,
}

/// A register with what is behind it.
#[derive(Debug, Clone)]
pub struct Register {
    /// What files call it.
    pub key: String,
    /// What it counts in.
    pub unit: Unit,
    /// Decimals on its face.
    pub decimals: u32,
    /// Digits on its face.
    pub dials: u32,
    /// How its values come.
    pub reporting: Reporting,
    /// What is behind it.
    pub load: Load,
    /// What it has counted, in thousandths of its unit.
    pub counted: i64,
    /// Up to the beginning of which day.
    pub until: NaiveDate,
}

impl Register {
    /// Whether it radios its values.
    #[must_use]
    pub fn reports_hourly(&self) -> bool {
        self.reporting != Reporting::Walked
    }
}

/// What somebody signs in with.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The password; nobody knows the one of a household that only pays.
    pub password: Option<&'static str>,
}

/// A home or business of the town.
#[derive(Debug, Clone)]
pub struct Home {
    /// Its number in the town.
    pub place: u64,
    /// Which part of town, and so which cycle.
    pub part: usize,
    /// What opens its account.
    pub new: NewAccount,
    /// Its registers.
    pub registers: Vec<Register>,
    /// How it pays.
    pub habit: Habit,
    /// Its sign-in, where it has one.
    pub sign_in: Option<SignIn>,
    /// The periods, counted back from the newest, whose reads nobody could take.
    pub unread: &'static [usize],
    /// Whether the newest read of its first meter was written down wrong.
    pub is_misread: bool,
    /// Whether it stands empty in winter, with every service suspended.
    pub is_seasonal: bool,
    /// What is written of the call that came from there yesterday, where one did.
    pub call: Option<WrapUp>,
    /// The account, once it is open.
    pub account: Option<AccountId>,
    /// Who pays on the portal, once there is a sign-in.
    pub payer: Option<Actor>,
}

/// What all homes of a part of town have in common.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Which part.
    pub place: usize,
    /// Its cycle.
    pub cycle: CycleId,
    /// The first day of its first period: what was used before, nobody asks.
    pub from: NaiveDate,
}

/// A home being put together.
pub struct Plot {
    place: u64,
    part: Part,
    /// The numbers that decide what was not said.
    pub chance: Chance,
    begins: NaiveDate,
    services: Vec<NewService>,
    registers: Vec<Register>,
    paved: i64,
    dwellings: i32,
}

impl Plot {
    /// An empty plot where service began on a day; its registers count from the first day that is billed.
    #[must_use]
    pub fn new(place: u64, part: Part, begins: NaiveDate) -> Self {
        Self {
            place,
            part,
            chance: Chance::of("plot", &[place]),
            begins,
            services: Vec::new(),
            registers: Vec::new(),
            paved: 0,
            dwellings: 1,
        }
    }

    /// So many homes behind its meters.
    #[must_use]
    pub fn with_dwellings(mut self, dwellings: i32) -> Self {
        self.dwellings = dwellings;
        self
    }

    /// Water by a meter of a size, and the sewer that takes it.
    #[must_use]
    pub fn water(mut self, size: &str, reporting: Reporting, load: Load) -> Self {
        let register = self.register("W", (Unit::Gallon, reporting), load);
        let meter = self.meter(&[(Channel::Delivered, register)], Some(size));
        self.service(Commodity::Water, "W-1", json!({}), Some(meter));
        self.service(Commodity::Sewer, "S-1", json!({}), None);
        self
    }

    /// Stormwater from so many square feet of roof and pavement.
    #[must_use]
    pub fn storm(mut self, paved: i64, marks: &[&str]) -> Self {
        self.paved = paved;
        let facts =
            json!({ "counts": [["impervious", paved.to_string(), "sq ft"]], "marks": marks });
        self.service(Commodity::Stormwater, "ST-1", facts, None);
        self
    }

    /// Refuse from so many carts.
    #[must_use]
    pub fn refuse(mut self, carts: i64) -> Self {
        let facts = json!({ "counts": [["carts", carts.to_string(), "each"]] });
        self.service(Commodity::Refuse, "R-1", facts, None);
        self
    }

    /// Power by a rate schedule.
    #[must_use]
    pub fn electric(
        mut self,
        rate: &str,
        reporting: Reporting,
        load: Load,
        marks: &[&str],
    ) -> Self {
        let register = self.register("E", (Unit::Kwh, reporting), load);
        let meter = self.meter(&[(Channel::Delivered, register)], None);
        self.service(
            Commodity::Electric,
            rate,
            json!({ "marks": marks }),
            Some(meter),
        );
        self
    }

    /// Power taken and fed by a home like a recorded one, with so many tenths of a kilowatt of panels on its roof.
    #[must_use]
    pub fn solar(mut self, like: usize, panels: i64) -> Self {
        let by_hour = (Unit::Kwh, Reporting::Uses);
        let taken = self.load(Kind::Taken { like, panels }, 100);
        let fed = self.load(Kind::Fed { like, panels }, 100);
        let taken = self.register("E", by_hour, taken);
        let fed = self.register("F", by_hour, fed);
        let channels = [(Channel::Delivered, taken), (Channel::Received, fed)];
        let meter = self.meter(&channels, None);
        self.service(Commodity::Electric, "E-NM", json!({}), Some(meter));
        self
    }

    /// Gas.
    #[must_use]
    pub fn gas(mut self, load: Load) -> Self {
        let register = self.register("G", (Unit::Ccf, Reporting::Walked), load);
        let meter = self.meter(&[(Channel::Delivered, register)], None);
        self.service(Commodity::Gas, "G-1", json!({}), Some(meter));
        self
    }

    /// So much percent of a kind of use, this owner's.
    #[must_use]
    pub fn load(&self, kind: Kind, percent: i64) -> Load {
        Load {
            kind,
            owner: self.place,
            percent,
            leak: None,
        }
    }

    /// Somebody moves in.
    #[must_use]
    pub fn home_of(self, person: &Person, address: (String, Option<String>), habit: Habit) -> Home {
        let customer = NewCustomer {
            kind: CustomerKind::Person,
            name: person.name.clone(),
            given_name: Some(person.given.clone()),
            language: person.language,
            email: Some(person.email(self.place)),
            phone: Some(self.phone()),
        };
        self.finished(customer, AccountClass::Residential, address, habit)
    }

    /// A business moves in.
    #[must_use]
    pub fn business_of(
        self,
        name: &str,
        class: AccountClass,
        address: (String, Option<String>),
        habit: Habit,
    ) -> Home {
        let customer = NewCustomer {
            kind: CustomerKind::Organization,
            name: name.to_owned(),
            given_name: None,
            language: crate::domain::customers::Language::English,
            email: Some(format!("office{}@post.example", self.place)),
            phone: Some(self.phone()),
        };
        self.finished(customer, class, address, habit)
    }

    fn finished(
        self,
        customer: NewCustomer,
        class: AccountClass,
        (line_1, unit): (String, Option<String>),
        habit: Habit,
    ) -> Home {
        let mut chance = self.chance;
        let is_paperless = chance.falls(45);
        let north = Decimal::new(
            41_530_000
                + chance.between(0, 24_000)
                + 9_000 * i64::try_from(self.part.place).unwrap_or_default(),
            6,
        );
        let west = Decimal::new(-91_140_000 + chance.between(0, 42_000), 6);
        Home {
            place: self.place,
            part: self.part.place,
            new: NewAccount {
                customer,
                others: Vec::new(),
                class,
                cycle: self.part.cycle,
                paper: !is_paperless,
                email: is_paperless,
                from_on: self.begins,
                premise: NewPremise {
                    line_1,
                    unit,
                    city: "Larkspur Bend".to_owned(),
                    state: "IA".to_owned(),
                    postal_code: "52799".to_owned(),
                    point: Some((north, west)),
                    impervious_sqft: (self.paved > 0).then(|| Decimal::from(self.paved)),
                    dwelling_units: self.dwellings,
                },
                services: self.services,
            },
            registers: self.registers,
            habit,
            sign_in: None,
            unread: &[],
            is_misread: false,
            is_seasonal: false,
            call: None,
            account: None,
            payer: None,
        }
    }

    fn phone(&self) -> String {
        format!("(563) 555-{:04}", 100 + self.place % 9_900)
    }

    fn register(
        &mut self,
        letter: &str,
        (unit, reporting): (Unit, Reporting),
        load: Load,
    ) -> Register {
        let is_hourly = reporting != Reporting::Walked;
        // Decimals, digits, and what it may have counted before anybody asked.
        let (decimals, dials, before) = match (unit, is_hourly) {
            (Unit::Kwh, true) => (3, 6, (2_000, 60_000)),
            (Unit::Kwh, false) => (0, 6, (2_000, 60_000)),
            (Unit::Gallon, true) => (1, 8, (20_000, 900_000)),
            (Unit::Gallon, false) => (0, 6, (20_000, 960_000)),
            _ => (0, 5, (300, 6_000)),
        };
        Register {
            key: format!("{letter}{:05}", 10_000 + self.place * 7 % 90_000),
            unit,
            decimals,
            dials,
            reporting,
            load,
            counted: self.chance.between(before.0, before.1) * 1_000,
            until: self.begins.max(self.part.from),
        }
    }

    fn meter(&mut self, channels: &[(Channel, Register)], size: Option<&str>) -> NewMeter {
        let registers = channels.iter().map(|(channel, register)| NewRegister {
            channel: *channel,
            external_key: register.key.clone(),
            unit: register.unit,
            dials: i32::try_from(register.dials).unwrap_or_default(),
            decimals: i32::try_from(register.decimals).unwrap_or_default(),
            multiplier: Decimal::ONE,
            resolution_minutes: (register.reporting != Reporting::Walked).then_some(60),
        });
        let serial = channels
            .first()
            .map(|(_, register)| format!("{}-{}", register.key, self.place));
        let meter = NewMeter {
            serial: serial.unwrap_or_default(),
            kind: if channels.len() > 1 {
                MeterKind::Net
            } else {
                MeterKind::Simple
            },
            size: size.map(str::to_owned),
            registers: registers.collect(),
        };
        self.registers
            .extend(channels.iter().map(|(_, register)| register.clone()));
        meter
    }

    fn service(&mut self, commodity: Commodity, rate: &str, facts: Value, meter: Option<NewMeter>) {
        self.services.push(NewService {
            commodity,
            rate_code: rate.to_owned(),
            facts,
            meter,
        });
    }
}
