package formula

// logicFunctions choose between values. What is not chosen is not computed.
var logicFunctions = map[string]*function{
	"IF": {min: 3, max: 3, takes: must(tBool, scalars), branches: func(int) []int { return []int{1, 2} },
		lazy: func(f *frame, a []eval) value {
			switch c := a[0](f); {
			case c.failed():
				return failed
			case c.yes:
				return a[1](f)
			}
			return a[2](f)
		}},
	"AND": {min: 2, max: 32, takes: must(tBool), result: tBool, lazy: until(false)},
	"OR":  {min: 2, max: 32, takes: must(tBool), result: tBool, lazy: until(true)},
	"NOT": {min: 1, max: 1, takes: must(tBool), result: tBool,
		call: func(_ *frame, a []value) value { return ofBool(!a[0].yes) }},

	"TRUE":  {result: tBool, call: func(*frame, []value) value { return ofBool(true) }},
	"FALSE": {result: tBool, call: func(*frame, []value) value { return ofBool(false) }},

	// IFS(condition, value, condition, value, …) and, as the last alone, the value for all other cases.
	"IFS": {min: 2, takes: must(scalars), lazy: ifs, branches: func(n int) []int { return everySecond(1, n) }},
	// SWITCH(value, case, result, case, result, …, otherwise)
	"SWITCH": {min: 3, takes: must(scalars), lazy: choose, branches: func(n int) []int { return everySecond(2, n) }},

	"IFERROR": {min: 2, max: 2, takes: must(scalars), branches: func(int) []int { return []int{0, 1} },
		lazy: func(f *frame, a []eval) value {
			if v := a[0](f); !v.failed() {
				return v
			}
			return a[1](f)
		}},
	"ISBLANK": {min: 1, max: 1, takes: must(scalars | tNumbers | tTexts), result: tBool,
		call: func(_ *frame, a []value) value { return ofBool(a[0].blank()) }},
}

// until computes conditions up to the first that decides.
func until(decides bool) func(*frame, []eval) value {
	return func(f *frame, a []eval) value {
		for _, e := range a {
			switch v := e(f); {
			case v.failed():
				return failed
			case v.yes == decides:
				return v
			}
		}
		return ofBool(!decides)
	}
}

// everySecond are the places of results among n arguments; a last one without its condition is a result too.
func everySecond(first, n int) []int {
	var list []int
	for i := first; i < n; i += 2 {
		list = append(list, i)
	}
	if len(list) == 0 || list[len(list)-1] != n-1 {
		list = append(list, n-1)
	}
	return list
}

func ifs(f *frame, a []eval) value {
	for ; len(a) > 1; a = a[2:] {
		switch c := a[0](f); {
		case c.is != tBool:
			return failed
		case c.yes:
			return a[1](f)
		}
	}
	if len(a) == 1 {
		return a[0](f)
	}
	return failed
}

func choose(f *frame, a []eval) value {
	v := a[0](f)
	if v.failed() {
		return failed
	}
	for a = a[1:]; len(a) > 1; a = a[2:] {
		if c := a[0](f); !c.failed() && equal(v, c) {
			return a[1](f)
		}
	}
	if len(a) == 1 {
		return a[0](f)
	}
	return failed
}
