package extract

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// maxPart and maxParts bound what is unpacked of one part of a document, in bytes, and how many parts are looked at.
const (
	maxPart  = 64 << 20
	maxParts = 2000
)

// readOffice reads the documents that are archives of XML: docx, xlsx, pptx and OpenDocument. Other archives have no
// words.
func readOffice(r io.ReaderAt, size int64, out *sink) error {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return err
	}
	parts := archive.File[:min(len(archive.File), maxParts)]
	slices.SortStableFunc(parts, func(a, b *zip.File) int { // slide2 before slide10
		if d := len(a.Name) - len(b.Name); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	for _, f := range parts {
		read := partReader(f.Name)
		if read == nil {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return err
		}
		err = eachText(io.LimitReader(part, maxPart), read, out)
		part.Close() //nolint:errcheck // it was only read
		if err != nil {
			return err
		}
	}
	return nil
}

// partReader tells which characters of a part are words: those of elements that it returns true for; nil is none.
func partReader(name string) func(element string) bool {
	dir, base := path.Split(name)
	inText := func(element string) bool { return element == "t" }
	switch dir {
	case "word/", "ppt/slides/", "ppt/notesSlides/", "ppt/comments/":
		if strings.HasSuffix(base, ".xml") && base != "styles.xml" && base != "settings.xml" {
			return inText
		}
	case "xl/":
		if base == "sharedStrings.xml" {
			return inText
		}
	case "xl/worksheets/":
		return func(element string) bool { return element == "t" || element == "v" }
	case "":
		if base == "content.xml" { // OpenDocument
			return func(element string) bool { return true }
		}
	}
	return nil
}

// lineEnds are the elements after which a new line begins.
var lineEnds = []string{"p", "h", "si", "row", "tr", "is", "c", "table-row", "table-cell"}

// eachText writes the words of one part. References to other files and entities of its own are not resolved: the decoder
// knows the five of XML and no other.
func eachText(r io.Reader, words func(element string) bool, out *sink) error {
	d := xml.NewDecoder(r)
	d.Strict = false
	var open []string
	shared := false // the cell's value is a number into the shared strings
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, token.Name.Local)
			if token.Name.Local == "c" {
				shared = slices.ContainsFunc(token.Attr, func(a xml.Attr) bool { return a.Name.Local == "t" && a.Value == "s" })
			}
		case xml.EndElement:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
			if slices.Contains(lineEnds, token.Name.Local) {
				err = out.add("\n")
			}
		case xml.CharData:
			if n := len(open); n > 0 && words(open[n-1]) && (open[n-1] != "v" || !shared) {
				err = out.add(string(token))
			}
		}
		if err != nil {
			return err
		}
	}
}
