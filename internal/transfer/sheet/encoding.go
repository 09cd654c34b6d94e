package sheet

import (
	"github.com/engawa/engawa/internal/charset"
	"github.com/engawa/engawa/internal/errs"
)

// Encoding is how a text's characters are stored.
type Encoding = charset.Encoding

// The encodings that can be read; Writer writes the first three.
const (
	UTF8        = charset.UTF8
	UTF8BOM     = charset.UTF8BOM
	ShiftJIS    = charset.ShiftJIS
	EUCJP       = charset.EUCJP
	ISO2022JP   = charset.ISO2022JP
	UTF16LE     = charset.UTF16LE
	UTF16BE     = charset.UTF16BE
	Windows1252 = charset.Windows1252
)

// Encodings lists the encodings a reader can be told to use.
func Encodings() []Encoding { return charset.Encodings() }

func knownEncoding(e Encoding) error {
	if !e.Known() {
		return invalid("import.encodingUnknown", errs.Args{"encoding": string(e)})
	}
	return nil
}
