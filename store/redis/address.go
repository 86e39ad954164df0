package redis

import (
	"errors"
	"net"
	"strings"

	goredis "github.com/redis/go-redis/v9"
)

// The errors of an address quote nothing of it: there may be a password in it.
var (
	errAddress = errors.New("redis: the address must be redis:// or rediss://, and a host and port, or several with commas between them for a cluster")
	errNumber  = errors.New("redis: a cluster has no numbered databases; leave the number out of the address")
)

// Valid returns nil if address has the form that Open takes, and else says what form that is.
func Valid(address string) error {
	_, err := parse(address)
	return err
}

// parse reads an address. Only one with several hosts is a cluster's.
func parse(address string) (*goredis.UniversalOptions, error) {
	scheme, rest, _ := strings.Cut(address, "://")
	authority, path, _ := strings.Cut(rest, "/")
	user, hosts := "", authority
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		user, hosts = authority[:at+1], authority[at+1:]
	}
	addresses := strings.Split(hosts, ",")
	if (scheme != "redis" && scheme != "rediss") || strings.Contains(address, "?") {
		return nil, errAddress
	}
	for _, a := range addresses {
		if host, port, err := net.SplitHostPort(a); err != nil || host == "" || port == "" {
			return nil, errAddress
		}
	}
	first, err := goredis.ParseURL(scheme + "://" + user + addresses[0] + "/" + path)
	if err != nil {
		return nil, errAddress // err may quote the password
	}
	if len(addresses) > 1 && first.DB != 0 {
		return nil, errNumber
	}
	return &goredis.UniversalOptions{
		Addrs: addresses, Username: first.Username, Password: first.Password, DB: first.DB, TLSConfig: first.TLSConfig,
	}, nil
}
