package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// merges are a sheet's cells that go over several rows, while it is read from top to bottom. Cells that go over
// several columns only need no care: their value is in the first.
type merges struct {
	waiting []merge // by top, descending; shared with other readers
	active  []merge
}

type merge struct {
	top, bottom, col int
	value            string
}

// maxMerges bounds what is kept of them.
const maxMerges = 200_000

// readMerges finds a sheet's merged cells. The file lists them behind the rows, so it is unpacked once
// for them alone; that takes a small part of the time of reading it.
func readMerges(f *zip.File) ([]merge, error) {
	p, err := openPart(f, maxSheetPart)
	if err != nil {
		return nil, err
	}
	defer p.close()
	m, in := &merges{}, p.in
	buf, kept := make([]byte, 256<<10), 0
	key := []byte("mergeCell ")
	for {
		in.token = maxToken
		n, err := in.Read(buf[kept:])
		b := buf[:kept+n]
		for {
			i := bytes.Index(b, key)
			if i < 0 {
				b = b[max(0, len(b)-len(key)):]
				break
			}
			end := bytes.IndexByte(b[i:], '>')
			if end < 0 {
				b = b[i:]
				break
			}
			m.add(string(b[i : i+end]))
			b = b[i+end:]
		}
		if len(m.waiting) > maxMerges || len(b) > len(buf)/2 {
			return nil, invalid("import.xlsxTooLarge")
		}
		kept = copy(buf, b)
		switch {
		case errors.Is(err, io.EOF):
			slices.SortFunc(m.waiting, func(a, b merge) int { return b.top - a.top })
			return m.waiting, nil
		case errors.Is(err, errTooLarge):
			return nil, invalid("import.xlsxTooLarge")
		case err != nil:
			return nil, broken(err)
		}
	}
}

// add notes the range in an element such as `mergeCell ref="A2:B5"/`.
func (m *merges) add(element string) {
	_, rest, _ := strings.Cut(element, `ref="`)
	ref, _, _ := strings.Cut(rest, `"`)
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return
	}
	col, top, bottom := columnIndex(from), rowNumber(from), rowNumber(to)
	if col >= 0 && col < maxColumns && top > 0 && bottom > top {
		m.waiting = append(m.waiting, merge{top: top, bottom: bottom, col: col})
	}
}

func rowNumber(ref string) int {
	n, err := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
	if err != nil {
		return 0
	}
	return n
}

// fill completes the cells of a row from merged cells that reach into it, and notes those that begin in it.
// A row without cells of its own stays empty.
func (m *merges) fill(line int, cells []string) []string {
	if len(cells) == 0 {
		return cells
	}
	m.active = slices.DeleteFunc(m.active, func(a merge) bool { return a.bottom < line })
	for _, a := range m.active {
		for len(cells) <= a.col {
			cells = append(cells, "")
		}
		if cells[a.col] == "" {
			cells[a.col] = a.value
		}
	}
	for len(m.waiting) > 0 {
		next := m.waiting[len(m.waiting)-1]
		if next.top > line {
			break
		}
		m.waiting = m.waiting[:len(m.waiting)-1]
		if next.top == line && next.col < len(cells) && cells[next.col] != "" {
			next.value = cells[next.col]
			m.active = slices.DeleteFunc(m.active, func(a merge) bool { return a.col == next.col }) // they cannot overlap
			m.active = append(m.active, next)
		}
	}
	return cells
}
