package mail

import (
	"errors"
	"net"
	"net/mail"
	"net/url"
	"strconv"

	gomail "github.com/wneessen/go-mail"
)

// Server is where mail is handed in. Its password is not to be printed, so nothing of it is.
type Server struct {
	host           string
	port           int
	here           bool // on this machine
	implicit       bool // encrypted from the first byte, and not by STARTTLS
	user, password string
	from           string
}

// String withholds everything but the host.
func (s Server) String() string { return s.host }

// GoString withholds the same.
func (s Server) GoString() string { return s.host }

// ErrServer: the address is none of those that ParseServer takes.
var ErrServer = errors.New("must be smtps://user:password@host or smtp://user:password@host, which STARTTLS protects, " +
	"with ports 465 and 587 unless you give another; ?from=name@example.org says who the mail is from. " +
	"Write the signs : / ? # @ % in a user or password as %3A %2F %3F %23 %40 %25")

// ParseServer reads an address such as smtps://user:password@smtp.example.org:465 or
// smtp://smtp.example.org?from=bot@example.org. Its only error is ErrServer, which repeats
// nothing of the address.
func ParseServer(address string) (Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.Opaque != "" || u.Fragment != "" {
		return Server{}, ErrServer
	}
	ports := map[string]int{"smtps": 465, "smtp": 587}
	port, known := ports[u.Scheme]
	if p := u.Port(); p != "" {
		port, err = strconv.Atoi(p)
	}
	query, wrong := url.ParseQuery(u.RawQuery)
	from := query.Get("from")
	query.Del("from")
	if err != nil || wrong != nil || len(query) > 0 || !known || port < 1 || port > 65535 || from != "" && !isAddress(from) {
		return Server{}, ErrServer
	}
	password, _ := u.User.Password()
	if (u.User.Username() == "") != (password == "") {
		return Server{}, ErrServer
	}
	return Server{
		host: u.Hostname(), port: port, here: isHere(u.Hostname()), implicit: u.Scheme == "smtps",
		user: u.User.Username(), password: password, from: from,
	}, nil
}

func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

// policy says when STARTTLS may be done without: where it is encrypted already, and on this
// machine if the server there has none.
func (s Server) policy() gomail.TLSPolicy {
	switch {
	case s.implicit:
		return gomail.NoTLS
	case s.here:
		return gomail.TLSOpportunistic
	}
	return gomail.TLSMandatory
}

// isHere reports whether a host is this machine.
func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
