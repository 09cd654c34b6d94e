// Package backup writes a site into one file and makes a site of such a file again, on either database.
//
// The file is described in docs/backup.md: a tar of JSON lines and of the files as they were stored, compressed, closed by
// a sum over all of it, encrypted if there is a passphrase. It holds what the site is, not how a database keeps it; what
// follows from the rest (indexes, the words by which texts are found) is made again.
//
// Where a site is, and when one may be put there, is for the caller (server) to know.
package backup

import (
	"slices"
	"time"

	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// format is what this program writes and reads. It rises when an older program would misread a file.
const format = 1

// leftOut are tables that a backup does not hold: they come into being again, or should not (docs/decisions/0024-backups.md).
var leftOut = []string{
	db.VersionTable,
	"session",            // nobody is logged in after a restore
	"login_failure",      // nor locked out
	"record_cursor",      // lives for minutes
	"record_cursor_part", // and what it found
	"record_index",       // which indexes queries had asked for
	"file_words",         // follows from file_text
	"word_queue",         // of words on their way into such indexes
}

// blobColumn is what the columns are called that name an object of the blob store.
const blobColumn = "blob_key"

// Site is what is written into a backup, or made of one.
type Site struct {
	DB     *db.DB
	Files  *blob.Folder
	Secret []byte // what the addresses of record links are derived from, if the site keeps it itself
}

// Header is the first that a backup says of itself.
type Header struct {
	Format    int       `json:"format"`
	Program   string    `json:"program"`  // its version
	Database  string    `json:"database"` // the kind it comes from
	Schema    int64     `json:"schema"`   // the newest migration that was applied
	CreatedAt time.Time `json:"createdAt"`
}

// Contents is the last: all that there is, to be compared with what is found.
type Contents struct {
	Tables  []Table  `json:"tables"`
	Records []App    `json:"records"`
	Files   Stream   `json:"files"`             // the list of them; each line has a sum of its own
	Missing []string `json:"missing,omitempty"` // keys of files that are named, but were lost before the backup
}

// Stream is lines of JSON.
type Stream struct {
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of the lines
}

// Table is a table but for those of records.
type Table struct {
	Name string `json:"name"`
	Stream
	LastID int64 `json:"lastId,omitempty"` // the highest ever given
}

// App is the records of an app.
type App struct {
	App id.App `json:"app"`
	Stream
	LastIDs record.Numbers `json:"lastIds"`
}

// object is a line in the list of files.
type object struct {
	Key    string `json:"key"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Summary is what a backup holds, for people.
type Summary struct {
	Header
	Records, Files, Bytes int64 // bytes of the files
	Missing               []string
	Secret                bool // it holds what the addresses of record links are derived from
}

func (c Contents) summary(h Header, bytes int64) Summary {
	s := Summary{Header: h, Files: c.Files.Rows, Bytes: bytes, Missing: c.Missing}
	for _, a := range c.Records {
		s.Records += a.Rows
	}
	return s
}

// Progress is told now and then what is being done, and how far: "files", "tables", "records", "check".
type Progress func(what string, done int64)

// kept are the tables that are copied as they are.
func kept(all []db.Table) []db.Table {
	return slices.DeleteFunc(all, func(t db.Table) bool {
		return slices.Contains(leftOut, t.Name) || record.Tables{}.Is(t.Name)
	})
}
