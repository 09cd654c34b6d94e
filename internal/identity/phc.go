package identity

import "context"

// HashPassword returns the PHC string of a password that belongs to no account, such as a record link's. It waits for
// its turn: hashing is bounded together with logins.
func (s *Service) HashPassword(ctx context.Context, password string) (phc string, err error) {
	return s.hash(ctx, password)
}

// MatchPassword reports whether password belongs to a PHC string of HashPassword. It takes as long when phc is "",
// which no password matches. The caller bounds the tries, and counts each before asking.
func (s *Service) MatchPassword(ctx context.Context, password, phc string) (bool, error) {
	free, err := s.slot(ctx)
	if err != nil {
		return false, err
	}
	defer free()
	return s.matches(password, phc)
}
