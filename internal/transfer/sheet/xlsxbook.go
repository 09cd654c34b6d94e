package sheet

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"github.com/engawa/engawa/internal/errs"
)

// workbook is an .xlsx that is open: its sheets, and what their cells refer to.
type workbook struct {
	parts    map[string]*zip.File
	sheets   []bookSheet
	date1904 bool // days are counted from 1904, as early Macs did
	styles   []cellFormat
	strings  *sharedStrings
}

type bookSheet struct {
	SheetInfo
	part   *zip.File
	merged []merge // once it has been opened
	known  bool    // merged is
}

// relation is where another part of the workbook is, by its id.
type relation struct{ kind, target string }

// openWorkbook reads everything but the sheets.
func openWorkbook(r io.ReaderAt, size int64) (*workbook, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, invalid("import.zipBroken").With(err)
	}
	if len(z.File) > maxParts {
		return nil, invalid("import.xlsxTooLarge")
	}
	b := &workbook{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		b.parts[partName(f.Name)] = f
	}
	main := "xl/workbook.xml"
	roots, err := b.relations("")
	if err != nil {
		return nil, err
	}
	for _, rel := range roots {
		if rel.kind == "officeDocument" {
			main = rel.target
		}
	}
	rels, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.readMain(main, rels); err != nil {
		return nil, err
	}
	return b, b.readShared(rels)
}

// readShared reads the parts that all sheets refer to. Either may be missing.
func (b *workbook) readShared(rels map[string]relation) (err error) {
	for _, rel := range rels {
		f := b.parts[rel.target]
		if f == nil {
			continue
		}
		switch rel.kind {
		case "styles":
			b.styles, err = readStyles(f)
		case "sharedStrings":
			b.strings, err = readStrings(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// relations returns what the part called name refers to; "" is the package itself.
func (b *workbook) relations(name string) (map[string]relation, error) {
	dir, base := path.Split(name)
	f := b.parts[dir+"_rels/"+base+".rels"]
	if f == nil {
		return nil, nil
	}
	p, err := openPart(f, maxSmallPart)
	if err != nil {
		return nil, err
	}
	defer p.close()
	out := map[string]relation{}
	return out, p.each(func(el xml.StartElement) error {
		if el.Name.Local == "Relationship" {
			target := attr(el, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			out[attr(el, "Id")] = relation{path.Base(attr(el, "Type")), partName(target)}
		}
		return nil
	})
}

// readMain reads the list of sheets.
func (b *workbook) readMain(name string, rels map[string]relation) error {
	f := b.parts[name]
	if f == nil {
		return invalid("import.xlsxBroken")
	}
	p, err := openPart(f, maxSmallPart)
	if err != nil {
		return err
	}
	defer p.close()
	err = p.each(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "workbookPr":
			b.date1904 = attr(el, "date1904") == "1" || attr(el, "date1904") == "true"
		case "sheet":
			var id string
			for _, a := range el.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			rel := rels[id]
			if part := b.parts[rel.target]; rel.kind == "worksheet" && part != nil { // not a chart's sheet
				state := attr(el, "state")
				b.sheets = append(b.sheets, bookSheet{SheetInfo: SheetInfo{attr(el, "name"), state != "" && state != "visible"}, part: part})
			}
		}
		return nil
	})
	if err == nil && len(b.sheets) == 0 {
		err = invalid("import.xlsxBroken")
	}
	return err
}

func (b *workbook) infos() []SheetInfo {
	out := make([]SheetInfo, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = s.SheetInfo
	}
	return out
}

// choose returns the name of the sheet to read: the one asked for, or the first that can be seen.
func (b *workbook) choose(name string) (string, error) {
	for _, s := range b.sheets {
		if s.Name == name || name == "" && !s.Hidden {
			return s.Name, nil
		}
	}
	if name == "" {
		return b.sheets[0].Name, nil
	}
	return "", invalid("import.sheetUnknown", errs.Args{"sheet": name})
}
