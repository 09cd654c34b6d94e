package blob

import "golang.org/x/sys/windows"

// Free is how many bytes may still be written to the disk of a folder; known is false where that cannot be told.
func Free(folder string) (bytes int64, known bool) {
	name, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, false
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return 0, false
	}
	return int64(free), true
}
