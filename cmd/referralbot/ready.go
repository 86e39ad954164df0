package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
)

// readyCmd asks the bot on this machine whether it is ready, for those who watch it from a
// container that has no other program.
type readyCmd struct {
	Listen string `env:"LISTEN" default:"127.0.0.1:8080" help:"Where serve answers."`
}

// Run prints what /readyz answers, and returns an error if nobody answers or it is not ready.
func (c readyCmd) Run(ctx context.Context, s streams) error {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return usageError{"LISTEN must be an address and a port, such as 127.0.0.1:8080"}
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost" // which is among all of them
	}
	ctx, cancel := context.WithTimeout(ctx, 2*probeWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("nobody answers at %s", c.Listen)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(s.out, io.LimitReader(resp.Body, 1<<12)); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("it is not ready: status %d", resp.StatusCode)
	}
	return nil
}
