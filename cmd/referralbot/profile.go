package main

import "referralbot/rules"

// profileCmd prints what a service's own profile is made of.
type profileCmd struct{}

// Run prints the built-in profile as YAML.
func (profileCmd) Run(io streams) error {
	_, err := io.out.Write(rules.DefaultProfile())
	return err
}
