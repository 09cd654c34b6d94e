package sheet

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
)

var oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// kindOfOLE says which of Microsoft's old container files this is: an .xlsx locked with a password, an
// .xls, or something else. Source: [MS-CFB] 2.2 (header) and 2.6 (directory entries).
func kindOfOLE(r io.ReaderAt, size int64, head []byte) error {
	key := "import.document"
	for _, name := range oleNames(r, size, head) {
		switch name {
		case "EncryptedPackage", "EncryptionInfo":
			return invalid("import.encrypted")
		case "Workbook", "Book":
			key = "import.xls"
		}
	}
	return invalid(key)
}

// oleNames returns the names in the container's directory, as far as a few sectors go: the streams that
// matter are among the first.
func oleNames(r io.ReaderAt, size int64, head []byte) []string {
	if len(head) < 512 {
		return nil
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil
	}
	sector := make([]byte, 1<<shift)
	load := func(n uint32) bool {
		at := (int64(n) + 1) << shift
		if at >= size {
			return false
		}
		got, _ := r.ReadAt(sector, at) // the last sector may be cut off
		clear(sector[got:])
		return got > 0
	}
	var names []string
	next := binary.LittleEndian.Uint32(head[48:])
	for range 16 {
		dir := next
		if !load(dir) {
			break
		}
		for e := 0; e+128 <= len(sector); e += 128 {
			names = append(names, oleName(sector[e:e+128]))
		}
		// The chain: the header holds the first 109 sectors of the allocation table, enough for 7 MB.
		perSector := uint32(len(sector) / 4)
		if dir/perSector >= 109 || !load(binary.LittleEndian.Uint32(head[76+4*(dir/perSector):])) {
			break
		}
		next = binary.LittleEndian.Uint32(sector[4*(dir%perSector):])
	}
	return names
}

func oleName(entry []byte) string {
	length := min(int(binary.LittleEndian.Uint16(entry[64:]))/2, 32)
	var units []uint16
	for i := range length {
		if u := binary.LittleEndian.Uint16(entry[2*i:]); u != 0 {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}
