//! The published rate schedules, read from their rows and compiled once for a whole run.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::bill_case::Tariffs;
use crate::domain::gl::{FundCode, GlCode};
use crate::domain::ids::RateScheduleId;
use crate::domain::rates::compile;
use crate::domain::rates::facts::GivenFactor;
use crate::domain::rates::numbers::Number;
use crate::domain::rates::schedule::DatedNumber;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::rate_factors::{self, ApprovedFactor};
use crate::store::rates::{self, RateScheduleRow};

/// Why the schedules could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TariffError {
    /// A published document that this program cannot read.
    #[error("schedule {code} version {version}: {why}")]
    Unreadable {
        /// The schedule.
        code: String,
        /// Its version.
        version: i32,
        /// What is wrong with it.
        why: String,
    },
    /// The rows could not be read.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Reads and compiles every published version.
///
/// # Errors
/// `Unreadable` names the first document that does not compile.
pub fn load(conn: &mut Conn) -> Result<Tariffs, TariffError> {
    let rows = rates::list_published(conn)?;
    compiled(rows, &rate_factors::list_approved(conn)?)
}

/// The schedules compiled last, for pages that price as bills do. A published version never changes, so they are compiled again only when
/// another version or factor was published.
#[derive(Default)]
pub struct TariffShelf {
    kept: RwLock<Option<Edition>>,
}

struct Edition {
    versions: Vec<RateScheduleId>,
    factors: Vec<ApprovedFactor>,
    tariffs: Arc<Tariffs>,
}

impl TariffShelf {
    /// Every published version, in two questions where nothing was published since.
    ///
    /// # Errors
    /// `Unreadable` names the first document that does not compile.
    pub fn load(&self, conn: &mut Conn) -> Result<Arc<Tariffs>, TariffError> {
        let versions = rates::list_published_ids(conn)?;
        let factors = rate_factors::list_approved(conn)?;
        if let Some(kept) = self.find(&versions, &factors) {
            return Ok(kept);
        }
        let tariffs = Arc::new(compiled(rates::list_published(conn)?, &factors)?);
        let edition = Edition {
            versions,
            factors,
            tariffs: Arc::clone(&tariffs),
        };
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(edition);
        Ok(tariffs)
    }

    fn find(
        &self,
        versions: &[RateScheduleId],
        factors: &[ApprovedFactor],
    ) -> Option<Arc<Tariffs>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let edition = kept.as_ref()?;
        let is_same = edition.versions == versions && edition.factors == factors;
        is_same.then(|| Arc::clone(&edition.tariffs))
    }
}

fn compiled(rows: Vec<RateScheduleRow>, given: &[ApprovedFactor]) -> Result<Tariffs, TariffError> {
    let mut tariffs = Tariffs::default();
    for row in rows {
        let unreadable = |why: String| TariffError::Unreadable {
            code: row.code.clone(),
            version: row.version,
            why,
        };
        let document =
            compile::read(&row.document).map_err(|error| unreadable(error.to_string()))?;
        let version =
            compile::compile(Arc::new(document)).map_err(|error| unreadable(error.to_string()))?;
        let tariff = tariffs.by_code.entry(row.code).or_default();
        tariff.versions.push(version);
        tariff.rows.push(row.id);
    }
    for row in given {
        let value = DatedNumber {
            from: row.from_on,
            value: Number(row.value.0),
        };
        match tariffs
            .factors
            .iter_mut()
            .find(|factor| factor.name == row.code.as_str())
        {
            Some(factor) => factor.values.push(value),
            None => tariffs.factors.push(GivenFactor {
                name: row.code.clone().into(),
                values: vec![value],
            }),
        }
    }
    Ok(tariffs)
}

/// Where the lines of each charge of each version are posted. A bill names the version at its end, and its first days may have been priced by
/// an earlier one: so a version also knows the charges that it dropped.
///
/// # Errors
/// `Unreadable` for a fund or account code that is none.
pub fn posting_map(
    tariffs: &Tariffs,
) -> Result<HashMap<(RateScheduleId, String), (FundCode, GlCode)>, TariffError> {
    let mut map = HashMap::new();
    for tariff in tariffs.by_code.values() {
        let mut known: HashMap<String, (FundCode, GlCode)> = HashMap::new();
        for (version, row) in tariff.versions.iter().zip(&tariff.rows) {
            for view in (0_u16..).map_while(|place| version.charge(place)) {
                let unreadable = |what: &str| TariffError::Unreadable {
                    code: version.document().code.clone(),
                    version: i32::try_from(version.document().version).unwrap_or(i32::MAX),
                    why: format!("{what} is no code"),
                };
                let fund = view
                    .fund
                    .parse()
                    .map_err(|_refused| unreadable(view.fund))?;
                let gl = view.gl.parse().map_err(|_refused| unreadable(view.gl))?;
                known.insert(view.charge.code.clone(), (fund, gl));
            }
            let places = known.iter();
            map.extend(places.map(|(code, place)| ((*row, code.clone()), place.clone())));
        }
    }
    Ok(map)
}
