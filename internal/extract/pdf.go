package extract

import (
	"io"
	"math"

	"github.com/ledongthuc/pdf"
)

// What of a PDF is read: pages, and forms within forms.
const (
	maxPages = 2000
	maxForms = 5
)

// readPDF reads the text of a PDF. What was scanned has none; what needs a password stays closed.
//
// The library takes the file apart; which characters its fonts mean is found here (pdffont.go), because the fonts of
// Japanese documents need more than it knows.
func readPDF(r io.ReaderAt, size int64, out *sink) error {
	doc, err := pdf.NewReader(r, size)
	if err != nil {
		return err
	}
	for i := range min(doc.NumPage(), maxPages) {
		page := doc.Page(i + 1)
		if page.V.IsNull() {
			continue
		}
		p := pdfPage{out: out, fonts: map[string]*pdfFont{}}
		p.read(page.V.Key("Contents"), page.Resources(), 0)
		if p.err == nil {
			p.err = out.add("\n")
		}
		if p.err != nil {
			return p.err
		}
	}
	return nil
}

// pdfPage follows what draws a page and keeps the text in the order in which it is drawn.
type pdfPage struct {
	out    *sink
	err    error
	fonts  map[string]*pdfFont // by the name that the resources in force give them
	font   *pdfFont
	y      float64 // of the line being written
	latest rune
}

func (p *pdfPage) read(content, resources pdf.Value, depth int) {
	defer func() {
		if v := recover(); v != nil { // a broken page need not hide the others
			p.font = nil
		}
	}()
	if k := content.Kind(); k != pdf.Stream && k != pdf.Array {
		return
	}
	pdf.Interpret(content, func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		if p.err == nil {
			p.do(op, args, resources, depth)
		}
	})
}

// do follows one operator; those that neither write nor move text are passed over.
func (p *pdfPage) do(op string, args []pdf.Value, resources pdf.Value, depth int) {
	switch {
	case op == "Tf" && len(args) == 2:
		p.font = p.fontNamed(args[0].Name(), resources)
	case op == "Tm" && len(args) == 6:
		p.moveTo(args[5].Float64())
	case (op == "Td" || op == "TD") && len(args) == 2:
		p.moveTo(p.y + args[1].Float64())
	case op == "T*":
		p.write("\n")
	case op == "Tj" && len(args) == 1:
		p.show(args[0].RawString())
	case (op == "'" || op == `"`) && len(args) > 0:
		p.write("\n")
		p.show(args[len(args)-1].RawString())
	case op == "TJ" && len(args) == 1:
		p.showSpaced(args[0])
	case op == "Do" && len(args) == 1 && depth < maxForms:
		if form := resources.Key("XObject").Key(args[0].Name()); form.Key("Subtype").Name() == "Form" {
			inner := pdfPage{out: p.out, fonts: map[string]*pdfFont{}}
			inner.read(form, form.Key("Resources"), depth+1)
			p.err = inner.err
		}
	}
}

// moveTo begins a new line when the text goes on at another height.
func (p *pdfPage) moveTo(y float64) {
	if math.Abs(y-p.y) > 0.5 {
		p.write("\n")
	}
	p.y = y
}

// wordGap is how far text is moved on where a word ends without a blank, in thousandths of its size.
const wordGap = -180

func (p *pdfPage) showSpaced(parts pdf.Value) {
	for i := range parts.Len() {
		part := parts.Index(i)
		switch {
		case part.Kind() == pdf.String:
			p.show(part.RawString())
		case part.Float64() < wordGap && p.latest > ' ' && p.latest < 0x250: // in Latin text
			p.write(" ")
		}
	}
}

func (p *pdfPage) show(raw string) {
	if p.font != nil {
		p.write(p.font.decode(raw))
	}
}

func (p *pdfPage) write(s string) {
	if p.err != nil || s == "" || s == "\n" && p.latest == '\n' {
		return
	}
	for _, r := range s {
		p.latest = r
	}
	p.err = p.out.add(s)
}

func (p *pdfPage) fontNamed(name string, resources pdf.Value) *pdfFont {
	f, ok := p.fonts[name]
	if !ok {
		f = newPDFFont(resources.Key("Font").Key(name))
		p.fonts[name] = f
	}
	return f
}
