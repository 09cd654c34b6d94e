package httpx

import "net/http"

// MethodOverride turns a POST with the header X-HTTP-Method-Override into the method named there: GET, PUT,
// DELETE or POST, in capitals. Any other value is refused with 400 rather than carried out as a POST. On other
// methods the header means nothing. It comes before routing, so rights are checked for the effective method.
// Source: kintone REST API, HTTP method override.
func MethodOverride(refuse Refuse) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			values := r.Header["X-Http-Method-Override"]
			if r.Method != http.MethodPost || len(values) == 0 {
				next.ServeHTTP(w, r)
				return
			}
			method := values[0]
			switch method {
			case http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPost:
			default:
				method = ""
			}
			if method == "" || len(values) > 1 {
				refuse(w, r, http.StatusBadRequest)
				return
			}
			as := *r
			as.Method = method
			next.ServeHTTP(w, &as)
		})
	}
}
