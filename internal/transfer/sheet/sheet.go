// Package sheet opens a tabular file nobody has described and reads it as rows: separated text in the
// encodings Japanese offices use, and .xlsx workbooks. What the file is is told by its content; Sniff
// guesses the rest (encoding, separator, header, column types) so that a person can correct it, Open reads
// with the corrected guess, Normalise turns a cell into a field's text, and Writer writes rows back.
//
// It knows nothing of apps or records and keeps nothing in memory that grows with the file, save the
// strings a workbook shares between its cells.
package sheet

import (
	"fmt"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
)

// Kind is what a file's content is.
type Kind string

// The kinds that can be read.
const (
	Text Kind = "text"
	XLSX Kind = "xlsx"
)

// Header says whether the first row names the columns.
type Header string

// HeaderGuess, the zero value, leaves it (and Options.Skip) to Sniff and Open.
const (
	HeaderGuess Header = ""
	HeaderYes   Header = "yes"
	HeaderNo    Header = "no"
)

// Options say how a file is to be read. What is zero is guessed. The Options of a Preview are complete:
// with them Open reads exactly the rows that Sniff showed. They can be stored as JSON.
type Options struct {
	Encoding  Encoding `json:"encoding,omitempty"`
	Separator string   `json:"separator,omitempty"` // one of Separators
	Sheet     string   `json:"sheet,omitempty"`     // of a workbook; the first visible one unless named
	Header    Header   `json:"header,omitempty"`
	Skip      int      `json:"skip,omitempty"`     // lines above the table; guessed with the header
	Width     int      `json:"width,omitempty"`    // columns; the header's, or the first row's, unless given
	Unnamed   string   `json:"unnamed,omitempty"`  // what a column without a name is called, before its number; "Column "
	Verbatim  bool     `json:"verbatim,omitempty"` // keep the apostrophes that Neutralise puts before formulas
}

// Preview is what Sniff found out about a file.
type Preview struct {
	Kind       Kind
	Options    Options     // complete
	Encodings  []Encoding  // that could be right for a text, best first
	Sheets     []SheetInfo // of a workbook
	Columns    []Column
	Sample     [][]string // the first 20 rows below the header, each as wide as Columns
	SampleLine []int      // the line each of them starts at
	Rows       int        // below the header
	Exact      bool       // Rows was counted, not estimated
	Bad        int        // rows with an error, among those looked at
	Notices    []Notice
}

// SheetInfo is one worksheet of a workbook.
type SheetInfo struct {
	Name   string
	Hidden bool
}

// Notice is something a person should know about a file that can be read all the same.
type Notice struct {
	Key  string
	Args errs.Args
}

// Column is the index of the column that n is about, or -1 when it is about the file.
func (n Notice) Column() int {
	column, err := strconv.Atoi(fmt.Sprint(n.Args["column"])) // counted from 1, as people do; a json.Number once stored
	if err != nil {
		return -1
	}
	return column - 1
}

// Row is one row below the header.
type Row struct {
	Index int      // among all rows below the header, from 0: what SkipTo takes
	Line  int      // where it starts: the line of a text, the row of a worksheet, from 1
	Cells []string // as many as the table has columns
	Err   error    // what is wrong with it, of kind Invalid; Cells are then as good as could be had
}

// Limits. A file past one of them is refused, or the row is reported.
const (
	maxColumns   = 1000
	maxQuoted    = 64 << 10 // bytes of one quoted cell
	maxQuotedRun = 200      // lines of one quoted cell
	maxRecord    = 1 << 20  // bytes of one row
	sampleRows   = 20
)

func invalid(key string, args ...errs.Args) *errs.Error { return errs.E(errs.Invalid, key, args...) }
