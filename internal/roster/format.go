package roster

// format is what a kind of file looks like, and how it is taken in and written.
type format struct {
	columns int  // as many cells as every line has, or
	more    bool // at least so many
	// take checks the lines, notes what is wrong with them, does what takes long, and returns what writes them in a
	// transaction.
	take func(in *intake, lines []line) (write func() error, err error)
	// give returns the lines of a file that take would take.
	give func(out *outgo) ([][]string, error)
}

var formats = map[Kind]format{
	Users:         {userColumns, true, takeUsers, giveUsers},
	Services:      {1, true, takeServices, giveServices},
	Organizations: {7, false, takeOrganizations, giveOrganizations},
	Places:        {1, true, takePlaces, givePlaces},
	Titles:        {5, false, takeTitles, giveTitles},
	Groups:        {6, false, takeGroups, giveGroups},
	Memberships:   {1, true, takeMemberships, giveMemberships},
}
