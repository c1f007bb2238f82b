//! A database of its own for one measurement, gone when it is over: a file in a folder, or a database beside the one that was named.

use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::store::db::is_postgres;
use crate::store::error::StoreError;

/// A database nobody else uses.
pub struct Fresh {
    /// Its address.
    pub url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Server { url: String, name: String },
}

impl Fresh {
    /// Makes room for one. `server` names a database of a PostgreSQL server whose user may create others; without one it is a file.
    ///
    /// # Errors
    /// `Unavailable` where there is no room, or the server does not let us.
    pub fn create(server: Option<&str>, name: &str) -> Result<Self, StoreError> {
        let name = format!("mainstay_{name}_{}", uuid::Uuid::new_v4().simple());
        match server.filter(|url| is_postgres(url)) {
            Some(server) => {
                execute(server, &format!("CREATE DATABASE {name}"))?;
                Ok(Self {
                    url: with_database(server, &name),
                    place: Place::Server {
                        url: server.to_owned(),
                        name,
                    },
                })
            }
            None => {
                let folder = std::env::temp_dir().join(name);
                std::fs::create_dir_all(&folder).map_err(unavailable)?;
                Ok(Self {
                    url: folder.join("house.db").display().to_string(),
                    place: Place::Folder(folder),
                })
            }
        }
    }

    /// The path of another file beside the database's.
    #[must_use]
    pub fn beside(&self, name: &str) -> String {
        match &self.place {
            Place::Folder(folder) => folder.join(name).display().to_string(),
            Place::Server { .. } => name.to_owned(),
        }
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let gone = match &self.place {
            Place::Folder(folder) => std::fs::remove_dir_all(folder).map_err(unavailable),
            Place::Server { url, name } => {
                execute(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            }
        };
        if let Err(error) = gone {
            tracing::error!("the database of a measurement was left behind: {error}");
        }
    }
}

fn unavailable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

fn execute(server: &str, sql: &str) -> Result<(), StoreError> {
    let mut conn = PgConnection::establish(server).map_err(unavailable)?;
    Ok(conn.batch_execute(sql)?)
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let host = rest.split('/').next().unwrap_or(rest);
    let options = if options.is_empty() {
        String::new()
    } else {
        format!("?{options}")
    };
    format!("{scheme}://{host}/{name}{options}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_of_the_same_server_keeps_the_options() {
        let server = "postgres://mainstay@127.0.0.1:25432/postgres?sslmode=disable";
        assert_eq!(
            with_database(server, "other"),
            "postgres://mainstay@127.0.0.1:25432/other?sslmode=disable"
        );
        assert_eq!(
            with_database("postgres://host", "other"),
            "postgres://host/other"
        );
    }
}
