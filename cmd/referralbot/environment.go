package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// inFile is what follows the name of a setting in that of the variable which names a file that
// holds it, as SLACK_BOT_TOKEN_FILE does SLACK_BOT_TOKEN.
const inFile = "_FILE"

// environment resolves a flag that was not given from the variables named in its env tag: from
// the variable itself, or from the file that the same with _FILE after it names, without the
// end of its last line.
type environment struct {
	getenv func(string) string
	faults usageError // met so far, none with anything of a secret in it
}

// Validate implements kong.Resolver. There is nothing to validate.
func (e *environment) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver. A file that cannot be read is noted and resolves to nothing,
// so that all such are told at once.
func (e *environment) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		value, file := e.getenv(name), e.getenv(name+inFile)
		if file == "" && value == "" {
			continue
		}
		if file == "" {
			return value, nil
		}
		if value != "" {
			e.note(name + " is given twice, also in " + name + inFile + "; leave one of them out")
			return nil, nil
		}
		held, err := os.ReadFile(file)
		value = strings.TrimRight(string(held), "\r\n")
		switch {
		case errors.Is(err, fs.ErrNotExist):
			e.note(fmt.Sprintf("%s names a file that does not exist: %s", name+inFile, file))
		case err != nil:
			e.note(fmt.Sprintf("%s names a file that this user cannot read: %s", name+inFile, file))
		case value == "":
			e.note(fmt.Sprintf("%s names a file with nothing in it: %s", name+inFile, file))
		default:
			return value, nil
		}
	}
	return nil, nil
}

func (e *environment) note(fault string) {
	if !slices.Contains(e.faults, fault) {
		e.faults = append(e.faults, fault)
	}
}

// shown names the secrets that were given as arguments, where everybody on the machine can read
// them: in flags that are secret, and within addresses.
func shown(command *kong.Context) usageError {
	var faults usageError
	for _, at := range command.Path {
		if at.Flag == nil || at.Resolved || len(at.Flag.Envs) == 0 {
			continue
		}
		if at.Flag.Tag.Has("secret") || hasPassword(fmt.Sprint(at.Flag.Target.Interface())) {
			name := at.Flag.Envs[0]
			faults = append(faults, fmt.Sprintf("--%s shows a secret to everybody on this machine: give it in %s, or in a file named in %s",
				at.Flag.Name, name, name+inFile))
		}
	}
	return faults
}

// hasPassword reports whether a setting is an address with a password in it.
func hasPassword(setting string) bool {
	address, err := url.Parse(setting)
	if err != nil {
		return strings.Contains(setting, "://") && strings.Contains(setting, "@")
	}
	_, has := address.User.Password()
	return has
}

// withOthers adds to faults what else is wrong with the settings of command, but for what is
// wrong only because of them.
func withOthers(faults usageError, command *kong.Context) error {
	checked, ok := command.Selected().Target.Addr().Interface().(interface{ check() error })
	if !ok {
		return faults
	}
	var others usageError
	errors.As(checked.check(), &others)
	return append(faults, slices.DeleteFunc(others, func(other string) bool {
		setting, _, _ := strings.Cut(other, " ")
		return slices.ContainsFunc(faults, func(fault string) bool { return strings.Contains(fault, setting) })
	})...)
}

// forgetProcessEnvironment keeps kong from reading the environment of the process by
// itself, which would go round getenv and quote a variable's content in an error.
func forgetProcessEnvironment(k *kong.Kong) error {
	return kong.Visit(k.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			flag.Tag.Envs = nil
		}
		return next(nil)
	})
}
