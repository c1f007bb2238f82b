//! The socket's place: beside the database file, named after it, open to its owner alone.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use crate::store::db::{is_postgres, sqlite_path};

/// Where the server of a database listens; PostgreSQL needs none.
pub fn path(url: &str) -> Option<PathBuf> {
    (!is_postgres(url)).then(|| PathBuf::from(format!("{}.socket", sqlite_path(url))))
}

/// Listens at a place. What an earlier server left there is taken away: only the owner of the file's lock calls this.
///
/// The socket is made in a folder that nobody else may enter and moved to its place once its own permissions are set, so that it is never
/// open to others, however short.
pub fn listen(at: &Path) -> io::Result<UnixListener> {
    let hidden = at.with_extension(format!("socket-{}", std::process::id()));
    clear(&hidden)?;
    DirBuilder::new().mode(0o700).create(&hidden)?;
    let listened = bind_in(&hidden, at);
    fs::remove_dir_all(&hidden)?;
    listened
}

fn bind_in(hidden: &Path, at: &Path) -> io::Result<UnixListener> {
    let folder = File::open(hidden)?;
    // A socket's address holds about a hundred letters: it is named through the open folder, however long the path is.
    let listener = UnixListener::bind(short(&folder, "s"))?;
    let made = hidden.join("s");
    fs::set_permissions(&made, Permissions::from_mode(0o600))?;
    fs::rename(made, at)?;
    Ok(listener)
}

fn clear(hidden: &Path) -> io::Result<()> {
    match fs::remove_dir_all(hidden) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Connects to the server at a place; `None` where none listens, though a socket may have been left behind.
pub fn connect(at: &Path) -> io::Result<Option<UnixStream>> {
    let (Some(folder), Some(name)) = (at.parent(), at.file_name()) else {
        return Ok(None);
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let connected = File::open(folder).and_then(|folder| UnixStream::connect(short(&folder, name)));
    match connected {
        Ok(stream) => Ok(Some(stream)),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => Ok(None),
            _ => Err(error),
        },
    }
}

/// A file of an open folder, by a short name.
fn short(folder: &File, name: impl AsRef<Path>) -> PathBuf {
    let folders = if cfg!(target_os = "linux") {
        "/proc/self/fd"
    } else {
        "/dev/fd"
    };
    Path::new(folders)
        .join(folder.as_raw_fd().to_string())
        .join(name)
}
